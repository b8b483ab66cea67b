"""The enumerations of Power Fx that formulas may name: TimeUnit.Days, StartOfWeek.Monday, DateTimeFormat.LongDate …"""

from typing import Final

from forms.formula.errors import ERROR_KINDS
from forms.formula.value_type import ValueType

TIME_UNITS: Final = ('Milliseconds', 'Seconds', 'Minutes', 'Hours', 'Days', 'Months', 'Quarters', 'Years')
_WEEK_STARTS: Final = {
    'Sunday': 1,
    'Monday': 2,
    'MondayZero': 3,
    'Tuesday': 12,
    'Wednesday': 13,
    'Thursday': 14,
    'Friday': 15,
    'Saturday': 16,
}
DATE_FORMATS: Final = (
    'LongDate',
    'LongDateTime',
    'LongDateTime24',
    'LongTime',
    'LongTime24',
    'ShortDate',
    'ShortDateTime',
    'ShortDateTime24',
    'ShortTime',
    'ShortTime24',
    'UTC',
)

ENUMERATIONS: Final[dict[str, dict[str, float | str]]] = {
    'TimeUnit': {name: name for name in TIME_UNITS},
    'StartOfWeek': {name: float(number) for name, number in _WEEK_STARTS.items()},
    'DateTimeFormat': {name: f'DateTimeFormat.{name}' for name in DATE_FORMATS},
    'ErrorKind': {name: float(number) for name, number in ERROR_KINDS.items()},
}
"""name -> member -> its value."""


def type_of(enumeration: str) -> ValueType:
    members = ENUMERATIONS[enumeration]
    number = isinstance(next(iter(members.values())), float)
    return ValueType('number' if number else 'text', enum=enumeration)
