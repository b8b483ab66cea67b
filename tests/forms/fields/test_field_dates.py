"""Days, partly known days, times and moments."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from field_samples import HALL, columns, make, refusal, stored


@pytest.mark.parametrize(
    'raw',
    [
        '令和6年1月23日', '令和６年１月２３日（火）', 'R6.1.23', 'r6/1/23', '㋿6年1月23日', '2024/1/23', '20240123',
        20240123, '２０２４－０１－２３', '2024-01-23', 45314, 45314.75, date(2024, 1, 23),
        datetime(2024, 1, 23, 9, 30), '2024-01-23T00:00:00',
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(raw: object) -> None:
    assert stored(make('date'), raw) == '2024-01-23'


@pytest.mark.parametrize(
    ('raw', 'way_out'),
    [
        ('令和元年4月30日', '平成31年4月30日ではありませんか'),
        ('2024/2/30', '29日まで'),
        ('6/4/1/2', '令和6年1月23日、R6.1.23'),
        ('6.4.1', '元号'),
        ('きのう', '令和6年1月23日'),
        (True, 'R6.1.23'),
        ([2024, 1, 23], 'R6.1.23'),
        (12, '読み取れません'),
        (date(1800, 1, 1), '令和6年1月23日'),
    ],
)
def test_a_refused_day_says_the_way_out(raw: object, way_out: str) -> None:
    (message,) = make('date', label='受付日').parse(raw, HALL).messages
    assert message.code == 'not_a_date'
    assert message.text.startswith('受付日')
    assert way_out in message.text


def test_an_era_that_had_ended_is_converted_and_said() -> None:
    parsed = make('date').parse('平成35年4月1日', HALL)
    assert parsed.value == '2023-04-01'
    assert '令和5年4月1日' in parsed.note


def test_a_day_without_a_year_takes_the_current_fiscal_year() -> None:
    parsed = make('date').parse('1/23', HALL)
    assert parsed.value == '2027-01-23'
    assert '2027年' in parsed.note


def test_a_day_is_shown_in_the_era_and_found_in_both() -> None:
    field = make('date')
    assert field.show('2024-01-23') == '令和6年1月23日(火)'
    assert field.show('2019-05-01') == '令和元年5月1日(水)'
    assert '2024-01-23' in field.search('2024-01-23')
    assert field.show('昔の文字') == '昔の文字'


def test_cells_of_a_day_are_a_real_day_and_its_fiscal_year() -> None:
    assert columns(make('date'), '2024-01-23') == {'項目': date(2024, 1, 23), '項目_年度': 2023}
    assert columns(make('date'), None) == {'項目': None, '項目_年度': None}
    assert columns(make('date', privacy='personal'), '1980-05-05') == {'項目': date(1980, 5, 5)}


def test_the_fiscal_year_of_a_cell_follows_the_app() -> None:
    by_header = dict(make('date').cells(HALL, 1))
    assert by_header['項目_年度']('2024-01-23') == 2024


@pytest.mark.parametrize(
    ('raw', 'kept', 'shown'),
    [
        ('昭和２０年頃', '1945~', '昭和20年頃'),
        ('1945~', '1945~', '昭和20年頃'),
        ('昭和20年3月', '1945-03', '昭和20年3月'),
        ('昭和20年代', '1945/1954', '昭和20年代'),
        (1945, '1945', '昭和20年'),
        ('S20.3.10', '1945-03-10', '昭和20年3月10日'),
    ],
)
def test_partly_known_days(raw: object, kept: str, shown: str) -> None:
    field = make('partial_date')
    assert stored(field, raw) == kept
    assert field.show(kept) == shown
    assert columns(field, kept) == {'項目': kept, '項目_和暦': shown}
    assert kept in field.search(kept)


def test_partly_known_days_that_are_none() -> None:
    assert [refusal(make('partial_date'), raw) for raw in ('昔', '令和0年', True)] == ['not_a_date'] * 3


@pytest.mark.parametrize(
    ('raw', 'kept'),
    [
        ('9:30', '09:30'), ('０９：３０', '09:30'), ('0930', '09:30'), ('930', '09:30'), ('9時半', '09:30'),
        ('9時', '09:00'), ('午後３時５分', '15:05'), ('午後0時10分', '12:10'), ('午前12時', '00:00'),
        ('PM 3:00', '15:00'), ('正午', '12:00'), ('23:59:59', '23:59'), (0.5, '12:00'), (time(9, 30), '09:30'),
        (timedelta(hours=3), '03:00'), (0, '00:00'), ('', None),
    ],
)  # fmt: skip
def test_times(raw: object, kept: str | None) -> None:
    assert stored(make('time'), raw) == kept


@pytest.mark.parametrize('raw', ['24:00', '9:60', '午後13時', '9', 'あさ', True, [], 1.5, timedelta(hours=24)])
def test_what_is_no_time(raw: object) -> None:
    assert refusal(make('time'), raw) == 'not_a_time'


def test_a_time_is_shown_without_its_zero_and_is_a_real_cell() -> None:
    assert make('time').show('09:05') == '9:05'
    assert columns(make('time'), '09:05') == {'項目': time(9, 5)}


@pytest.mark.parametrize(
    'raw',
    [
        '令和6年1月23日 13:30', '令和６年１月２３日　午後１時３０分', '令和6年1月23日(火)13時半', 'R6.1.23 13:30',
        '2024/1/23 13:30', '2024-01-23T13:30', '2024-01-23T13:30:00+09:00', '2024-01-23T04:30:00Z', 45314.5625,
        datetime(2024, 1, 23, 13, 30), datetime(2024, 1, 23, 4, 30, tzinfo=UTC),
    ],
)  # fmt: skip
def test_one_moment_in_many_spellings(raw: object) -> None:
    assert stored(make('datetime'), raw) == '2024-01-23T13:30:00+09:00'


@pytest.mark.parametrize(
    ('raw', 'code'),
    [
        ('2024-01-23', 'not_a_datetime'),
        ('13:30', 'not_a_datetime'),
        ('2024-13-01T00:00', 'not_a_datetime'),
        ('0001-01-01T00:00:00+14:00', 'not_a_datetime'),
        ('R6.2.30 13:30', 'not_a_date'),
        ('R6.1.23 25:00', 'not_a_time'),
        (True, 'not_a_datetime'),
        ({}, 'not_a_datetime'),
    ],
)
def test_what_is_no_moment(raw: object, code: str) -> None:
    assert refusal(make('datetime'), raw) == code


def test_a_moment_is_shown_on_the_clock_in_japan() -> None:
    field = make('datetime')
    assert field.show('2024-01-22T23:05:00+00:00') == '令和6年1月23日(火) 8:05'
    assert columns(field, '2024-03-31T20:00:00+00:00') == {'項目': datetime(2024, 4, 1, 5, 0), '項目_年度': 2024}
