"""Values written in the language itself, as Power Fx's case files do: Table({a:1}), Date(2024,4,1)."""

import datetime as dt
from typing import Any, Final

from forms.formula.errors import FormulaError
from forms.formula.number_text import number_text
from forms.formula.values import Day


def literal(value: Any) -> str:  # noqa: PLR0911 - one line per kind of value
    """A value as text: Blank(), 1.5, "a", true, Date(…), Time(…), {a:1}, Table(…), Error({Kind:ErrorKind.Div0})."""
    match value:
        case None:
            return 'Blank()'
        case bool():
            return 'true' if value else 'false'
        case float() | int():
            return number_text(value)
        case str():
            return '"' + value.replace('"', '""') + '"'
        case Day():
            return f'Date({value.year},{value.month},{value.day})'
        case dt.datetime():
            clock = f'{value.hour},{value.minute},{value.second},{value.microsecond // 1000}'
            return f'DateTime({value.year},{value.month},{value.day},{clock})'
        case dt.timedelta():
            return _time(value)
        case dict():
            return '{' + ','.join(f'{_name(name)}:{literal(value[name])}' for name in sorted(value)) + '}'
        case list():
            return 'Table(' + ','.join(literal(row) for row in value) + ')'
        case FormulaError():
            return f'Error({{Kind:ErrorKind.{value.kind}}})'
    raise TypeError(value)


def _time(value: dt.timedelta) -> str:
    milliseconds = value % dt.timedelta(days=1) // dt.timedelta(milliseconds=1)
    seconds, milliseconds = divmod(milliseconds, 1000)
    return f'Time({seconds // 3600},{seconds // 60 % 60},{seconds % 60},{milliseconds})'


_RESERVED: Final = frozenset(
    'And As Child Children Not Or Parent Self blank empty exactin false in none nothing null true undefined'.split()
)


def _name(name: str) -> str:
    return name if name.isidentifier() and name not in _RESERVED else "'" + name.replace("'", "''") + "'"
