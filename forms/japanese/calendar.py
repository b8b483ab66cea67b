"""開庁日: which days the city hall is open, and counting by them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import jpholiday

_DAY = timedelta(days=1)
_WEEKEND = {5: '土曜日', 6: '日曜日'}


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Weekends, national holidays, the turn of the year (12/29-1/3) and the city's own days.

    `closing` are days on which the city closes besides (a mapping gives their names); `opening` are days on which it
    opens in spite of everything else, such as a Sunday counter in March or a holiday moved by law.
    """

    closing: Collection[date] = field(default_factory=frozenset)
    opening: Collection[date] = field(default_factory=frozenset)
    year_end: bool = True

    def name(self, day: date) -> str:
        """Why the hall is closed on that day (元日, 土曜日, 年末年始, 閉庁日); '' when it is open."""
        plain = date(day.year, day.month, day.day)
        if plain in self.opening:
            return ''
        if plain in self.closing:
            own_name = self.closing[plain] if isinstance(self.closing, Mapping) else ''
            return own_name or '閉庁日'
        turn_of_the_year = '年末年始' if self.year_end and _is_turn_of_year(plain) else ''
        return _holidays(plain.year).get(plain) or turn_of_the_year or _WEEKEND.get(plain.weekday(), '')

    def is_business_day(self, day: date) -> bool:
        """Whether the hall is open."""
        return not self.name(day)

    def add_business_days(self, day: date, number: int) -> date:
        """The business day that many after (before, if negative) a day; 0 gives the day itself or the next open one.

        A day of receipt does not count (as in 民法140条 and Excel's WORKDAY).
        """
        if number == 0:
            return day if self.is_business_day(day) else self.add_business_days(day, 1)
        step = _DAY if number > 0 else -_DAY
        left = abs(number)
        while left:
            day += step
            left -= self.is_business_day(day)
        return day

    def business_days_between(self, start: date, end: date) -> int:
        """Open days after `start` up to and including `end`; negative when `end` lies before `start`."""
        if end < start:
            return -self.business_days_between(end - _DAY, start - _DAY)
        return sum(self.is_business_day(start + _DAY * offset) for offset in range(1, (end - start).days + 1))


def _is_turn_of_year(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)


@lru_cache(maxsize=300)
def _holidays(year: int) -> dict[date, str]:
    return dict(jpholiday.year_holidays(year))
