"""Submissions: raw values from any way in become the values to store, or messages that say what is wrong.

Everything that changes a record goes through `clean`: screen, board, import, API, command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from forms.capability import Moment, Values
from forms.change_rules import SameOffer, apply_clears, missing_rows, same_offers
from forms.definition import AppDefinition
from forms.evaluation import Evaluation, FormulaFailure
from forms.field import Surroundings, Value
from forms.formula.run import Context
from forms.message import Message, message
from forms.record_rules import judged
from forms.settling import Settling
from forms.settling_order import order_of


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was understood or changed on the way and that the person should know."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of a submission.

    values: the whole record to store, blanks left out; meaningful only without messages. messages: every refusal at
    once. formula_errors: formulas that failed (their safe answers were used), for leaders to see. offers: the same
    change for other records.
    """

    values: Values
    messages: tuple[Message, ...] = ()
    notes: tuple[Note, ...] = ()
    formula_errors: tuple[FormulaFailure, ...] = ()
    offers: tuple[SameOffer, ...] = ()


def clean(  # noqa: PLR0913 - the contract of every way in
    definition: AppDefinition,
    raw: Mapping[str, Value],
    *,
    old: Values | None,
    around: Surroundings,
    context: Context,
    moment: Moment,
    ruled: Values | None = None,
) -> Cleaned:
    """Judge a submission.

    raw: may be partial for a change; a missing key means unchanged, or the default for a new record (old is None). A
    key that is present and blank stays blank. ruled: stored values that a capability has decided (the status that an
    action leads to); readonly does not hold for them. context: see `context_of`.
    around: what this person may see, for what they type; moment.around: what formulas read, which is everything.

    What a change does not touch is not judged again: a rule that became stricter, or a date that has passed, does not
    stand in the way of correcting something else.
    """
    moment = moment if moment.around is not None else replace(moment, around=around)
    evaluation = Evaluation(definition, context, around, failed=moment.failed, records=moment.around).before(old or {})
    parsed, refused, notes = _parsed(definition, raw, old, around)
    cleared = apply_clears(definition, parsed, old)
    given = {**parsed, **cleared}
    settling = Settling.of_record(evaluation, raw, given, old)
    settling = _settled(settling.ruled_also(ruled or {}), definition, moment)
    broken = frozenset(each.path.split('[')[0] for each in refused)
    messages = (
        *refused,
        *settling.messages,
        *judged(settling, evaluation, broken),
        *missing_rows(definition, settling.values, old),
    )
    return Cleaned(
        _stored(definition, settling.values, old, moment),
        _in_form_order(definition, messages),
        (*notes, *_notes_of_clears(definition, cleared)),
        tuple(evaluation.failures),
        same_offers(definition, settling.values, old, evaluation),
    )


def _parsed(
    definition: AppDefinition, raw: Mapping[str, Value], old: Values | None, around: Surroundings
) -> tuple[dict[str, Value], tuple[Message, ...], tuple[Note, ...]]:
    """Every raw value read by its field: values by name, refusals, notes. Unreadable values count as unchanged."""
    parsed: dict[str, Value] = {}
    refused: list[Message] = []
    notes: list[Note] = []
    fields = definition.fields
    # A checklist has its rows also when nothing was sent, so that each of them can be required.
    unsent = {name: None for name in order_of(definition).rows if old is None and name not in raw}
    for name, value in {**unsent, **raw}.items():
        if name not in fields:
            if not (name.startswith('_') and old is not None and old.get(name) == value):
                refused.append(message(name, 'unknown_field', label=name))
            continue
        if not fields[name].INPUT or fields[name].calculation:
            continue
        outcome = fields[name].parse(value, around)
        if outcome.messages:
            refused.extend(outcome.messages)
        else:
            parsed[name] = outcome.value
        if outcome.note:
            notes.append(Note(name, outcome.note))
    return parsed, tuple(refused), tuple(notes)


def _settled(settling: Settling, definition: AppDefinition, moment: Moment) -> Settling:
    """Relevance, calculations and copies done; what capabilities fill in; then once more if that changed anything."""
    settled = settling.run()
    filled: dict[str, Value] = {}
    for each in sorted(definition.capabilities.values(), key=lambda each: not each.FIRST):
        filled.update(each.fill(definition, settling.old, {**settled.values, **filled}, moment))
    new = {name: value for name, value in filled.items() if settled.values.get(name) != value}
    if not new:
        return settled
    return settled.with_last(new) or settling.ruled_also(filled).run()


def _stored(definition: AppDefinition, values: Values, old: Values | None, moment: Moment) -> Values:
    """Without blanks, rows signed; what the record holds besides (reserved keys, fields that are gone) stays."""
    fields = definition.fields
    before = old or {}
    kept = {name: value for name, value in before.items() if name not in fields}
    now = moment.now.isoformat(timespec='seconds')
    signed = {
        name: fields[name].signed(value, before.get(name), account=moment.account, now=now)
        for name, value in values.items()
        if value is not None
    }
    return {**kept, **signed}


def _in_form_order(definition: AppDefinition, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """As they stand on the form, so that the first message is about the first field."""
    order = {name: position for position, name in enumerate(definition.fields)}
    unique = dict.fromkeys(messages)
    return tuple(sorted(unique, key=lambda each: order.get(each.path.split('[')[0], len(order))))


def _notes_of_clears(definition: AppDefinition, cleared: Mapping[str, Value]) -> tuple[Note, ...]:
    fields = definition.fields
    return tuple(Note(name, f'{fields[name].title}を空にしました。') for name in cleared)
