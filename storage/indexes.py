"""Indexes over fields of a collection, made when an app asks for them."""

import hashlib
from collections.abc import Sequence
from typing import Final

import apsw

from storage.dialect import Sqlite, text_literal
from storage.page import Sort, keys_of
from storage.selection import Selection

LARGE: Final = 100_000  # rows the planner expects; each further field that is given leaves a fifth of them


def ensure(db: apsw.Connection, coll: str, fields: Sequence[str]) -> None:
    """One index over the documents of this collection only; nothing happens when it is there."""
    if not fields or not all(Sqlite.can_name((name,)) for name in fields):
        raise ValueError(f'cannot index {list(fields)}')
    terms = ', '.join(Sqlite.field((name,), table='') for name in fields)
    name = 'by_' + hashlib.sha256('\0'.join((coll, *fields)).encode()).hexdigest()[:24]
    if db.execute('SELECT 1 FROM sqlite_schema WHERE name = ?', (name,)).fetchone():
        return
    db.execute(f'CREATE INDEX {name} ON doc ({terms}) WHERE coll = {text_literal(coll)}')
    rows = [LARGE // 5 ** min(at, 6) for at in range(len(fields) + 1)]
    db.execute("INSERT INTO sqlite_stat1 VALUES ('doc', ?, ?)", (name, ' '.join(str(count) for count in rows)))
    db.execute('ANALYZE sqlite_schema')


def explain(db: apsw.Connection, chosen: Selection, sort: Sort) -> str:
    order = ', '.join(key.order for key in keys_of(sort))
    sql = f'SELECT d.id, d.rev, d.body FROM {chosen.source} WHERE {chosen.condition} ORDER BY {order} LIMIT 50'
    db.execute('SELECT 1 FROM doc LIMIT 1').fetchall()  # EXPLAIN itself does not notice a new index
    steps = [row[3] for row in db.execute(f'EXPLAIN QUERY PLAN {sql}', chosen.params, can_cache=False)]
    rest = ['then asks the query itself, document by document'] if chosen.check else []
    return '\n'.join([sql, *steps, *rest])
