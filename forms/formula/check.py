"""Looks up every name of a formula, checks every type, writes out every coercion: syntax in, tree and mistakes out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from forms.formula.errors import Mistake
from forms.formula.functions.registry import Function, functions
from forms.formula.messages import mistake
from forms.formula.names import Binding, Names
from forms.formula.scope import Scope, nearest
from forms.formula.syntax import (
    Aliased,
    Binary,
    BooleanLiteral,
    Called,
    Dotted,
    Interpolated,
    Name,
    NumberText,
    RecordLiteral,
    Syntax,
    TableLiteral,
    TextLiteral,
    Unary,
)
from forms.formula.tree import As, Call, Dot, Each, Join, Literal, Node, RecordOf, Slot, TableOf, walk
from forms.formula.value_type import ANY, BLANK, BOOLEAN, NUMBER, TEXT, ValueType, becomes, row_of, union


class Checker(Names):
    """Checks one formula.

    All mistakes are kept, and a piece with a mistake counts as of any type, so that the rest is checked.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.mistakes: list[Mistake] = []
        self.warnings: list[Mistake] = []
        self.bindings: list[Binding] = []
        self.slots = 0

    def check(self, syntax: Syntax) -> Node:  # noqa: PLR0911 - one line per kind of syntax reads best
        start, end = syntax.start, syntax.end
        match syntax:
            case NumberText(value=number):
                return Literal(start, end, NUMBER, False, number)
            case TextLiteral(value=text):
                return Literal(start, end, TEXT, False, text)
            case BooleanLiteral(value=truth):
                return Literal(start, end, BOOLEAN, False, truth)
            case Name():
                return self.name(syntax)
            case Dotted():
                return self.dotted(syntax)
            case Called():
                return self.called(syntax)
            case Unary():
                return self.unary(syntax, self.check(syntax.operand))
            case Binary():
                return self.binary(syntax, self.check(syntax.left), self.check(syntax.right))
            case Interpolated(parts=parts):
                return Join(start, end, TEXT, False, tuple(self.as_text(self.check(part)) for part in parts))
            case RecordLiteral(fields=fields):
                return self.record(start, end, {name: self.check(value) for name, value in fields})
            case TableLiteral(items=items):
                return self.table(start, end, [self.check(item) for item in items])
            case Aliased():
                return self.check(syntax.of)
        return self.broken(syntax)

    # calls

    def called(self, syntax: Called) -> Node:
        known = functions()
        function = known.get(syntax.name.lower())
        if function is None:
            for argument in syntax.arguments:
                self.check(argument)
            if self.scope.type_of(syntax.name) is not None:
                return self.refuse('plain-name-call', syntax.start, syntax.name_end, name=syntax.name)
            names = [each.name for each in known.values()]
            return self.refuse(
                'unknown-function', syntax.start, syntax.name_end, name=syntax.name, nearest=nearest(syntax.name, names)
            )
        if not self.right_count(syntax, function, function.least, function.most):
            for argument in syntax.arguments:
                self.check(argument)
            return self.broken(syntax, function.result)
        if function.check is not None:
            return function.check(self, syntax, function)
        return self.plain_call(syntax, function)

    def plain_call(self, syntax: Called, function: Function) -> Node:
        arguments = [
            self.argument(function, position, self.check(argument))
            for position, argument in enumerate(syntax.arguments)
        ]
        call = self.call(syntax, function, arguments)
        return function.refine(self, syntax, call) if function.refine else call

    def call(self, syntax: Called, function: Function, arguments: list[Node], result: ValueType | None = None) -> Call:
        blank = function.may_be_blank
        return Call(syntax.start, syntax.end, result or function.result, blank, function.name, tuple(arguments))

    def right_count(self, syntax: Called, function: Function, least: int, most: float) -> bool:
        count = len(syntax.arguments)
        if least <= count <= most:
            return True
        code = 'too-few-arguments' if count < least else 'too-many-arguments'
        self.note(code, syntax.start, syntax.end, name=function.name, count=count, usage=function.usage)
        return False

    def argument(self, function: Function, position: int, given: Node) -> Node:
        parameter = function.parameter(position)
        if not becomes(given.type, parameter.type):
            self.argument_mistake(function, position, given)
            return replace(given, type=parameter.type)
        if parameter.type.kind == 'any':
            return given
        return self.coerced(given, parameter.type, zero=not parameter.keeps_blank)

    def argument_mistake(self, function: Function, position: int, given: Node) -> None:
        parameter = function.parameter(position)
        wanted = '文字列、数値、日付' if parameter.type.kind == 'any' else parameter.type.japanese
        self.note(
            'argument-type',
            given.start,
            given.end,
            name=function.name,
            parameter=parameter.name,
            type=given.type.japanese,
            wanted=wanted,
        )

    @contextmanager
    def row(self, value_type: ValueType, alias: str = '', scope: Scope | None = None) -> Iterator[int]:
        """Binds the next slot to a row while the arguments evaluated per row are checked."""
        depth = self.slots
        self.slots += 1
        self.bindings.append(Binding(depth, value_type, alias, scope or Scope()))
        yield depth
        self.bindings.pop()
        self.slots -= 1

    def each(self, body: Syntax, depth: int) -> Each:
        checked = self.check(body)
        return Each(body.start, body.end, checked.type, checked.blank, depth, checked, sum(1 for _ in walk(checked)))

    def coerced_each(self, node: Node, wanted: ValueType, zero: bool = False) -> Node:
        """An argument evaluated per row, its value read as wanted."""
        if not isinstance(node, Each):
            return self.coerced(node, wanted, zero)
        body = self.coerced(node.body, wanted, zero)
        return Each(node.start, node.end, body.type, body.blank, node.depth, body, node.parts + 1)

    def blank(self, syntax: Syntax) -> Node:
        return Literal(syntax.start, syntax.end, BLANK, True, None)

    def rows_of(self, syntax: Syntax, function: Function, blank: bool = False) -> Node:
        """An argument that must be a table; a bare Blank() only where blank says so."""
        table = self.check(syntax)
        if table.type.kind in ('table', 'any') or (blank and table.type.kind == 'blank'):
            return table
        self.note('table-wanted', table.start, table.end, name=function.name, type=table.type.japanese)
        return self.broken(syntax, ValueType('table'))

    def condition(self, each: Each, function: Function) -> Node:
        """An argument that is a condition on the row."""
        if not becomes(each.type, BOOLEAN):
            self.argument_mistake(function, 1, each)
        return self.coerced_each(each, BOOLEAN, zero=True)

    def column(self, table: Node, name: str, value_type: ValueType, slot: Slot) -> Node:
        """The value of a column in the row that stands in the slot."""
        return Dot(table.start, table.end, value_type, True, slot, name)

    def per_row(self, table: Node, source: Syntax, body: Syntax) -> Each:
        alias = source.alias if isinstance(source, Aliased) else ''
        with self.row(row_of(table.type), alias, self.scope_of(table)) as depth:
            return self.each(body, depth)

    # records and tables

    def record(self, start: int, end: int, fields: dict[str, Node]) -> Node:
        columns = tuple((name, value.type) for name, value in fields.items())
        return RecordOf(start, end, ValueType('record', columns), False, tuple(fields.items()))

    def table(self, start: int, end: int, items: list[Node]) -> Node:
        merged = self.merged(items)
        if merged.kind == 'record':
            rows = tuple(self.coerced(item, merged) for item in items)
            return TableOf(start, end, ValueType('table', merged.columns), False, rows)
        cells = [self.coerced(item, merged) for item in items]
        rows = tuple(self.record(cell.start, cell.end, {'Value': cell}) for cell in cells)
        columns = (('Value', merged),) if items else ()
        return TableOf(start, end, ValueType('table', columns), False, rows)

    def merged(self, items: list[Node]) -> ValueType:
        """The type that holds all items, led by the first that is not blank."""
        merged = BLANK
        for item in items:
            wider = union(merged, item.type)
            if wider is None:
                self.note('column-types-differ', item.start, item.end, name='Value')
                return ANY
            merged = wider
        return merged

    # coercions

    def coerced(self, node: Node, wanted: ValueType, zero: bool = False) -> Node:
        """The node read as wanted; with zero a blank becomes the zero of the type."""
        if wanted.kind in ('any', 'blank') or (node.type.kind == 'blank' and not zero):
            return node
        if node.type.enum and node.type.kind == 'number' and wanted.kind == 'text' and isinstance(node, Literal):
            return Literal(node.start, node.end, TEXT, False, node.member)
        shaped = wanted.kind in ('record', 'table') and bool(wanted.columns)
        same = node.type.kind == wanted.kind and (not shaped or node.type == wanted)
        if same and not (zero and node.blank):
            return node
        return As(node.start, node.end, wanted, node.blank and not zero, node, zero)

    def as_text(self, node: Node) -> Node:
        if not becomes(node.type, TEXT):
            self.note(
                'operand-type', node.start, node.end, operator='&', type=node.type.japanese, wanted='文字列や数値'
            )
        return self.coerced(node, TEXT, zero=True)

    # mistakes

    def note(self, code: str, start: int, end: int, **words: object) -> None:
        self.mistakes.append(mistake(code, start, end, **words))

    def warn(self, code: str, start: int, end: int, **words: object) -> None:
        self.warnings.append(mistake(code, start, end, **words))

    def refuse(self, code: str, start: int, end: int, **words: object) -> Node:
        self.note(code, start, end, **words)
        return Literal(start, end, ANY, True, None)

    def wrong(self, code: str, syntax: Syntax, **words: object) -> Node:
        return self.refuse(code, syntax.start, syntax.end, **words)

    def broken(self, syntax: Syntax, value_type: ValueType = ANY) -> Node:
        return Literal(syntax.start, syntax.end, value_type, True, None)
