"""Functions for Japanese offices: eras, fiscal years, ages, business days, kana, width, sums of money in words."""

import datetime as dt
from typing import Final

from forms.formula.functions.date_counting import full_months
from forms.formula.functions.number import rounded
from forms.formula.functions.registry import function
from forms.formula.messages import failure
from forms.formula.run import Run
from forms.formula.values import Day
from forms.japanese import era, fiscal, kana, width
from forms.japanese.calendar import BusinessCalendar
from forms.japanese.kanji_number import int_to_kanji, int_to_kanji_digits

GROUP: Final = '日本の役所'
_FARTHEST: Final = 36_600


@function(
    'WAREKI',
    '日付:date~, 表示形式:text?',
    'text',
    '日付を和暦の文字列にします。表示形式を省くと「令和6年4月1日」の形です。',
    ('WAREKI(Date(2019, 5, 1))', '"令和元年5月1日"'),
    ('WAREKI(Date(2024, 4, 1), "ge.m.d")', '"R6.4.1"'),
    group=GROUP,
    may_be_blank=True,
)
def wareki(day: Day | None, shown: str = 'ggge年m月d日') -> str | None:
    return None if day is None else era.format_date(day.date(), shown)


@function(
    'DATESTRING',
    '日付:date~',
    'text',
    '日付を「令和06年04月01日」の形の文字列にします。',
    ('DATESTRING(Date(2024, 4, 1))', '"令和06年04月01日"'),
    group=GROUP,
    may_be_blank=True,
)
def date_string(day: Day | None) -> str | None:
    return None if day is None else era.format_date(day.date(), 'gggee年mm月dd日', gannen=False)


@function(
    'FISCALYEAR',
    '日付:date~',
    'number',
    '年度を西暦で返します。始まりの月はアプリの設定によります（ふつうは4月）。',
    ('FISCALYEAR(Date(2024, 3, 31))', '2023'),
    group=GROUP,
    needs_run=True,
    may_be_blank=True,
)
def fiscal_year(run: Run, day: Day | None) -> float | None:
    return None if day is None else float(fiscal.fiscal_year(day.date(), run.context.fiscal_start))


@function(
    'AGE',
    '生年月日:date~, 基準日:date~?',
    'number',
    '基準日（省くと今日）の満年齢を返します。誕生日に1つ増え、2月29日生まれは平年では3月1日に増えます。',
    ('AGE(Date(2000, 5, 10), Date(2024, 5, 9))', '23'),
    ('AGE(Date(2000, 5, 10), Date(2024, 5, 10))', '24'),
    group=GROUP,
    needs_run=True,
    may_be_blank=True,
)
def age(run: Run, birth: Day | None, on: Day | None = None) -> float | None:
    if birth is None:
        return None
    last = run.today if on is None else on.date()
    if last < birth.date():
        raise failure('InvalidArgument', 'end-before-start')
    return float(full_months(birth.date(), last) // 12)


@function(
    'WORKDAY',
    '日付:date~, 日数:number',
    'date',
    '何開庁日後（負のときは前）の日付を返します。土日・祝日・年末年始・閉庁日を除きます。',
    ('Text(WORKDAY(Date(2024, 5, 2), 1))', '"2024/05/07"'),
    group=GROUP,
    may_be_blank=True,
    needs_run=True,
)
def work_day(run: Run, start: Day | None, count: float) -> Day | None:
    if start is None:
        return None
    if abs(count) > _FARTHEST:
        raise failure('InvalidArgument', 'no-such-date')
    if int(count) == 0:
        return start
    run.step(2 * abs(int(count)))
    try:
        day = _calendar(run).add_business_days(start.date(), int(count))
    except OverflowError:
        raise failure('InvalidArgument', 'no-such-date') from None
    return Day(day.year, day.month, day.day)


@function(
    'NETWORKDAYS',
    '始め:date~, 終わり:date~',
    'number',
    '始めから終わりまでの開庁日の数を、両端を含めて返します。',
    ('NETWORKDAYS(Date(2024, 5, 1), Date(2024, 5, 7))', '3'),
    group=GROUP,
    may_be_blank=True,
    needs_run=True,
)
def net_work_days(run: Run, start: Day | None, end: Day | None) -> float | None:
    if start is None or end is None:
        return None
    first, last = sorted((start.date(), end.date()))
    if (last - first).days > _FARTHEST:
        raise failure('InvalidArgument', 'no-such-date')
    run.step((last - first).days + 1)
    days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    count = sum(_calendar(run).is_business_day(day) for day in days)
    return float(count if start <= end else -count)


def _calendar(run: Run) -> BusinessCalendar:
    return run.calendar or BusinessCalendar()


@function(
    'ASC', '文字列:text', 'text', '全角の英数字とカタカナを半角にします。', ('ASC("ＡＢＣガ")', '"ABCｶﾞ"'), group=GROUP
)
def asc(text: str) -> str:
    return width.to_halfwidth(text)


@function(
    'JIS', '文字列:text', 'text', '半角の英数字とカタカナを全角にします。', ('JIS("ABCｶﾞ")', '"ＡＢＣガ"'), group=GROUP
)
def jis(text: str) -> str:
    return width.to_fullwidth(text)


@function(
    'HIRAGANA', '文字列:text', 'text', 'カタカナをひらがなにします。', ('HIRAGANA("ミホン")', '"みほん"'), group=GROUP
)
def hiragana(text: str) -> str:
    return kana.to_hiragana(kana.to_fullwidth(text))


@function(
    'KATAKANA', '文字列:text', 'text', 'ひらがなをカタカナにします。', ('KATAKANA("みほん")', '"ミホン"'), group=GROUP
)
def katakana(text: str) -> str:
    return kana.to_katakana(kana.to_fullwidth(text))


@function(
    'YEN',
    '金額:number~, 桁数:number?',
    'text',
    '金額を円記号と桁区切りの付いた文字列にします。',
    ('YEN(1234567)', '"¥1,234,567"'),
    ('YEN(-500)', '"¥-500"'),
    group=GROUP,
    may_be_blank=True,
)
def yen(amount: float | None, digits: float = 0.0) -> str | None:
    if amount is None:
        return None
    places = int(max(-15.0, min(15.0, digits)))
    without_signed_zero = rounded(amount, places, 'ROUND_HALF_UP') + 0.0
    return f'¥{without_signed_zero:,.{max(places, 0)}f}'


@function(
    'NUMBERSTRING',
    '数値:number~, 形式:number?',
    'text',
    '数値を漢数字にします。形式 1 は「千二百」、2 は「壱千弐百」、3 は「一二〇〇」の形です。',
    ('NUMBERSTRING(1200, 1)', '"千二百"'),
    ('NUMBERSTRING(1200, 3)', '"一二〇〇"'),
    group=GROUP,
    may_be_blank=True,
)
def number_string(number: float | None, kind: float = 1.0) -> str | None:
    if number is None:
        return None
    whole = int(rounded(number, 0.0, 'ROUND_HALF_UP'))
    try:
        match int(max(0.0, min(9.0, kind))):
            case 1:
                return int_to_kanji(whole)
            case 2:
                return int_to_kanji(whole, formal=True)
            case 3:
                return int_to_kanji_digits(whole)
    except ValueError:
        raise failure('InvalidArgument', 'bad-choice', text=whole) from None
    raise failure('InvalidArgument', 'bad-choice', text=f'{kind:g}')
