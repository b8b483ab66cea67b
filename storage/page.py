"""One page of a list: order, keyset cursor, page number, each step answered from an index where there is one."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import apsw
import orjson

from storage.content import decode
from storage.dialect import Sqlite
from storage.record import ARRIVAL, Doc, Page
from storage.selection import Selection

Sort = Sequence[tuple[str, bool]]


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


def page(
    db: apsw.Connection,
    coll: str,
    chosen: Selection,
    sort: Sort = (),
    limit: int | None = 50,
    after: str | None = None,
    offset: int = 0,
    fields: Sequence[str] | None = None,
) -> Page:
    """Up to `limit` documents (None: all) after the cursor `after`, skipping `offset` of them."""
    keys = keys_of(sort)
    wanted = None if limit is None else limit + 1
    rows = list(_rows(db, chosen, keys, wanted, after, offset))
    more = limit is not None and len(rows) > limit
    if more:
        rows.pop()
    docs = [_doc(row, coll, fields) for row in rows]
    return Page(docs, cursor(rows[-1][3:]) if more and rows else None)


def _doc(row: tuple[Any, ...], coll: str, fields: Sequence[str] | None) -> Doc:
    body = row[2] if isinstance(row[2], dict) else decode(row[2])
    if fields is not None:
        body = {name: body[name] for name in fields if name in body}
    return Doc(body, row[0], row[1], coll)


def _rows(
    db: apsw.Connection, chosen: Selection, keys: list[Key], wanted: int | None, after: str | None, offset: int
) -> Iterator[tuple[Any, ...]]:
    """Rows of id, rev, body and the values of the keys."""
    if chosen.check is not None:
        stop = None if wanted is None else offset + wanted
        return islice(_checked(_segments(db, chosen, keys, None, after, 0), chosen), offset, stop)
    return _segments(db, chosen, keys, wanted, after, offset)


def _checked(rows: Iterator[tuple[Any, ...]], chosen: Selection) -> Iterator[tuple[Any, ...]]:
    assert chosen.check is not None
    for id, rev, text, *rest in rows:
        body = decode(text)
        if chosen.check(body):
            yield (id, rev, body, *rest)


def _segments(
    db: apsw.Connection, chosen: Selection, keys: list[Key], wanted: int | None, after: str | None, offset: int
) -> Iterator[tuple[Any, ...]]:
    """The rows after a cursor in a few statements, each a plain range of the index, instead of one with ORs.

    An offset together with a cursor is counted here, row by row; callers use one or the other.
    """
    columns = ', '.join(['d.id', 'd.rev', 'd.body', *(key.sql for key in keys)])
    order = ', '.join(key.order for key in keys)
    skip = offset if after is None else 0
    left = wanted if wanted is None or after is None else wanted + offset
    passed = 0 if after is None else offset
    for condition, params in _ranges(keys, after):
        sql = f'SELECT {columns} FROM {chosen.source} WHERE {chosen.condition}{condition} ORDER BY {order} LIMIT ? OFFSET ?'
        for row in db.execute(sql, (*chosen.params, *params, -1 if left is None else left, skip)):
            left = None if left is None else left - 1
            if passed:
                passed -= 1
            else:
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


def cursor(values: Sequence[Any]) -> str:
    """The place after a row, as text that can stand in an address."""
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip('=')


def uncursor(text: str, length: int) -> tuple[Any, ...]:
    """ValueError for a cursor of another order."""
    values = orjson.loads(base64.urlsafe_b64decode(text + '=' * (-len(text) % 4)))
    if not isinstance(values, list) or len(values) != length:
        raise ValueError('this cursor belongs to another order')
    return tuple(values)
