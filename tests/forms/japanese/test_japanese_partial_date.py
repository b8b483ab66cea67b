import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.japanese.era import DateProblem, parse_partial, show_partial


@pytest.mark.parametrize(
    ('typed', 'edtf', 'shown'),
    [
        ('昭和20年頃', '1945~', '昭和20年頃'),
        ('昭和20年', '1945', '昭和20年'),
        ('S20', '1945', '昭和20年'),
        ('昭和２０年ごろ', '1945~', '昭和20年頃'),
        ('約1945年', '1945~', '昭和20年頃'),
        ('昭和20年3月', '1945-03', '昭和20年3月'),
        ('昭和二十年三月頃', '1945-03~', '昭和20年3月頃'),
        ('S20.3', '1945-03', '昭和20年3月'),
        ('昭和20年3月10日', '1945-03-10', '昭和20年3月10日'),
        ('昭和20年3月10日頃', '1945-03-10~', '昭和20年3月10日頃'),
        ('昭和20年月日不詳', '1945', '昭和20年'),
        ('昭和20年3月日不明', '1945-03', '昭和20年3月'),
        ('1945', '1945', '昭和20年'),
        ('1945-03', '1945-03', '昭和20年3月'),
        ('1945~', '1945~', '昭和20年頃'),
        ('昭和64年', '1989', '平成元年(昭和64年)'),
        ('平成元年1月', '1989-01', '平成元年1月(昭和64年1月)'),
        ('1989-02', '1989-02', '平成元年2月'),
        ('1926-12-25', '1926-12-25', '昭和元年12月25日'),
        ('昭和20年代', '1945/1954', '昭和20年代'),
        ('昭和20年代頃', '1945/1954~', '昭和20年代頃'),
        ('1940年代', '194X', '1940年代'),
        ('1945年〜1950年', '1945/1950', '1945年〜1950年'),
        ('明治元年', '1868', '明治元年'),
    ],
)
def test_partly_known(typed: str, edtf: str, shown: str) -> None:
    assert parse_partial(typed).edtf == edtf
    assert show_partial(edtf) == shown


@pytest.mark.parametrize(
    ('edtf', 'earliest', 'latest'),
    [
        ('1945', date(1945, 1, 1), date(1945, 12, 31)),
        ('1945~', date(1945, 1, 1), date(1945, 12, 31)),
        ('1944-02', date(1944, 2, 1), date(1944, 2, 29)),
        ('1945-03-10', date(1945, 3, 10), date(1945, 3, 10)),
        ('194X', date(1940, 1, 1), date(1949, 12, 31)),
        ('1868', date(1868, 1, 25), date(1868, 12, 31)),
    ],
)
def test_bounds_of_the_real_day(edtf: str, earliest: date, latest: date) -> None:
    partial = parse_partial(edtf)
    assert (partial.earliest, partial.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ('typed', 'code'),
    [
        ('', 'blank'),
        ('頃', 'blank'),
        ('不明', 'unreadable'),
        ('20年頃', 'unreadable'),
        ('昭和20年13月', 'no_such_month'),
        ('1945-02-30', 'no_such_day'),
        ('1867年', 'out_of_range'),
        ('2101年', 'out_of_range'),
        ('1950/1945', 'years_reversed'),
        ('3月10日', 'no_year'),
        ('昭和0年', 'year_zero'),
    ],
)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_partial(typed)
    assert caught.value.code == code


@given(st.integers(1869, 2100), st.integers(0, 12), st.integers(0, 31), st.booleans())
def test_what_is_shown_reads_back(year: int, month: int, day: int, about: bool) -> None:
    month_part = f'-{month:02}' if month else ''
    known_day = month and 1 <= day <= calendar.monthrange(year, month)[1]
    edtf = f'{year}{month_part}' + (f'-{day:02}' if known_day else '') + ('~' if about else '')
    assert parse_partial(show_partial(edtf)).edtf == edtf
    assert parse_partial(edtf).edtf == edtf


@given(st.integers(1868, 2091))
def test_ten_years_read_back(year: int) -> None:
    edtf = f'{year}/{year + 9}'
    assert parse_partial(show_partial(edtf)).edtf == edtf


@given(st.text('令和昭平大明RSHTM元0123456789年月日代頃約不詳/.-~X()〜 一二十〇'))
def test_any_date_like_text_is_read_or_refused(text: str) -> None:
    try:
        partial = parse_partial(text)
    except DateProblem as problem:
        assert problem.code
    else:
        assert partial.earliest <= partial.latest
        assert parse_partial(partial.edtf).edtf == partial.edtf
