"""A day and a time of day in Japan, stored as 2024-01-23T13:30:00+09:00."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import ClassVar

from forms.field import WIDTHS, Cell, Field, Parsed, Surroundings, Value, field_type, setting
from forms.fields.date import FISCAL_YEAR, excel_day, fiscal_year_of
from forms.fields.time import read_time, time_of
from forms.formula.value_type import DATETIME, ValueType
from forms.japanese.era import EARLIEST, LATEST, DateProblem, parse_date, wareki
from forms.raw import typed_text

JAPAN = timezone(timedelta(hours=9))

_ISO = re.compile(r'\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?', re.ASCII)
_DAY_AND_TIME = re.compile(
    r'(?P<day>.+?(?:\s|日|\)))\s*(?P<time>正午|(?:午前|午後|AM|PM)?\s*\d{1,2}\s*[:時].*)', re.IGNORECASE
)


@field_type('datetime', title='日時')
@dataclass(frozen=True, slots=True, kw_only=True)
class DateTimeField(Field):
    WIDGET: ClassVar[str] = 'datetime'
    TAKES: ClassVar[str] = '日付と時刻。令和6年1月23日 13:30 のように続けて入力します。日本の時刻です。'
    EXAMPLE: ClassVar[str] = '{name: 発生日時, type: datetime, default: Now()}'

    width: str = setting('medium', label='幅', choices=WIDTHS)

    @property
    def value_type(self) -> ValueType:
        return DATETIME

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        if isinstance(raw, datetime):
            return self._stored(raw)
        if isinstance(raw, float) and (day := excel_day(raw)) is not None:
            return self._joined(day, time_of(raw % 1))
        typed = typed_text(raw)
        if typed is None:
            return self.refused('not_a_datetime')
        plain = unicodedata.normalize('NFKC', typed).strip()
        if not plain:
            return Parsed()
        if _ISO.fullmatch(plain):
            return self._from_iso(plain)
        found = _DAY_AND_TIME.fullmatch(plain)
        return self._from_parts(found['day'], found['time'], around) if found else self.refused('not_a_datetime')

    def _from_iso(self, text: str) -> Parsed:
        try:
            return self._stored(datetime.fromisoformat(text))
        except ValueError:
            return self.refused('not_a_datetime')

    def _from_parts(self, day: str, clock: str, around: Surroundings) -> Parsed:
        try:
            parsed = parse_date(day, today=around.today)
        except DateProblem as problem:
            return self.refused('not_a_date', reason=problem)
        return self._joined(parsed.value, read_time(clock), parsed.note)

    def _joined(self, day: date, clock: time | None, note: str = '') -> Parsed:
        if clock is None:
            return self.refused('not_a_time')
        stored = self._stored(datetime.combine(day, clock))
        return Parsed(stored.value, stored.messages, note)

    def _stored(self, moment: datetime) -> Parsed:
        """A moment without a zone is meant in Japan."""
        if not EARLIEST.year < moment.year <= LATEST.year:
            return self.refused('not_a_datetime')
        local = moment.astimezone(JAPAN) if moment.tzinfo else moment.replace(tzinfo=JAPAN)
        return Parsed(local.isoformat(timespec='seconds'))

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        moment = stored_moment(value)
        return f'{wareki(moment)} {moment.hour}:{moment:%M}' if moment else str(value or '')

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        """令和6年1月23日 is found by 2024-01-23 too."""
        return f'{self.show(value, around)} {str(value)[:10]}' if value else ''

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        return (
            (self.name, clock_in_japan),
            (f'{self.name}_{FISCAL_YEAR}', lambda value: fiscal_year_of(stored_moment(value), fiscal_start)),
        )


def clock_in_japan(value: Value) -> Value:
    """A stored moment as a cell of Excel, which knows no zones."""
    moment = stored_moment(value)
    return moment.replace(tzinfo=None) if moment else value


def stored_moment(value: Value) -> datetime | None:
    """The moment on the clock in Japan; None for blank and for what an older definition stored in another form."""
    try:
        return datetime.fromisoformat(value).astimezone(JAPAN)
    except (TypeError, ValueError, OverflowError):
        return None
