"""Compiles a checked tree into Python closures: no eval, no attribute of a value, no call of a value.

Every closure takes the frame [record, run, slot 0, slot 1 …] and gives a value or raises a FormulaError with its range.
"""

from collections.abc import Callable
from typing import Any

from forms.formula.coercion import reader
from forms.formula.errors import FormulaError
from forms.formula.functions.registry import FIRST_SLOT, Closure, Function, functions
from forms.formula.messages import failure
from forms.formula.operations import NEVER_FAIL, operation
from forms.formula.record_values import load_number, load_text, loader
from forms.formula.swift import swift
from forms.formula.tree import (
    As,
    Call,
    Dot,
    Each,
    Fail,
    Field,
    Join,
    Literal,
    Node,
    Old,
    Operation,
    RecordOf,
    Slot,
    TableOf,
)
from forms.formula.values import ZERO, cell, within_length


def closure_of(node: Node) -> Closure:
    """The closure of a node; common shapes over fields get one that is written for their types."""
    return swift(node, closure_of, plain_closure) or plain_closure(node)


def plain_closure(node: Node) -> Closure:  # noqa: PLR0911, PLR0912 - one line per kind reads best
    """The closure of a node whatever its shape."""
    match node:
        case Literal(value=value):
            return lambda frame: value
        case Field():
            return _field(node)
        case Slot(depth=depth):
            place = depth + FIRST_SLOT
            return lambda frame: _raised(frame[place])
        case Old():
            load = loader(node.type)
            return lambda frame: load(frame[1].context.old)
        case Dot(of=of, name=name):
            record = closure_of(of)
            return lambda frame: cell(record(frame), name)
        case Operation():
            closure = operation(node, [closure_of(part) for part in node.operands])
            return closure if node.operator in NEVER_FAIL else _ranged(closure, node)
        case Join(parts=parts):
            return _ranged(_joined([closure_of(part) for part in parts]), node)
        case As():
            return _ranged(_read_as(node), node)
        case Call():
            return _call(node)
        case Each(body=body):
            return closure_of(body)
        case RecordOf(fields=fields):
            return _record([(name, closure_of(value)) for name, value in fields])
        case TableOf(rows=rows):
            return _table([closure_of(row) for row in rows])
        case Fail(kind=kind, code=code):
            return _ranged(_failing(kind, code), node)
    raise TypeError(node)


def _raised(value: Any) -> Any:
    if value.__class__ is FormulaError:
        raise value.with_traceback(None)
    return value


def _field(node: Field) -> Closure:
    name, load = node.name, loader(node.type)
    if load is load_text or load is load_number:
        plain = str if load is load_text else float

        def read_plain(frame: list[Any]) -> Any:
            value = frame[0].get(name)
            return value if value.__class__ is plain and value != '' else load(value)

        return _ranged(read_plain, node)
    return _ranged(lambda frame: load(frame[0].get(name)), node)


def _ranged(closure: Closure, node: Node) -> Closure:
    """Adds the node's range to an error that has none yet."""
    start, end = node.start, node.end

    def ranged(frame: list[Any]) -> Any:
        try:
            return closure(frame)
        except FormulaError as error:
            if error.start < 0:
                error.start, error.end = start, end
            raise

    return ranged


def _joined(parts: list[Closure]) -> Closure:
    if len(parts) == 2:
        left, right = parts
        return lambda frame: within_length(left(frame) + right(frame))
    return lambda frame: within_length(''.join([part(frame) for part in parts]))


def _read_as(node: As) -> Closure:
    inner, read = closure_of(node.of), reader(node.type)
    default: Any = ZERO.get(node.type.kind) if node.zero else None
    if node.of.type.kind == node.type.kind and node.type.kind not in ('record', 'table'):

        def filled(frame: list[Any]) -> Any:
            value = inner(frame)
            return default if value is None else value

        return filled

    def read_as(frame: list[Any]) -> Any:
        value = inner(frame)
        if value is not None:
            value = read(value, frame[1])
        return default if value is None else value

    return read_as


def _call(node: Call) -> Closure:
    function = functions()[node.function.lower()]
    arguments = [closure_of(argument) for argument in node.arguments]
    if function.lazy:
        closure: Closure = function.call(node, arguments)
        return closure if function.never_fails else _ranged(closure, node)
    return _ranged(_strict(function, arguments), node)


def _strict(function: Function, arguments: list[Closure]) -> Closure:
    call: Callable[..., Any] = function.call
    if function.needs_run:
        return lambda frame: call(frame[1], *[argument(frame) for argument in arguments])
    match arguments:
        case [one]:
            return lambda frame: call(one(frame))
        case [one, two]:
            return lambda frame: call(one(frame), two(frame))
        case [one, two, three]:
            return lambda frame: call(one(frame), two(frame), three(frame))
    return lambda frame: call(*[argument(frame) for argument in arguments])


def caught(closure: Closure, frame: list[Any]) -> Any:
    """The value, or the error in its place, as cells and rows hold it."""
    try:
        return closure(frame)
    except FormulaError as error:
        return error


def _record(fields: list[tuple[str, Closure]]) -> Closure:
    return lambda frame: {name: caught(value, frame) for name, value in fields}


def _table(rows: list[Closure]) -> Closure:
    return lambda frame: [caught(row, frame) for row in rows]


def _failing(kind: str, code: str) -> Closure:
    def fail(frame: list[Any]) -> Any:
        raise failure(kind, code)

    return fail
