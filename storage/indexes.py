"""Indexes over fields of a collection, made when an app asks for them."""

import hashlib
from collections.abc import Sequence

import apsw

from storage.dialect import Sqlite, text_literal
from storage.page import Sort, keys_of
from storage.selection import Selection


def ensure(db: apsw.Connection, coll: str, fields: Sequence[str]) -> None:
    """One index over the documents of this collection only; nothing happens when it is there."""
    if not fields or not all(Sqlite.can_name((name,)) for name in fields):
        raise ValueError(f'cannot index {list(fields)}')
    terms = ', '.join(Sqlite.field((name,), table='') for name in fields)
    name = 'by_' + hashlib.sha256('\0'.join((coll, *fields)).encode()).hexdigest()[:24]
    db.execute(f'CREATE INDEX IF NOT EXISTS {name} ON doc ({terms}) WHERE coll = {text_literal(coll)}')


def explain(db: apsw.Connection, chosen: Selection, sort: Sort) -> str:
    order = ', '.join(key.order for key in keys_of(sort))
    sql = f'SELECT d.id, d.rev, d.body FROM {chosen.source} WHERE {chosen.condition} ORDER BY {order} LIMIT 50'
    steps = [row[3] for row in db.execute(f'EXPLAIN QUERY PLAN {sql}', chosen.params)]
    rest = ['then asks the query itself, document by document'] if chosen.check else []
    return '\n'.join([sql, *steps, *rest])
