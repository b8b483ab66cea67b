"""The history read across documents: who did what in a time, newest first, and everything one request did."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from storage import history
from storage.record import Change

if TYPE_CHECKING:
    import apsw

    from storage.api import Store

# The transaction that wrote a line is known by the number of its last line, so no index over change.tx is needed.
_OF_REQUEST: Final = (
    'c.tx = (SELECT n FROM tx WHERE request = ?1) AND c.seq <= (SELECT seq FROM tx WHERE request = ?1)'
    ' AND c.seq > coalesce((SELECT seq FROM tx WHERE n < (SELECT n FROM tx WHERE request = ?1)'
    ' ORDER BY n DESC LIMIT 1), 0)'
)

_AMONG: Final = 'IN (SELECT value FROM json_each(?))'


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines. colls: of these collections only. since, until: from the first moment to before the second.

    apps, record: of these collections and this document, or noted about them: a document of the collection `notes`
    tells in its fields `app` and `record` what it is about. reasons: of these reasons only.
    """

    colls: Collection[str]
    since: datetime | None = None
    until: datetime | None = None
    actor: str = ''
    reasons: Collection[str] = ()
    notes: str = ''
    apps: Collection[str] = ()
    record: str = ''


def read(store: 'Store', wanted: Wanted, *, before: int | None = None, limit: int = -1) -> list[Change]:
    """The lines that match, newest first, older than number `before`. What was erased is left out."""
    condition, params = _condition(wanted)
    with store.reading() as db:
        ends, bounds = _ends(db, wanted, before)
        found = history.lines(db, f'{condition}{ends}', (*params, *bounds), newest_first=True, limit=limit)
        return [line.change() for line in found]


def every(store: 'Store', wanted: Wanted, *, piece: int = 1_000) -> Iterator[Change]:
    """All of them, read piece by piece."""
    before: int | None = None
    while found := read(store, wanted, before=before, limit=piece):
        yield from found
        before = found[-1].seq


def of_request(store: 'Store', request_id: str) -> list[Change]:
    """Everything that the transaction with this request id changed, in order; nothing when there was none."""
    with store.reading() as db:
        return [line.change() for line in history.lines(db, _OF_REQUEST, (request_id,))]


def _condition(wanted: Wanted) -> tuple[str, list[Any]]:
    parts = [f"c.body IS NOT NULL AND c.op != 'erase' AND c.coll {_AMONG}"]
    params: list[Any] = [_listed(wanted.colls)]
    if wanted.actor:
        parts.append('t.actor = ?')
        params.append(wanted.actor)
    if wanted.reasons:
        parts.append(f"c.body ->> '$.why' {_AMONG}")
        params.append(_listed(wanted.reasons))
    if wanted.apps:
        parts.append(f"(c.coll {_AMONG} OR (c.coll = ? AND c.body ->> '$.+.app' {_AMONG}))")
        params += [_listed(wanted.apps), wanted.notes, _listed(wanted.apps)]
    if wanted.record:
        parts.append("(c.id = ? OR (c.coll = ? AND c.body ->> '$.+.record' = ?))")
        params += [wanted.record, wanted.notes, wanted.record]
    return ' AND '.join(parts), params


def _listed(words: Collection[str]) -> str:
    return orjson.dumps(sorted(words)).decode()


def _ends(db: 'apsw.Connection', wanted: Wanted, before: int | None) -> tuple[str, list[int]]:
    """The numbers between which the time lies."""
    ends, bounds = '', []
    if wanted.since is not None:
        ends, bounds = ' AND c.seq > ?', [_seq_before(db, wanted.since)]
    if wanted.until is not None:
        ends, bounds = f'{ends} AND c.seq <= ?', [*bounds, _seq_before(db, wanted.until)]
    if before is not None:
        ends, bounds = f'{ends} AND c.seq < ?', [*bounds, before]
    return ends, bounds


def _seq_before(db: 'apsw.Connection', moment: datetime) -> int:
    """The number of the newest change before that moment."""
    row = db.execute("SELECT coalesce(max(seq), 0) FROM tx WHERE unixepoch(at, 'subsec') < ?", (moment.timestamp(),))
    return int(row.fetchone()[0])  # type: ignore[index]  # an aggregate always has a row
