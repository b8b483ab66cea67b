"""Indexes over fields of a collection, made when an app asks for them."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

import apsw

from storage.dialect import Sqlite, text_literal
from storage.page import Sort, keys_of
from storage.selection import Selection

LARGE: Final = 100_000  # rows the planner expects; each further field that is given leaves a fifth of them


class Indexes:
    """The indexes of every collection, made and dropped by the writer, one at a time so that saves go on between.

    A statement is told of an index only after it is there, and no more from the moment on at which it is to go.
    """

    def __init__(self, wait: Callable[[Callable[[apsw.Connection, Any], Any]], Any]) -> None:
        self._wait = wait
        self._kept: dict[str, dict[tuple[str, ...], str]] = {}

    def of(self, coll: str) -> Mapping[tuple[str, ...], str]:
        """Fields -> name in the database."""
        return self._kept.get(coll, {})

    def add(self, coll: str, fields: Sequence[str]) -> None:
        """Raises ValueError for what cannot be indexed."""
        if tuple(fields) not in self.of(coll):
            self._wait(lambda db, _chain: ensure(db, coll, fields))
            self._kept[coll] = {**self.of(coll), tuple(fields): name_of(coll, fields)}

    def keep(self, coll: str, wanted: Collection[Sequence[str]]) -> None:
        """These and no others."""
        known = {tuple(fields) for fields in wanted}
        self._kept[coll] = {fields: name for fields, name in self.of(coll).items() if fields in known}
        for fields in wanted:
            self.add(coll, fields)
        self._wait(lambda db, _chain: drop_others(db, coll, wanted))


def ensure(db: apsw.Connection, coll: str, fields: Sequence[str]) -> None:
    """One index over the documents of this collection only; nothing happens when it is there."""
    if not fields or not all(Sqlite.can_name((name,)) for name in fields):
        raise ValueError(f'cannot index {list(fields)}')
    terms = ', '.join(Sqlite.field((name,), table='') for name in fields)
    name = name_of(coll, fields)
    if db.execute('SELECT 1 FROM sqlite_schema WHERE name = ?', (name,)).fetchone():
        return
    db.execute(f'CREATE INDEX {name} ON doc ({terms}) WHERE coll = {text_literal(coll)}')
    rows = [LARGE // 5 ** min(at, 6) for at in range(len(fields) + 1)]
    stat = ' '.join(map(str, rows)) + ' noskipscan'  # these made-up figures say nothing of how often a value repeats
    db.execute("INSERT INTO sqlite_stat1 VALUES ('doc', ?, ?)", (name, stat))
    db.execute('ANALYZE sqlite_schema')


def drop_others(db: apsw.Connection, coll: str, wanted: Collection[Sequence[str]]) -> None:
    """Take away the indexes of this collection that are not wanted any more."""
    names = {name_of(coll, fields) for fields in wanted}
    ending = f' WHERE coll = {text_literal(coll)}'
    ours = list(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND name GLOB 'by_*'"))
    for name, sql in ours:
        if sql.endswith(ending) and name not in names:
            db.execute(f'DROP INDEX {name}')
            db.execute('DELETE FROM sqlite_stat1 WHERE idx = ?', (name,))


def name_of(coll: str, fields: Sequence[str]) -> str:
    return 'by_' + hashlib.sha256('\0'.join((coll, *fields)).encode()).hexdigest()[:24]


def explain(db: apsw.Connection, chosen: Selection, sort: Sort) -> str:
    order = ', '.join(key.order for key in keys_of(sort))
    sql = f'SELECT d.id, d.rev, d.body FROM {chosen.source} WHERE {chosen.condition} ORDER BY {order} LIMIT 50'
    db.execute('SELECT 1 FROM doc LIMIT 1').fetchall()  # EXPLAIN itself does not notice a new index
    steps = [row[3] for row in db.execute(f'EXPLAIN QUERY PLAN {sql}', chosen.params, can_cache=False)]
    rest = ['then asks the query itself, document by document'] if chosen.check else []
    return '\n'.join([sql, *steps, *rest])
