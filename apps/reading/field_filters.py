"""Narrowing by any field: `種別` for a value, `受付日.from`, `受付日.to`, `電話番号.blank`, `状態.not` for the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from apps.reading.shown import MARKS
from forms.definition import AppDefinition
from forms.field import Field, Parsed, Surroundings, field_types
from forms.message import Message

OPERATORS = {
    'from': 'その値から後(その値を含む)。数、日付、日時、時刻、文字で使えます',
    'to': 'その値まで(その値を含む)。数、日付、日時、時刻、文字で使えます',
    'blank': 'true なら空欄、false なら空欄でない',
    'not': 'その値でない(空欄も含む)。いくつか書くと、どれでもない',
}
"""Written after a field's name and a dot -> what it means."""

_ORDERED = frozenset({'number', 'date', 'datetime', 'time', 'text'})
_WITHOUT_VALUES = frozenset({'location', 'note', 'photo', 'attachment', 'subtable', 'checklist'})
_TRUE = {'true': True, 'false': False}


class WrongFilter(ValueError):
    """A filter that cannot be understood. messages: at which filter, and why (Japanese)."""

    def __init__(self, name: str, code: str, text: str) -> None:
        super().__init__(text)
        self.messages = (Message(f'filter.{name}', code, text),)


def field_query(definition: AppDefinition, key: str, values: Sequence[str], around: Surroundings) -> QueryInstance:
    """The records that pass one filter; of several values one must fit. Raises WrongFilter.

    key: a field's name, or with a dot and one of OPERATORS.
    """
    name, _, operator = key.partition('.')
    field = field_called(definition, name, key)
    if operator and operator not in OPERATORS:
        text = f'「{operator}」という絞り込み方はありません。使えるのは {"、".join(OPERATORS)} です。'
        raise WrongFilter(key, 'unknown_operator', text)
    if operator == 'blank':
        return _blank(key, values)
    if field.TYPE in _WITHOUT_VALUES:
        text = f'「{field.title}」は、空欄かどうか({name}.blank)でだけ絞り込めます。'
        raise WrongFilter(key, 'not_filterable', text)
    if operator in {'from', 'to'}:
        return _bound(field, key, values, around)
    one = where(name).any if field.TYPE == 'select_multiple' else where(name).one_of
    found = one([value for text in values for value in _each(_read(field, key, text, around))])
    return ~found if operator == 'not' else found


def field_called(definition: AppDefinition, name: str, key: str) -> Field:
    """The field, or one of the marks that every record bears. Raises WrongFilter."""
    if name in definition.fields:
        return definition.fields[name]
    if name in MARKS:
        kind = 'datetime' if name.endswith('_at') else 'staff'
        return field_types()[kind](name=name, label=MARKS[name])
    raise WrongFilter(key, 'unknown_field', f'「{name}」という項目は、このアプリにありません。')


def _blank(key: str, values: Sequence[str]) -> QueryInstance:
    name = key.partition('.')[0]
    if len(values) != 1 or values[0] not in _TRUE:
        raise WrongFilter(key, 'not_true_or_false', f'{key} には true か false を書いてください。')
    return ~where(name).exists() if _TRUE[values[0]] else where(name).exists()


def _bound(field: Field, key: str, values: Sequence[str], around: Surroundings) -> QueryInstance:
    name, _, operator = key.partition('.')
    if field.value_type.kind not in _ORDERED or len(values) != 1:
        text = f'{operator} は順序のある項目に1つだけ使えます。「{field.title}」を確かめてください。'
        raise WrongFilter(key, 'not_ordered', text)
    if field.value_type.kind == 'datetime' and (day := _day(values[0], around)):
        return _whole_day(name, operator, day)
    value = _read(field, key, values[0], around)
    compare: Callable[[Any], QueryInstance] = where(name).__ge__ if operator == 'from' else where(name).__le__
    return compare(value)


def _whole_day(name: str, operator: str, day: str) -> QueryInstance:
    """A bound on a moment that names a day only: the whole of that day is within it."""
    if operator == 'from':
        return where(name) >= day
    return where(name) < (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _day(text: str, around: Surroundings) -> str | None:
    found = field_types()['date'](name='日').parse(text, around).value
    return found if isinstance(found, str) and found < '9999-12-31' else None


def _read(field: Field, key: str, text: str, around: Surroundings) -> Any:
    """The value as it is stored. Raises WrongFilter with the reason why it cannot be one."""
    parsed: Parsed = field.parse(text, around)
    if parsed.messages:
        raise WrongFilter(key, parsed.messages[0].code, parsed.messages[0].text)
    if parsed.value is None:
        raise WrongFilter(key, 'no_value', f'{key} に値がありません。空欄は {field.name}.blank=true で探せます。')
    return parsed.value


def _each(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]
