"""A view's condition as a query of the store: the database decides what it can, the rest is asked per record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from forms.evaluation import Evaluation
from forms.field import Value
from forms.formula.closures import closure_of
from forms.formula.errors import FormulaError
from forms.formula.formula import Formula
from forms.formula.record_values import to_json
from forms.formula.run import Context, Run
from forms.formula.tree import As, Call, Each, Field, Node, Old, Operation, Slot, TableOf, walk

_ORDERS = {'<': '__lt__', '<=': '__le__', '>': '__gt__', '>=': '__ge__'}
_TURNED = {'<': '>', '<=': '>=', '>': '<', '>=': '<='}
_ZERO = {'date': '1899-12-30', 'datetime': '1899-12-30T00:00:00+09:00', 'time': '00:00'}
_ORDERED = frozenset({'number', 'date', 'datetime', 'time'})


class Untranslatable(Exception):
    """This part of a formula has no counterpart in the store's queries."""


def query_of(
    formula: Formula,
    evaluation: Evaluation,
    path: str,
    vocabulary: Mapping[str, Sequence[str]] | None = None,
    use: str = 'filter',
) -> QueryInstance:
    """The records for which the formula holds. A part that cannot be translated is evaluated record by record.

    vocabulary: fields that always hold one of these values (a workflow's status); «none of» can then use an index.
    use: under which the formula is kept; it decides what holds where the formula fails.
    """

    def holds(values: Mapping[str, Value]) -> bool:
        return evaluation.holds(path, use, values)

    reader = _Reader(evaluation.context, vocabulary or {})
    condition = _condition_under(formula.checked)
    asked = QueryInstance(holds, ('formula', formula.source))
    if isinstance(condition, Operation) and condition.operator == '&&':
        parts = [reader.attempt(each) for each in condition.operands]
        known = [each for each in parts if each is not None]
        return _all(known if len(known) == len(parts) else [*known, asked])
    return reader.attempt(condition) or asked


def _condition_under(node: Node) -> Node:
    """The condition itself: the checker may have wrapped it to read a blank as no."""
    while isinstance(node, As) and node.type.kind == 'boolean' and node.of.type.kind == 'boolean':
        node = node.of
    return node


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the nodes of one formula as queries."""

    context: Context
    vocabulary: Mapping[str, Sequence[str]]

    def attempt(self, node: Node) -> QueryInstance | None:
        try:
            return self.query(node)
        except Untranslatable:
            return None

    def query(self, node: Node) -> QueryInstance:
        """Raises Untranslatable."""
        node = _condition_under(node)
        match node:
            case Field(name=name) if node.type.kind == 'boolean':
                return where(name) == True  # noqa: E712 - a query, not a comparison
            case Operation(operator='&&', operands=parts) | Call(function='And', arguments=parts):
                return _all([self.query(each) for each in parts])
            case Operation(operator='||', operands=parts) | Call(function='Or', arguments=parts):
                return reduce(or_, [self.query(each) for each in parts])
            case Operation(operator='!', operands=(part,)) | Call(function='Not', arguments=(part,)):
                return self._opposite(part)
            case Call(function='IsBlank', arguments=(part,)):
                return ~where(_field_name(part)).exists()
        return self._comparison(node)

    def _opposite(self, node: Node) -> QueryInstance:
        node = _condition_under(node)
        if isinstance(node, Operation) and node.operator in {'in', 'exactin', '='}:
            name, values = self._values(node)
            if name in self.vocabulary:
                return where(name).one_of([each for each in self.vocabulary[name] if each not in values])
        return ~self.query(node)

    def _comparison(self, node: Node) -> QueryInstance:
        match node:
            case Operation(operator='='):
                return self._equal(node)
            case Operation(operator='<>', operands=operands):
                return self._opposite(replace(node, operator='=', operands=operands))
            case Operation(operator=sign, operands=(left, right)) if sign in _ORDERS:
                return self._ordered(sign, left, right)
            case Operation(operator='in' | 'exactin'):
                name, values = self._values(node)
                return where(name).one_of(values)
        raise Untranslatable

    def _equal(self, node: Operation) -> QueryInstance:
        field = _field_side(node)
        name, (value,) = self._values(node)
        if value is None:
            return ~where(name).exists()
        if _reads_blank(field) and value in (0, False, ''):
            return ~where(name).exists() | (where(name) == value)
        return where(name) == value

    def _values(self, node: Operation) -> tuple[str, list[Any]]:
        """The field of an equality or a membership, and the values it may have."""
        if node.operator == '=':
            field = _field_side(node)
            other = next(each for each in node.operands if each is not field)
            return _field_name(field), [self._constant(other)]
        left, rows = node.operands
        if not isinstance(rows, TableOf):
            raise Untranslatable
        values = [_only_cell(self._constant(row)) for row in rows.rows]
        letters = any(isinstance(each, str) and each.lower() != each.upper() for each in values)
        if None in values or (node.operator == 'in' and letters):
            raise Untranslatable  # `in` does not mind the case of letters, the database does
        return _field_name(left), values

    def _ordered(self, sign: str, left: Node, right: Node) -> QueryInstance:
        if not _is_field(left):
            left, right, sign = right, left, _TURNED[sign]
        name, value = _field_name(left), self._constant(right)
        if left.type.kind not in _ORDERED or value is None:
            raise Untranslatable
        found: QueryInstance = getattr(where(name), _ORDERS[sign])(value)
        return found | ~where(name).exists() if _blank_counts(left, sign, value) else found

    def _constant(self, node: Node) -> Any:
        """The JSON value of a node that reads nothing of the record."""
        if any(isinstance(each, Field | Slot | Old | Each) for each in walk(node)):
            raise Untranslatable
        try:
            return to_json(closure_of(node)([{}, Run(self.context)]))
        except FormulaError as error:
            raise Untranslatable from error


def _only_cell(value: Any) -> Any:
    """A row of a table with one column is that column's value."""
    return next(iter(value.values())) if isinstance(value, dict) and len(value) == 1 else value


def _blank_counts(field: Node, sign: str, value: Any) -> bool:
    """Whether a blank, read as the type's zero (0, 1899-12-30, 00:00), stands on the asked side of `value`."""
    if not _reads_blank(field):
        raise Untranslatable
    zero: Any = _ZERO.get(field.type.kind, 0)
    return bool(getattr(zero, _ORDERS[sign])(value))


def _field_side(node: Operation) -> Node:
    left, right = node.operands
    return left if _is_field(left) else right


def _is_field(node: Node) -> bool:
    while isinstance(node, As):
        node = node.of
    return isinstance(node, Field)


def _field_name(node: Node) -> str:
    """The field under a node that reads it unchanged."""
    kind = node.type.kind
    while isinstance(node, As):
        node = node.of
    if not isinstance(node, Field) or node.type.kind != kind or kind in {'record', 'table', 'any'}:
        raise Untranslatable
    return node.name


def _reads_blank(node: Node) -> bool:
    """Whether a blank counts as the type's zero here."""
    return isinstance(node, As) and node.zero


def _all(queries: Sequence[QueryInstance]) -> QueryInstance:
    return reduce(and_, queries)


def between(name: str, first: str, last: str) -> QueryInstance:
    """Dates or date-times from `first` to `last` (days, both included)."""
    beyond = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    return (where(name) >= first) & (where(name) < beyond)
