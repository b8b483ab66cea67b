"""Integers, decimals, amounts of money and calculations."""

from decimal import Decimal
from typing import Any

import pytest
from field_samples import HALL, columns, make, refusal, stored, wrong_settings

from forms.formula.value_type import BOOLEAN, DATE, NUMBER


@pytest.mark.parametrize(
    ('type_name', 'raw', 'kept'),
    [
        ('integer', '１２', 12),
        ('integer', '1,234件', 1234),
        ('integer', '△３', -3),
        ('integer', '▲3', -3),
        ('integer', '−3', -3),
        ('integer', '(3)', -3),
        ('integer', '三百', 300),
        ('integer', 12.0, 12),
        ('integer', 0, 0),
        ('integer', '-', None),
        ('integer', 'ー', None),
        ('integer', '　', None),
        ('decimal', '３６．５', 36.5),
        ('decimal', '36.50', 36.5),
        ('decimal', '2.0', 2),
        ('decimal', 36.55, 36.55),
        ('money', '￥１，２３４', 1234),
        ('money', '△1,234円', -1234),
        ('money', '120万円', 1_200_000),
    ],
)
def test_what_is_kept(type_name: str, raw: object, kept: float | None) -> None:
    value = stored(make(type_name), raw)
    assert value == kept
    assert type(value) is type(kept)


@pytest.mark.parametrize(
    ('type_name', 'raw', 'code'),
    [
        ('integer', '1.5', 'not_whole'),
        ('integer', 1.5, 'not_whole'),
        ('integer', 'たくさん', 'not_a_number'),
        ('integer', '1丁目', 'not_a_number'),
        ('integer', True, 'not_a_number'),
        ('integer', float('nan'), 'not_a_number'),
        ('integer', 10**400, 'not_a_number'),
        ('integer', '9007199254740993', 'too_large_number'),
        ('decimal', '36.555', 'too_many_digits'),
        ('decimal', 1e-7, 'too_many_digits'),
        ('money', '100ドル', 'not_a_number'),
        ('money', '0.5', 'not_whole'),
    ],
)
def test_what_is_refused(type_name: str, raw: object, code: str) -> None:
    assert refusal(make(type_name), raw) == code


def test_the_unit_may_be_typed() -> None:
    assert stored(make('integer', unit='km'), '１２km') == 12
    assert refusal(make('integer', unit='km'), '12件') == 'not_a_number'


def test_the_range_holds_and_is_said_with_its_unit() -> None:
    field = make('integer', label='人数', unit='人', min=1, max=4)
    assert [refusal(field, raw) for raw in ('0', '1', '4', '5')] == ['too_small', '', '', 'too_large']
    (message,) = field.check(5)
    assert message.text == '人数は4人以下で入力してください。'


def test_a_lower_limit_of_zero_is_a_limit() -> None:
    assert refusal(make('money', min=0), '△1') == 'too_small'


@pytest.mark.parametrize(
    ('type_name', 'value', 'shown'),
    [
        ('integer', 1234, '1,234'),
        ('integer', -5, '-5'),
        ('decimal', 36.5, '36.5'),
        ('decimal', 0.000001, '0.000001'),
        ('money', 1234, '1,234円'),
        ('money', -1234, '△1,234円'),
        ('money', 0, '0円'),
        ('money', None, ''),
    ],
)
def test_how_it_is_shown(type_name: str, value: float | None, shown: str) -> None:
    settings = {'digits': 6} if type_name == 'decimal' else {}
    assert make(type_name, **settings).show(value) == shown


def test_found_without_its_commas() -> None:
    assert '1234円' in make('money').search(1234)


def test_cells_are_numbers_and_blank_is_not_zero() -> None:
    assert columns(make('money'), 1234) == {'項目': 1234}
    assert columns(make('money'), None) == {'項目': None}


def test_what_was_converted_is_said() -> None:
    assert make('money').parse('千二百円', HALL).note == '千二百円を1,200円として読み取りました。'


def test_wrong_settings_are_named() -> None:
    assert wrong_settings(make('integer', min=5, max=1)) == ['min']
    assert wrong_settings(make('decimal', digits=0)) == ['digits']
    assert wrong_settings(make('decimal', digits=3, min=0, max=0)) == []
    assert wrong_settings(make('calculation', result='table')) == ['result']


def test_the_browser_gets_whole_limits_as_whole_numbers() -> None:
    assert make('integer', unit='人', min=1.0).browser() == {'unit': '人', 'digits': 0, 'min': 1, 'max': None}


@pytest.mark.parametrize(
    ('settings', 'result', 'kept'),
    [
        ({'result': 'integer'}, 2.5, 3),
        ({'result': 'integer'}, 1100.0000000002, 1100),
        ({'result': 'money'}, Decimal('-0.5'), -1),
        ({'result': 'decimal', 'digits': 1}, 0.1 + 0.2, 0.3),
        ({'result': 'date'}, '2024-01-23', '2024-01-23'),
        ({'result': 'yes_no'}, False, False),
        ({'result': 'text'}, '緊急', '緊急'),
        ({'result': 'integer'}, None, None),
    ],
)
def test_results_are_stored_as_their_type(settings: dict[str, Any], result: Any, kept: Any) -> None:
    assert stored(make('calculation', **settings), result) == kept


def test_a_calculation_is_shown_and_typed_as_its_result() -> None:
    assert make('calculation', result='money', unit='千円').show(-1234) == '△1,234千円'
    assert make('calculation', result='date').show('2024-01-23') == '令和6年1月23日(火)'
    types = [make('calculation', result=result).value_type for result in ('decimal', 'date', 'yes_no')]
    assert types == [NUMBER, DATE, BOOLEAN]
    assert not make('calculation').INPUT
