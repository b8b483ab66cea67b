"""Rules on change: one field changes, and others are cleared, a subtable gains a row, the same is offered to others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
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

    along: what else this change brought with it and holds for the others too (退所日 beside 退所). row_in: the
    subtable that gains a row there too, or ''. row: its cells that the person wrote otherwise than proposed.
    """

    field: str
    value: Value
    by: str
    group: Value
    row_in: str = ''
    along: Values = dataclass_field(default_factory=dict)
    row: Values = dataclass_field(default_factory=dict)


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


def same_offers(
    definition: AppDefinition, new: Values, old: Values | None, evaluation: Evaluation
) -> tuple[SameOffer, ...]:
    """What may be done to the other records of the same household; nothing for a record that is new."""
    if old is None:
        return ()
    return tuple(
        SameOffer(
            rule.field,
            new.get(rule.field),
            rule.offer_same,
            new[rule.offer_same],
            rule.add_row,
            _brought_along(definition, rule, new, old),
            _written_otherwise(definition, index, evaluation, new, old),
        )
        for index, rule in enumerate(definition.on_change)
        if rule.offer_same and triggered(rule, new, old) and new.get(rule.offer_same) is not None
    )


def same_change(definition: AppDefinition, offer: SameOffer, values: Values, evaluation: Evaluation) -> Values:
    """The raw values that do to the record `values` what was done to the one the offer comes from.

    Its subtable keeps its rows and gains one, which tells of this record: where it was, not where the other one was.
    """
    change = {**offer.along, offer.field: offer.value}
    if not offer.row_in or (index := _rule_of(definition, offer)) is None:
        return change
    proposed = prefilled_row(definition, index, evaluation.before(values), {**values, **change})
    return {**change, offer.row_in: [*(values.get(offer.row_in) or ()), {**proposed, **offer.row}]}


def _brought_along(definition: AppDefinition, rule: ChangeRule, new: Values, old: Values) -> Values:
    """The fields changed in the same save that are required or forbidden because of what the rule's field holds."""
    formulas = [
        (name, definition.formula(name, use)) for name in definition.fields for use in ('required', 'forbidden')
    ]
    names = {name for name, formula in formulas if formula is not None and rule.field in formula.reads}
    return {name: new.get(name) for name in names if new.get(name) != old.get(name)}


def _written_otherwise(
    definition: AppDefinition, index: int, evaluation: Evaluation, new: Values, old: Values
) -> Values:
    rule = definition.on_change[index]
    added = _added(new.get(rule.add_row), old.get(rule.add_row)) if rule.add_row else []
    if not added:
        return {}
    proposed = prefilled_row(definition, index, evaluation, new)
    return {
        name: value for name, value in added[-1].items() if not name.startswith('_') and value != proposed.get(name)
    }


def _rule_of(definition: AppDefinition, offer: SameOffer) -> int | None:
    """The number of the rule that made the offer; None when the definition has changed since."""
    found = (
        index
        for index, rule in enumerate(definition.on_change)
        if (rule.field, rule.offer_same, rule.add_row) == (offer.field, offer.by, offer.row_in)
    )
    return next(found, None)


def _added(new: Value, old: Value) -> list[Mapping[str, Value]]:
    known = {row.get('_row') for row in old or ()}
    return [row for row in new or () if row.get('_row') not in known]
