"""What the parser makes of the text of a formula, before any name has been looked up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Syntax:
    """A piece of the source; start and end count its characters, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NumberText(Syntax):
    value: float


@dataclass(frozen=True, slots=True)
class TextLiteral(Syntax):
    value: str


@dataclass(frozen=True, slots=True)
class BooleanLiteral(Syntax):
    value: bool


@dataclass(frozen=True, slots=True)
class Name(Syntax):
    name: str


@dataclass(frozen=True, slots=True)
class Dotted(Syntax):
    of: Syntax
    name: str
    name_start: int


@dataclass(frozen=True, slots=True)
class Called(Syntax):
    name: str
    name_end: int
    arguments: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Unary(Syntax):
    operator: str
    operand: Syntax


@dataclass(frozen=True, slots=True)
class Binary(Syntax):
    operator: str
    left: Syntax
    right: Syntax
    operator_start: int
    operator_end: int


@dataclass(frozen=True, slots=True)
class Interpolated(Syntax):
    parts: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class RecordLiteral(Syntax):
    fields: tuple[tuple[str, Syntax], ...]


@dataclass(frozen=True, slots=True)
class TableLiteral(Syntax):
    items: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Aliased(Syntax):
    """`table As 行`: the row of the table goes by this name inside the function."""

    of: Syntax
    alias: str


@dataclass(frozen=True, slots=True)
class Broken(Syntax):
    """Stands where nothing could be read; the mistake has been noted already."""


def children(node: Syntax) -> tuple[Syntax, ...]:  # noqa: PLR0911 - one line per kind reads best
    match node:
        case Binary(left=left, right=right):
            return (left, right)
        case Unary(operand=operand):
            return (operand,)
        case Called(arguments=arguments):
            return arguments
        case Dotted(of=of) | Aliased(of=of):
            return (of,)
        case Interpolated(parts=parts):
            return parts
        case RecordLiteral(fields=fields):
            return tuple(value for _, value in fields)
        case TableLiteral(items=items):
            return items
    return ()
