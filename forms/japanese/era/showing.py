"""A date as text: 令和6年1月23日(火), R6.1.23, 2024-01-23."""

import re
from datetime import date
from functools import lru_cache

from .table import era_of

WEEKDAYS = '月火水木金土日'

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|(g{1,3}|e{1,2}|y{1,4}|m{1,2}|d{1,2}|a{3,4})(?=(年|"年")?)', re.IGNORECASE)


@lru_cache(maxsize=4096)
def format_date(day: date, pattern: str, *, gannen: bool | None = None) -> str:
    """A date in the letters of an Excel date format: `ggge年m月d日(aaa)` -> 令和6年1月23日(火).

    g gg ggg: R 令 令和; e ee: 6 06; y yy: 24; yyyy: 2024; m mm, d dd; aaa aaaa: 火 火曜日.
    Text in "..." and a character after a backslash stand for themselves.
    The first year of an era is 元 before 年 and 1 elsewhere; `gannen` makes it always or never 元.
    Before 明治 the era is empty and its year the Gregorian one.
    """

    def written(found: re.Match[str]) -> str:
        quoted, escaped, token, before_year_sign = found.groups()
        if token is None:
            return str(quoted if quoted is not None else escaped)
        first_year_sign = bool(before_year_sign) if gannen is None else gannen
        return _part(day, token.lower(), first_year_sign)

    return _TOKEN.sub(written, pattern)


def wareki(day: date, *, weekday: bool = True) -> str:
    """令和6年1月23日(火), the way staff see every date."""
    return format_date(day, 'ggge年m月d日(aaa)' if weekday else 'ggge年m月d日')


def wareki_year(day: date) -> str:
    """令和元年: the year of the era in force on that day."""
    return format_date(day, 'ggge年')


def _part(day: date, token: str, gannen: bool) -> str:
    era = era_of(day)
    weekday = WEEKDAYS[day.weekday()]
    match token[0]:
        case 'g':
            return '' if era is None else (era.letter, era.short, era.name)[len(token) - 1]
        case 'e':
            year = day.year if era is None else era.year_of(day.year)
            return '元' if gannen and year == 1 else str(year).zfill(len(token))
        case 'y':
            return f'{day.year % 100:02}' if len(token) <= 2 else f'{day.year:04}'
        case 'm':
            return str(day.month).zfill(len(token))
        case 'd':
            return str(day.day).zfill(len(token))
        case _:
            return weekday if len(token) == 3 else weekday + '曜日'
