from datetime import date, timedelta

import jpholiday
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.japanese.calendar import BusinessCalendar

PLAIN = BusinessCalendar()
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ('day', 'name'),
    [
        (date(2024, 1, 23), ''),
        (date(2024, 1, 4), ''),
        (date(2024, 1, 27), '土曜日'),
        (date(2024, 1, 28), '日曜日'),
        (date(2023, 12, 28), ''),
        (date(2023, 12, 29), '年末年始'),
        (date(2023, 12, 31), '年末年始'),
        (date(2024, 1, 1), '元日'),
        (date(2024, 1, 3), '年末年始'),
        (date(2024, 2, 11), '建国記念の日'),
        (date(2019, 5, 1), '天皇の即位の日'),
        (date(2020, 10, 12), ''),
    ],
)
def test_why_the_hall_is_closed(day: date, name: str) -> None:
    assert name in PLAIN.name(day)
    assert PLAIN.is_business_day(day) == (name == '')


def test_substitute_holiday_is_closed() -> None:
    assert '振替休日' in PLAIN.name(date(2024, 2, 12))


def test_the_turn_of_the_year_can_be_left_to_the_city() -> None:
    calendar = BusinessCalendar(year_end=False)
    assert calendar.is_business_day(date(2023, 12, 29))
    assert calendar.name(date(2024, 1, 1)) == '元日'


def test_days_of_the_city() -> None:
    anniversary, sunday_counter = date(2024, 6, 14), date(2024, 3, 31)
    calendar = BusinessCalendar(closing=[anniversary], opening=[sunday_counter])
    assert calendar.name(anniversary) == '閉庁日'
    assert calendar.is_business_day(sunday_counter)
    assert BusinessCalendar(closing={anniversary: '市制記念日'}).name(anniversary) == '市制記念日'
    assert BusinessCalendar(closing=[anniversary], opening=[anniversary]).is_business_day(anniversary)


@pytest.mark.parametrize(
    ('start', 'number', 'end'),
    [
        (date(2023, 12, 28), 1, date(2024, 1, 4)),
        (date(2024, 1, 4), -1, date(2023, 12, 28)),
        (date(2024, 4, 26), 5, date(2024, 5, 8)),
        (date(2024, 1, 23), 0, date(2024, 1, 23)),
        (date(2024, 1, 27), 0, date(2024, 1, 29)),
        (date(2024, 1, 27), 1, date(2024, 1, 29)),
    ],
)
def test_adding_business_days(start: date, number: int, end: date) -> None:
    assert PLAIN.add_business_days(start, number) == end


def test_between_counts_the_end_and_not_the_start() -> None:
    assert PLAIN.business_days_between(date(2024, 1, 22), date(2024, 1, 26)) == 4
    assert PLAIN.business_days_between(date(2024, 1, 26), date(2024, 1, 22)) == -4
    assert PLAIN.business_days_between(date(2024, 1, 26), date(2024, 1, 28)) == 0


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_agree(start: date, number: int) -> None:
    later, earlier = PLAIN.add_business_days(start, number), PLAIN.add_business_days(start, -number)
    assert PLAIN.business_days_between(start, later) == number
    assert PLAIN.business_days_between(start, earlier) == -number
    assert PLAIN.is_business_day(later)
    assert PLAIN.is_business_day(earlier)


@given(DAYS)
def test_open_days_are_neither_holidays_nor_weekends(day: date) -> None:
    closed_by_law = day.weekday() >= 5 or jpholiday.is_holiday(day)
    turn_of_year = any((day + timedelta(days=offset)).strftime('%m-%d') == '01-01' for offset in range(-2, 4))
    assert PLAIN.is_business_day(day) == (not closed_by_law and not turn_of_year)
