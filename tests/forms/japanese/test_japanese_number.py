from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.japanese.kanji_number import int_to_kanji, int_to_kanji_digits, kanji_to_int
from forms.japanese.number import NumberProblem, money_text, parse_number


@pytest.mark.parametrize(
    ('typed', 'value'),
    [
        ('1234', '1234'),
        ('１，２３４', '1234'),
        (' 1,234 ', '1234'),
        ('1,234円', '1234'),
        ('¥1,234', '1234'),
        ('￥１，２３４', '1234'),
        ('\\1,234', '1234'),
        ('+5', '5'),
        ('-5', '-5'),
        ('−５', '-5'),
        ('－５', '-5'),
        ('ー5', '-5'),
        ('△1,234', '-1234'),
        ('▲ 1,234', '-1234'),
        ('¥-500', '-500'),
        ('△¥500', '-500'),
        ('(1,234)', '-1234'),
        ('（１，２３４）', '-1234'),
        ('(1,234円)', '-1234'),
        ('0', '0'),
        ('△0', '0'),
        ('0120', '120'),
        ('1.50', '1.50'),
        ('.5', '0.5'),
        ('３．', '3'),
    ],
)
def test_numbers_as_people_type_them(typed: str, value: str) -> None:
    parsed = parse_number(typed)
    assert str(parsed.value) == str(Decimal(value))
    assert parsed.note == ''


@pytest.mark.parametrize('typed', ['', ' ', '　', '-', '－', '—', '―', 'ー', '- -'])
def test_a_dash_alone_means_blank(typed: str) -> None:
    assert parse_number(typed).value is None


@pytest.mark.parametrize(
    ('typed', 'value', 'told'),
    [
        ('1,234千円', 1_234_000, '1,234,000円'),
        ('△12百万円', -12_000_000, '△12,000,000円'),
        ('120万円', 1_200_000, '1,200,000円'),
        ('1億2,000万円', 120_000_000, '120,000,000円'),
        ('1.5億', 150_000_000, '150,000,000'),
        ('千二百', 1200, '1,200'),
        ('３千', 3000, '3,000'),
    ],
)
def test_what_was_converted_is_told(typed: str, value: int, told: str) -> None:
    parsed = parse_number(typed)
    assert parsed.value == value
    assert told in parsed.note


@pytest.mark.parametrize(
    ('typed', 'units', 'value', 'unit'),
    [
        ('12件', ('件',), 12, '件'),
        ('１２ 件', ('件', '通'), 12, '件'),
        ('1,234千円', ('千円',), 1234, '千円'),
        ('50％', ('%',), 50, '%'),
        ('12件', None, 12, '件'),
        ('12㎡', None, 12, '㎡'),
        ('1,234千円', None, 1_234_000, '円'),
        ('1234', None, 1234, ''),
    ],
)
def test_units(typed: str, units: tuple[str, ...] | None, value: int, unit: str) -> None:
    parsed = parse_number(typed, units)
    assert (parsed.value, parsed.unit) == (value, unit)


@pytest.mark.parametrize(
    ('typed', 'code'),
    [
        ('12件', 'unit'),
        ('三件', 'unit'),
        ('1,23', 'commas'),
        ('1,2345', 'commas'),
        ('12,34,567', 'commas'),
        ('3〜5', 'several'),
        ('1 234', 'several'),
        ('5-6', 'several'),
        ('1.2.3', 'several'),
        ('なし', 'unreadable'),
        ('--5', 'unreadable'),
        ('(-5)', 'unreadable'),
        ('△', 'unreadable'),
        ('円', 'unreadable'),
        ('NaN', 'unreadable'),
        ('Infinity', 'unreadable'),
        ('百百', 'unreadable'),
        ('٣', 'unreadable'),
    ],
)
def test_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(NumberProblem) as caught:
        parse_number(typed)
    assert caught.value.code == code
    assert '{' not in str(caught.value)


def test_exponents_are_no_way_to_type_a_number() -> None:
    with pytest.raises(NumberProblem):
        parse_number('1e5', units=None)


@pytest.mark.parametrize(
    ('amount', 'shown'),
    [
        (1234, '1,234円'),
        (-1234, '△1,234円'),
        (0, '0円'),
        (Decimal('1234.50'), '1,234.50円'),
        (Decimal('1E+6'), '1,000,000円'),
    ],
)
def test_money_text(amount: int | Decimal, shown: str) -> None:
    assert money_text(amount) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_money_reads_back(amount: Decimal) -> None:
    assert parse_number(money_text(amount)).value == amount


@given(st.text() | st.text('0123456789,.-+△▲()¥円千百万億一二十件 ー'))
def test_any_text_is_read_or_refused(text: str) -> None:
    for units in (('円',), None):
        try:
            parsed = parse_number(text, units)
        except NumberProblem as problem:
            assert problem.code
        else:
            assert parsed.value is None or parsed.value.is_finite()


@pytest.mark.parametrize(
    ('number', 'plain', 'formal', 'digits'),
    [
        (0, '〇', '零', '〇'),
        (10, '十', '壱拾', '一〇'),
        (123, '百二十三', '壱百弐拾参', '一二三'),
        (2024, '二千二十四', '弐千弐拾四', '二〇二四'),
        (1000, '千', '壱千', '一〇〇〇'),
        (10_000, '一万', '壱万', '一〇〇〇〇'),
        (10_000_000, '一千万', '壱千万', '一〇〇〇〇〇〇〇'),
        (120_000_305, '一億二千万三百五', '壱億弐千万参百五', '一二〇〇〇〇三〇五'),
    ],
)
def test_kanji_spellings(number: int, plain: str, formal: str, digits: str) -> None:
    assert int_to_kanji(number) == plain
    assert int_to_kanji(number, formal=True) == formal
    assert int_to_kanji_digits(number) == digits


@given(st.integers(0, 10**16 - 1))
def test_kanji_read_back(number: int) -> None:
    spellings = int_to_kanji(number), int_to_kanji(number, formal=True), int_to_kanji_digits(number)
    assert [kanji_to_int(spelling) for spelling in spellings] == [number] * 3


@pytest.mark.parametrize('typed', ['', '万', '百百', '二三十', '十百', '0.00001万', '件'])
def test_no_kanji_number(typed: str) -> None:
    with pytest.raises(ValueError, match='^' + typed):
        kanji_to_int(typed)


@pytest.mark.parametrize('number', [-1, 10**16])
def test_numbers_without_kanji_spelling(number: int) -> None:
    with pytest.raises(ValueError, match='no kanji spelling'):
        int_to_kanji(number)
