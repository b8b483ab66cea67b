"""Closures written for common shapes over fields (a text field beside a text, a product of two number fields …).

They spare a call per operand. Every shape gives exactly what the general closures give: whatever is unusual about the
values (a blank, a wrong kind) is left to the general closure.
"""

from collections.abc import Callable
from math import isfinite
from typing import Any

from forms.formula.functions.registry import Closure
from forms.formula.tree import As, Call, Field, Literal, Node, Operation

General = Callable[[Node], Closure]


def swift(node: Node, general: General, plain: General) -> Closure | None:  # noqa: PLR0911 - one line per shape
    """A closure for the node when its shape is a common one.

    general compiles any other node, plain this one without shortcut.
    """
    match node:
        case Operation(operator='=' | '<>', operands=(Field() as field, Literal(value=str() as text))) if (
            field.type.kind == 'text' and text
        ):
            return _text_equals(field.name, text, node.operator == '=', general(field))
        case Operation(operator='=' | '<>', operands=(left, Literal(value=str() as text))) if left.type.kind == 'text':
            return _same_text(general(left), text, node.operator == '=')
        case Operation(operator='*', operands=(As(of=Field() as left), As(of=Field() as right))) if (
            left.type.kind == right.type.kind == 'number'
        ):
            return _product(left.name, right.name, plain(node))
        case Operation(operator='>=' | '>' | '<' | '<=', operands=(measured, Literal(value=float() as limit))):
            return _beside_limit(node.operator, general(measured), limit)
        case Call(function='If', arguments=(test, Literal(value=yes), Literal(value=no))):
            return _either(general(test), yes, no)
        case Call(function='If', arguments=(test, Literal(value=yes), otherwise)):
            return _this_or(general(test), yes, general(otherwise))
        case Call(function='IsBlank', arguments=(Field() as field,)) if field.type.kind != 'table':
            return _field_is_blank(field.name, general(field))
        case Call(function='Left', arguments=(As(of=Field() as field), Literal(value=float() as count))) if (
            field.type.kind == 'text' and count >= 0
        ):
            return _beginning(field.name, int(min(count, 1e9)), general(node.arguments[0]))
    return None


def _either(test: Closure, yes: Any, no: Any) -> Closure:
    return lambda frame: yes if test(frame) else no


def _this_or(test: Closure, yes: Any, otherwise: Closure) -> Closure:
    return lambda frame: yes if test(frame) else otherwise(frame)


def _text_equals(name: str, text: str, wanted: bool, read: Closure) -> Closure:
    def equals(frame: list[Any]) -> Any:
        value = frame[0].get(name)
        return (value if value.__class__ is str else read(frame)) == text

    def differs(frame: list[Any]) -> Any:
        value = frame[0].get(name)
        return (value if value.__class__ is str else read(frame)) != text

    return equals if wanted else differs


def _same_text(read: Closure, text: str, wanted: bool) -> Closure:
    return (lambda frame: read(frame) == text) if wanted else (lambda frame: read(frame) != text)


def _product(left: str, right: str, slow: Closure) -> Closure:
    def product(frame: list[Any]) -> float:
        record = frame[0]
        one, other = record.get(left), record.get(right)
        if one.__class__ is float or one.__class__ is int:
            if other.__class__ is float or other.__class__ is int:
                try:
                    result = float(one) * other
                except OverflowError:
                    return slow(frame)  # type: ignore[no-any-return]
                if isfinite(result):
                    return result
        return slow(frame)  # type: ignore[no-any-return]

    return product


def _beside_limit(operator: str, measured: Closure, limit: float) -> Closure:
    match operator:
        case '>=':
            return lambda frame: measured(frame) >= limit
        case '>':
            return lambda frame: measured(frame) > limit
        case '<=':
            return lambda frame: measured(frame) <= limit
    return lambda frame: measured(frame) < limit


def _field_is_blank(name: str, read: Closure) -> Closure:
    def is_blank(frame: list[Any]) -> bool:
        value = frame[0].get(name)
        return value is None or value == '' or read(frame) is None

    return is_blank


def _beginning(name: str, count: int, read: Closure) -> Closure:
    def beginning(frame: list[Any]) -> str:
        value = frame[0].get(name)
        return (value if value.__class__ is str else read(frame))[:count]

    return beginning
