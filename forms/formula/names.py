"""Looks up the names of a formula: columns of the row at hand, fields and labels, members of enumerations."""

from dataclasses import dataclass
from typing import Final

from forms.formula import enumerations
from forms.formula.operators import Operators
from forms.formula.scope import Scope, nearest
from forms.formula.syntax import Dotted, Name, Syntax
from forms.formula.tree import As, Call, Dot, Field, Literal, Node, Old, Slot
from forms.formula.value_type import ANY, TEXT, ValueType

_INPUTS: Final = ('CurrentUser', 'CurrentDepartment')
_NO_SCOPE: Final = Scope()


@dataclass(frozen=True, slots=True)
class Binding:
    """A name bound inside a function: the row of a table (alias '' and its columns) or the error of IfError.

    scope knows the labels of the columns when the table is a subtable of the record.
    """

    depth: int
    type: ValueType
    alias: str = ''
    scope: Scope = _NO_SCOPE


class Names(Operators):
    """The half of the checker that knows the names; the other half offers check, refuse and wrong."""

    scope: Scope
    bindings: list[Binding]

    def check(self, syntax: Syntax) -> Node:
        raise NotImplementedError

    def refuse(self, code: str, start: int, end: int, **words: object) -> Node:
        raise NotImplementedError

    def wrong(self, code: str, syntax: Syntax, **words: object) -> Node:
        raise NotImplementedError

    def name(self, syntax: Name) -> Node:
        """Looked for among the columns of the rows at hand, then among the fields, then among the labels of both."""
        start, end, name = syntax.start, syntax.end, syntax.name
        found = self.bound(syntax) or self.field(syntax, name) or self.labelled(syntax)
        if found is not None:
            return found
        if name == 'Old':
            return Old(start, end, self.scope.as_record(), True)
        if name in _INPUTS:
            return Call(start, end, TEXT, True, name, ())
        if self.bindings and self.bindings[-1].type.kind == 'any' and not self.bindings[-1].alias:
            row = Slot(start, end, ANY, True, self.bindings[-1].depth)
            return Dot(start, end, ANY, True, row, name)
        return self.unknown(syntax)

    def field(self, syntax: Name, name: str) -> Node | None:
        value_type = self.scope.type_of(name)
        return None if value_type is None else Field(syntax.start, syntax.end, value_type, True, name)

    def labelled(self, syntax: Name) -> Node | None:
        for binding in reversed(self.bindings):
            column = binding.scope.labels.get(syntax.name, '')
            if column and not binding.alias:
                return self.bound(Name(syntax.start, syntax.end, column))
        return self.field(syntax, self.scope.labels.get(syntax.name, ''))

    def unknown(self, syntax: Name) -> Node:
        name = syntax.name
        if name in self.scope.retired:
            return self.wrong('retired-field', syntax, name=name)
        labels = [label for binding in self.bindings for label in binding.scope.labels]
        known = [*self.columns(), *labels, *self.scope.names(), *self.scope.labels, *_INPUTS]
        return self.wrong('unknown-field', syntax, name=name, nearest=nearest(name, known))

    def bound(self, syntax: Name) -> Node | None:
        start, end = syntax.start, syntax.end
        for binding in reversed(self.bindings):
            if binding.alias:
                if syntax.name == binding.alias:
                    return Slot(start, end, binding.type, True, binding.depth)
            elif syntax.name == 'ThisRecord':
                return Slot(start, end, binding.type, True, binding.depth)
            elif (column := binding.type.column(syntax.name)) is not None:
                return Dot(start, end, column, True, Slot(start, end, binding.type, True, binding.depth), syntax.name)
        return None

    def columns(self) -> list[str]:
        return [name for binding in self.bindings for name, _ in binding.type.columns]

    def dotted(self, syntax: Dotted) -> Node:
        start, end, name = syntax.start, syntax.end, syntax.name
        if (member := self.member(syntax)) is not None:
            return member
        of = self.check(syntax.of)
        if of.type.kind in ('any', 'blank'):
            return Dot(start, end, ANY, True, of, name)
        if of.type.kind != 'record':
            return self.refuse('not-a-record', syntax.name_start, end, name=name, type=of.type.japanese)
        labels = self.scope_of(of).labels
        for column in (name, labels.get(name, '')):
            if (value_type := of.type.column(column)) is not None:
                return Dot(start, end, value_type, True, of, column)
        known = [*(column for column, _ in of.type.columns), *labels]
        return self.refuse('unknown-column', syntax.name_start, end, name=name, nearest=nearest(name, known))

    def scope_of(self, node: Node) -> Scope:
        """The scope of the subtable a row or a table comes from, for its labels."""
        match node:
            case Field(name=name) | Dot(of=Old(), name=name):
                return self.scope.tables.get(name, _NO_SCOPE)
            case Old():
                return self.scope
            case As(of=of) | Call(function='First' | 'Last' | 'Filter' | 'LookUp', arguments=(of, *_)):
                return self.scope_of(of)
            case Slot(depth=depth):
                return next((each.scope for each in self.bindings if each.depth == depth), _NO_SCOPE)
        return _NO_SCOPE

    def member(self, syntax: Dotted) -> Node | None:
        if not isinstance(syntax.of, Name) or syntax.of.name not in enumerations.ENUMERATIONS:
            return None
        name = syntax.of.name
        if self.scope.type_of(name) is not None:
            return None
        members = enumerations.ENUMERATIONS[name]
        if syntax.name not in members:
            return self.refuse(
                'unknown-column', syntax.name_start, syntax.end, name=syntax.name, nearest=nearest(syntax.name, members)
            )
        value_type = enumerations.type_of(name)
        return Literal(syntax.start, syntax.end, value_type, False, members[syntax.name], syntax.name)
