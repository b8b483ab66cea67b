"""A day: typed in any Japanese way, stored as 2024-01-23, shown as 令和6年1月23日(火)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from forms.field import WIDTHS, Cell, Field, Parsed, Surroundings, Value, field_type, setting
from forms.formula.value_type import DATE, ValueType
from forms.japanese.era import EARLIEST, LATEST, DateProblem, parse_date, wareki
from forms.japanese.fiscal import fiscal_year
from forms.raw import typed_text

NOT_TYPED_AS_DATE = '令和6年1月23日、R6.1.23、2024/1/23 のように入力してください。'
FISCAL_YEAR = '年度'

# Day 60 of Excel's calendar is the 29 February 1900 that never was; before it every number is a day off.
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(61, (LATEST - _EXCEL_EPOCH).days + 1)


@field_type('date', title='日付')
@dataclass(frozen=True, slots=True, kw_only=True)
class DateField(Field):
    """1/23 without a year takes the current fiscal year, and says so in the note."""

    WIDGET: ClassVar[str] = 'date'
    TAKES: ClassVar[str] = (
        '日付。令和6年1月23日、R6.1.23、2024/1/23 のどれでも読みます。'
        '1/23 だけなら今の年度とみなし、そのことを知らせます。'
    )
    EXAMPLE: ClassVar[str] = (
        '{name: 完了日, type: date, constraint: 完了日 >= 受付日, constraint_message: 受付日以後にしてください。}'
    )

    width: str = setting('short', label='幅', choices=WIDTHS)

    @property
    def value_type(self) -> ValueType:
        return DATE

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        if isinstance(raw, date):
            return self._stored(raw.date() if isinstance(raw, datetime) else raw)
        if (day := excel_day(raw)) is not None:
            return Parsed(day.isoformat(), note=f'Excelの日付番号を{wareki(day)}として読み取りました。')
        typed = typed_text(raw)
        if typed is None:
            return self.refused('not_a_date', reason=NOT_TYPED_AS_DATE)
        if not typed.strip():
            return Parsed()
        try:
            parsed = parse_date(typed, today=around.today)
        except DateProblem as problem:
            return self.refused('not_a_date', reason=problem)
        return Parsed(parsed.value.isoformat(), note=parsed.note)

    def _stored(self, day: date) -> Parsed:
        if not EARLIEST <= day <= LATEST:
            return self.refused('not_a_date', reason=NOT_TYPED_AS_DATE)
        return Parsed(day.isoformat())

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        day = stored_day(value)
        return wareki(day) if day else str(value or '')

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        """令和6年1月23日 is found by 2024-01-23 too."""
        return f'{self.show(value, around)} {value}' if value else ''

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        day: Cell = (self.name, lambda value: stored_day(value) or value)
        if self.privacy:  # a birthday has no fiscal year that anybody counts
            return (day,)
        return (day, (f'{self.name}_{FISCAL_YEAR}', lambda value: fiscal_year_of(stored_day(value), fiscal_start)))

    def browser(self) -> Mapping[str, Value]:
        return {'earliest': EARLIEST.isoformat(), 'latest': LATEST.isoformat()}


def stored_day(value: Value) -> date | None:
    """'2024-01-23' -> the day; None for blank and for what an older definition stored in another form."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def excel_day(raw: Value) -> date | None:
    """The day of a number in an unformatted Excel cell (45314 -> 2024-01-23); None for anything else."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not _EXCEL_DAYS[0] <= raw < _EXCEL_DAYS[-1] + 1:
        return None
    return _EXCEL_EPOCH + timedelta(days=int(raw))


def fiscal_year_of(day: date | None, fiscal_start: int) -> int | None:
    """2024-01-23 -> 2023 with a start in April."""
    return fiscal_year(day, fiscal_start) if day else None
