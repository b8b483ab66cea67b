"""What the rules of an app would fill in while somebody types, with the reason; nothing is saved by asking."""

from __future__ import annotations

from typing import Any

from apps.outcome import Refused
from apps.reading.seen import Seen
from apps.reading.shown import text_of
from forms.capabilities.routing import KEY, Routing
from forms.capability import Values
from forms.record_rules import is_blank


def routed(seen: Seen, raw: Values) -> list[dict[str, Any]]:
    """[{'field', 'label', 'value', 'text', 'reason'}] of the blank fields that this person may see, in their order.

    raw: as typed so far; what cannot be read yet counts as blank. Raises Refused 'not_found' where no rule fills in.
    """
    routing = seen.sight.definition.capabilities.get(KEY)
    if not isinstance(routing, Routing):
        raise Refused('not_found', detail='このアプリに、自動で入れる値はありません。')
    fields = seen.definition.fields
    typed = {name: fields[name].parse(value, seen.world) for name, value in raw.items() if name in fields}
    values = {name: each.value for name, each in typed.items() if not each.messages}
    unread = {name for name, each in typed.items() if each.messages}
    found = routing.routed(seen.sight.definition, values, seen.moment)
    return [
        {
            'field': name,
            'label': fields[name].title,
            'value': found[name].value,
            'text': text_of(seen.definition, name, {name: found[name].value}, seen.world),
            'reason': found[name].reason,
        }
        for name in routing.targets
        if name in found and name in fields and name not in unread and is_blank(values.get(name))
    ]
