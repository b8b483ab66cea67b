"""Erasure in part: some fields leave a document, its past, its search text and its claims; the rest of it stays.

What stays are the figures: category, dates, status, who did which step when. The chain still verifies.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

import apsw
import orjson

from storage import attachments, claims, reduced, text_index
from storage.content import State, decode, encode

OP: Final = 'take_out'

_STATES: Final = ('+', '-', '=')
_SETS: Final = ('fields', 'scopes', 'blobs')


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What is taken out of a document.

    fields: names, or 'name.part' for a column of all rows or a part of an object. coarse: field -> decimals to which
    every number in it is rounded. scopes: of claims. blobs: files that go although a field or the past names them.
    marks: fields that are set in their place, nothing personal: the ledger keeps them.
    """

    fields: frozenset[str] = frozenset()
    coarse: Mapping[str, int] = field(default_factory=dict)
    scopes: frozenset[str] = frozenset()
    blobs: frozenset[str] = frozenset()
    marks: Mapping[str, Any] = field(default_factory=dict)

    def left_of(self, state: Mapping[str, Any]) -> State:
        """What may stay of a document or of some of its fields."""
        return {name: self._left(name, value) for name, value in state.items() if name not in self.fields}

    def with_(self, other: 'Gone') -> 'Gone':
        """Both together."""
        coarse = {**self.coarse, **other.coarse}
        marks = {**self.marks, **other.marks}
        fields, scopes, blobs = self.fields | other.fields, self.scopes | other.scopes, self.blobs | other.blobs
        return Gone(fields=fields, coarse=coarse, scopes=scopes, blobs=blobs, marks=marks)

    def told(self) -> dict[str, Any]:
        """As JSON takes it."""
        lists = {name: sorted(getattr(self, name)) for name in _SETS}
        return {**lists, 'coarse': dict(self.coarse), 'marks': dict(self.marks)}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """From `told`."""
        sets = {name: frozenset(told[name]) for name in _SETS}
        return cls(**sets, coarse=told['coarse'], marks=told['marks'])

    def _left(self, name: str, value: Any) -> Any:
        columns = {path.partition('.')[2] for path in self.fields if path.startswith(f'{name}.')}
        if columns and isinstance(value, list):
            value = [_without(row, columns) for row in value]
        elif columns:
            value = _without(value, columns)
        return rounded(value, self.coarse[name]) if name in self.coarse else value


def _without(value: Any, keys: set[str]) -> Any:
    return {key: each for key, each in value.items() if key not in keys} if isinstance(value, dict) else value


def rounded(value: Any, places: int) -> Any:
    """Every number in a value with so many decimals."""
    if isinstance(value, float):
        return round(value, places)
    if isinstance(value, dict):
        return {key: rounded(each, places) for key, each in value.items()}
    return [rounded(each, places) for each in value] if isinstance(value, list) else value


def deleted(db: apsw.Connection, coll: str) -> Iterator[tuple[str, State]]:
    """(id, last state) of the documents that were deleted and of which nothing was taken out since."""
    sql = (
        "SELECT c.id, c.body FROM change c WHERE c.coll = ? AND c.op = 'delete' AND c.body IS NOT NULL AND NOT EXISTS"
        ' (SELECT 1 FROM change later WHERE later.coll = c.coll AND later.id = c.id AND later.seq > c.seq)'
    )
    for id, body in db.execute(sql, (coll,)):
        yield id, decode(body).get('-', {})


def holds_any(db: apsw.Connection, coll: str, id: str, gone: Gone, upto: int) -> bool:
    """Whether a line of the document up to that revision still says something that is to go, or it has such a file."""
    if gone.blobs & set(attachments.of(db, coll, id)):
        return True
    sql = 'SELECT op, body FROM change WHERE coll = ? AND id = ? AND rev <= ? AND body IS NOT NULL'
    return any(_left_of_line(op, body, id, gone) != decode(body) for op, body in db.execute(sql, (coll, id, upto)))


def from_tables(  # noqa: PLR0913  # two of them only by name
    db: apsw.Connection, coll: str, id: str, gone: Gone, *, search: str | None, orphans: list[str]
) -> dict[str, Any] | None:
    """Take it out of every table and of the past; returns the body of the history's line, None when nothing is there.

    search: the search text of what is left; None: the same as before where nothing leaves the document itself, else ''.
    orphans: gets the blobs that nobody names any more.
    """
    rev = _last_rev(db, coll, id)
    row = db.execute('SELECT n, body FROM doc WHERE coll = ? AND id = ?', (coll, id)).fetchone()
    if not holds_any(db, coll, id, gone, rev) and (row is None or _is_marked(row[1], gone)):
        return None
    vouched = _from_history(db, coll, id, gone)
    for scope in gone.scopes:
        claims.release(db, scope, id)
    body: dict[str, Any] = {'c': [['release', scope, id] for scope in sorted(gone.scopes)], reduced.VOUCHES: vouched}
    if row is not None:
        body |= _from_document(db, row, gone, rev + 1, search)
    body['c'] += _detached(db, coll, id, gone.blobs, orphans)
    _remember(db, coll, id, rev, gone)
    return body


def _is_marked(text: str, gone: Gone) -> bool:
    state = decode(text)
    return all(state.get(name) == value for name, value in gone.marks.items())


def _from_document(
    db: apsw.Connection, row: tuple[int, str], gone: Gone, rev: int, search: str | None
) -> dict[str, Any]:
    n, state = row[0], decode(row[1])
    left = {**gone.left_of(state), **gone.marks}
    words = search if search is not None else text_index.of(db, n) if left == state else ''
    text_index.replace(db, n, words)
    db.execute('UPDATE doc SET rev = ?, body = ? WHERE n = ?', (rev, encode(left), n))
    marks = {name: value for name, value in gone.marks.items() if state.get(name) != value}
    return {'+': marks, '-': {}, '=': left, 's': words}


def _from_history(db: apsw.Connection, coll: str, id: str, gone: Gone) -> dict[str, str]:
    """What the new line has to vouch for."""
    vouched: dict[str, str] = {}
    sql = 'SELECT seq, op, body FROM change WHERE coll = ? AND id = ? AND body IS NOT NULL'
    for seq, op, text in list(db.execute(sql, (coll, id))):
        vouched |= reduced.reduce(db, seq, text, _left_of_line(op, text, id, gone))
    db.execute('UPDATE tx SET answer = NULL WHERE n IN (SELECT tx FROM change WHERE coll = ? AND id = ?)', (coll, id))
    return vouched | reduced.forget_claims(db, coll, id, gone.scopes.__contains__)


def _detached(
    db: apsw.Connection, coll: str, id: str, blobs: frozenset[str], orphans: list[str]
) -> list[list[str]]:
    """Let go of `blobs`, and of files that neither the document nor its past names; what the history's line says."""
    lines = db.execute('SELECT body FROM change WHERE coll = ? AND id = ? AND body IS NOT NULL', (coll, id))
    said = [json.dumps([decode(body).get(key) for key in _STATES]) for (body,) in lines]
    said += [body for (body,) in db.execute('SELECT body FROM doc WHERE coll = ? AND id = ?', (coll, id))]
    own = attachments.of(db, coll, id)
    gone = [sha for sha in own if sha in blobs or not any(sha in each for each in said)]
    for sha in gone:
        attachments.detach(db, coll, id, sha)
    orphans += [sha for sha in gone if not attachments.holders(db, sha)]
    return [['detach', coll, id, sha] for sha in gone]


def _last_rev(db: apsw.Connection, coll: str, id: str) -> int:
    row = db.execute('SELECT max(rev) FROM change WHERE coll = ? AND id = ?', (coll, id)).fetchone()
    return (row and row[0]) or 0


def _remember(db: apsw.Connection, coll: str, id: str, rev: int, gone: Gone) -> None:
    """For the ledger, together with what was taken out before; a document erased as a whole stays so."""
    row = db.execute('SELECT what FROM erased WHERE coll = ? AND id = ?', (coll, id)).fetchone()
    earlier = Gone.of(orjson.loads(row[0])) if row is not None and row[0] else Gone()
    what = orjson.dumps(earlier.with_(gone).told(), option=orjson.OPT_SORT_KEYS).decode()
    db.execute('INSERT OR REPLACE INTO erased (coll, id, rev, what) VALUES (?,?,?,?)', (coll, id, rev, what))


def _left_of_line(op: str, text: str, id: str, gone: Gone) -> dict[str, Any]:
    body: dict[str, Any] = decode(text)
    left = {key: gone.left_of(value) if key in _STATES else value for key, value in body.items()}
    if op != OP or left != body:
        left.pop('s', None)  # the words of all fields; an erasure's own line tells those of what is left
    if op == 'delete':
        left.pop('why', None)  # typed by somebody, so it may say anything
    if 'c' in left:
        left['c'] = reduced.without_claims(body['c'], id, gone.scopes.__contains__)
    return left
