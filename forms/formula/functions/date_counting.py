"""Counting with dates: weekdays and weeks, months and years later, how long from one date to another."""

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from forms.formula.coercion import plain_moment
from forms.formula.functions.date import GROUP, whole
from forms.formula.functions.registry import Function, function
from forms.formula.messages import failure
from forms.formula.tree import Call, Node
from forms.formula.value_type import DATETIME, MOMENTS
from forms.formula.values import EPOCH, Day, day_of

if TYPE_CHECKING:
    from forms.formula.check import Checker
    from forms.formula.syntax import Called

_WEEK_STARTS: Final = {1: 6, 2: 0, **{11 + day: day for day in range(7)}}
"""Excel's number for the start of a week -> day of the week, Monday being 0."""


def months_later(moment: dt.datetime, months: int) -> dt.datetime:
    """The same day so many months later, or the last of the month when there is no such day."""
    count = moment.year * 12 + moment.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if not 1 <= year <= 9999:
        raise failure('InvalidArgument', 'no-such-date')
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))


@function(
    'Weekday',
    '日付:datetime, 週の始まり:week?',
    'number',
    '曜日を番号で返します。日曜日が1、土曜日が7です。週の始まりに 2 か StartOfWeek.Monday を書くと月曜日が1です。',
    ('Weekday(Date(2024, 4, 1))', '2'),
    ('Weekday(Date(2024, 4, 1), 2)', '1'),
    group=GROUP,
)
def weekday(moment: dt.datetime, start: float = 1.0) -> float:
    if start == 3:
        return float(moment.weekday())
    return float((moment.weekday() - _week_start(start)) % 7 + 1)


def _week_start(start: float) -> int:
    known = _WEEK_STARTS.get(int(start)) if start == int(start) else None
    if known is None:
        raise failure('InvalidArgument', 'bad-week-start', text=f'{start:g}')
    return known


@function(
    'WeekNum',
    '日付:datetime, 週の始まり:week?',
    'number',
    '1月1日を含む週を第1週として、その年の何週目かを返します。',
    ('WeekNum(Date(2024, 4, 1))', '14'),
    group=GROUP,
)
def week_num(moment: dt.datetime, start: float = 1.0) -> float:
    new_year = moment.replace(month=1, day=1)
    offset = (new_year.weekday() - _week_start(start)) % 7
    return float((moment.timetuple().tm_yday - 1 + offset) // 7 + 1)


@function(
    'ISOWeekNum',
    '日付:datetime',
    'number',
    'ISO 8601の週番号（月曜始まり、最初の木曜日を含む週が第1週）を返します。',
    ('ISOWeekNum(Date(2024, 4, 1))', '14'),
    group=GROUP,
)
def iso_week_num(moment: dt.datetime) -> float:
    return float(moment.isocalendar().week)


@function(
    'EDate',
    '日付:date, 月数:number',
    'date',
    '何か月後（負のときは前）の同じ日を返します。その日がない月は月末になります。',
    ('Text(EDate(Date(2024, 1, 31), 1))', '"2024/02/29"'),
    group=GROUP,
)
def e_date(start: Day, months: float) -> Day:
    return day_of(months_later(start, whole(months)))


@function(
    'EOMonth',
    '日付:date, 月数:number',
    'date',
    '何か月後（負のときは前）の月末を返します。',
    ('Text(EOMonth(Date(2024, 1, 15), 0))', '"2024/01/31"'),
    group=GROUP,
)
def eo_month(start: Day, months: float) -> Day:
    later = months_later(start.replace(day=1), whole(months))
    return day_of(later.replace(day=calendar.monthrange(later.year, later.month)[1]))


def _check_date_add(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    start, *rest = [checker.check(argument) for argument in syntax.arguments]
    wanted = start.type if start.type.kind in MOMENTS else DATETIME
    first = checker.coerced(start, wanted, zero=True)
    if start.type.kind in ('boolean', 'record', 'table'):
        checker.argument_mistake(function, 0, start)
    arguments = [first, *(checker.argument(function, index, node) for index, node in enumerate(rest, 1))]
    return Call(syntax.start, syntax.end, wanted, False, function.name, tuple(arguments))


@function(
    'DateAdd',
    '日付:datetime, 数:number, 単位:unit?',
    'datetime',
    '日付に日数を足します。単位に TimeUnit.Months などを書くと、月や時間も足せます。',
    ('Text(DateAdd(Date(2024, 1, 31), 1, TimeUnit.Months))', '"2024/02/29"'),
    group=GROUP,
    check=_check_date_add,
)
def date_add(start: Any, count: float, unit: str = '') -> Any:
    name = _unit(unit)
    try:
        if name in _SPANS:
            return start + _SPANS[name] * count
        if isinstance(start, dt.timedelta):
            return months_later(EPOCH + start, whole(count) * _MONTHS[name]) - EPOCH
        return months_later(start, whole(count) * _MONTHS[name])
    except OverflowError:
        raise failure('InvalidArgument', 'no-such-date') from None


_SPANS: Final = {
    'milliseconds': dt.timedelta(milliseconds=1),
    'seconds': dt.timedelta(seconds=1),
    'minutes': dt.timedelta(minutes=1),
    'hours': dt.timedelta(hours=1),
    'days': dt.timedelta(days=1),
}
_MONTHS: Final = {'months': 1, 'quarters': 3, 'years': 12}


def _unit(text: str) -> str:
    name = text.lower() or 'days'
    if name not in _SPANS and name not in _MONTHS:
        raise failure('InvalidArgument', 'bad-unit', text=text)
    return name


def _warn_of_birth(checker: 'Checker', syntax: 'Called', call: Call) -> Node:
    """Years as DateDiff counts them are no age: it counts the turns of the year."""
    if (
        len(call.arguments) == 3
        and syntax.arguments
        and str(getattr(call.arguments[2], 'value', '')).lower() == 'years'
    ):
        name = getattr(syntax.arguments[0], 'name', '')
        if checker.scope.name_for(name) in checker.scope.birth_dates:
            checker.warn('years-of-birth', syntax.start, syntax.end, field=name)
    return call


@function(
    'DateDiff',
    '始め:datetime, 終わり:datetime, 単位:unit?',
    'number',
    '始めから終わりまでの日数を返します。単位が月や年のときは、月や年の変わり目を数えます（満年齢は AGE です）。',
    ('DateDiff(Date(2024, 4, 1), Date(2024, 5, 1))', '30'),
    ('DateDiff(Date(2023, 12, 31), Date(2024, 1, 1), TimeUnit.Years)', '1'),
    group=GROUP,
    refine=_warn_of_birth,
)
def date_diff(start: dt.datetime, end: dt.datetime, unit: str = '') -> float:
    name = _unit(unit)
    if name in _MONTHS:
        return float(_turns(end, name) - _turns(start, name))
    if name == 'milliseconds':
        return float((end - start) // _SPANS[name])
    return float((_cut(end, name) - _cut(start, name)) // _SPANS[name])


def _turns(moment: dt.datetime, unit: str) -> int:
    return (moment.year * 12 + moment.month - 1) // _MONTHS[unit]


def _cut(moment: dt.datetime, unit: str) -> dt.datetime:
    """The moment cut off to whole days, hours, minutes or seconds."""
    smaller = {'days': 1, 'hours': 2, 'minutes': 3, 'seconds': 4}[unit]
    parts = {'hour': 0, 'minute': 0, 'second': 0, 'microsecond': 0}
    return plain_moment(moment).replace(**dict(list(parts.items())[smaller - 1 :]))  # type: ignore[arg-type]


@function(
    'DATEDIF',
    '始め:date~, 終わり:date~, 単位:text',
    'number',
    '満の年数 "Y"、月数 "M"、日数 "D"、年を除いた月数 "YM"、月を除いた日数 "MD"、年を除いた日数 "YD" を返します。',
    ('DATEDIF(Date(2000, 5, 10), Date(2024, 4, 1), "Y")', '23'),
    ('DATEDIF(Date(2024, 1, 31), Date(2024, 3, 1), "M")', '1'),
    group=GROUP,
    may_be_blank=True,
)
def datedif(start: Day | None, end: Day | None, unit: str) -> float | None:
    if start is None or end is None:
        return None
    first, last = start.date(), end.date()
    if last < first:
        raise failure('InvalidArgument', 'end-before-start')
    months, name = full_months(first, last), unit.upper()
    counted = {'Y': months // 12, 'M': months, 'YM': months % 12}
    counted_from = {'D': 0, 'MD': months, 'YD': months // 12 * 12}
    if name in counted:
        return float(counted[name])
    if name in counted_from:
        return float((last - _anchor(first, counted_from[name])).days)
    raise failure('InvalidArgument', 'bad-unit', text=unit)


def full_months(first: dt.date, last: dt.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _anchor(first: dt.date, months: int) -> dt.date:
    """The day so many months after the first; past the end of a short month it counts on, as Excel does."""
    count = first.year * 12 + first.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1) + dt.timedelta(days=first.day - 1)
