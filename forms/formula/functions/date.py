"""Functions on dates and times: making them, reading them from text, taking them apart, counting with them."""

import datetime as dt
from typing import TYPE_CHECKING, Final

from forms.formula.coercion import plain_moment
from forms.formula.culture import culture_of
from forms.formula.date_text import read_moment, read_time
from forms.formula.functions.registry import Function, function
from forms.formula.messages import failure
from forms.formula.run import Run
from forms.formula.tree import As, Node
from forms.formula.value_type import MOMENTS
from forms.formula.values import Day, day_of

if TYPE_CHECKING:
    from forms.formula.check import Checker
    from forms.formula.syntax import Called

GROUP: Final = '日付と時刻'


def whole(number: float) -> int:
    """A number of days, months …: fractions cut off; too large ones refused."""
    if abs(number) > 1e10:
        raise failure('InvalidArgument', 'no-such-date')
    return int(number)


def day(year: int, month: int, number: int) -> Day:
    """A day; a month or day beyond its range counts on into the next or back into the previous one."""
    try:
        first = dt.datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        return day_of(first + dt.timedelta(days=number - 1))
    except (ValueError, OverflowError):
        raise failure('InvalidArgument', 'no-such-date') from None


def _clock(hour: float, minute: float, second: float, millisecond: float) -> dt.timedelta:
    try:
        return dt.timedelta(
            hours=whole(hour), minutes=whole(minute), seconds=whole(second), milliseconds=whole(millisecond)
        )
    except OverflowError:
        raise failure('InvalidArgument', 'no-such-time') from None


@function(
    'Date',
    '年:number, 月:number, 日:number',
    'date',
    '年・月・日から日付を作ります。',
    ('Text(Date(2024, 4, 0), "yyyy/mm/dd")', '"2024/03/31"'),
    group=GROUP,
)
def date(year: float, month: float, number: float) -> Day:
    if not 1 <= int(max(0.0, min(1e5, year))) <= 9999:
        raise failure('InvalidArgument', 'no-such-date')
    return day(int(year), whole(month), whole(number))


@function(
    'Time',
    '時:number, 分:number, 秒:number, ミリ秒:number?',
    'time',
    '時・分・秒から時刻を作ります。',
    ('Text(Time(9, 5, 0), "h:mm")', '"9:05"'),
    group=GROUP,
)
def time(hour: float, minute: float, second: float, millisecond: float = 0.0) -> dt.timedelta:
    return _clock(hour, minute, second, millisecond)


@function(
    'DateTime',
    '年:number, 月:number, 日:number, 時:number, 分:number, 秒:number, ミリ秒:number?',
    'datetime',
    '年・月・日・時・分・秒から日時を作ります。',
    ('Text(DateTime(2024, 4, 1, 9, 5, 0))', '"2024/04/01 9:05"'),
    group=GROUP,
)
def date_time(*parts: float) -> dt.datetime:
    year, month, number, hour, minute, second, *rest = parts
    midnight = plain_moment(date(year, month, number))
    try:
        return midnight + _clock(hour, minute, second, rest[0] if rest else 0.0)
    except OverflowError:
        raise failure('InvalidArgument', 'no-such-date') from None


def _check_reading(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    """DateValue and its like take texts; what is a date, date-time or time already is only read as the wanted kind."""
    given, *rest = [checker.check(argument) for argument in syntax.arguments]
    if given.type.kind in MOMENTS:
        return As(syntax.start, syntax.end, function.result, given.blank, given, False)
    arguments = [checker.argument(function, index, node) for index, node in enumerate((given, *rest))]
    return checker.call(syntax, function, arguments)


@function(
    'DateValue',
    '文字列:text~, 言語:text?',
    'date',
    '文字列を日付として読みます。和暦（令和6年4月1日、R6.4.1）も読めます。',
    ('Text(DateValue("令和6年4月1日"))', '"2024/04/01"'),
    ('Text(DateValue("H31.4.30"))', '"2019/04/30"'),
    group=GROUP,
    needs_run=True,
    may_be_blank=True,
    check=_check_reading,
)
def date_value(run: Run, text: str | None, language: str | None = None) -> Day | None:
    return day_of(_read(run, text, language)) if text else None


@function(
    'DateTimeValue',
    '文字列:text~, 言語:text?',
    'datetime',
    '文字列を日時として読みます。',
    ('Text(DateTimeValue("2024-04-01 9:05"))', '"2024/04/01 9:05"'),
    group=GROUP,
    needs_run=True,
    may_be_blank=True,
    check=_check_reading,
)
def date_time_value(run: Run, text: str | None, language: str | None = None) -> dt.datetime | None:
    return _read(run, text, language) if text else None


@function(
    'TimeValue',
    '文字列:text~, 言語:text?',
    'time',
    '文字列を時刻として読みます。',
    ('Text(TimeValue("午後1時30分"))', '"13:30"'),
    group=GROUP,
    needs_run=True,
    may_be_blank=True,
    check=_check_reading,
)
def time_value(run: Run, text: str | None, language: str | None = None) -> dt.timedelta | None:
    if not text:
        return None
    return read_time(text, culture_of(language) if language else run.culture, run.today.year)


def _read(run: Run, text: str, language: str | None) -> dt.datetime:
    return read_moment(text, culture_of(language) if language else run.culture, run.today.year)


@function('Year', '日付:datetime~', 'number', '西暦の年を返します。', ('Year(Date(2024, 4, 1))', '2024'), group=GROUP)
def year(moment: dt.datetime | None) -> float:
    return 1900.0 if moment is None else float(moment.year)


@function('Month', '日付:datetime~', 'number', '月を返します。', ('Month(Date(2024, 4, 1))', '4'), group=GROUP)
def month(moment: dt.datetime | None) -> float:
    return 1.0 if moment is None else float(moment.month)


@function('Day', '日付:datetime~', 'number', '日を返します。', ('Day(Date(2024, 4, 1))', '1'), group=GROUP)
def day_of_month(moment: dt.datetime | None) -> float:
    return 0.0 if moment is None else float(moment.day)


@function('Hour', '時刻:datetime~', 'number', '時を返します。', ('Hour(Time(9, 5, 0))', '9'), group=GROUP)
def hour(moment: dt.datetime | None) -> float:
    return 0.0 if moment is None else float(moment.hour)


@function('Minute', '時刻:datetime~', 'number', '分を返します。', ('Minute(Time(9, 5, 0))', '5'), group=GROUP)
def minute(moment: dt.datetime | None) -> float:
    return 0.0 if moment is None else float(moment.minute)


@function('Second', '時刻:datetime~', 'number', '秒を返します。', ('Second(Time(9, 5, 30))', '30'), group=GROUP)
def second(moment: dt.datetime | None) -> float:
    return 0.0 if moment is None else float(moment.second)


@function('Today', '', 'date', '今日の日付を返します。', ('IsToday(Today())', 'true'), group=GROUP, needs_run=True)
def today(run: Run) -> Day:
    return Day(run.today.year, run.today.month, run.today.day)


@function('Now', '', 'datetime', '今の日時を返します。', ('IsToday(Now())', 'true'), group=GROUP, needs_run=True)
def now(run: Run) -> dt.datetime:
    return run.now


@function(
    'IsToday',
    '日付:datetime~',
    'boolean',
    '今日の日付のとき true を返します。',
    ('IsToday(Date(2000, 1, 1))', 'false'),
    group=GROUP,
    needs_run=True,
)
def is_today(run: Run, moment: dt.datetime | None) -> bool:
    return moment is not None and moment.date() == run.today
