"""The documents as they were: today's state with the later changes undone."""

from collections.abc import Iterator, Sequence

import apsw
from tinydb.queries import QueryLike

from storage import history, page
from storage.content import State, decode
from storage.record import ARRIVAL, Doc, Page
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
        docs = [doc for doc in self._all(coll) if where is None or where(doc)]
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
        return len(self.find(coll, where, limit=None).docs)

    def _all(self, coll: str) -> Iterator[Doc]:
        with self._readers.lend() as db:
            with db:  # one moment for both reads
                states, revs = _today(db, coll)
                for line in history.lines(db, 'c.coll = ? AND c.seq > ?', (coll, self.seq), newest_first=True):
                    states[line.id] = history.undo(states.get(line.id), [line])
                    revs[line.id] = line.rev - 1
        for id, state in states.items():
            if state is not None:
                yield Doc(state, id, revs[id], coll)


def _today(db: apsw.Connection, coll: str) -> tuple[dict[str, State | None], dict[str, int]]:
    states: dict[str, State | None] = {}
    revs: dict[str, int] = {}
    for id, rev, body in db.execute('SELECT id, rev, body FROM doc WHERE coll = ? ORDER BY n', (coll,)):
        states[id], revs[id] = decode(body), rev
    return states, revs


def _doc(coll: str, id: str, state: State | None, rev: int) -> Doc | None:
    return None if state is None else Doc(state, id, rev, coll)


def _rank(value: object) -> tuple[int, object]:
    """SQL's order: nothing, numbers, text, the rest as text."""
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, int | float) else (2, str(value))
