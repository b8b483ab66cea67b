"""Choices that a formula names (状態 = "完了") but the field does not have: the condition would never hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from forms.field import Field
from forms.formula.formula import Formula
from forms.formula.tree import Call, Dot, Literal, Node, Operation, RecordOf, Slot, TableOf, walk
from forms.formula.tree import Field as FieldNode


def unknown_choices(formula: Formula, fields: Mapping[str, Field]) -> Iterator[tuple[Literal, Field]]:
    """(the text, the field it is compared with) for each text that is no choice. fields: those the formula may name."""
    for node in walk(formula.checked):
        for field, texts in _compared(node, fields):
            for text in texts:
                if isinstance(text.value, str) and text.value and field.choices.get(text.value) is None:  # type: ignore[attr-defined]
                    yield text, field


def _compared(node: Node, fields: Mapping[str, Field]) -> Iterator[tuple[Field, Sequence[Literal]]]:
    if isinstance(node, Operation) and node.operator in ('=', '<>', 'in', 'exactin') and len(node.operands) == 2:
        left, right = node.operands
        for one, other in ((left, right), (right, left)):
            if found := _with_choices(one, fields):
                yield found, _texts(other)
    elif isinstance(node, Call) and node.function == 'Switch' and (found := _with_choices(node.arguments[0], fields)):
        yield found, [each for case in node.arguments[1:-1:2] for each in _texts(case)]


def _with_choices(node: Node, fields: Mapping[str, Field]) -> Field | None:
    """The field of choices that this piece of a formula reads, or None."""
    if isinstance(node, FieldNode) or (isinstance(node, Dot) and isinstance(node.of, Slot)):
        found = fields.get(node.name)
        return found if found is not None and len(getattr(found, 'choices', ())) else None
    return None


def _texts(node: Node) -> Sequence[Literal]:
    """The texts written here, alone or in a list: "甲" or ["甲", "乙"]."""
    if isinstance(node, TableOf):
        cells = [value for row in node.rows if isinstance(row, RecordOf) for _, value in row.fields]
        return [each for each in cells if isinstance(each, Literal)]
    return [node] if isinstance(node, Literal) else []
