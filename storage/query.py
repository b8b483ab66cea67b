"""TinyDB's query read as SQL: what SQL can decide it decides, the rest is asked of TinyDB's own function."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Final

from tinydb import Query, where
from tinydb.queries import QueryLike

from storage.dialect import Sqlite

__all__ = ['Plan', 'Query', 'QueryLike', 'plan', 'where']


@dataclass(frozen=True, slots=True)
class Plan:
    """A condition that lets through every matching row; `exact` when it lets through no other.

    `reads`: fields it asks about. `led`: an index over that one field finds the rows: '=' one value, '<' some or a
    range of them. `parts`: the conditions that must hold all at once, itself when there is only one.
    """

    sql: str
    params: tuple[Any, ...] = ()
    exact: bool = True
    reads: frozenset[str] = frozenset()
    led: str = ''
    _parts: 'tuple[Plan, ...]' = field(default=(), repr=False)

    @property
    def parts(self) -> 'tuple[Plan, ...]':
        return self._parts or (self,)


ALL: Final = Plan('1')
UNKNOWN: Final = Plan('1', exact=False)


def plan(query: QueryLike | None) -> Plan:
    """Read a query by the tuple TinyDB keeps for its hash. A shape we do not know is slower, never wrong."""
    if query is None:
        return ALL
    return _read(getattr(query, '_hash', None))


def _read(shape: object) -> Plan:
    if shape == ():
        return ALL
    if not isinstance(shape, tuple) or not isinstance(shape[0], str):
        return UNKNOWN
    reader = _READERS.get(shape[0])
    try:
        return reader(*shape[1:]) if reader else UNKNOWN
    except (TypeError, ValueError):
        return UNKNOWN


def _join(word: str, parts: Collection[object]) -> Plan:
    plans = [_read(part) for part in parts]
    return Plan(
        '(' + f' {word} '.join(one.sql for one in plans) + ')',
        tuple(value for one in plans for value in one.params),
        all(one.exact for one in plans),
        frozenset[str]().union(*(one.reads for one in plans)),
        _parts=tuple(part for one in plans for part in one.parts) if word == 'AND' else (),
    )


def _and(parts: frozenset[object]) -> Plan:
    return _join('AND', parts)


def _or(parts: frozenset[object]) -> Plan:
    return _join('OR', parts)


def _not(part: object) -> Plan:
    inner = _read(part)
    # A condition that lets too much through would, turned round, keep matching rows out.
    return Plan(f'(({inner.sql}) IS NOT TRUE)', inner.params, reads=inner.reads) if inner.exact else UNKNOWN


def _exists(path: tuple[object, ...]) -> Plan:
    return Plan(f'({Sqlite.kind(_named(path))} IS NOT NULL)', reads=_fields(path))


def _present(path: tuple[object, ...], *_: object) -> Plan:
    """Every other test of TinyDB is false for a field that is not there."""
    return Plan(_exists(path).sql, exact=False, reads=_fields(path))


def _equal(path: tuple[object, ...], value: object) -> Plan:
    field = Sqlite.field(_named(path))
    if value is None:
        return Plan(f'({field} IS NULL)', exact=False, reads=_fields(path))
    if _plain(value):
        return Plan(f'({field} = ?)', (value,), reads=_fields(path), led='=')
    if isinstance(value, str):
        return Plan(f'({field} = ?)', (value,), exact=False, reads=_fields(path), led='=')
    return _present(path)


def _unequal(path: tuple[object, ...], value: object) -> Plan:
    equal = _equal(path, value)
    if not equal.exact:
        return _present(path)
    return Plan(f'({_exists(path).sql} AND {equal.sql} IS NOT TRUE)', equal.params, reads=_fields(path))


def _one_of(path: tuple[object, ...], values: object) -> Plan:
    if not isinstance(values, tuple | frozenset):
        return _present(path)
    if not values:
        return Plan('0')
    if not all(_plain(value) for value in values):
        return _present(path)
    sql = f'({Sqlite.field(_named(path))} IN ({",".join("?" * len(values))}))'
    return Plan(sql, tuple(values), reads=_fields(path), led='<')


def _order(sign: str) -> Callable[[tuple[object, ...], object], Plan]:
    def read(path: tuple[object, ...], value: object) -> Plan:
        field = Sqlite.field(_named(path))
        if isinstance(value, str) and '\0' not in value:
            # In SQL every text is greater than every number, and an object or a list is text as well.
            return Plan(
                f"({field} {sign} ? AND typeof({field}) = 'text'"
                f" AND (substr({field},1,1) NOT IN ('{{','[') OR {Sqlite.kind(_named(path))} = 'text'))",
                (value,),
                reads=_fields(path),
                led='<',
            )
        if isinstance(value, int | float) and _plain(value):
            return Plan(f"({field} {sign} ? AND {field} < '')", (value,), reads=_fields(path), led='<')
        return _present(path)

    return read


def _plain(value: object) -> bool:
    """Whether SQL's = means what Python's == means: a text that looks like JSON equals an object's text in SQL."""
    if isinstance(value, str):
        value.encode()  # half a surrogate pair is no text in SQL; the error leaves the query to Python
        return not value.startswith(('{', '['))
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    return isinstance(value, float) and abs(value) < 2**53


def _named(path: tuple[object, ...]) -> tuple[str, ...]:
    if not Sqlite.can_name(path):
        raise ValueError('a path only TinyDB can follow')
    return path  # type: ignore[return-value]


def _fields(path: tuple[object, ...]) -> frozenset[str]:
    """A part of a field is in no index."""
    return frozenset((str(path[0]) if len(path) == 1 else '',))


_READERS: Final[dict[str, Callable[..., Plan]]] = {
    'and': _and,
    'or': _or,
    'not': _not,
    '==': _equal,
    '!=': _unequal,
    '<': _order('<'),
    '<=': _order('<='),
    '>': _order('>'),
    '>=': _order('>='),
    'exists': _exists,
    'one_of': _one_of,
    'matches': _present,
    'search': _present,
    'test': _present,
    'any': _present,
    'all': _present,
}
