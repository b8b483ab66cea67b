from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.japanese.era import (
    EARLIEST,
    ERAS,
    LATEST,
    DateProblem,
    era_named,
    era_of,
    format_date,
    parse_date,
    wareki,
    wareki_year,
)

JAN_23 = date(2024, 1, 23)
DAYS = st.dates(EARLIEST, LATEST)


@pytest.mark.parametrize(
    'typed',
    [
        '令和6年1月23日(火)',
        '令和6年1月23日',
        '令和6年1月23日（火曜日）',
        '令和6年1月23日火曜日',
        'R6.1.23',
        'r6/1/23',
        'R6-1-23',
        'R6年1月23日',
        '令6.1.23',
        '令和６年１月２３日',
        'Ｒ６．１．２３',
        '㋿6年1月23日',
        '令和 6年 1月 23日',
        '　令和6年1月23日　',
        '2024/1/23',
        '2024-01-23',
        '2024.1.23',
        '2024年1月23日',
        '西暦2024年1月23日',
        '２０２４／０１／２３',
        '2024−1−23',
        '2024ー1ー23',
        '20240123',
        'R060123',
        'r060123',
        '令和060123',
        '2024 1 23',
        '2024/1/23 火',
        '2024/1/23(火)',
        '令和六年一月二十三日',
        '二〇二四年一月二十三日',
        '二千二十四年一月二三日',
        '2024年(令和6年)1月23日',
        '令和6年(2024年)1月23日',
        '令和6(2024)年1月23日',
        '2024/1/23 00:00:00',
        '2024-01-23T00:00:00',
        '平成36年1月23日',
        'S99.1.23',
    ],
)
def test_every_way_to_write_one_day(typed: str) -> None:
    assert parse_date(typed).value == JAN_23


@pytest.mark.parametrize(
    ('typed', 'day'),
    [
        ('令和元年5月1日', date(2019, 5, 1)),
        ('R1.5.1', date(2019, 5, 1)),
        ('㍻31年4月30日', date(2019, 4, 30)),
        ('昭和64年1月7日', date(1989, 1, 7)),
        ('H1.1.8', date(1989, 1, 8)),
        ('大正15年12月25日', date(1926, 12, 25)),
        ('昭和元年12月25日', date(1926, 12, 25)),
        ('明治45年7月30日', date(1912, 7, 30)),
        ('T1.7.30', date(1912, 7, 30)),
        ('令和6年2月29日', date(2024, 2, 29)),
        ('昭和二十年八月十五日', date(1945, 8, 15)),
    ],
)
def test_borders_of_the_eras_need_no_remark(typed: str, day: date) -> None:
    parsed = parse_date(typed)
    assert (parsed.value, parsed.note) == (day, '')


@pytest.mark.parametrize(
    ('typed', 'day', 'said'),
    [
        ('平成31年5月1日', date(2019, 5, 1), '令和元年5月1日'),
        ('平成35年4月1日', date(2023, 4, 1), '令和5年4月1日'),
        ('昭和64年1月8日', date(1989, 1, 8), '平成元年1月8日'),
        ('2024/1/23(水)', JAN_23, '火曜日'),
        ('2024/1/23 10:30', JAN_23, '時刻'),
        ('2024年1月23日 10時30分', JAN_23, '時刻'),
        ('明治5年1月1日', date(1872, 1, 1), '旧暦'),
    ],
)
def test_what_was_not_taken_literally_is_told(typed: str, day: date, said: str) -> None:
    parsed = parse_date(typed)
    assert parsed.value == day
    assert said in parsed.note


@pytest.mark.parametrize(
    ('typed', 'code'),
    [
        ('', 'blank'),
        ('　', 'blank'),
        ('6/4/1', 'ambiguous'),
        ('24/1/23', 'ambiguous'),
        ('6年4月1日', 'ambiguous'),
        ('060401', 'ambiguous'),
        ('1/23', 'no_year'),
        ('1月23日', 'no_year'),
        ('令和6年4月', 'no_day'),
        ('2024年', 'no_day'),
        ('2024/4', 'no_day'),
        ('1/23/2024', 'day_first'),
        ('2023/2/29', 'no_such_day'),
        ('令和5年2月29日', 'no_such_day'),
        ('2024/4/31', 'no_such_day'),
        ('2024/4/0', 'no_such_day'),
        ('2024/13/1', 'no_such_month'),
        ('2024/0/1', 'no_such_month'),
        ('令和0年1月1日', 'year_zero'),
        ('令和元年4月30日', 'before_era'),
        ('平成元年1月7日', 'before_era'),
        ('1868/1/24', 'out_of_range'),
        ('1600/1/1', 'out_of_range'),
        ('2101/1/1', 'out_of_range'),
        ('令和99年1月1日', 'out_of_range'),
        ('令和6年度', 'unreadable'),
        ('2024年(令和5年)1月23日', 'disagreeing_years'),
        ('2024年1月23日(仮)', 'unreadable'),
        ('来週', 'unreadable'),
        ('今日', 'unreadable'),
        ('2024123', 'unreadable'),
        ('慶応3年1月1日', 'unreadable'),
        ('2024/1/23/1', 'unreadable'),
    ],
)
def test_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_date(typed)
    assert caught.value.code == code
    assert str(caught.value).endswith('。')
    assert '{' not in str(caught.value)


def test_a_day_before_its_era_is_answered_with_the_right_name() -> None:
    with pytest.raises(DateProblem, match='平成31年4月30日ではありませんか'):
        parse_date('令和元年4月30日')


@pytest.mark.parametrize(
    ('hints', 'typed', 'day'),
    [
        ({'fiscal_year': 2023}, '1/23', JAN_23),
        ({'fiscal_year': 2023}, '4月1日', date(2023, 4, 1)),
        ({'fiscal_year': 2023}, '3/31(日)', date(2024, 3, 31)),
        ({'today': date(2024, 2, 1)}, '１／２３', JAN_23),
        ({'today': date(2024, 2, 1)}, '12/29', date(2023, 12, 29)),
        ({'today': date(2024, 2, 1), 'fiscal_year': 2020}, '12/29', date(2020, 12, 29)),
    ],
)
def test_month_and_day_take_the_year_of_the_fiscal_year(hints: dict[str, int | date], typed: str, day: date) -> None:
    parsed = parse_date(typed, **hints)  # type: ignore[arg-type]
    assert parsed.value == day
    assert str(day.year) in parsed.note


def test_february_29_follows_the_fiscal_year() -> None:
    assert parse_date('2/29', fiscal_year=2023).value == date(2024, 2, 29)
    with pytest.raises(DateProblem):
        parse_date('2/29', fiscal_year=2024)


@pytest.mark.parametrize(('typed', 'days'), [('今日', 0), ('本日', 0), ('昨日', -1), ('一昨日', -2), ('明日', 1)])
def test_days_counted_from_today(typed: str, days: int) -> None:
    assert parse_date(typed, today=JAN_23).value == JAN_23 + timedelta(days=days)


@pytest.mark.parametrize(
    ('day', 'pattern', 'shown'),
    [
        (JAN_23, 'ggge年m月d日(aaa)', '令和6年1月23日(火)'),
        (JAN_23, 'ge.mm.dd', 'R6.01.23'),
        (JAN_23, 'gge.m.d', '令6.1.23'),
        (JAN_23, 'gee/mm/dd', 'R06/01/23'),
        (JAN_23, 'yyyy-mm-dd', '2024-01-23'),
        (JAN_23, 'yy/m/d aaaa', '24/1/23 火曜日'),
        (JAN_23, 'y', '24'),
        (JAN_23, 'YYYY"年"M"月"', '2024年1月'),
        (JAN_23, r'd\d "day"', '23d day'),
        (date(2019, 5, 1), 'ggge年m月d日', '令和元年5月1日'),
        (date(2019, 5, 1), 'ggge"年"', '令和元年'),
        (date(2019, 5, 1), 'ge.m.d', 'R1.5.1'),
        (date(1867, 11, 9), 'ggge年m月d日', '1867年11月9日'),
        (datetime(2024, 1, 23, 10, 30), 'ge.m.d', 'R6.1.23'),
    ],
)
def test_format(day: date, pattern: str, shown: str) -> None:
    assert format_date(day, pattern) == shown


def test_first_year_can_be_forced_either_way() -> None:
    first_day = date(2019, 5, 1)
    assert format_date(first_day, 'ggge年', gannen=False) == '令和1年'
    assert format_date(first_day, 'ge.m.d', gannen=True) == 'R元.5.1'


def test_the_day_of_change_bears_the_new_name() -> None:
    assert wareki(date(2019, 4, 30)) == '平成31年4月30日(火)'
    assert wareki(date(2019, 5, 1)) == '令和元年5月1日(水)'
    assert wareki_year(date(1989, 1, 7)) == '昭和64年'
    assert era_of(date(1868, 1, 24)) is None


def test_each_era_has_its_three_names() -> None:
    for era in ERAS:
        assert {era_named(era.name), era_named(era.short), era_named(era.letter.lower())} == {era}
    with pytest.raises(KeyError):
        era_named('慶応')


@pytest.mark.long
def test_every_day_from_1868_to_2100_survives_being_shown_and_read() -> None:
    day = EARLIEST
    while day <= LATEST:
        assert parse_date(wareki(day, weekday=False)).value == day
        day += timedelta(days=1)


@given(
    DAYS,
    st.sampled_from(['ggge年m月d日(aaa)', 'gge/m/d', 'ge.m.d', 'geemmdd', 'yyyy-mm-dd', 'yyyymmdd', 'yyyy/m/d(aaaa)']),
)
def test_every_pattern_reads_back(day: date, pattern: str) -> None:
    assert parse_date(format_date(day, pattern)).value == day


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parsed = parse_date(text, today=JAN_23)
    except DateProblem as problem:
        assert problem.code
    else:
        assert EARLIEST <= parsed.value <= LATEST


@given(st.text('令和昭平大明RSHTM元0123456789年月日/.-()火 一二十〇'))
def test_any_date_like_text_is_read_or_refused(text: str) -> None:
    test_any_text_is_read_or_refused.hypothesis.inner_test(text)  # type: ignore[attr-defined]
