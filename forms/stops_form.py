"""What the browser form says to stop somebody, with its condition as a tree, so that it is said while they type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms.capabilities.stops import KEY, NOTHING, REFUSE, Stops, cause_of
from forms.definition import AppDefinition

Json = dict[str, Any]


def stops_json(definition: AppDefinition, *, outside: bool = False, easy: bool = False) -> list[Json]:
    """[{name, reads, when, field, say, who, call, action, refuses}] in order; `field`: beside which it is said."""
    return list(_stops(definition, outside, easy))


def without_unread(form: Json, left_out: frozenset[str]) -> list[Json]:
    """Those of a form that need none of the fields left out of it."""
    return [each for each in form['stops'] if not left_out.intersection(each['reads'])]


def _stops(definition: AppDefinition, outside: bool, easy: bool) -> Iterator[Json]:
    stops = definition.capabilities.get(KEY)
    for index, each in enumerate(stops.stops if isinstance(stops, Stops) else ()):
        formula = definition.formula(f'{KEY}.{index}', 'when')
        if formula is None or each.deed(outside=outside) == NOTHING:
            continue
        yield {
            'name': each.name,
            'reads': sorted(formula.reads & definition.fields.keys()),
            'when': formula.tree(),
            'field': cause_of(definition, index),
            'say': (easy and each.easy_say) or each.say,
            'who': each.who,
            'call': each.call,
            'action': '' if outside else each.action,
            'refuses': each.deed(outside=outside) == REFUSE,
        }
