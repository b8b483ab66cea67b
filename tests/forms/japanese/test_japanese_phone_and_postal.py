import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.japanese import phone, postal


@pytest.mark.parametrize(
    ('typed', 'display', 'digits'),
    [
        ('076-220-2111', '076-220-2111', '0762202111'),
        ('０７６ー２２０ー２１１１', '076-220-2111', '0762202111'),
        ('076−220‐2111', '076-220-2111', '0762202111'),
        ('０７６ｰ２２０―２１１１', '076-220-2111', '0762202111'),
        ('0762202111', '076-220-2111', '0762202111'),
        ('076(220)2111', '076-220-2111', '0762202111'),
        ('(076)220-2111', '076-220-2111', '0762202111'),
        ('076 220　2111', '076-220-2111', '0762202111'),
        ('TEL：076-220-2111', '076-220-2111', '0762202111'),
        ('℡ 076-220-2111', '076-220-2111', '0762202111'),
        ('+81 76-220-2111', '076-220-2111', '0762202111'),
        ('+819000000001', '090-0000-0001', '09000000001'),
        ('0762-20-2111', '0762-20-2111', '0762202111'),
        ('0761231234', '0761-23-1234', '0761231234'),
        ('0768231234', '0768-23-1234', '0768231234'),
        ('09000000001', '090-0000-0001', '09000000001'),
        ('090-0000-0001', '090-0000-0001', '09000000001'),
        ('05000000001', '050-0000-0001', '05000000001'),
        ('0120000001', '0120-000-001', '0120000001'),
        ('0570000001', '0570-000-001', '0570000001'),
        ('0300000001', '03-0000-0001', '0300000001'),
        ('0112223333', '0112223333', '0112223333'),
    ],
)
def test_number(typed: str, display: str, digits: str) -> None:
    assert phone.clean(typed) == phone.Phone(display, digits)


@pytest.mark.parametrize(
    'typed',
    ['076-220-2111 内線 123', '０７６－２２０－２１１１（内線１２３）', '0762202111内123', '076-220-2111 ext.123'],
)
def test_extension(typed: str) -> None:
    assert phone.clean(typed) == phone.Phone('076-220-2111 内線123', '0762202111', '123')


def test_extension_alone() -> None:
    assert phone.clean('内線 2345') == phone.Phone('内線2345', '', '2345')


@pytest.mark.parametrize('typed', ['090-0000-001', '076-220-21111'])
def test_doubtful_lengths_are_taken_with_a_remark(typed: str) -> None:
    assert 'ふつう' in phone.clean(typed).note


@pytest.mark.parametrize(
    ('typed', 'code'),
    [
        ('', 'blank'),
        ('　', 'blank'),
        ('220-2111', 'no_area_code'),
        ('9000000001', 'no_leading_zero'),
        ('110', 'no_leading_zero'),
        ('0', 'wrong_length'),
        ('076-220-211', 'wrong_length'),
        ('076-220-211111', 'wrong_length'),
        ('090-0000-0001(妻)', 'not_digits'),
        ('なし', 'not_digits'),
        ('090-0000-0001、090-0000-0002', 'several'),
        ('090-0000-0001/090-0000-0002', 'several'),
    ],
)
def test_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(phone.PhoneProblem) as caught:
        phone.clean(typed)
    assert caught.value.code == code
    assert '{' not in str(caught.value)


@given(st.from_regex(r'0[0-9]{9,10}', fullmatch=True), st.none() | st.from_regex(r'[0-9]{1,6}', fullmatch=True))
def test_what_is_displayed_is_read_as_the_same_number(digits: str, extension: str | None) -> None:
    first = phone.clean(digits + (f' 内線{extension}' if extension else ''))
    assert first.digits == digits
    assert phone.clean(first.display) == first


@given(st.text() | st.text('0123456789-()+ 内線ー、'))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        taken = phone.clean(text)
    except phone.PhoneProblem as problem:
        assert problem.code
    else:
        assert taken.digits or taken.extension


@pytest.mark.parametrize(
    'typed', ['９２０－０９６２', '920-0962', '9200962', '〒920-0962', '〒 ９２０ー０９６２', '920−0962', ' 920 0962 ']
)
def test_postal_code(typed: str) -> None:
    assert postal.clean(typed) == '920-0962'


def test_postal_code_keeps_its_leading_zero() -> None:
    assert postal.clean('0010000') == '001-0000'


@pytest.mark.parametrize(
    ('typed', 'code'),
    [
        ('', 'blank'),
        ('〒', 'blank'),
        ('920', 'wrong_length'),
        ('920-09622', 'wrong_length'),
        ('10000', 'lost_zero'),
        ('600001', 'lost_zero'),
        ('920-096X', 'not_digits'),
    ],
)
def test_postal_code_refused(typed: str, code: str) -> None:
    with pytest.raises(postal.PostalProblem) as caught:
        postal.clean(typed)
    assert caught.value.code == code


@given(st.from_regex(r'[0-9]{7}', fullmatch=True))
def test_postal_code_cleaned_twice(digits: str) -> None:
    assert postal.clean(postal.clean(digits)) == f'{digits[:3]}-{digits[3:]}'
