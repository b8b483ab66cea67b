"""Texts read as dates, times and date-times: ISO, the order of the culture, names of months, Japanese eras."""

import datetime as dt
import re
import unicodedata
from typing import Final

from forms.formula.culture import ENGLISH, Culture
from forms.formula.errors import FormulaError
from forms.formula.messages import failure
from forms.formula.values import NO_TIME
from forms.japanese import era
from forms.japanese.unreadable import UnreadableText
from forms.japanese.width import fold

_TIME: Final = re.compile(
    r'(?<![\d:])(\d{1,3}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?\s*(am|pm|午前|午後)?(z|[+-]\d\d:?\d\d)?$',
    re.IGNORECASE | re.ASCII,
)
_JAPANESE_TIME: Final = re.compile(r'(午前|午後)?\s*(\d{1,2})時(?:(\d{1,2})分)?(?:(\d{1,2})秒)?$', re.ASCII)
_HOUR_ONLY: Final = re.compile(r'(?<!\d)(\d{1,2})\s*(am|pm)$', re.IGNORECASE | re.ASCII)
_LONGEST: Final = 100
_SPLIT: Final = re.compile(r'[\s,./\-]+')
_TOKYO: Final = dt.timedelta(hours=9)
_DAY: Final = dt.timedelta(days=1)


def read_moment(text: str, culture: Culture, this_year: int) -> dt.datetime:
    """The date and time a text names; without a date 1899-12-30, without a time 00:00. Raises InvalidArgument."""
    rest, time, offset = _without_time(_plain(text))
    date = dt.datetime(1899, 12, 30) if not rest and time is not None else _date(rest, text, culture, this_year)
    if time is not None and time >= _DAY and rest:
        raise failure('InvalidArgument', 'not-a-date', text=text)
    try:
        moment = date + (time or NO_TIME)
        return moment if offset is None else moment - offset + _TOKYO
    except OverflowError:
        raise failure('InvalidArgument', 'no-such-date') from None


def read_time(text: str, culture: Culture, this_year: int) -> dt.timedelta:
    """The time of day a text names, with or without a date before it; hours past 24 start over.

    Raises InvalidArgument.
    """
    rest, time, _ = _without_time(_plain(text))
    if time is not None and not rest:
        return time % _DAY
    try:
        moment = read_moment(text, culture, this_year)
    except FormulaError:
        raise failure('InvalidArgument', 'not-a-time', text=text[:_LONGEST]) from None
    return moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _plain(text: str) -> str:
    """Half width, composed letters; no date is longer than a line."""
    if len(text) > _LONGEST:
        raise failure('InvalidArgument', 'not-a-date', text=text[:_LONGEST])
    return fold(unicodedata.normalize('NFC', text)).strip()


def _without_time(text: str) -> tuple[str, dt.timedelta | None, dt.timedelta | None]:
    """The text before the time, the time, its distance from UTC when it gives one."""
    if found := _TIME.search(text):
        hour, minute, second, fraction, half, zone = found.groups()
        time = _clock(int(hour), int(minute), int(second or 0), half)
        time += dt.timedelta(microseconds=int((fraction or '0')[:6].ljust(6, '0')))
        rest = text[: found.start()].rstrip()
        return rest.removesuffix('T') if rest[-2:-1].isdigit() else rest, time, _offset(zone)
    if found := _JAPANESE_TIME.search(text):
        half, hour, minute, second = found.groups()
        return text[: found.start()].strip(), _clock(int(hour), int(minute or 0), int(second or 0), half), None
    if found := _HOUR_ONLY.search(text):
        return text[: found.start()].strip(), _clock(int(found[1]), 0, 0, found[2]), None
    return text, None, None


def _clock(hour: int, minute: int, second: int, half: str | None) -> dt.timedelta:
    if minute > 59 or second > 59 or (half and not 0 <= hour <= 12):
        raise failure('InvalidArgument', 'no-such-time')
    if half:
        hour = hour % 12 + (12 if half.lower() in ('pm', '午後') else 0)
    return dt.timedelta(hours=hour, minutes=minute, seconds=second)


def _offset(zone: str | None) -> dt.timedelta | None:
    if not zone:
        return None
    if zone in 'zZ':
        return NO_TIME
    sign = -1 if zone[0] == '-' else 1
    return sign * dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def _date(text: str, whole: str, culture: Culture, this_year: int) -> dt.datetime:
    parts = _parts(text, culture)
    if parts is not None:
        year, month, day = parts
        try:
            return dt.datetime(this_year if year is None else year, month, day)
        except (ValueError, OverflowError):
            raise failure('InvalidArgument', 'no-such-date') from None
    try:
        known = era.parse_date(text).value
    except UnreadableText:
        raise failure('InvalidArgument', 'not-a-date', text=whole) from None
    return dt.datetime(known.year, known.month, known.day)


def _parts(text: str, culture: Culture) -> tuple[int | None, int, int] | None:
    """Year (None: not written), month and day; None when the text is of no such form."""
    lowered, month = _named_month(text.lower(), culture)
    words = [word for word in _SPLIT.split(_without_days(lowered, culture)) if word]
    if not words or not all(word.isascii() and word.isdigit() and len(word) <= 4 for word in words):
        return None
    if month:
        return _around_month(words, month)
    if len(words) == 3:
        return _three(words, culture.order)
    if len(words) == 2 and max(map(len, words)) <= 2:
        first, second = int(words[0]), int(words[1])
        return (None, second, first) if culture.order == 'dmy' else (None, first, second)
    return None


def _three(words: list[str], order: str) -> tuple[int | None, int, int] | None:
    numbers = [int(word) for word in words]
    if len(words[0]) > 2:
        order = 'ymd'
    elif order == 'ymd' and len(words[2]) > 2:
        order = 'mdy'
    elif order == 'ymd':
        return None  # 6/4/1 may be an era or a year 2006: the era reader asks
    place = {letter: position for position, letter in enumerate(order)}
    return _full_year(words[place['y']]), numbers[place['m']], numbers[place['d']]


def _around_month(words: list[str], month: int) -> tuple[int | None, int, int] | None:
    if len(words) == 1:
        return (_full_year(words[0]), month, 1) if len(words[0]) > 2 else (None, month, int(words[0]))
    if len(words) != 2:
        return None
    year, day = (words[0], words[1]) if len(words[0]) > 2 else (words[1], words[0])
    return _full_year(year), month, int(day)


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _named_month(text: str, culture: Culture) -> tuple[str, int]:
    """The text with the name of a month taken out, and the number of the month (0: none was named)."""
    for names in (culture.months, culture.short_months, ENGLISH.months, ENGLISH.short_months):
        for number, name in sorted(enumerate(names, 1), key=lambda pair: -len(pair[1])):
            if not name[0].isdigit() and (found := re.search(rf'(?<!\w){re.escape(name.lower())}\.?(?!\w)', text)):
                return f'{text[: found.start()]} {text[found.end() :]}', number
    return text, 0


def _without_days(text: str, culture: Culture) -> str:
    for names in (culture.days, culture.short_days, ENGLISH.days, ENGLISH.short_days):
        for name in names:
            text = re.sub(rf'(?<!\w){re.escape(name.lower())}(?!\w)', ' ', text)
    return text
