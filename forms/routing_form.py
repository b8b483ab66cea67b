"""What the browser form needs to know of the rules that fill fields: what they read, and what they may fill."""

from __future__ import annotations

from typing import Any

from forms.capabilities.routing import KEY, Routing
from forms.definition import AppDefinition

Json = dict[str, Any]


def routing_json(definition: AppDefinition) -> Json | None:
    """{'reads': names, 'fills': names}; None where nothing is filled. The rules themselves stay on the server."""
    routing = definition.capabilities.get(KEY)
    if not isinstance(routing, Routing):
        return None
    return {'reads': sorted(routing.reads(definition)), 'fills': list(routing.targets)}


def without_hidden(form: Json, left_out: frozenset[str], readonly: frozenset[str]) -> Json | None:
    """The same for a form without some fields; who may not write a field sees there what the save has filled in."""
    routing = form['routing']
    if routing is None:
        return None
    fills = [name for name in routing['fills'] if name not in left_out and name not in readonly]
    reads = [name for name in routing['reads'] if name not in left_out]
    return {'reads': reads, 'fills': fills} if fills and reads else None
