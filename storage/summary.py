"""Counting, grouping and tables over many documents."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import apsw
import orjson

from storage.content import decode
from storage.dialect import GRANULARITIES, Sqlite, period_of
from storage.selection import Selection

if TYPE_CHECKING:
    import pandas as pd

By = str | tuple[str, str]
Agg = str | tuple[str, str]

SQL_AGGREGATES = {'sum': 'sum', 'min': 'min', 'max': 'max', 'avg': 'avg'}


def count(db: apsw.Connection, chosen: Selection) -> int:
    if chosen.check is not None:
        return sum(1 for _ in documents(db, chosen))
    row = db.execute(f'SELECT count(*) FROM {chosen.source} WHERE {chosen.condition}', chosen.params).fetchone()
    assert row is not None
    return int(row[0])


def group(db: apsw.Connection, chosen: Selection, by: Sequence[By], agg: Agg) -> list[tuple[Any, ...]]:
    """Rows of (key, ..., value). ValueError for a granularity or an aggregate that does not exist."""
    wanted = [(one, '') if isinstance(one, str) else one for one in by]
    for _, granularity in wanted:
        if granularity and granularity != 'each' and granularity not in GRANULARITIES:
            raise ValueError(f'{granularity!r} is none of each, {", ".join(GRANULARITIES)}')
    kind, field = ('count', '') if isinstance(agg, str) else agg
    if kind != 'count' and kind not in SQL_AGGREGATES:
        raise ValueError(f'{kind!r} is none of count, {", ".join(SQL_AGGREGATES)}')
    if chosen.check is not None or any(granularity == 'each' for _, granularity in wanted):
        return _group_in_python(db, chosen, wanted, kind, field)
    keys = [Sqlite.period((name,), part) if part else Sqlite.field((name,)) for name, part in wanted]
    value = 'count(*)' if kind == 'count' else f'{SQL_AGGREGATES[kind]}({_number(field)})'
    terms = ', '.join(str(at + 1) for at in range(len(keys)))
    ending = f' GROUP BY {terms} ORDER BY {terms}' if keys else ''
    sql = f'SELECT {", ".join([*keys, value])} FROM {chosen.source} WHERE {chosen.condition}{ending}'
    return list(db.execute(sql, chosen.params))


def _number(field: str) -> str:
    """Only numbers take part: a text in a number field is no nought."""
    value = Sqlite.field((field,))
    return f"CASE WHEN typeof({value}) IN ('integer','real') THEN {value} END"


def _group_in_python(
    db: apsw.Connection, chosen: Selection, by: list[tuple[str, str]], kind: str, field: str
) -> list[tuple[Any, ...]]:
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for body in documents(db, chosen):
        for key in _keys(body, by):
            groups[key].append(body.get(field))
    rows = [(*key, _aggregate(kind, values)) for key, values in groups.items()]
    return sorted(rows, key=lambda row: [_rank(part) for part in row[: len(by)]])


def _keys(body: dict[str, Any], by: list[tuple[str, str]]) -> list[tuple[Any, ...]]:
    keys: list[tuple[Any, ...]] = [()]
    for name, part in by:
        value = body.get(name)
        if part == 'each':
            values = value if isinstance(value, list) and value else [None if isinstance(value, list) else value]
        else:
            values = [period_of(value, part) if part else value]
        keys = [(*key, one) for key in keys for one in values]
    return keys


def _aggregate(kind: str, values: list[Any]) -> Any:
    if kind == 'count':
        return len(values)
    figures = [value for value in values if isinstance(value, int | float)]
    if not figures:
        return None
    return {'sum': sum(figures), 'min': min(figures), 'max': max(figures), 'avg': sum(figures) / len(figures)}[kind]


def _rank(value: Any) -> tuple[int, Any]:
    """SQL's order: nothing, numbers, text."""
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, int | float) else (2, str(value))


def documents(db: apsw.Connection, chosen: Selection) -> Iterator[dict[str, Any]]:
    for (text,) in db.execute(f'SELECT d.body FROM {chosen.source} WHERE {chosen.condition}', chosen.params):
        body = decode(text)
        if chosen.check is None or chosen.check(body):
            yield body


def frame(db: apsw.Connection, chosen: Selection, fields: Sequence[str]) -> 'pd.DataFrame':
    import pandas as pd

    names = list(fields)
    by_sql = names and chosen.check is None and all(Sqlite.can_name((name,)) for name in names)
    ids, rows = _values(db, chosen, names) if by_sql else _bodies(db, chosen)
    if not by_sql:
        names = names or list(dict.fromkeys(name for body in rows for name in body))
        rows = [[body.get(name) for name in names] for body in rows]
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    series = {name: pd.Series(column, dtype=object) for name, column in zip(names, columns, strict=True)}
    table = pd.DataFrame(series, columns=pd.Index(names))
    table.index = pd.Index(ids, name='id', dtype=object)
    return table


def _values(db: apsw.Connection, chosen: Selection, names: Sequence[str]) -> tuple[list[str], list[Any]]:
    """Ids and rows of values; SQLite picks the fields, in one reading of the body, and keeps their JSON types."""
    picked = ','.join(Sqlite.pointer((name,)) for name in [*names, names[0]])  # of one path it would give a bare value
    sql = f'SELECT d.id, json_extract(d.body,{picked}) FROM {chosen.source} WHERE {chosen.condition} ORDER BY d.n'
    found = list(db.execute(sql, chosen.params))
    return [id for id, _ in found], [orjson.loads(values)[:-1] for _, values in found]


def _bodies(db: apsw.Connection, chosen: Selection) -> tuple[list[str], list[Any]]:
    sql = f'SELECT d.id, d.body FROM {chosen.source} WHERE {chosen.condition} ORDER BY d.n'
    found = [(id, decode(text)) for id, text in db.execute(sql, chosen.params)]
    kept = [(id, body) for id, body in found if chosen.check is None or chosen.check(body)]
    return [id for id, _ in kept], [body for _, body in kept]
