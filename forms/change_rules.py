"""Rules on change: one field changes, and others are cleared, a subtable gains a row, the same is offered to others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.capability import Values
from forms.evaluation import Evaluation
from forms.field import Value
from forms.message import Message

if TYPE_CHECKING:
    from forms.definition import AppDefinition, ChangeRule


@dataclass(frozen=True, slots=True)
class SameOffer:
    """Other records may want the same change: those whose field `by` holds `group`. field, value: what to set there.

    row_in: subtable that gains a row there too, or ''.
    """

    field: str
    value: Value
    by: str
    group: Value
    row_in: str = ''


def triggered(rule: ChangeRule, new: Values, old: Values | None) -> bool:
    """Whether the rule applies to this change. The first value of a field counts as a change unless `not_first`."""
    before = None if old is None else old.get(rule.field)
    return new.get(rule.field) != before and not (rule.not_first and before is None)


def apply_clears(definition: AppDefinition, given: Values, old: Values | None) -> Mapping[str, None]:
    """The fields that become blank because another one changed.

    A new value that the submission brings along is kept: it was typed for the new situation. One that is merely still
    there is not.
    """
    before = old or {}
    after = {**before, **given}
    return {
        name: None
        for rule in definition.on_change
        if triggered(rule, after, old)
        for name in rule.clear
        if after.get(name) is not None and after.get(name) == before.get(name)
    }


def missing_rows(definition: AppDefinition, new: Values, old: Values | None) -> Iterable[Message]:
    """A message for every subtable that should have gained a row and did not."""
    for rule in definition.on_change:
        if not rule.add_row or not triggered(rule, new, old):
            continue
        if not _added(new.get(rule.add_row), (old or {}).get(rule.add_row)):
            table = definition.fields[rule.add_row]
            refusal = table.message('row_needed', changed=definition.fields[rule.field].title)
            yield Message(refusal.path, refusal.code, rule.message or refusal.text)


def prefilled_row(definition: AppDefinition, index: int, evaluation: Evaluation, new: Values) -> Mapping[str, Value]:
    """The row that rule number `index` proposes, for screens and for changes offered to other records.

    `Old.<field>` in the formulas is the record given to `evaluation.before`.
    """
    rule = definition.on_change[index]
    found = {column: evaluation.value(f'on_change.{index}.prefill', column, new) for column in rule.prefill}
    return {column: value for column, value in found.items() if value is not None}


def same_offers(definition: AppDefinition, new: Values, old: Values | None) -> tuple[SameOffer, ...]:
    """What may be done to the other records of the same household; nothing for a record that is new."""
    if old is None:
        return ()
    return tuple(
        SameOffer(rule.field, new.get(rule.field), rule.offer_same, new[rule.offer_same], rule.add_row)
        for rule in definition.on_change
        if rule.offer_same and triggered(rule, new, old) and new.get(rule.offer_same) is not None
    )


def _added(new: Value, old: Value) -> bool:
    known = {row.get('_row') for row in old or ()}
    return any(row.get('_row') not in known for row in new or ())
