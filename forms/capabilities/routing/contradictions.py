"""What in the rules for filling contradicts itself, the rest of the definition or the files of the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forms.capabilities.routing.settings import Area
from forms.choices import ChoiceList
from forms.drawn_layer import NotDrawable
from forms.problems import At, Problem, instead, problem

if TYPE_CHECKING:
    from forms.capabilities.routing import Routing
    from forms.definition import AppDefinition


def contradictions(routing: Routing, definition: AppDefinition) -> Iterator[Problem]:
    """Every mistake; files are judged only where the rest of their line is right."""
    if not routing.areas and not routing.rules:
        yield problem('D323', at=(), missing='rules')
    if routing.areas:
        yield from _location(routing, definition)
    for place, area in enumerate(routing.areas):
        found = list(_area(area, ('areas', place), definition))
        yield from found or _file(routing, area, ('areas', place), definition)
    for place, rule in enumerate(routing.rules):
        for name in rule.sets:
            yield from _target(name, ('rules', place, 'sets', name), 'sets', definition)


def _location(routing: Routing, definition: AppDefinition) -> Iterator[Problem]:
    field = definition.fields.get(routing.location)
    if not routing.location:
        yield problem('D323', at=(), missing='location')
    elif field is None:
        near = instead(routing.location, definition.fields)
        yield problem('D209', at=('location',), setting='location', name=routing.location, instead=near)
    elif field.TYPE != 'location':
        name, title = routing.location, field.TITLE
        yield problem('D210', at=('location',), setting='location', name=name, type=title, wanted='位置')


def _area(area: Area, at: At, definition: AppDefinition) -> Iterator[Problem]:
    yield from _target(area.fills, (*at, 'fills'), 'fills', definition)
    if area.within < 0:
        yield problem('D753', at=(*at, 'within'), key='within', value=area.within)


def _target(name: str, at: At, key: str, definition: AppDefinition) -> Iterator[Problem]:
    """A field that somebody could fill in as well."""
    field = definition.fields.get(name)
    if field is None:
        yield problem('D209', at=at, setting=key, name=name, instead=instead(name, definition.fields))
    elif field not in definition.written_fields or not field.INPUT or field.calculation:
        yield problem('D714', at=at, name=name)


def _file(routing: Routing, area: Area, at: At, definition: AppDefinition) -> Iterator[Problem]:
    layer = routing.layers.get(area.file)
    if layer is None:
        near = instead(area.file, routing.files)
        yield problem('D715', at=(*at, 'file'), file=area.file, instead=near)
        return
    if isinstance(layer, NotDrawable):
        yield problem('D511', at=(*at, 'file'), file=area.file, text=layer.text, advice=layer.advice)
        return
    name = area.property or area.fills
    values = layer.values(name)
    if not values:
        where = (*at, 'property') if area.property else (*at, 'file')
        yield problem('D717', at=where, file=area.file, name=name, instead=instead(name, layer.names()))
    choices: ChoiceList = getattr(definition.fields[area.fills], 'choices', ChoiceList())
    for value in values if choices else ():
        if choices.find(value) is None:
            yield problem('D713', at=(*at, 'file'), file=area.file, value=value, field=area.fills)
