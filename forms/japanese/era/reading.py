"""A typed date, in any of the ways people write one, to a day of the calendar."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NoReturn

from ..fiscal_period import calendar_year
from ..fiscal_period import fiscal_year as fiscal_year_of
from ..kanji_number import KANJI_NUMBER, kanji_to_int
from ..unreadable import UnreadableText
from ..width import every_dash_to_hyphen
from .showing import WEEKDAYS, wareki
from .table import ERAS, era_named

EARLIEST = ERAS[0].first
LATEST = date(2100, 12, 31)

ERA_WORD = '明治|大正|昭和|平成|令和|[明大昭平令MTSHR]'

_PROBLEMS = {
    'blank': '日付が入力されていません。',
    'unreadable': '「{text}」を日付として読み取れません。令和6年1月23日、R6.1.23、2024/1/23 のように入力してください。',
    'ambiguous': '「{text}」は元号か西暦かが分かりません。R6.4.1 または 2024/4/1 のように入力してください。',
    'no_year': '「{text}」には年がありません。令和6年1月23日 のように年から入力してください。',
    'no_day': '「{text}」には日がありません。年・月・日まで入力してください。',
    'day_first': '「{text}」は年・月・日の順に入力してください(例: 2024/1/23)。',
    'no_such_month': '{month}月はありません。',
    'no_such_day': '{year}年{month}月{day}日はありません({month}月は{last}日までです)。',
    'year_zero': '{era}0年はありません。最初の年は{era}元年です。',
    'before_era': '{era}は{first}からです。{before}ではありませんか。元号を確かめてください。',
    'out_of_range': '{year}年{month}月{day}日は扱えません。日付は1868年(明治元年)1月25日から2100年までです。',
    'disagreeing_years': '「{text}」の元号の年と西暦の年が合いません。どちらかを直してください。',
}

_ANY_CASE = re.IGNORECASE | re.ASCII
_YEAR_SIGN, _MONTH_SIGN = r'[年/.\-]', r'[月/.\-]'
_ERA_DATE = re.compile(rf'({ERA_WORD})(元|\d{{1,3}}){_YEAR_SIGN}(\d{{1,2}}){_MONTH_SIGN}(\d{{1,2}})日?', _ANY_CASE)
_ERA_DIGITS = re.compile(rf'({ERA_WORD})(\d\d)(\d\d)(\d\d)', _ANY_CASE)
_GREGORIAN = re.compile(rf'(?:西暦)?(\d{{4}}){_YEAR_SIGN}(\d{{1,2}}){_MONTH_SIGN}(\d{{1,2}})日?', re.ASCII)
_GREGORIAN_DIGITS = re.compile(r'(\d{4})(\d\d)(\d\d)', re.ASCII)
_MONTH_DAY = re.compile(rf'(\d{{1,2}}){_MONTH_SIGN}(\d{{1,2}})日?', re.ASCII)
_RECOGNISED_PROBLEMS = (
    ('ambiguous', re.compile(rf'(\d{{1,2}}){_YEAR_SIGN}(\d{{1,2}}){_MONTH_SIGN}(\d{{1,2}})日?|\d{{6}}', re.ASCII)),
    ('day_first', re.compile(r'\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}', re.ASCII)),
    ('no_day', re.compile(rf'(?:({ERA_WORD})(元|\d{{1,3}})|\d{{4}}){_YEAR_SIGN}(\d{{1,2}}月?)?', _ANY_CASE)),
)

_RELATIVE_DAYS = {'一昨日': -2, 'おととい': -2, '昨日': -1, '今日': 0, '本日': 0, '明日': 1, '明後日': 2, 'あさって': 2}
_CLOCK = re.compile(r'[T ]?\d{1,2}(:\d{2}){1,2}(\.\d+)?(Z|[+\-]\d{2}:?\d{2})?$|\d{1,2}時(\d{1,2}分)?$', re.ASCII)
_MIDNIGHT = re.compile(r'[T ]?0?0:00(:00)?(\.0+)?$')
_BRACKETS = re.compile(r'\(([^()]*)\)年?')
_WEEKDAY = re.compile(rf'([{WEEKDAYS}])(?:曜日?)?(?:[・･]?祝日?)?')
_BARE_WEEKDAY = re.compile(rf'(.*\d日|.*[/.\-]\d{{1,2}}(?!日$))([{WEEKDAYS}])(?:曜日?)?', re.ASCII)
_ERA_YEAR = re.compile(rf'({ERA_WORD})(元|\d{{1,3}})年?', _ANY_CASE)
_GREGORIAN_YEAR = re.compile(r'(?:西暦)?(\d{4})年?', re.ASCII)


class DateProblem(UnreadableText):
    """Text that is no date we can take, with a Japanese sentence that says what to type instead."""


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A day, and a Japanese sentence when it is not literally what was typed ('' otherwise)."""

    value: date
    note: str = ''


def parse_date(text: str, *, today: date | None = None, fiscal_year: int | None = None) -> ParsedDate:
    """'R6.1.23' -> 2024-01-23; raises DateProblem.

    `fiscal_year` (April start) gives the year to '1/23'; without it the fiscal year of `today` does.
    `today` also lets people write 今日 and 昨日.
    """
    plain = plain_date_text(text)
    if not plain:
        _refuse('blank', text)
    if today is not None and plain in _RELATIVE_DAYS:
        return ParsedDate(today + timedelta(days=_RELATIVE_DAYS[plain]))
    body, clock_note = _without_clock(plain)
    body, bracketed = _without_brackets(body)
    parsed = _read(body, text, _year_hint(today, fiscal_year))
    remarks = [_compare(parsed.value, bracket, text) for bracket in bracketed]
    return ParsedDate(parsed.value, ''.join([parsed.note, *remarks, clock_note]))


def plain_date_text(text: str) -> str:
    """Half width, hyphens for every dash, digits for kanji numerals, no spaces but those that part digits."""
    folded = every_dash_to_hyphen(unicodedata.normalize('NFKC', text)).strip()
    parted = re.sub(r'(?<=[0-9])\s+(?=[0-9])(?![0-9]{1,2}:)', '/', folded)
    closed = re.sub(r'\s+(?![0-9]{1,2}:)', '', parted)
    return KANJI_NUMBER.sub(_kanji_as_digits, closed) if closed not in _RELATIVE_DAYS else closed


def real_day(year: int, month: int, day: int) -> date:
    """The day, or a DateProblem that says why there is none."""
    if not 1 <= month <= 12:
        raise DateProblem('no_such_month', _PROBLEMS['no_such_month'].format(month=month))
    if not EARLIEST.year <= year <= LATEST.year or (year, month, day) < EARLIEST.timetuple()[:3]:
        raise DateProblem('out_of_range', _PROBLEMS['out_of_range'].format(year=year, month=month, day=day))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        message = _PROBLEMS['no_such_day'].format(year=year, month=month, day=day, last=last)
        raise DateProblem('no_such_day', message)
    return date(year, month, day)


def year_in_era(era_word: str, era_year: str) -> int:
    """('R', '元') -> 2019; DateProblem for year 0."""
    era = era_named(era_word)
    number = 1 if era_year == '元' else int(era_year)
    if number == 0:
        raise DateProblem('year_zero', _PROBLEMS['year_zero'].format(era=era.name))
    return era.gregorian_year(number)


def _read(body: str, typed: str, hint: int | None) -> ParsedDate:
    if found := _ERA_DATE.fullmatch(body) or _ERA_DIGITS.fullmatch(body):
        return _from_era(*found.groups())
    if found := _GREGORIAN.fullmatch(body) or _GREGORIAN_DIGITS.fullmatch(body):
        return ParsedDate(real_day(*map(int, found.groups())))
    if found := _MONTH_DAY.fullmatch(body):
        return _from_month_and_day(int(found[1]), int(found[2]), typed, hint)
    for code, pattern in _RECOGNISED_PROBLEMS:
        if pattern.fullmatch(body):
            _refuse(code, typed)
    _refuse('unreadable', typed)


def _from_era(era_word: str, era_year: str, month: str, day: str) -> ParsedDate:
    era = era_named(era_word)
    value = real_day(year_in_era(era_word, era_year), int(month), int(day))
    if value < era.first:
        first = f'{era.first.year}年{era.first.month}月{era.first.day}日'
        before = wareki(value, weekday=False)
        raise DateProblem('before_era', _PROBLEMS['before_era'].format(era=era.name, first=first, before=before))
    if era.last is not None and value > era.last:
        typed = f'{era.name}{era.year_of(value.year)}年{value.month}月{value.day}日'
        return ParsedDate(value, f'{typed}は{wareki(value, weekday=False)}として読み取りました。')
    if value.year < 1873:
        return ParsedDate(value, '明治5年までの日付は旧暦のことがあります。西暦の日付か確かめてください。')
    return ParsedDate(value)


def _from_month_and_day(month: int, day: int, typed: str, fiscal_year: int | None) -> ParsedDate:
    if fiscal_year is None:
        _refuse('no_year', typed)
    value = real_day(calendar_year(fiscal_year, month), month, day)
    return ParsedDate(value, f'年がないため{wareki(value, weekday=False)}({value.year}年)として読み取りました。')


def _year_hint(today: date | None, fiscal_year: int | None) -> int | None:
    if fiscal_year is not None or today is None:
        return fiscal_year
    return fiscal_year_of(today)


def _kanji_as_digits(found: re.Match[str]) -> str:
    try:
        return str(kanji_to_int(found[0]))
    except ValueError:
        return found[0]


def _without_clock(text: str) -> tuple[str, str]:
    found = _CLOCK.search(text)
    if found is None or found.start() == 0:
        return text, ''
    note = '' if _MIDNIGHT.fullmatch(found[0]) else '時刻は読み取っていません。'
    return text[: found.start()].rstrip(), note


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """'2024年(令和6年)1月23日(火)' -> ('2024年1月23日', ['令和6年', '火']); '令和6(2024)年' keeps its 年."""
    bracketed = [found[1] for found in _BRACKETS.finditer(text)]
    body = _BRACKETS.sub(lambda found: '年' if found[0].endswith('年') else '', text)
    bare = _BARE_WEEKDAY.fullmatch(body)
    return (bare[1], [*bracketed, bare[2]]) if bare else (body, bracketed)


def _compare(value: date, bracket: str, typed: str) -> str:
    """A remark when the weekday in brackets is another; DateProblem when the year in brackets is."""
    if found := _WEEKDAY.fullmatch(bracket):
        right = WEEKDAYS[value.weekday()]
        return '' if found[1] == right else f'{wareki(value, weekday=False)}は{right}曜日です。日付を確かめてください。'
    if found := _ERA_YEAR.fullmatch(bracket):
        year = year_in_era(found[1], found[2])
    elif found := _GREGORIAN_YEAR.fullmatch(bracket):
        year = int(found[1])
    elif bracket in ('祝', '祝日', '休'):
        return ''
    else:
        _refuse('unreadable', typed)
    if year != value.year:
        _refuse('disagreeing_years', typed)
    return ''


def _refuse(code: str, typed: str) -> NoReturn:
    shown = typed.strip()
    raise DateProblem(code, _PROBLEMS[code].format(text=shown if len(shown) <= 30 else shown[:30] + '…'))
