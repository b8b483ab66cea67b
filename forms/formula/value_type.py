"""The types of values a formula knows, and which type is read as which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal['number', 'text', 'boolean', 'date', 'datetime', 'time', 'record', 'table', 'blank', 'any']

JAPANESE_NAMES: Final[dict[str, str]] = {
    'number': '数値',
    'text': '文字列',
    'boolean': 'はい・いいえ',
    'date': '日付',
    'datetime': '日時',
    'time': '時刻',
    'record': 'レコード',
    'table': '表',
    'blank': '空白',
    'any': '任意の値',
}


@dataclass(frozen=True, slots=True)
class ValueType:
    """A kind.

    For records and tables also the columns; for members of an enumeration its name (TimeUnit, ErrorKind …).
    """

    kind: Kind
    columns: tuple[tuple[str, 'ValueType'], ...] = ()
    enum: str = ''

    @property
    def japanese(self) -> str:
        return JAPANESE_NAMES[self.kind]

    def column(self, name: str) -> 'ValueType | None':
        return next((value_type for column, value_type in self.columns if column == name), None)


NUMBER: Final = ValueType('number')
TEXT: Final = ValueType('text')
BOOLEAN: Final = ValueType('boolean')
DATE: Final = ValueType('date')
DATETIME: Final = ValueType('datetime')
TIME: Final = ValueType('time')
BLANK: Final = ValueType('blank')
ANY: Final = ValueType('any')

_SCALARS: Final = {t.kind: t for t in (NUMBER, TEXT, BOOLEAN, DATE, DATETIME, TIME, BLANK, ANY)}
MOMENTS: Final = frozenset(('date', 'datetime', 'time'))


def record(columns: 'Mapping[str, ValueType | Kind]') -> ValueType:
    """The type of a record with these fields, for example a lookup."""
    return ValueType('record', _columns(columns))


def table(columns: 'Mapping[str, ValueType | Kind]') -> ValueType:
    """The type of a table with these columns, for example a subtable."""
    return ValueType('table', _columns(columns))


def as_type(value_type: 'ValueType | Kind') -> ValueType:
    """Accepts the bare kind ('number', 'text' …) wherever a type is wanted."""
    return value_type if isinstance(value_type, ValueType) else _SCALARS.get(value_type, ValueType(value_type))


CHOICES: Final = ValueType('table', (('Value', TEXT),))
"""A field with several choices: a table of one column, Value, as choices are in Power Fx."""


def row_of(table_type: ValueType) -> ValueType:
    return ValueType('record', table_type.columns) if table_type.kind == 'table' else ANY


def _columns(columns: 'Mapping[str, ValueType | Kind]') -> tuple[tuple[str, ValueType], ...]:
    return tuple((name, as_type(value_type)) for name, value_type in columns.items())


_BECOMES: Final[dict[str, frozenset[str]]] = {
    'number': frozenset(('text', 'boolean', 'date', 'datetime', 'time')),
    'text': frozenset(('number', 'boolean', 'date', 'datetime', 'time')),
    'boolean': frozenset(('number', 'text')),
    'date': frozenset(('number', 'text', 'datetime', 'time')),
    'datetime': frozenset(('number', 'text', 'date', 'time')),
    'time': frozenset(('number', 'text', 'date', 'datetime')),
}


def becomes(source: ValueType, target: ValueType) -> bool:
    """Whether a value of source may stand where target is wanted (Power Fx's implicit coercions)."""
    if 'any' in (source.kind, target.kind) or source.kind == 'blank' or source.kind == target.kind == 'any':
        return True
    if source.kind == target.kind:
        if source.kind not in ('record', 'table'):
            return True
        return all(
            becomes(value_type, wanted)
            for name, value_type in source.columns
            if (wanted := target.column(name)) is not None
        )
    return target.kind in _BECOMES.get(source.kind, frozenset())


def union(first: ValueType, second: ValueType) -> ValueType | None:  # noqa: PLR0911 - one line per kind reads best
    """The type that holds both, led by the first; None when there is none."""
    if second.kind == 'blank' or first == second:
        return first
    if first.kind == 'blank':
        return second
    if 'any' in (first.kind, second.kind):
        return ANY
    if first.kind != second.kind:
        return ValueType(first.kind) if becomes(second, first) else None
    if first.kind not in ('record', 'table'):
        return ValueType(first.kind)
    columns = dict(first.columns)
    for name, value_type in second.columns:
        merged = union(columns[name], value_type) if name in columns else value_type
        if merged is None:
            return None
        columns[name] = merged
    return ValueType(first.kind, tuple(columns.items()))
