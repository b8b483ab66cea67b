"""The values a formula works with at run time, and how one kind is read as another.

Numbers are floats, texts str, booleans bool, blanks None, date-times naive datetimes (Asia/Tokyo), dates Days, times
timedeltas, records dicts, tables lists of dicts (or None, or an error). A cell that failed holds its FormulaError.
"""

import datetime as dt
from math import isfinite
from typing import Any, Final

from forms.formula.errors import FormulaError
from forms.formula.messages import failure
from forms.formula.value_type import JAPANESE_NAMES

LONGEST_TEXT: Final = 32_767
"""Characters a text result may have: a cell of Excel holds no more."""


class Day(dt.datetime):
    """A date. It may carry a fraction of a day, as Power Fx's dates do: Date(2024, 4, 1) + 0.5 + 0.5 is 2 April."""

    __slots__ = ()


EPOCH: Final = Day(1899, 12, 30)
_MOMENT_EPOCH: Final = dt.datetime(1899, 12, 30)
_ONE_DAY: Final = dt.timedelta(days=1)
NO_TIME: Final = dt.timedelta()
ZERO: Final[dict[str, object]] = {
    'number': 0.0,
    'text': '',
    'boolean': False,
    'date': EPOCH,
    'datetime': _MOMENT_EPOCH,
    'time': NO_TIME,
}


def day_of(moment: dt.datetime) -> Day:
    """The date of a moment, its time cut off."""
    return Day(moment.year, moment.month, moment.day)


def finite(number: float) -> float:
    if isfinite(number):
        return number
    raise failure('Numeric', 'not-finite')


def within_length(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    raise failure('InvalidArgument', 'text-too-long', limit=f'{LONGEST_TEXT:,}')


def serial(moment: dt.datetime) -> float:
    """Days since 1899-12-30."""
    return (moment - _MOMENT_EPOCH) / _ONE_DAY


def moment_from(number: float) -> dt.datetime:
    try:
        return _MOMENT_EPOCH + dt.timedelta(milliseconds=round(number * 86_400_000, 3))
    except (OverflowError, ValueError):
        raise failure('InvalidArgument', 'no-such-date') from None


def date_from(number: float) -> Day:
    moment = moment_from(number)
    return Day(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond)


def time_from(number: float) -> dt.timedelta:
    try:
        return dt.timedelta(milliseconds=round(number * 86_400_000, 3))
    except (OverflowError, ValueError):
        raise failure('InvalidArgument', 'no-such-time') from None


def kind_of(value: object) -> str:
    """The kind of a value of unknown type."""
    known = _KINDS.get(type(value))
    if known is None:
        raise TypeError(f'not a value of the expression language: {value!r}')
    return known


_KINDS: Final[dict[type, str]] = {
    type(None): 'blank',
    bool: 'boolean',
    float: 'number',
    int: 'number',
    str: 'text',
    Day: 'date',
    dt.datetime: 'datetime',
    dt.timedelta: 'time',
    dict: 'record',
    list: 'table',
}


def wrong_kind(value: object, wanted: str) -> FormulaError:
    return failure('InvalidArgument', 'wrong-kind', type=JAPANESE_NAMES[kind_of(value)], wanted=JAPANESE_NAMES[wanted])


def cell(record: dict[str, Any] | None, name: str) -> Any:
    """The value of a field of a record; a blank record has blank fields; a field that failed raises its error."""
    if record is None:
        return None
    if record.__class__ is not dict:
        raise wrong_kind(record, 'record')
    value = record.get(name)
    if value.__class__ is FormulaError:
        raise value.with_traceback(None)
    return value


def row(value: Any) -> Any:
    """A row as it stands in a table: raises when the row itself failed."""
    if value.__class__ is FormulaError:
        raise value.with_traceback(None)
    return value


def equal(left: Any, right: Any) -> bool:
    """Equality of any two values: blank equals only blank, a date a number by its serial, a record by its fields.

    Other unlike kinds differ, also true and 1.
    """
    if left is None or right is None:
        return left is right
    if left.__class__ is right.__class__:
        if left.__class__ is dict:
            return left.keys() == right.keys() and all(equal(row(left[name]), row(right[name])) for name in left)
        if left.__class__ is list:
            return len(left) == len(right) and all(map(equal, map(row, left), map(row, right)))
        return bool(left == right)
    if left.__class__ is bool or right.__class__ is bool:
        return False
    return bool(comparable(left) == comparable(right))


def comparable(value: Any) -> Any:
    """A value in the form in which unlike kinds compare: moments and times as serial numbers."""
    match value:
        case dt.datetime():
            return serial(value)
        case dt.timedelta():
            return value / _ONE_DAY
    return value
