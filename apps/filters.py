"""A view's condition as a query of the store: the database decides what it can, the rest is asked per record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
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
from forms.formula.tree import As, Call, Each, Field, Literal, Node, Old, Operation, Slot, TableOf, walk

_ORDERS = {'<': '__lt__', '<=': '__le__', '>': '__gt__', '>=': '__ge__'}
_TURNED = {'<': '>', '<=': '>=', '>': '<', '>=': '<='}
_ZERO = {'date': '1899-12-30', 'datetime': '1899-12-30T00:00:00+09:00', 'time': '00:00'}
_ORDERED = frozenset({'number', 'date', 'datetime', 'time'})


class Untranslatable(Exception):
    """This part of a formula has no counterpart in the store's queries."""


def query_of(formula: Formula, evaluation: Evaluation, path: str, use: str = 'filter') -> QueryInstance:
    """The records for which the formula holds. A part that cannot be translated is evaluated record by record."""

    def holds(values: Mapping[str, Value]) -> bool:
        return evaluation.holds(path, use, values)

    return _translated(_condition_under(formula.checked), evaluation.context, formula.source, holds)


def _condition_under(node: Node) -> Node:
    """The condition itself: the checker may have wrapped it to read a blank as no."""
    while isinstance(node, As) and node.type.kind == 'boolean' and node.of.type.kind == 'boolean':
        node = node.of
    return node


def _translated(node: Node, context: Context, source: str, holds: Callable[[Any], bool]) -> QueryInstance:
    """`a && b` is split, so that SQL decides the half that it can."""
    if isinstance(node, Operation) and node.operator == '&&':
        parts = [_condition_under(each) for each in node.operands]
        try:
            return _all([_query(each, context) for each in parts])
        except Untranslatable:
            known = [each for each in (_try(part, context) for part in parts) if each is not None]
            return _all([*known, QueryInstance(holds, ('formula', source))])
    return _try(node, context) or QueryInstance(holds, ('formula', source))


def _try(node: Node, context: Context) -> QueryInstance | None:
    try:
        return _query(node, context)
    except Untranslatable:
        return None


def _query(node: Node, context: Context) -> QueryInstance:  # noqa: PLR0911 - one line per shape reads best
    node = _condition_under(node)
    match node:
        case Literal(value=True):
            return _everything()
        case Literal(value=False):
            return ~_everything()
        case Field(name=name) if node.type.kind == 'boolean':
            return where(name) == True  # noqa: E712 - a query, not a comparison
        case Operation(operator='&&', operands=parts):
            return _all([_query(each, context) for each in parts])
        case Operation(operator='||', operands=parts):
            queries = [_query(each, context) for each in parts]
            return ~_all([~each for each in queries])
        case Operation(operator='!', operands=(part,)):
            return ~_query(part, context)
        case Call(function='IsBlank', arguments=(part,)):
            return ~where(_field_name(part)).exists()
        case Operation(operator='=' | '<>' as sign, operands=(left, right)):
            return _equal(left, right, context, negated=sign == '<>')
        case Operation(operator=sign, operands=(left, right)) if sign in _ORDERS:
            return _ordered(sign, left, right, context)
        case Operation(operator='in' | 'exactin' as sign, operands=(left, TableOf(rows=rows))):
            return _one_of(left, rows, context, exact=sign == 'exactin')
    raise Untranslatable


def _equal(left: Node, right: Node, context: Context, *, negated: bool) -> QueryInstance:
    field, other = (left, right) if _is_field(left) else (right, left)
    name = _field_name(field)
    value = _constant(other, context)
    if value is None:
        found = ~where(name).exists()
    elif _reads_blank(field) and value in (0, False, ''):
        found = ~where(name).exists() | (where(name) == value)
    else:
        found = where(name) == value
    return ~found if negated else found


def _ordered(sign: str, left: Node, right: Node, context: Context) -> QueryInstance:
    if not _is_field(left):
        left, right, sign = right, left, _TURNED[sign]
    name = _field_name(left)
    value = _constant(right, context)
    if left.type.kind not in _ORDERED or value is None:
        raise Untranslatable
    found: QueryInstance = getattr(where(name), _ORDERS[sign])(value)
    return found | ~where(name).exists() if _blank_counts(left, sign, value) else found


def _blank_counts(field: Node, sign: str, value: Any) -> bool:
    """Whether a blank, read as the type's zero (0, 1899-12-30, 00:00), stands on the asked side of `value`."""
    if not _reads_blank(field):
        raise Untranslatable
    zero: Any = _ZERO.get(field.type.kind, 0)
    return bool(getattr(zero, _ORDERS[sign])(value))


def _one_of(left: Node, rows: tuple[Node, ...], context: Context, *, exact: bool) -> QueryInstance:
    name = _field_name(left)
    values = [_constant(row, context) for row in rows]
    if any(isinstance(each, dict) for each in values):
        values = [next(iter(each.values())) for each in values if isinstance(each, dict) and len(each) == 1]
    if len(values) != len(rows) or any(value is None for value in values):
        raise Untranslatable
    if not exact and any(isinstance(each, str) and each.lower() != each.upper() for each in values):
        raise Untranslatable  # `in` does not mind the case of letters, the database does
    return where(name).one_of(values)


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


def _constant(node: Node, context: Context) -> Any:
    """The JSON value of a node that reads nothing of the record."""
    if any(isinstance(each, Field | Slot | Old | Each) for each in walk(node)):
        raise Untranslatable
    try:
        return to_json(closure_of(node)([{}, Run(context)]))
    except FormulaError as error:
        raise Untranslatable from error


def _all(queries: list[QueryInstance]) -> QueryInstance:
    first, *others = queries
    for each in others:
        first = first & each
    return first


def _everything() -> QueryInstance:
    return QueryInstance(lambda _: True, ())


def between(name: str, first: str, last: str) -> QueryInstance:
    """Dates or date-times from `first` to `last` (days, both included)."""
    beyond = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    return (where(name) >= first) & (where(name) < beyond)
