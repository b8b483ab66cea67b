"""Taking an offered action, and taking it back: the capability's rules and the form's rules together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from forms.capability import Moment, Past, Performed, Values
from forms.evaluation import context_of
from forms.field import Surroundings, Value
from forms.message import message
from forms.submission import Cleaned, clean

if TYPE_CHECKING:
    from forms.definition import AppDefinition


def act(  # noqa: PLR0913 - what is done, to what, by whom, in which world
    definition: AppDefinition,
    action: str,
    given: Mapping[str, Value],
    *,
    old: Values,
    around: Surroundings,
    moment: Moment,
) -> Cleaned:
    """What the record becomes when somebody takes this action; with messages, nothing must happen.

    given: raw values of the asked fields, and the action's own arguments under names that are no fields (counter).
    """
    moment = moment if moment.around is not None else replace(moment, around=around)
    context = context_of(definition, moment)
    asked = {name: value for name, value in given.items() if name in definition.fields}
    first = clean(definition, asked, old=old, around=around, context=context, moment=moment)
    cleaned = {**given, **{name: first.values.get(name) for name in asked}}
    performed = _performed(definition, action, first.values, cleaned, moment)
    told = {each.path for each in first.messages}
    refusals = (*first.messages, *(each for each in performed.messages if each.path not in told))
    if refusals:
        return replace(first, messages=refusals)
    return clean(definition, asked, old=old, around=around, context=context, moment=moment, ruled=performed.updates)


def take_back(  # noqa: PLR0913
    definition: AppDefinition,
    past: Sequence[Past],
    given: Mapping[str, Value],
    *,
    old: Values,
    around: Surroundings,
    moment: Moment,
) -> Cleaned:
    """What the record becomes when the last action is undone. past: newest first, undos included."""
    moment = moment if moment.around is not None else replace(moment, around=around)
    context = context_of(definition, moment)
    undone = (each.undo(definition, old, past, given, moment) for each in definition.capabilities.values())
    performed = next((each for each in undone if each is not None), None)
    if performed is None or performed.messages:
        nothing = (message('', 'nothing_to_undo', label=''),)
        return Cleaned(old, performed.messages if performed else nothing)
    return clean(definition, {}, old=old, around=around, context=context, moment=moment, ruled=performed.updates)


def _performed(
    definition: AppDefinition, action: str, values: Values, given: Values, moment: Moment
) -> Performed:
    """By the first capability that knows the action."""
    for each in definition.capabilities.values():
        if each.takes(action):
            return each.perform(definition, action, values, given, moment)
    return Performed(messages=(message('', 'no_such_action', label='', action=action),))
