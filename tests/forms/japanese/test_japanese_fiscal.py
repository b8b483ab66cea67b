from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.japanese.era import DateProblem
from forms.japanese.fiscal import calendar_year, fiscal_year, fiscal_year_label, fiscal_year_range, parse_fiscal_year


@pytest.mark.parametrize(
    ('day', 'year'),
    [(date(2024, 1, 23), 2023), (date(2024, 3, 31), 2023), (date(2024, 4, 1), 2024), (date(2024, 12, 31), 2024)],
)
def test_january_still_belongs_to_the_year_before(day: date, year: int) -> None:
    assert fiscal_year(day) == year


def test_other_first_months() -> None:
    assert fiscal_year(date(2024, 1, 1), start_month=1) == 2024
    assert fiscal_year(date(2024, 9, 30), start_month=10) == 2023
    assert fiscal_year_range(2024, start_month=1) == (date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ('year', 'label'),
    [
        (2023, '令和5年度'),
        (2019, '令和元年度'),
        (2018, '平成30年度'),
        (1989, '平成元年度'),
        (1988, '昭和63年度'),
        (1926, '大正15年度'),
        (1867, '1867年度'),
    ],
)
def test_label(year: int, label: str) -> None:
    assert fiscal_year_label(year) == label


@pytest.mark.parametrize(
    'typed',
    [
        '令和5年度',
        '令和5年',
        'R5',
        'r5',
        'Ｒ５年度',
        'R05',
        '2023年度',
        '2023',
        '２０２３',
        'FY2023',
        '令和五年度',
        '平成35年度',
        '㋿5年度',
        '令和5(2023)年度',
        '2023年度(令和5年度)',
    ],
)
def test_every_way_to_write_one_fiscal_year(typed: str) -> None:
    assert parse_fiscal_year(typed) == 2023


def test_both_names_of_2019() -> None:
    assert parse_fiscal_year('令和元年度') == parse_fiscal_year('平成31年度') == 2019


@pytest.mark.parametrize(
    ('typed', 'code'),
    [
        ('', 'unreadable'),
        ('5年度', 'unreadable'),
        ('2023/4', 'unreadable'),
        ('1800年度', 'out_of_range'),
        ('R0', 'year_zero'),
    ],
)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_fiscal_year(typed)
    assert caught.value.code == code


@given(st.integers(1868, 2099))
def test_label_reads_back(year: int) -> None:
    assert parse_fiscal_year(fiscal_year_label(year)) == year


@given(st.integers(1868, 2099), st.integers(1, 12))
def test_range_holds_exactly_the_days_of_the_year(year: int, start_month: int) -> None:
    first, last = fiscal_year_range(year, start_month)
    inside = {fiscal_year(first, start_month), fiscal_year(last, start_month)}
    outside = {fiscal_year(first - timedelta(days=1), start_month), fiscal_year(last + timedelta(days=1), start_month)}
    assert (inside, outside) == ({year}, {year - 1, year + 1})


@given(st.integers(1868, 2099), st.integers(1, 12), st.integers(1, 12))
def test_a_month_lies_in_its_fiscal_year(year: int, month: int, start_month: int) -> None:
    assert fiscal_year(date(calendar_year(year, month, start_month), month, 1), start_month) == year
