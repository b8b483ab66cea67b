"""Numbers in kanji, both ways: 二〇二四, 三百二十, 1億2,000万, 壱百弐拾参."""

import re
from decimal import Decimal, InvalidOperation

KANJI_DIGITS = '〇一二三四五六七八九'

_DIGITS = str.maketrans('〇零一二三四五六七八九壱壹弐貳弍参參四伍', '00123456789112223345')
_SAME_UNIT = str.maketrans('拾佰仟阡萬', '十百千千万')
_LARGE = (('兆', 10**12), ('億', 10**8), ('万', 10**4))
_SMALL = (('千', 1000), ('百', 100), ('十', 10))
_FORMAL = str.maketrans('一二三十', '壱弐参拾')
_LIMIT = 10**16

KANJI_NUMBER = re.compile('[〇零一二三四五六七八九十百千万億兆壱壹弐貳弍参參伍拾佰仟阡萬]+')


def kanji_to_int(text: str) -> int:
    """'二〇二四' and '二千二十四' -> 2024, '1億2,000万' -> 120000000; ValueError for what is no number."""
    plain = text.translate(_DIGITS).translate(_SAME_UNIT).replace(',', '')
    try:
        value = _summed(plain, _LARGE)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite() or value != int(value):
        raise ValueError(text)
    return int(value)


def _summed(text: str, units: tuple[tuple[str, int], ...]) -> Decimal:
    total, rest = Decimal(0), text
    for sign, value in units:
        head, found, tail = rest.partition(sign)
        if found:
            total += _count(head, units) * value
            rest = tail
    if rest == '' and rest != text:
        return total
    return total + (_summed(rest, _SMALL) if units is _LARGE else _plain_number(rest))


def _count(text: str, units: tuple[tuple[str, int], ...]) -> Decimal:
    if units is _LARGE:
        return _summed(text, _SMALL)
    if len(text) > 1:
        raise InvalidOperation
    return _plain_number(text or '1')


def _plain_number(text: str) -> Decimal:
    if re.fullmatch(r'[0-9]+(\.[0-9]+)?', text) is None:
        raise InvalidOperation
    return Decimal(text)


def int_to_kanji(number: int, *, formal: bool = False) -> str:
    """1234 -> '千二百三十四'; `formal` writes 壱千弐百参拾四 as on receipts. 0 to 9,999兆, else ValueError."""
    if not 0 <= number < _LIMIT:
        raise ValueError(f'{number} has no kanji spelling here')
    written, rest = '', number
    for sign, value in _LARGE:
        count, rest = divmod(rest, value)
        if count:
            written += _four_digits(count, formal=formal, before_large=True) + sign
    written += _four_digits(rest, formal=formal, before_large=False)
    return (written.translate(_FORMAL) if formal else written) or ('零' if formal else '〇')


def int_to_kanji_digits(number: int) -> str:
    """2024 -> '二〇二四'; ValueError below zero."""
    if number < 0:
        raise ValueError(f'{number} has no kanji spelling here')
    return ''.join(KANJI_DIGITS[int(digit)] for digit in str(number))


def _four_digits(number: int, *, formal: bool, before_large: bool) -> str:
    written, rest = '', number
    for sign, value in _SMALL:
        count, rest = divmod(rest, value)
        # 千二百 but 一千万: the one is spoken before 千 when 万, 億 or 兆 follows.
        spoken = count > 1 or formal or (value == 1000 and before_large)
        written += (KANJI_DIGITS[count] if spoken else '') + sign if count else ''
    return written + (KANJI_DIGITS[rest] if rest else '')
