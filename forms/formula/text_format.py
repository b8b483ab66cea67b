"""Shows numbers, dates and times as text: in a given format, or in the short form of the language."""

import datetime as dt
from functools import lru_cache
from typing import Final

from forms.formula.culture import JAPANESE, Culture
from forms.formula.date_format import show_moment
from forms.formula.format_parts import Format, read_format
from forms.formula.messages import failure
from forms.formula.number_format import show_number
from forms.formula.values import Day, comparable, moment_from

_UTC: Final = 'yyyy-mm-dd\\Thh:mm:ss.000\\Z'
_IN_UTC: Final = 'DateTimeFormat.UTC'


def formatted(value: float | dt.datetime | dt.timedelta, format_text: str, culture: Culture) -> str:
    """A number, date or time in a format; a number in a format of dates is taken as days since 1899-12-30, and back."""
    if format_text == _IN_UTC and isinstance(value, dt.datetime):
        value = _utc(value)
    shown = _format(named_format(format_text, culture) or format_text)
    language = JAPANESE if shown.japanese else culture
    if shown.of_date:
        moment = value if isinstance(value, dt.datetime) else moment_from(comparable(value))
        return show_moment(moment, shown, language)
    return show_number(comparable(value), shown, language)


def _utc(moment: dt.datetime) -> dt.datetime:
    """The same moment by the clock of UTC, nine hours behind the Japanese one."""
    try:
        return moment - dt.timedelta(hours=9)
    except OverflowError:
        raise failure('InvalidArgument', 'no-such-date') from None


def short_text(value: dt.datetime | dt.timedelta, culture: Culture) -> str:
    """2024/04/01, 2024/04/01 9:05 or 9:05; 4/1/2024 9:05 AM in English."""
    if isinstance(value, dt.timedelta):
        return formatted(value, culture.short_time, culture)
    if value.__class__ is Day:
        return formatted(value, culture.short_date, culture)
    return formatted(value, f'{culture.short_date} {culture.short_time}', culture)


def _format(text: str) -> Format:
    shown = read_format(text)
    if shown is None:
        raise failure('InvalidArgument', 'bad-format', format=text)
    return shown


@lru_cache(maxsize=256)
def named_format(text: str, culture: Culture) -> str:
    """The format behind a member of DateTimeFormat; '' for anything else."""
    name = text.removeprefix('DateTimeFormat.')
    if name == text:
        return ''
    if name == 'UTC':
        return _UTC
    length = 'long' if name.startswith('Long') else 'short'
    date, time = (
        (culture.long_date, culture.long_time) if length == 'long' else (culture.short_date, culture.short_time)
    )
    if name.endswith('24'):
        time = time.replace(' AM/PM', '').replace('hh', 'h')
        name = name.removesuffix('24')
    return {'Date': date, 'Time': time}.get(name.removeprefix('Long').removeprefix('Short'), f'{date} {time}')
