"""Functions on numbers: rounding, remainders, powers."""

import math
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import Final

from forms.formula.functions.registry import function
from forms.formula.messages import failure
from forms.formula.operations import power as raised
from forms.formula.values import finite

GROUP: Final = '数値'
_WIDE: Final = Context(prec=800)
_MOST_DIGITS: Final = 350


def rounded(number: float, digits: float, rounding: str) -> float:
    """The number to so many decimals (negative: tens, hundreds …).

    What counts is how the number is written: 1.005 is halfway.
    """
    places = int(max(-_MOST_DIGITS, min(_MOST_DIGITS, digits)))
    exact = Decimal(repr(number))
    return finite(float(exact.quantize(Decimal(1).scaleb(-places), rounding, _WIDE)))


@function('Abs', '数値:number', 'number', '絶対値を返します。', ('Abs(-5)', '5'), group=GROUP)
def abs_(number: float) -> float:
    return abs(number)


@function('Int', '数値:number', 'number', '小さい方の整数に切り捨てます。', ('Int(-1.5)', '-2'), group=GROUP)
def int_(number: float) -> float:
    return float(math.floor(number))


@function(
    'Trunc',
    '数値:number, 桁数:number?',
    'number',
    '0に近い方へ切り捨てます。桁数は小数点以下の桁数です。',
    ('Trunc(-1.5)', '-1'),
    group=GROUP,
)
def trunc(number: float, digits: float = 0.0) -> float:
    return rounded(number, digits, ROUND_DOWN)


@function(
    'Round',
    '数値:number, 桁数:number',
    'number',
    '四捨五入します。桁数が負のときは十の位、百の位で丸めます。',
    ('Round(1234.567, 1)', '1234.6'),
    ('Round(1250, -2)', '1300'),
    group=GROUP,
)
def round_(number: float, digits: float) -> float:
    return rounded(number, digits, ROUND_HALF_UP)


@function(
    'RoundUp',
    '数値:number, 桁数:number',
    'number',
    '0から遠い方へ切り上げます。',
    ('RoundUp(1.21, 1)', '1.3'),
    group=GROUP,
)
def round_up(number: float, digits: float) -> float:
    return rounded(number, digits, ROUND_UP)


@function(
    'RoundDown',
    '数値:number, 桁数:number',
    'number',
    '0に近い方へ切り捨てます。',
    ('RoundDown(1.29, 1)', '1.2'),
    group=GROUP,
)
def round_down(number: float, digits: float) -> float:
    return rounded(number, digits, ROUND_DOWN)


@function(
    'CEILING',
    '数値:number, 基準値:number',
    'number',
    '基準値の倍数に切り上げます。基準値が0のときは0です。',
    ('CEILING(1230, 100)', '1300'),
    group=GROUP,
)
def ceiling(number: float, step: float) -> float:
    return _to_multiple(number, step, ROUND_CEILING)


@function(
    'FLOOR',
    '数値:number, 基準値:number',
    'number',
    '基準値の倍数に切り捨てます。基準値が0のときはエラーになります。',
    ('FLOOR(1290, 100)', '1200'),
    group=GROUP,
)
def floor(number: float, step: float) -> float:
    if step == 0 != number:
        raise failure('Div0', 'divided-by-zero')
    return _to_multiple(number, step, ROUND_FLOOR)


def _to_multiple(number: float, step: float, rounding: str) -> float:
    """As Excel: a negative step turns the direction for negative numbers; a positive number takes no negative step."""
    if step == 0 or number == 0:
        return 0.0
    if number > 0 > step:
        raise failure('Numeric', 'bad-choice', text=f'{step:g}')
    exact, size = Decimal(repr(number)), Decimal(repr(step))
    multiples = (exact / size).to_integral_value(rounding)
    return finite(float(multiples * size))


@function(
    'Mod',
    '数値:number, 除数:number',
    'number',
    '割った余りを返します。符号は除数に合わせます。',
    ('Mod(-3, 2)', '1'),
    group=GROUP,
)
def mod(number: float, divisor: float) -> float:
    if divisor == 0:
        raise failure('Div0', 'divided-by-zero')
    return number % divisor


@function(
    'Power',
    '数値:number, 指数:number',
    'number',
    'べき乗を返します。^ と同じです。',
    ('Power(2, 10)', '1024'),
    group=GROUP,
)
def power(base: float, exponent: float) -> float:
    return raised(base, exponent)


@function('Sqrt', '数値:number', 'number', '平方根を返します。', ('Sqrt(16)', '4'), group=GROUP)
def sqrt(number: float) -> float:
    if number < 0:
        raise failure('Numeric', 'not-real')
    return math.sqrt(number)
