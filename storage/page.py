"""One page of a list: order, keyset cursor, page number, each step answered from an index where there is one."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

import apsw
import orjson

from storage.content import decode
from storage.dialect import Sqlite
from storage.errors import WrongCursor
from storage.record import ARRIVAL, Doc, Page
from storage.selection import Selection

BODY: Final = 'CAST(d.body AS BLOB)'  # UTF-8 goes to the JSON reader as it is, without becoming a str between

Sort = Sequence[tuple[str, bool]]
Row = tuple[str, int, Any, int]  # id, revision, body (bytes of JSON, or read already), number of arrival


@dataclass(frozen=True, slots=True)
class Window:
    """Up to `limit` documents (None: all) in this order, after the cursor `after`, or skipping `offset` of them."""

    sort: Sort = ()
    limit: int | None = 50
    after: str | None = None
    offset: int = 0
    fields: Sequence[str] | None = None

    def __post_init__(self) -> None:
        if self.after and self.offset:
            raise ValueError('a page begins after a cursor or at an offset, not both')


@dataclass(frozen=True, slots=True)
class Key:
    """One term of the order."""

    sql: str
    descending: bool

    @property
    def order(self) -> str:
        return f'{self.sql} DESC' if self.descending else self.sql

    def beyond(self, value: Any) -> list[tuple[str, tuple[Any, ...]]]:
        """Conditions, in order, for the rows that come after `value`; NULL is the smallest value of all."""
        if self.descending:
            return [(f'{self.sql} < ?', (value,)), (f'{self.sql} IS NULL', ())] if value is not None else []
        return [(f'{self.sql} > ?', (value,))] if value is not None else [(f'{self.sql} IS NOT NULL', ())]


def keys_of(sort: Sort) -> list[Key]:
    """The order, made total by the order of arrival, in the direction of the last field."""
    keys = [Key(Sqlite.field((name,)), descending) for name, descending in sort if name != ARRIVAL]
    return [*keys, Key('d.n', sort[-1][1] if sort else False)]


def page(db: apsw.Connection, coll: str, chosen: Selection, window: Window) -> Page:
    """The documents of the window, and the cursor of the one after it."""
    keys = keys_of(window.sort)
    rows = list(_rows(db, chosen, keys, window))
    more = window.limit is not None and len(rows) > window.limit
    if more:
        rows.pop()
    docs = [Doc(row[2] if isinstance(row[2], dict) else decode(row[2]), row[0], row[1], coll) for row in rows]
    if window.fields is not None:
        docs = [only(doc, window.fields) for doc in docs]
    return Page(docs, cursor(db, keys, rows[-1][3]) if more and rows else None)


def only(doc: Doc, fields: Sequence[str]) -> Doc:
    return Doc({name: doc[name] for name in fields if name in doc}, doc.doc_id, doc.rev, doc.coll)


def _rows(db: apsw.Connection, chosen: Selection, keys: list[Key], window: Window) -> Iterator[Row]:
    """One row more than the window, to know whether there is a next page."""
    wanted = None if window.limit is None else window.limit + 1
    if chosen.check is None:
        return _segments(db, chosen, keys, replace(window, limit=wanted))
    stop = None if wanted is None else window.offset + wanted
    every = _segments(db, chosen, keys, replace(window, limit=None, offset=0))
    return islice(_checked(every, chosen), window.offset, stop)


def _checked(rows: Iterator[Row], chosen: Selection) -> Iterator[Row]:
    assert chosen.check is not None
    for id, rev, text, n in rows:
        body = decode(text)
        if chosen.check(body):
            yield id, rev, body, n


def _segments(db: apsw.Connection, chosen: Selection, keys: list[Key], window: Window) -> Iterator[Row]:
    """The rows in a few statements, each a plain range of an index, instead of one with ORs."""
    order = ', '.join(key.order for key in keys)
    left = -1 if window.limit is None else window.limit
    for condition, params in _ranges(keys, window.after):
        found = f'FROM {chosen.source} WHERE {chosen.condition}{condition} ORDER BY {order} LIMIT ? OFFSET ?'
        if window.limit is None:
            sql = f'SELECT d.id, d.rev, {BODY}, d.n {found}'
        else:  # bodies only of the documents on the page, not of all that are sorted or skipped
            sql = f'SELECT d.id, d.rev, {BODY}, d.n FROM (SELECT d.n AS m {found}) p CROSS JOIN doc d ON d.n = p.m'
        for row in db.execute(sql, (*chosen.params, *params, left, window.offset)):
            left -= 1
            yield row
        if left == 0:
            return


def _ranges(keys: list[Key], after: str | None) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if after is None:
        yield '', ()
        return
    values = uncursor(after, len(keys))
    for depth in range(len(keys) - 1, -1, -1):
        same = ''.join(f' AND {key.sql} IS ?' for key in keys[:depth])
        for condition, params in keys[depth].beyond(values[depth]):
            yield f'{same} AND {condition}', (*values[:depth], *params)


def cursor(db: apsw.Connection, keys: Sequence[Key], n: int) -> str:
    """The place after the n-th document, as text that can stand in an address."""
    terms = ', '.join(key.sql for key in keys)
    values = db.execute(f'SELECT {terms} FROM doc d WHERE d.n = ?', (n,)).fetchone()
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip('=')


def uncursor(text: str, length: int) -> tuple[Any, ...]:
    """Raises WrongCursor for one of another order, or one that nobody was given."""
    try:
        values = orjson.loads(base64.urlsafe_b64decode(text + '=' * (-len(text) % 4)))
    except ValueError as error:
        raise WrongCursor('this is no cursor') from error
    if not isinstance(values, list) or len(values) != length or not all(_fits_a_column(each) for each in values):
        raise WrongCursor('this cursor belongs to another order')
    return tuple(values)


def _fits_a_column(value: object) -> bool:
    return value is None or isinstance(value, str | float) or (isinstance(value, int) and abs(value) < 2**63)
