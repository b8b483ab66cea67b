"""The closures of the operators; their operands have been read as the right types already."""

import operator
from collections.abc import Callable
from math import isfinite
from typing import Any, Final

from forms.formula.coercion import to_text
from forms.formula.functions.registry import Closure
from forms.formula.messages import failure
from forms.formula.tree import Operation
from forms.formula.values import cell, equal, finite, row

_ARITHMETIC: Final[dict[str, Callable[[float, float], float]]] = {
    '+': operator.add,
    '-': operator.sub,
    '*': operator.mul,
}
_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {
    '<': operator.lt,
    '<=': operator.le,
    '>': operator.gt,
    '>=': operator.ge,
}

NEVER_FAIL: Final = frozenset((*_ORDER, '&&', '||', '!', 'neg'))
"""Operators whose operands alone may raise."""


def operation(node: Operation, operands: list[Closure]) -> Closure:  # noqa: PLR0911 - one line per operator
    name = node.operator
    if len(operands) == 1:
        return _unary(name, operands[0])
    left, right = operands
    if name in _ARITHMETIC:
        compute = _ARITHMETIC[name]
        return lambda frame: finite(compute(left(frame), right(frame)))
    if name in _ORDER:
        compare = _ORDER[name]
        return lambda frame: compare(left(frame), right(frame))
    match name:
        case '/':
            return lambda frame: divided(left(frame), right(frame))
        case '^':
            return lambda frame: power(left(frame), right(frame))
        case '&&':
            return lambda frame: left(frame) and right(frame)
        case '||':
            return lambda frame: left(frame) or right(frame)
        case '=':
            return lambda frame: equal(left(frame), right(frame))
        case '<>':
            return lambda frame: not equal(left(frame), right(frame))
    return _membership(node, left, right)


def _unary(name: str, operand: Closure) -> Closure:
    match name:
        case '!':
            return lambda frame: not operand(frame)
        case 'neg':
            return lambda frame: -operand(frame)
    return lambda frame: operand(frame) / 100


def divided(left: float, right: float) -> float:
    if right == 0:
        raise failure('Div0', 'divided-by-zero')
    return finite(left / right)


def power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        raise failure('Div0', 'divided-by-zero')
    try:
        result = base**exponent
    except OverflowError:
        raise failure('Numeric', 'not-finite') from None
    if isinstance(result, complex):
        raise failure('Numeric', 'not-real')
    return _exactly(base, int(exponent)) if _is_whole_power(exponent, result) else finite(result)


def _is_whole_power(exponent: float, result: float) -> bool:
    """Whether the power can be worked out exactly in few enough digits to do so at once."""
    return exponent.is_integer() and abs(exponent) <= 1000 and isfinite(result) and result != 0


def _exactly(base: float, exponent: int) -> float:
    """The number nearest to the true power. Machines err in the last digit: 10 ^ 23 is not 1E+23 on all of them."""
    numerator, denominator = base.as_integer_ratio()
    if exponent < 0:
        numerator, denominator, exponent = denominator, numerator, -exponent
    return finite(numerator**exponent / denominator**exponent)


def _membership(node: Operation, left: Closure, right: Closure) -> Closure:
    exact = node.operator == 'exactin'
    column = node.column
    if node.operands[1].type.kind == 'table':
        return lambda frame: among(left(frame), right(frame), column, exact, frame[1])
    if node.operands[1].type.kind == 'any':
        return lambda frame: _in_any(left(frame), right(frame), exact, frame[1])
    return lambda frame: _within(left(frame), right(frame), exact)


def _within(part: str, whole: str, exact: bool) -> bool:
    return part in whole if exact else part.lower() in whole.lower()


def among(value: Any, table: list[Any] | None, column: str, exact: bool, run: Any) -> bool:
    """Whether a value is one of a table's column (column '': whether a record is one of its rows)."""
    wanted = value if exact else _folded(value)
    for each in table or ():
        run.step()
        whole = row(each)
        if whole is None:
            continue
        given = cell(whole, column) if column else whole
        if equal(wanted, given if exact else _folded(given)):
            return True
    return False


def _folded(value: Any) -> Any:
    return value.lower() if value.__class__ is str else value


def _in_any(value: Any, whole: Any, exact: bool, run: Any) -> bool:
    if whole.__class__ is list:
        return among(value, whole, 'Value', exact, run)
    part, text = ('' if each is None else to_text(each, run) for each in (value, whole))
    return _within(part, text, exact)
