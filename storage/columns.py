"""A few fields of every match, and nothing else read where an index holds them: for a map with all its points."""

from collections.abc import Sequence
from typing import Any

import apsw
import orjson

from storage.content import decode
from storage.dialect import Sqlite
from storage.page import BODY, Sort, keys_of
from storage.record import Doc
from storage.selection import Selection


def columns(db: apsw.Connection, chosen: Selection, fields: Sequence[str], sort: Sort) -> list[tuple[Any, ...]]:
    """Rows of (number of arrival, value, ...) in this order; objects and lists as JSON text."""
    order = ', '.join(key.order for key in keys_of(sort))
    found = f'FROM {chosen.source} WHERE {chosen.condition} ORDER BY {order}'
    if chosen.check is None:
        picked = ', '.join(['d.n', *(Sqlite.field((name,)) for name in fields)])
        return list(db.execute(f'SELECT {picked} {found}', chosen.params))
    rows = ((n, decode(text)) for n, text in db.execute(f'SELECT d.n, {BODY} {found}', chosen.params))
    return [(n, *(_as_sql(body.get(name)) for name in fields)) for n, body in rows if chosen.check(body)]


def arrived(db: apsw.Connection, coll: str, numbers: Sequence[int]) -> dict[int, Doc]:
    """The documents by these numbers of arrival, in this order; those that are gone are left out."""
    sql = f'SELECT d.n, d.id, d.rev, {BODY} FROM json_each(?) f CROSS JOIN doc d ON d.n = f.value WHERE d.coll = ?'
    rows = db.execute(sql, (orjson.dumps(numbers).decode(), coll))
    found = {n: Doc(decode(text), id, rev, coll) for n, id, rev, text in rows}
    return {n: found[n] for n in numbers if n in found}


def _as_sql(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value
