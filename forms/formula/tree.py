"""The checked tree of a formula: every name looked up, every coercion written out; and its shape as JSON.

For a second runtime (the browser's), this is all there is to know. Every node is an object

    {"k": kind, "s": [start, end], ...}

where s are the first character and the one after the last in the source (code points). The kinds:

num, text, bool   {"v": 1}: a literal.
blank             Blank().
field             {"n": name, "t": type}: a top-level field of the record, read from its JSON value. None, '' and
                  missing are blank; a date is 'YYYY-MM-DD', a date-time ISO 8601 with
                  +09:00, a time 'HH:MM[:SS]'; a list of texts (several choices) is a table of one column, Value.
slot              {"d": depth}: the row (or FirstError, AllErrors) that an "each" around it has put there; an error
                  standing there is raised.
old               {"t": type}: the record as it was before (Context.old), converted like fields.
dot               {"a": node, "n": name}: a field of a record; of a blank record it is blank; a cell that holds an error
                  raises it.
op                {"o": operator, "a": [nodes]}, with the operators
                  + - * / ^ % neg: operands and result are numbers, never blank; a result that is not finite is the
                  error Numeric, x/0 is Div0, 0^-1 is Div0, (-1)^0.5 is Numeric; % and neg have one operand.
                  && || !: booleans, never blank, left to right, the rest unread once decided.
                  = <>: blank equals only blank; numbers and moments by serial number; texts by code points; records
                  field by field; values of unlike kinds differ.
                  < <= > >=: two numbers, or two dates, date-times or times of one kind; never blank.
                  in exactin: a text in a text; or, with a table on the right, a value among the column "c" (no "c": a
                  record among the rows). "in" does not tell capital from small letters.
join              {"a": [nodes]}: & and $"…{x}…"; texts, never blank.
as                {"t": type, "z": bool, "a": node}: reads a value as type. With z a blank becomes the type's zero: 0,
                  "", false, 1899-12-30, 00:00. Without z a blank stays blank.
call              {"f": name, "a": [nodes]}: a function. Its arguments are already of the types it wants ("as"), so it
                  only computes: forms/formula/functions/ has one place per function. If, IFS, Switch, Coalesce, And,
                  Or, IfError, IsError and IsBlankOrError read only the arguments they need. Table catches the error of
                  an argument that is a record and keeps it as the row.
each              {"d": depth, "a": node}: an argument evaluated once per row (Filter, LookUp, CountIf, Concat, Sum …)
                  with the row in slot d. As a fallback of IfError: once, with the error {Kind, Message, Source,
                  Observed} in slot d and the table of all errors in slot d + 1.
record            {"f": [[name, node], ...]}: a field that fails holds its error instead of a value.
table             {"a": [nodes]}: rows; each node gives a record, a blank or an error, which is caught.
fail              {"e": error kind, "c": message code}: always that error.

A type is 'number', 'text', 'boolean', 'date', 'datetime', 'time', 'blank', 'any', or ["record", {column: type}] or
["table", {column: type}]. 'any' is known only when the value is there: null, boolean, number, text, list or object.

Coercions ("as"); whatever is not here is the error InvalidArgument:
    text -> number              as Value() reads it; '' is blank
    boolean -> number           1 and 0
    date, date-time -> number   days since 1899-12-30, the time as a fraction
    time -> number              parts of a day; may pass 1 or be negative
    number -> date, date-time, time   the other way round, to the microsecond; a date keeps its fraction of a day
    number -> text              shortest digits; with an exponent from 1E+15 and below 0.0001 (1E-05)
    boolean -> text             'true', 'false'
    date, date-time, time -> text   the short forms of the locale; ja-JP: 2024/04/01, 2024/04/01 9:05, 9:05
    number -> boolean           everything but 0
    text -> boolean             'true' and 'false' in any case; '' is blank
    date-time -> date           cut off
    date, date-time -> time     what is past midnight
    text -> date, date-time, time   as DateValue(), DateTimeValue(), TimeValue(); '' is blank
    record, table               column by column: a missing column is blank, a surplus one dropped; a cell that cannot
                                be read holds its error
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms.formula.value_type import ValueType


@dataclass(frozen=True, slots=True)
class Node:
    """start and end as in the source; type of the value; blank: whether the value may be blank."""

    start: int
    end: int
    type: ValueType
    blank: bool


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, text, boolean or None (blank).

    Member is the name of an enumeration's member (ErrorKind.Div0 -> 'Div0').
    """

    value: float | str | bool | None
    member: str = ''


@dataclass(frozen=True, slots=True)
class Field(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Slot(Node):
    depth: int


@dataclass(frozen=True, slots=True)
class Old(Node):
    """The record as it was before the change."""


@dataclass(frozen=True, slots=True)
class Dot(Node):
    of: Node
    name: str


@dataclass(frozen=True, slots=True)
class Operation(Node):
    operator: str
    operands: tuple[Node, ...]
    column: str = ''


@dataclass(frozen=True, slots=True)
class Join(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class As(Node):
    of: Node
    zero: bool


@dataclass(frozen=True, slots=True)
class Call(Node):
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Each(Node):
    """parts: how many nodes the body has, which is what one row costs."""

    depth: int
    body: Node
    parts: int


@dataclass(frozen=True, slots=True)
class RecordOf(Node):
    fields: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class TableOf(Node):
    rows: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fail(Node):
    kind: str
    code: str


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Dot(of=of) | As(of=of):
            return (of,)
        case Operation(operands=parts) | Join(parts=parts) | Call(arguments=parts) | TableOf(rows=parts):
            return parts
        case Each(body=body):
            return (body,)
        case RecordOf(fields=fields):
            return tuple(value for _, value in fields)
    return ()


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        yield from walk(child)


def as_json(node: Node) -> dict[str, Any]:
    """The tree as plain objects, as described at the head of this module."""
    return {**_parts(node), 's': [node.start, node.end]}


def type_as_json(value_type: ValueType) -> Any:
    if value_type.kind in ('record', 'table'):
        return [value_type.kind, {name: type_as_json(column) for name, column in value_type.columns}]
    return value_type.kind


def _parts(node: Node) -> dict[str, Any]:  # noqa: PLR0911, PLR0912 - one line per kind reads best
    match node:
        case Literal(value=value):
            return _literal(value)
        case Field(name=name):
            return {'k': 'field', 'n': name, 't': type_as_json(node.type)}
        case Slot(depth=depth):
            return {'k': 'slot', 'd': depth}
        case Old():
            return {'k': 'old', 't': type_as_json(node.type)}
        case Dot(of=of, name=name):
            return {'k': 'dot', 'a': as_json(of), 'n': name}
        case Operation(operator=operator, operands=operands, column=column):
            parts = {'k': 'op', 'o': operator, 'a': [as_json(part) for part in operands]}
            return parts | {'c': column} if column else parts
        case Join(parts=joined):
            return {'k': 'join', 'a': [as_json(part) for part in joined]}
        case As(of=of, zero=zero):
            return {'k': 'as', 't': type_as_json(node.type), 'z': zero, 'a': as_json(of)}
        case Call(function=function, arguments=arguments):
            return {'k': 'call', 'f': function, 'a': [as_json(part) for part in arguments]}
        case Each(depth=depth, body=body):
            return {'k': 'each', 'd': depth, 'a': as_json(body)}
        case RecordOf(fields=fields):
            return {'k': 'record', 'f': [[name, as_json(value)] for name, value in fields]}
        case TableOf(rows=rows):
            return {'k': 'table', 'a': [as_json(row) for row in rows]}
        case Fail(kind=kind, code=code):
            return {'k': 'fail', 'e': kind, 'c': code}
    raise TypeError(node)


def _literal(value: float | str | bool | None) -> dict[str, Any]:
    if value is None:
        return {'k': 'blank'}
    if isinstance(value, bool):
        return {'k': 'bool', 'v': value}
    return {'k': 'text' if isinstance(value, str) else 'num', 'v': value}
