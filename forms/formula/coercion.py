"""Reads a value of one kind as another, as the tree's "as" nodes ask."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from forms.formula import values
from forms.formula.date_text import read_moment, read_time
from forms.formula.errors import FormulaError
from forms.formula.messages import failure
from forms.formula.number_text import number_text, read_number
from forms.formula.text_format import short_text
from forms.formula.value_type import ValueType

if TYPE_CHECKING:
    from forms.formula.run import Run

Reader = Callable[[Any, 'Run'], Any]
"""Reads one value that is not blank."""


def reader(wanted: ValueType) -> Reader:
    """The reader that makes a value of any kind one of the wanted type.

    It raises InvalidArgument where that cannot be.
    """
    if wanted.kind in ('record', 'table'):
        return _record_reader(wanted) if wanted.kind == 'record' else _table_reader(wanted)
    return _READERS[wanted.kind]


def to_number(value: Any, run: 'Run') -> float | None:
    kind = value.__class__
    if kind is float:
        return value  # type: ignore[no-any-return]
    if kind is int or kind is bool:
        return float(value)
    if kind is str:
        return read_number(value, run.culture)
    if kind is dt.timedelta or isinstance(value, dt.datetime):
        return values.comparable(value)  # type: ignore[no-any-return]
    raise values.wrong_kind(value, 'number')


def to_text(value: Any, run: 'Run') -> str:
    kind = value.__class__
    if kind is str:
        return value  # type: ignore[no-any-return]
    if kind is bool:
        return 'true' if value else 'false'
    if kind is float or kind is int:
        return number_text(value)
    if kind is dt.timedelta or isinstance(value, dt.datetime):
        return short_text(value, run.culture)
    raise values.wrong_kind(value, 'text')


def to_boolean(value: Any, run: 'Run') -> bool | None:
    kind = value.__class__
    if kind is bool:
        return value  # type: ignore[no-any-return]
    if kind is float or kind is int:
        return bool(value)
    if kind is str:
        if not value:
            return None
        known = _TRUTHS.get(value.lower())
        if known is None:
            raise failure('InvalidArgument', 'not-a-boolean', text=value)
        return known
    raise values.wrong_kind(value, 'boolean')


def to_date(value: Any, run: 'Run') -> values.Day | None:
    kind = value.__class__
    if kind is values.Day:
        return value  # type: ignore[no-any-return]
    if kind is float or kind is int:
        return values.date_from(value)
    moment = to_moment(value, run)
    return None if moment is None else values.day_of(moment)


def to_moment(value: Any, run: 'Run') -> dt.datetime | None:
    """A date-time; a date becomes its midnight, keeping the fraction it may carry."""
    kind = value.__class__
    if kind is dt.datetime:
        return value  # type: ignore[no-any-return]
    if kind is values.Day:
        return plain_moment(value)
    if kind is float or kind is int:
        return values.moment_from(value)
    if kind is str:
        return read_moment(value, run.culture, run.today.year) if value else None
    if kind is dt.timedelta:
        return values.moment_from(values.comparable(value))
    raise values.wrong_kind(value, 'datetime')


def to_time(value: Any, run: 'Run') -> dt.timedelta | None:
    kind = value.__class__
    if kind is dt.timedelta:
        return value  # type: ignore[no-any-return]
    if kind is float or kind is int:
        return values.time_from(value)
    if kind is str:
        return read_time(value, run.culture, run.today.year) if value else None
    if isinstance(value, dt.datetime):
        return plain_moment(value) - plain_moment(values.day_of(value))
    raise values.wrong_kind(value, 'time')


def plain_moment(moment: dt.datetime) -> dt.datetime:
    """The same moment as a date-time, whether it was a date or not."""
    return dt.datetime.combine(moment.date(), moment.time())


def _record_reader(wanted: ValueType) -> Reader:
    readers = [
        (name, reader(column) if column.kind not in ('any', 'blank') else None) for name, column in wanted.columns
    ]

    def read(value: Any, run: 'Run') -> dict[str, Any]:
        if value.__class__ is not dict:
            raise values.wrong_kind(value, 'record')
        return {name: _cell(value.get(name), read_cell, run) for name, read_cell in readers}

    return read


def _table_reader(wanted: ValueType) -> Reader:
    read_row = _record_reader(wanted)

    def read(value: Any, run: 'Run') -> list[Any]:
        if value.__class__ is not list:
            raise values.wrong_kind(value, 'table')
        return [_cell(row, read_row, run) for row in value] if wanted.columns else value

    return read


def _cell(value: Any, read: Reader | None, run: 'Run') -> Any:
    """One cell; what cannot be read stays in the cell as its error."""
    if value is None or read is None or value.__class__ is FormulaError:
        return value
    try:
        return read(value, run)
    except FormulaError as error:
        return error


_TRUTHS: Final = {'true': True, 'false': False}
_READERS: Final[dict[str, Reader]] = {
    'number': to_number,
    'text': to_text,
    'boolean': to_boolean,
    'date': to_date,
    'datetime': to_moment,
    'time': to_time,
}
