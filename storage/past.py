"""The documents as they were: today's state with the later changes undone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import apsw
import orjson
from tinydb.queries import QueryLike

from storage import history, page, summary, take_out
from storage.content import State, decode
from storage.record import ARRIVAL, Doc, Page
from storage.selection import select
from storage.sqlite import Readers


class View:
    """The state after change number `seq`. What was erased since is missing from the past as well."""

    def __init__(self, readers: Readers, seq: int) -> None:
        self._readers, self.seq = readers, seq

    def get(self, coll: str, id: str) -> Doc | None:
        with self._readers.lend() as db:
            row = db.execute('SELECT rev, body FROM doc WHERE coll = ? AND id = ?', (coll, id)).fetchone()
            later = list(
                history.lines(db, 'c.coll = ? AND c.id = ? AND c.seq > ?', (coll, id, self.seq), newest_first=True)
            )
        rev, state = (row[0], decode(row[1])) if row else (0, None)
        return _doc(coll, id, history.undo(state, later), later[-1].rev - 1 if later else rev)

    def find(  # noqa: PLR0913  # what a list can ask for
        self,
        coll: str,
        where: QueryLike | None = None,
        *,
        sort: page.Sort = (),
        limit: int | None = 50,
        offset: int = 0,
        fields: Sequence[str] | None = None,
    ) -> Page:
        """As in the store, by page number; without a cursor, for the past does not change."""
        found = (doc for doc in self._all(coll) if where is None or where(doc))
        docs = list(found if sort or limit is None else islice(found, offset + limit))
        for name, descending in reversed(sort):
            if name == ARRIVAL:
                docs = docs[::-1] if descending else docs
            else:
                docs.sort(key=lambda doc, name=name: _rank(doc.get(name)), reverse=descending)  # type: ignore[misc]
        chosen = docs[offset:] if limit is None else docs[offset : offset + limit]
        if fields is not None:
            chosen = [page.only(doc, fields) for doc in chosen]
        return Page(chosen)

    def count(self, coll: str, where: QueryLike | None = None) -> int:
        """Today's matches, corrected by the documents that changed since."""
        with self._readers.lend() as db, db:
            then = self._changed(db, coll)
            today = select(db, coll, where)
            changed = f'{today.condition} AND d.id IN (SELECT value FROM json_each(?))'
            among = replace(today, condition=changed, params=(*today.params, orjson.dumps(list(then)).decode()))
            count = summary.count(db, today) - (summary.count(db, among) if then else 0)
        return count + sum(state is not None and (where is None or where(state)) for state, _ in then.values())

    def _all(self, coll: str) -> Iterator[Doc]:
        """In order of arrival; what was deleted since comes last."""
        sql = f'SELECT d.id, d.rev, {page.BODY} FROM doc d WHERE d.coll = ? ORDER BY d.n'
        with self._readers.lend() as db, db:  # one moment for both reads
            then = self._changed(db, coll)
            for id, rev, body in db.execute(sql, (coll,)):
                doc = _doc(coll, id, *then.pop(id)) if id in then else Doc(decode(body), id, rev, coll)
                if doc is not None:
                    yield doc
        yield from (doc for id, state in then.items() if (doc := _doc(coll, id, *state)) is not None)

    def _changed(self, db: apsw.Connection, coll: str) -> dict[str, tuple[State | None, int]]:
        """State (None: not there) and revision, at that time, of every document that changed since."""
        then: dict[str, tuple[State | None, int]] = {}
        for line in history.lines(db, 'c.coll = ? AND c.seq > ?', (coll, self.seq), newest_first=True):
            state = then[line.id][0] if line.id in then else _today(db, line)
            then[line.id] = history.undo(state, [line]), line.rev - 1
        return then


def _today(db: apsw.Connection, line: history.Line) -> State | None:
    """The document after its newest change. Of what was inserted or deleted with it, nothing needs to be known."""
    if line.op not in ('update', take_out.OP):
        return None
    row = db.execute('SELECT body FROM doc WHERE coll = ? AND id = ?', (line.coll, line.id)).fetchone()
    return None if row is None else decode(row[0])


def _doc(coll: str, id: str, state: State | None, rev: int) -> Doc | None:
    return None if state is None else Doc(state, id, rev, coll)


def _rank(value: object) -> tuple[int, object]:
    """SQL's order: nothing, numbers, text, the rest as text."""
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, int | float) else (2, str(value))
