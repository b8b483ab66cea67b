"""Whether settled values are acceptable: required, forbidden, the field's own check, permitted choices, constraints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from forms.evaluation import Evaluation
from forms.field import Field, Value
from forms.message import Message
from forms.settling import Settling


def judged(settling: Settling, evaluation: Evaluation, broken: frozenset[str] = frozenset()) -> Iterable[Message]:
    """Refusals for a settled record, its rows included.

    broken: fields whose raw value could not be read; they have their message already, and nothing that reads them is
    judged.
    """
    for name, each in settling.fields.items():
        if name in settling.irrelevant or name in broken or each.retired:
            continue
        for refusal in _field_refusals(settling, each, evaluation, broken):
            yield refusal.inside(settling.place.removesuffix('.')) if settling.place else refusal
        for row in settling.rows.get(name, ()):
            yield from judged(row, evaluation, broken)


def _field_refusals(
    settling: Settling, each: Field, evaluation: Evaluation, broken: frozenset[str]
) -> Iterable[Message]:
    value = settling.values.get(each.name)
    if is_blank(value):
        if each.required and _touched(settling, each, ('required',), broken) and settling.holds(each.name, 'required'):
            yield each.message('required')
        elif getattr(each, 'append_only', False):
            yield from each.check([], (settling.old or {}).get(each.name))
        return
    if each.forbidden and _touched(settling, each, ('forbidden',), broken) and settling.holds(each.name, 'forbidden'):
        yield each.message('forbidden')
    if settling.old is None or settling.changed(each.name):
        yield from each.check(value, (settling.old or {}).get(each.name))
    if getattr(each, 'choice_filter', None) and _changed(settling, each, ('choice_filter',), broken):
        yield from _filtered(settling, each, value, evaluation)
    if getattr(each, 'filter', None) and _changed(settling, each, ('filter',), broken):
        yield from _not_a_candidate(settling, each, value, evaluation)
    if each.constraint and _changed(settling, each, ('constraint',), broken):
        yield from _constraint(settling, each)


def is_blank(value: Value) -> bool:
    """None, an empty text and an empty list are blank; 0 and `false` are answers."""
    return value is None or value in ('', [], {})


def _touched(settling: Settling, each: Field, uses: Sequence[str], broken: frozenset[str]) -> bool:
    """Whether the submission says anything about the field, or changes what its rules read."""
    return settling.asked(each.name) or _changed(settling, each, uses, broken)


def _changed(settling: Settling, each: Field, uses: Sequence[str], broken: frozenset[str]) -> bool:
    reads = settling.reads(each.name, uses)
    if reads & broken:
        return False
    if settling.old is None or settling.changed(each.name):
        return True
    return any(settling.changed(read) for read in reads)


def _filtered(settling: Settling, each: Field, value: Value, evaluation: Evaluation) -> Iterable[Message]:
    """Choices that exist but may not be chosen with the other values as they are."""
    for chosen in value if isinstance(value, list) else [value]:
        choice = each.choices.get(chosen)  # type: ignore[attr-defined]
        if choice is None:
            continue
        seen = {**settling.seen(), **choice.columns}
        if not evaluation.holds(settling.key + each.name, 'choice_filter', seen, settling.columns()):
            yield each.message('filtered_choice', value=choice.title)


def _not_a_candidate(settling: Settling, each: Field, value: Value, evaluation: Evaluation) -> Iterable[Message]:
    """A record that exists but is not offered: the lookup's filter reads it under the field's own name."""
    if not settling.holds(each.name, 'filter'):
        yield each.message('filtered_choice', value=each.show(value, evaluation.around))


def _constraint(settling: Settling, each: Field) -> Iterable[Message]:
    if not settling.holds(each.name, 'constraint'):
        refusal = each.message('constraint')
        yield replace(refusal, text=each.constraint_message or refusal.text)
