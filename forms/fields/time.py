"""A time of day to the minute: 9:30, 0930, 9時半, 午後3時; stored as 09:30."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar

from forms.field import WIDTHS, Cell, Field, Parsed, Surroundings, Value, field_type, setting
from forms.formula.value_type import TIME, ValueType
from forms.raw import typed_text

_HALF_DAY = r'(?P<half>午前|午後|AM|PM|a\.m\.|p\.m\.)?'
_CLOCK = re.compile(_HALF_DAY + r'(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::\d{2}(?:\.\d+)?)?', re.IGNORECASE)
_JAPANESE = re.compile(
    _HALF_DAY + r'(?P<hour>\d{1,2})時(?:(?P<minute>\d{1,2})分?|(?P<thirty>半))?(?:\d{1,2}秒)?', re.IGNORECASE
)
_DIGITS = re.compile(r'(?P<half>)(?P<hour>\d{1,2})(?P<minute>\d{2})')
_AFTERNOON = ('午後', 'pm', 'p.m.')
_MINUTES_OF_DAY = 24 * 60


@field_type('time', title='時刻')
@dataclass(frozen=True, slots=True, kw_only=True)
class TimeField(Field):
    WIDGET: ClassVar[str] = 'time'
    TAKES: ClassVar[str] = '時刻(分まで)。9:30、0930、9時半、午後3時のどれでも読みます。'
    EXAMPLE: ClassVar[str] = '{name: 開始時刻, type: time, required: true}'

    width: str = setting('short', label='幅', choices=WIDTHS)

    @property
    def value_type(self) -> ValueType:
        return TIME

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return Parsed()
        read = time_of(raw)
        return self.refused('not_a_time') if read is None else Parsed(f'{read:%H:%M}')

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        clock = stored_time(value)
        return f'{clock.hour}:{clock:%M}' if clock else str(value or '')

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        return ((self.name, lambda value: stored_time(value) or value),)


def time_of(raw: Value) -> time | None:
    """Whatever stands for a time of day: typed text, a time, a duration since midnight, a fraction of a day (Excel)."""
    if isinstance(raw, time | datetime):
        return time(raw.hour, raw.minute)
    if isinstance(raw, timedelta):
        return _minutes(raw / timedelta(minutes=1))
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 0 <= raw < 1:
        return _minutes(raw * _MINUTES_OF_DAY)
    return read_time(typed_text(raw) or '')


def read_time(text: str) -> time | None:
    """'午後３時半' -> 15:30; None for what is no time. 12:30 in the afternoon is 12:30, in the morning 0:30."""
    plain = re.sub(r'\s', '', unicodedata.normalize('NFKC', text)).replace('正午', '12:00').replace('時間', '')
    found = _CLOCK.fullmatch(plain) or _JAPANESE.fullmatch(plain) or _DIGITS.fullmatch(plain)
    if found is None:
        return None
    parts = found.groupdict()
    hour, minute = int(parts['hour']), 30 if parts.get('thirty') else int(parts['minute'] or 0)
    if parts['half']:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if parts['half'].lower() in _AFTERNOON else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def stored_time(value: Value) -> time | None:
    """'09:30' -> the time; None for blank and for what an older definition stored in another form."""
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _minutes(since_midnight: float) -> time | None:
    whole = round(since_midnight)
    return time(whole // 60, whole % 60) if 0 <= whole < _MINUTES_OF_DAY else None
