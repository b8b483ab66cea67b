"""The released reports on a map: clusters for a box, and what a pin alone tells; told apart by their status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from apps.map.clusters import clusters, padded
from apps.map.tiles.tile import Box
from apps.public.reports.released import ReleasedReports, Spot
from apps.reading.map_picture import SHAPES
from forms.capabilities.public_reports import PublicReports

if TYPE_CHECKING:
    from forms.definition import AppDefinition

_BEYOND = 0.3


def status_words(definition: AppDefinition, rules: PublicReports) -> dict[str, str]:
    """Stored status -> the words for citizens."""
    workflow: Any = definition.capabilities.get('workflow')
    statuses = workflow.statuses if workflow is not None else ()
    return {each.name: rules.status(definition, {workflow.field: each.name}) for each in statuses}


def looks(definition: AppDefinition, rules: PublicReports) -> dict[str, dict[str, str]]:
    """Stored status -> {'shape', 'color', 'sign', 'label'} of its pins; the colour is never the only sign."""
    workflow: Any = definition.capabilities.get('workflow')
    found: dict[str, dict[str, str]] = {}
    taken: set[str] = set()
    for index, (status, label) in enumerate(status_words(definition, rules).items()):
        sign = next((each for each in status if each not in taken and each.isalnum()), status[:1])
        taken.add(sign)
        color = next((each.color for each in workflow.statuses if each.name == status), '') or 'blue'
        found[status] = {'shape': SHAPES[index % len(SHAPES)], 'color': color, 'sign': sign, 'label': label}
    return found


def pins_told(
    reports: ReleasedReports, of: tuple[AppDefinition, PublicReports], wanted: Sequence[Spot], box: Box, zoom: int
) -> dict[str, Any]:
    """{'pins', 'box', 'count'} for showPins() of map_face.js; a pin alone brings its report along."""
    definition, rules = of
    placed = [each for each in wanted if each.point is not None]
    lat = np.array([each.point[0] for each in placed if each.point is not None])
    lon = np.array([each.point[1] for each in placed if each.point is not None])
    south, west, north, east = padded(box, _BEYOND)
    inside = np.flatnonzero((lat >= south) & (lat <= north) & (lon >= west) & (lon <= east))
    known = looks(definition, rules)
    pins = []
    for each in clusters(lat[inside], lon[inside], zoom):
        members = inside[each.members]
        if len(members) == 1:
            told = reports.told(definition, rules, placed[int(members[0])])
            pins += [_pin(told, placed[int(members[0])], known)] if told is not None else []
            continue
        parts = Counter(placed[int(place)].status for place in members)
        around = [float(edge) for edge in (*_least(lat, lon, members), *_most(lat, lon, members))]
        pins.append(
            {
                'id': f'{each.lat:.6f},{each.lon:.6f}',
                'lat': each.lat,
                'lon': each.lon,
                'count': len(members),
                'parts': [
                    {'count': count, 'color': known.get(status, {}).get('color', 'blue')}
                    for status, count in parts.items()
                ],
                'title': f'{len(members):,}件',
                'box': around,
            }
        )
    whole = [float(edge) for edge in (lat.min(), lon.min(), lat.max(), lon.max())] if placed else None
    return {'pins': pins, 'box': whole, 'count': len(placed)}


def _pin(told: dict[str, Any], spot: Spot, known: dict[str, dict[str, str]]) -> dict[str, Any]:
    assert spot.point is not None
    look = known.get(spot.status, {})
    title = f'{told["category"]} {told["status"]}'
    drawn = {key: look.get(key, '') for key in ('shape', 'color', 'sign')}
    return {'id': told['number'], 'lat': spot.point[0], 'lon': spot.point[1], 'title': title, 'report': told, **drawn}


def _least(lat: Any, lon: Any, members: Any) -> tuple[Any, Any]:
    return lat[members].min(), lon[members].min()


def _most(lat: Any, lon: Any, members: Any) -> tuple[Any, Any]:
    return lat[members].max(), lon[members].max()
