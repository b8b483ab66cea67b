"""What rules decide about a record that is being typed: owner, area, deadline, and the words that stop somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apps.reading.narrowing import deadline_field
from apps.reading.seen import Seen
from apps.reading.shown import text_of
from forms.capabilities.routing import KEY as ROUTING
from forms.capabilities.routing import Routing
from forms.capabilities.stops import KEY as STOPS
from forms.capabilities.stops import NOTHING, REFUSE, Stops
from forms.capability import Values
from forms.evaluation import Evaluation, context_of
from forms.field import Value
from forms.record_rules import is_blank
from forms.submission import clean

Json = dict[str, Any]


def decided(seen: Seen, raw: Values) -> tuple[list[Json], list[Json]]:
    """([{'field', 'label', 'text', 'reason'}], [{'name', 'say', 'who', 'call', 'action', 'refuses'}]).

    raw: as typed so far; a value that cannot be read yet counts as not typed. The facts are those of the blank fields
    that this person may see, with the deadline last; the words are those for staff. As `clean` and the capabilities
    would have it if the record were saved now, so that nothing else is said here than holds then.
    """
    definition = seen.sight.definition
    context = context_of(definition, seen.moment)
    readable = {name: value for name, value in raw.items() if _is_readable(seen, name, value)}
    cleaned = clean(definition, readable, old=None, around=seen.world, context=context, moment=seen.moment)
    return list(_facts(seen, raw, cleaned.values)), list(_words(seen, cleaned.values))


def _facts(seen: Seen, raw: Values, values: Values) -> Iterator[Json]:
    definition, visible = seen.sight.definition, seen.definition.fields
    routing, due = definition.capabilities.get(ROUTING), deadline_field(definition)
    why = routing.routed(definition, values, seen.moment) if isinstance(routing, Routing) else {}
    targets = (*(routing.targets if isinstance(routing, Routing) else ()), *((due,) if due else ()))
    for name in targets:
        if name in visible and is_blank(raw.get(name)) and not is_blank(values.get(name)):
            yield {
                'field': name,
                'label': visible[name].title,
                'text': text_of(seen.definition, name, values, seen.world),
                'reason': why[name].reason if name in why else '',
            }


def _is_readable(seen: Seen, name: str, value: Value) -> bool:
    field = seen.sight.definition.fields.get(name)
    return field is not None and not field.parse(value, seen.world).messages


def _words(seen: Seen, values: Values) -> Iterator[Json]:
    definition = seen.sight.definition
    stops = definition.capabilities.get(STOPS)
    evaluation = Evaluation.at(definition, seen.moment)
    for index, stop in enumerate(stops.stops if isinstance(stops, Stops) else ()):
        deed = stop.deed(outside=False)
        if deed != NOTHING and evaluation.holds(f'{STOPS}.{index}', 'when', values):
            told = {'name': stop.name, 'say': stop.say, 'who': stop.who, 'call': stop.call, 'action': stop.action}
            yield {**told, 'refuses': deed == REFUSE}
