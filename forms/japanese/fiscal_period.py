"""When a 年度 begins and ends."""

from datetime import date, timedelta

APRIL = 4


def fiscal_year(day: date, start_month: int = APRIL) -> int:
    """2024-01-23 -> 2023: the calendar year in which the day's 年度 begins."""
    return day.year if day.month >= start_month else day.year - 1


def calendar_year(fiscal: int, month: int, start_month: int = APRIL) -> int:
    """The calendar year in which a month of a 年度 lies: (2023, 1) -> 2024."""
    return fiscal if month >= start_month else fiscal + 1


def fiscal_year_range(fiscal: int, start_month: int = APRIL) -> tuple[date, date]:
    """2023 -> (2023-04-01, 2024-03-31): first and last day."""
    return date(fiscal, start_month, 1), date(fiscal + 1, start_month, 1) - timedelta(days=1)
