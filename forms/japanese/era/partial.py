"""Dates that are only partly known: 昭和20年頃, 昭和20年3月, 昭和20年代."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from .reading import EARLIEST, ERA_WORD, DateProblem, parse_date, plain_date_text, real_day, year_in_era
from .showing import wareki_year
from .table import era_of

_ABOUT = re.compile('(?:頃|ころ|ごろ|ぐらい|くらい|前後|推定|~)$|^(?:約|推定)')
_UNKNOWN_REST = re.compile('(?<=[年月])(?:月日|日)?は?(?:不詳|不明)$')
_SAME_IN_OTHER_ERA = re.compile(r'\([^()]*\)')

_ANY_CASE = re.IGNORECASE | re.ASCII
_A_YEAR = rf'(?:({ERA_WORD})(元|\d{{1,3}})|(?:西暦)?(\d{{4}}))'
_YEAR = re.compile(rf'{_A_YEAR}年?', _ANY_CASE)
_MONTH = re.compile(rf'{_A_YEAR}[年/.\-](\d{{1,2}})月?', _ANY_CASE)
_YEARS = re.compile(r'(\d{4})年?(?:/|〜|から)(\d{4})年?(?:まで)?', re.ASCII)
_TEN_YEARS_OF_ERA = re.compile(rf'({ERA_WORD})(\d{{0,2}}0)年代', _ANY_CASE)
_GREGORIAN_DECADE = re.compile(r'(\d{3})(?:0年代|X)', re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known.

    `edtf` is what to store (ISO 8601-2 / EDTF): '1945', '1945-03', '1945-03-10', each with '~' when approximate,
    '194X' for the 1940s, '1945/1954' for 昭和20年代. `earliest` and `latest` bound the real day.
    """

    edtf: str
    earliest: date
    latest: date
    note: str = ''


def parse_partial(text: str) -> PartialDate:
    """'昭和20年頃' -> '1945~', '昭和20年3月' -> '1945-03'; a whole date too, and EDTF itself; raises DateProblem."""
    plain = plain_date_text(text)
    certain = _ABOUT.sub('', plain)
    known = _UNKNOWN_REST.sub('', certain)
    certain_date = _several_years(known) or _year_or_month(_SAME_IN_OTHER_ERA.sub('', known)) or _whole_day(known)
    return replace(certain_date, edtf=certain_date.edtf + '~') if certain != plain else certain_date


def show_partial(edtf: str) -> str:
    """'1945~' -> 昭和20年頃, '1989' -> 平成元年(昭和64年); what this returns, `parse_partial` reads back."""
    partial = parse_partial(edtf)
    about = '頃' if edtf.endswith('~') else ''
    bare = edtf.rstrip('~')
    if '/' in bare or bare.endswith('X'):
        return _show_years(bare, partial) + about
    month_and_day = ''.join(f'{int(part)}{sign}' for part, sign in zip(bare.split('-')[1:], '月日', strict=False))
    newer, *older = dict.fromkeys(wareki_year(day) + month_and_day for day in (partial.latest, partial.earliest))
    return newer + ''.join(f'({name})' for name in older) + about


def _several_years(text: str) -> PartialDate | None:
    if found := _YEARS.fullmatch(text):
        first, last = int(found[1]), int(found[2])
        if first > last:
            raise DateProblem('years_reversed', f'{first}年は{last}年より後です。年の順を確かめてください。')
        return _between(f'{first}/{last}', first, last)
    if found := _TEN_YEARS_OF_ERA.fullmatch(text):
        first = year_in_era(found[1], found[2])
        return _between(f'{first}/{first + 9}', first, first + 9)
    if found := _GREGORIAN_DECADE.fullmatch(text):
        first = int(found[1]) * 10
        return _between(f'{found[1]}X', first, first + 9)
    return None


def _year_or_month(text: str) -> PartialDate | None:
    if found := _YEAR.fullmatch(text):
        year = _gregorian_year(found)
        return _between(f'{year}', year, year)
    if found := _MONTH.fullmatch(text):
        year, month = _gregorian_year(found), int(found[4])
        first = real_day(year, month, EARLIEST.day if (year, month) == (EARLIEST.year, EARLIEST.month) else 1)
        return PartialDate(f'{year}-{month:02}', first, first.replace(day=calendar.monthrange(year, month)[1]))
    return None


def _whole_day(text: str) -> PartialDate:
    parsed = parse_date(text)
    return PartialDate(parsed.value.isoformat(), parsed.value, parsed.value, parsed.note)


def _gregorian_year(found: re.Match[str]) -> int:
    return int(found[3]) if found[3] else year_in_era(found[1], found[2])


def _between(edtf: str, first: int, last: int) -> PartialDate:
    earliest = EARLIEST if first == EARLIEST.year else real_day(first, 1, 1)
    return PartialDate(edtf, earliest, real_day(last, 12, 31))


def _show_years(edtf: str, partial: PartialDate) -> str:
    first, last = partial.earliest.year, partial.latest.year
    if edtf.endswith('X'):
        return f'{first}年代'
    era = era_of(date(first, 12, 31))
    if era is not None and last - first == 9 and era.year_of(first) % 10 == 0:
        return f'{era.name}{era.year_of(first)}年代'
    return f'{first}年〜{last}年'
