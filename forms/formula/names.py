"""Looks up the names of a formula: columns of the row at hand, fields and labels, members of enumerations."""

from dataclasses import dataclass
from typing import Final

from forms.formula import enumerations
from forms.formula.operators import Operators
from forms.formula.scope import Scope, nearest
from forms.formula.syntax import Dotted, Name, Syntax
from forms.formula.tree import Call, Dot, Field, Literal, Node, Old, Slot
from forms.formula.value_type import ANY, TEXT, ValueType

_INPUTS: Final = ('CurrentUser', 'CurrentDepartment')


@dataclass(frozen=True, slots=True)
class Binding:
    """A name bound inside a function: the row of a table (alias '' and its columns) or the error of IfError."""

    depth: int
    type: ValueType
    alias: str = ''


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
        start, end, name = syntax.start, syntax.end, syntax.name
        if (bound := self.bound(syntax)) is not None:
            return bound
        field = self.scope.name_for(name)
        if (value_type := self.scope.type_of(field)) is not None:
            return Field(start, end, value_type, True, field)
        if name == 'Old':
            return Old(start, end, self.scope.as_record(), True)
        if name in _INPUTS:
            return Call(start, end, TEXT, True, name, ())
        if self.bindings and self.bindings[-1].type.kind == 'any' and not self.bindings[-1].alias:
            row = Slot(start, end, ANY, True, self.bindings[-1].depth)
            return Dot(start, end, ANY, True, row, name)
        return self.unknown(syntax)

    def unknown(self, syntax: Name) -> Node:
        name = syntax.name
        if name in self.scope.retired:
            return self.wrong('retired-field', syntax, name=name)
        known = [*self.columns(), *self.scope.names(), *self.scope.labels, *_INPUTS]
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
        if (column := of.type.column(name)) is not None:
            return Dot(start, end, column, True, of, name)
        known = [column for column, _ in of.type.columns]
        return self.refuse('unknown-column', syntax.name_start, end, name=name, nearest=nearest(name, known))

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
