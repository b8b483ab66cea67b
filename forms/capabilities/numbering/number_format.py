"""The look of a number: 道-{era_fiscal_year}-{seq:5} becomes 道-R8-00042."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import NamedTuple

from forms.capability import Moment, Values
from forms.field import Value
from forms.japanese.era import era_named, era_of
from forms.japanese.fiscal import fiscal_year, fiscal_year_label

PARTS = ('seq', 'fiscal_year', 'era_fiscal_year', 'year', 'era_year', 'month', 'day', 'section')


class Part(NamedTuple):
    """Plain text, then a word to fill in with at least so many digits; an empty word ends the format."""

    before: str
    word: str
    digits: int


@lru_cache(maxsize=256)
def format_parts(pattern: str) -> Sequence[Part]:
    """`道-{seq:5}` -> [('道-', 'seq', 5)]. Raises ValueError for open braces and for digits that are no number."""
    parts = []
    for before, word, digits, conversion in Formatter().parse(pattern):
        if word == '' or conversion is not None:
            raise ValueError(pattern)
        parts.append(Part(before, word or '', int(digits or 0)))
    return parts


def written_number(pattern: str, number: int, day: NumberDay, moment: Moment, values: Values) -> str:
    """The number as people read it. Words that are no part of a date are fields of the record."""
    return ''.join(
        part.before + _filled(part, number, day, moment, values) for part in format_parts(pattern)
    )


def _filled(part: Part, number: int, day: NumberDay, moment: Moment, values: Values) -> str:
    match part.word:
        case '':
            return ''
        case 'seq':
            return str(number).zfill(part.digits)
        case 'section':
            return moment.sections[0] if moment.sections else ''
        case word if word in PARTS:
            return day.written(word, part.digits)
        case word:
            value = values.get(word)
            return '' if value is None else str(value).zfill(part.digits)


@dataclass(frozen=True, slots=True)
class NumberDay:
    """The day that decides year, 年度, month and day of a number."""

    day: date
    fiscal_start: int

    @staticmethod
    def of(value: Value, moment: Moment, fiscal_start: int) -> NumberDay:
        """From a stored date or date-time; blank gives the day of the save."""
        return NumberDay(date.fromisoformat(value[:10]) if value else moment.now.date(), fiscal_start)

    def part(self, word: str) -> str:
        """What tells one day, month, year or 年度 from every other: 2026-05-01, 2026-05, 2026."""
        match word:
            case 'day':
                return self.day.isoformat()
            case 'month':
                return f'{self.day:%Y-%m}'
            case 'year':
                return str(self.day.year)
            case _:
                return str(fiscal_year(self.day, self.fiscal_start))

    def written(self, word: str, digits: int) -> str:
        """The part as it stands in a number: fiscal_year 2026, era_fiscal_year R8, month 05."""
        match word:
            case 'month':
                return str(self.day.month).zfill(digits)
            case 'day':
                return str(self.day.day).zfill(digits)
            case 'year':
                return str(self.day.year)
            case 'fiscal_year':
                return str(fiscal_year(self.day, self.fiscal_start))
            case 'era_year':
                era = era_of(self.day)
                return era.letter + str(era.year_of(self.day.year)).zfill(digits) if era else str(self.day.year)
            case _:
                return self._era_fiscal_year(digits)

    def _era_fiscal_year(self, digits: int) -> str:
        return _era_fiscal_year(fiscal_year(self.day, self.fiscal_start), self.fiscal_start, digits)


@lru_cache(maxsize=256)
def _era_fiscal_year(year: int, fiscal_start: int, digits: int) -> str:
    label = fiscal_year_label(year, fiscal_start)
    if label[0].isdigit():
        return str(year)
    # The label knows that 2019 was named 令和元年度 although it began in 平成.
    era = era_named(label[:2])
    return era.letter + str(era.year_of(year)).zfill(digits)
