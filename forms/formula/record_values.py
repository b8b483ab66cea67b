"""The JSON values of a record as values of the expression language, and results back again."""

import datetime as dt
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, Final

from forms.formula.errors import FormulaError
from forms.formula.messages import failure
from forms.formula.number_text import number_text
from forms.formula.run import TOKYO
from forms.formula.value_type import ValueType
from forms.formula.values import Day, wrong_kind

Loader = Callable[[Any], Any]
_TOO_LARGE: Final = 10**308
_DAY: Final = dt.timedelta(days=1)


def loader(value_type: ValueType) -> Loader:
    """Reads the JSON value of a field of this type.

    None, '' and missing are blank; raises InvalidArgument for a wrong kind.
    """
    if value_type.kind == 'record':
        return _record_loader(value_type)
    if value_type.kind == 'table':
        return _table_loader(value_type)
    return _LOADERS[value_type.kind]


def to_json(value: Any) -> Any:  # noqa: PLR0911 - one line per kind reads best
    """A result as it is stored: whole numbers int, dates 'YYYY-MM-DD', date-times with +09:00, [{Value: x}] as [x]."""
    match value:
        case float():
            return int(value) if abs(value) < 2**53 and value == int(value) else value
        case Day():
            return value.date().isoformat()
        case dt.datetime():
            return value.replace(tzinfo=TOKYO).isoformat()
        case dt.timedelta():
            return _clock(value)
        case dict():
            return {name: to_json(cell) for name, cell in value.items()}
        case list():
            single = all(row.__class__ is dict and list(row) == ['Value'] for row in value)
            return [to_json(row['Value'] if single else row) for row in value]
        case FormulaError():
            raise value.with_traceback(None)
    return value


def load_number(value: Any) -> float | None:
    kind = value.__class__
    if value is None or value == '':
        return None
    if kind is float and isfinite(value):
        return value  # type: ignore[no-any-return]
    if kind is int and abs(value) < _TOO_LARGE:
        return float(value)
    if kind is int or kind is float:
        raise failure('Numeric', 'not-finite')
    raise wrong_kind_of_field(value, 'number')


def load_text(value: Any) -> str | None:
    if value.__class__ is str:
        return value or None
    if value is None:
        return None
    if value.__class__ in (int, float):
        return number_text(load_number(value) or 0.0)
    raise wrong_kind_of_field(value, 'text')


def wrong_kind_of_field(value: Any, wanted: str) -> FormulaError:
    if isinstance(value, str | bool | int | float | dict | list):
        return wrong_kind(value, wanted)
    return failure('InvalidArgument', 'not-listable')


def _boolean(value: Any) -> bool | None:
    if value is True or value is False:
        return value
    if value is None or value == '':
        return None
    raise wrong_kind_of_field(value, 'boolean')


def _date(value: Any) -> Day | None:
    if value is None or value == '':
        return None
    try:
        return Day.fromisoformat(str(value)[:10])
    except ValueError:
        raise failure('InvalidArgument', 'not-a-date', text=value) from None


def _datetime(value: Any) -> dt.datetime | None:
    if value is None or value == '':
        return None
    try:
        moment = dt.datetime.fromisoformat(str(value))
        return (moment.astimezone(TOKYO) if moment.tzinfo else moment).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise failure('InvalidArgument', 'not-a-date', text=value) from None


def _time(value: Any) -> dt.timedelta | None:
    if value is None or value == '':
        return None
    try:
        clock = dt.time.fromisoformat(str(value))
    except ValueError:
        raise failure('InvalidArgument', 'not-a-time', text=value) from None
    return dt.timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


def _any(value: Any) -> Any:
    """A value of unknown type as JSON has it; a list of scalars becomes a table of one column."""
    match value:
        case None | '':
            return None
        case bool() | str():
            return value
        case int() | float():
            return load_number(value)
        case Mapping():
            return {str(name): _any(cell) for name, cell in value.items()}
        case list() | tuple():
            return [_any(row) if isinstance(row, Mapping) else {'Value': _any(row)} for row in value]
    raise failure('InvalidArgument', 'not-listable')


def _record_loader(value_type: ValueType) -> Loader:
    loaders = [(name, loader(column)) for name, column in value_type.columns]

    def load(value: Any) -> Any:
        if not value:
            return None
        if not isinstance(value, Mapping):
            raise wrong_kind_of_field(value, 'record')
        return {name: _cell(load_cell, value.get(name)) for name, load_cell in loaders}

    return load


def _table_loader(value_type: ValueType) -> Loader:
    load_row = _record_loader(value_type)
    single = [name for name, _ in value_type.columns] == ['Value']

    def load(value: Any) -> Any:
        if not value:
            return None
        if not isinstance(value, list | tuple):
            raise wrong_kind_of_field(value, 'table')
        if single:
            return [load_row(row if isinstance(row, Mapping) else {'Value': row}) for row in value]
        return [_cell(load_row, row) for row in value]

    return load


def _cell(load: Loader, value: Any) -> Any:
    """One cell of a row; what cannot be read stays there as its error, so that other columns still count."""
    try:
        return load(value)
    except FormulaError as error:
        return error


def _clock(time: dt.timedelta) -> str:
    seconds = round((time % _DAY).total_seconds())
    hour, minute, second = seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
    return f'{hour:02}:{minute:02}:{second:02}' if second else f'{hour:02}:{minute:02}'


_LOADERS: Final[dict[str, Loader]] = {
    'number': load_number,
    'text': load_text,
    'boolean': _boolean,
    'date': _date,
    'datetime': _datetime,
    'time': _time,
    'any': _any,
    'blank': lambda value: None,
}
