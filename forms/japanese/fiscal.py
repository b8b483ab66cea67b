"""The 年度: its year, its first and last day, its name in the era, and how people type it."""

import re
from datetime import date

from .era.reading import EARLIEST, ERA_WORD, LATEST, DateProblem, plain_date_text, year_in_era
from .era.table import era_of
from .fiscal_period import APRIL, calendar_year, fiscal_year, fiscal_year_range

__all__ = [
    'calendar_year',
    'fiscal_year',
    'fiscal_year_label',
    'fiscal_year_range',
    'parse_fiscal_year',
]

# The government named the whole year 令和元年度 although it began in 平成 (decided on 2019-04-01).
_LABEL_DAYS = {2019: date(2019, 5, 1)}

_UNREADABLE = '「{text}」を年度として読み取れません。令和5年度、R5、2023 のように入力してください。'
_OUT_OF_RANGE = f'{{year}}年度は扱えません。{EARLIEST.year}年度から{LATEST.year - 1}年度までです。'

_ANY_CASE = re.IGNORECASE | re.ASCII
_ERA_FISCAL_YEAR = re.compile(rf'({ERA_WORD})(元|\d{{1,3}})(?:年度?|FY)?', _ANY_CASE)
_GREGORIAN_FISCAL_YEAR = re.compile(r'(?:西暦|FY)?(\d{4})(?:年度?|FY)?', _ANY_CASE)
_BRACKETS = re.compile(r'\([^()]*\)')


def fiscal_year_label(fiscal: int, start_month: int = APRIL) -> str:
    """2023 -> 令和5年度, 2019 -> 令和元年度; the era in force on the first day names the year."""
    first = date(fiscal, start_month, 1)
    named = _LABEL_DAYS.get(fiscal, first) if start_month == APRIL else first
    era = era_of(named)
    if era is None:
        return f'{fiscal}年度'
    number = era.year_of(fiscal)
    return f'{era.name}{"元" if number == 1 else number}年度'


def parse_fiscal_year(text: str) -> int:
    """'令和5年度', 'R5', '2023年度', '2023' -> 2023; '平成31年度' -> 2019; raises DateProblem."""
    plain = _BRACKETS.sub('', plain_date_text(text))
    if found := _ERA_FISCAL_YEAR.fullmatch(plain):
        year = year_in_era(found[1], found[2])
    elif found := _GREGORIAN_FISCAL_YEAR.fullmatch(plain):
        year = int(found[1])
    else:
        raise DateProblem('unreadable', _UNREADABLE.format(text=text.strip()))
    if not EARLIEST.year <= year < LATEST.year:
        raise DateProblem('out_of_range', _OUT_OF_RANGE.format(year=year))
    return year
