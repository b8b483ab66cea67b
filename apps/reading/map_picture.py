"""What a map view shows of its records: pins and clusters for one box and zoom, and the list beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from apps.map.clusters import Cluster, clusters, fitting, padded
from apps.map.tiles.tile import Box
from apps.operations.world import readable
from apps.reading.map_points import MapPoints, Points
from apps.reading.narrowing import deadline_field
from apps.reading.seen import Seen
from apps.reading.shown import Row, label_of

SHAPES = ('circle', 'square', 'diamond', 'triangle', 'hexagon', 'drop')
"""Outlines of pins, as map_face.js draws them."""

MOST_ROWS = 200
WHERE = ('all', 'box', 'none')
"""Which records stand in the list: all of the view, those in the box, those without coordinates."""

_BEYOND = 0.3
"""Around the box, so that a small movement shows no empty edge."""

_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Sign:
    """How the pins of one value look. letter: of the label, different from that of every earlier value if possible."""

    value: str
    label: str
    letter: str
    shape: str
    color: str


@dataclass(frozen=True, slots=True)
class Look:
    """What is asked for. box, zoom: what is seen of the map; None for everything on a map of `size` (pixels across and
    down), and for no pins without that. where: of WHERE. limit: rows of the list, none with 0."""

    box: Box | None = None
    zoom: int = 0
    size: tuple[int, int] | None = None
    where: str = 'all'
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Spot:
    """A pin of one record, or a cluster of several. parts: sign -> how many. box: around the members."""

    lat: float
    lon: float
    count: int
    parts: Mapping[str, int]
    box: Box
    row: Row | None


@dataclass(frozen=True, slots=True)
class MapPicture:
    """box: around everything that has a place. seen, zoom: for what the pins are. listed: how many records the list has
    in all; rows: a part of them."""

    total: int
    placed: int
    box: Box | None
    seen: Box | None
    zoom: int
    counts: Mapping[str, int]
    spots: Sequence[Spot]
    listed: int
    rows: Sequence[tuple[Row, float | None, float | None]]


def picture(seen: Seen, kept: MapPoints, look: Look, text: str = '') -> MapPicture:
    """Raises ValueError (Japanese) for a filter that cannot be understood."""
    points = kept.points(seen, text, sign_field(seen))
    look = _over_all(points, look)
    placed = points.placed
    chosen = np.flatnonzero(_listed(points, look))
    counted = np.bincount(points.signs[placed], minlength=len(points.values))
    return MapPicture(
        total=len(points.numbers),
        placed=int(placed.sum()),
        box=points.box(),
        seen=look.box,
        zoom=look.zoom,
        counts={value: int(count) for value, count in zip(points.values, counted, strict=True) if count},
        spots=_spots(seen, points, look),
        listed=len(chosen),
        rows=_rows(seen, points, chosen[look.offset : look.offset + min(look.limit, MOST_ROWS)]),
    )


def sign_field(seen: Seen) -> str:
    """The field whose value a pin tells: the view's own, else the status; '' where this person may read neither."""
    definition, veiled = seen.definition, seen.sight.veiled
    status = getattr(definition.capabilities.get('workflow'), 'field', '')
    return next((name for name in (seen.view.sign, status) if name in definition.fields and name not in veiled), '')


def signs_of(seen: Seen) -> list[Sign]:
    """One for each choice, in the order of the definition."""
    name = sign_field(seen)
    choices = seen.definition.fields[name].browser().get('choices', ()) if name else ()
    found: list[Sign] = []
    taken: set[str] = set()
    for index, each in enumerate(choices):
        label = str(each.get('label') or each['value'])
        letter = next((one for one in label if one not in taken and one.isalnum()), label[:1])
        taken.add(letter)
        color = str(each.get('color') or 'blue')
        found.append(Sign(str(each['value']), label, letter, SHAPES[index % len(SHAPES)], color))
    return found


def words_of(seen: Seen, row: Row) -> list[tuple[str, str]]:
    """(label, text) of the first columns that the title and the status do not tell already."""
    definition = seen.definition
    told = {*definition.record_title, sign_field(seen), deadline_field(definition)}
    names = [name for name in seen.view.columns if name not in told and row.cells.get(name)]
    return [(label_of(definition, name), row.cells[name]) for name in names[:_MOST_WORDS]]


def sign_text(seen: Seen, row: Row) -> tuple[str, str]:
    """(value, text) of what tells this pin from others; ('', '') for none."""
    name = sign_field(seen)
    value = row.values.get(name) if name else None
    return (str(value), readable(seen.definition.fields[name], value, seen.world)) if value else ('', '')


def _over_all(points: Points, look: Look) -> Look:
    """The same look with a box of its own, where it has none and can have one."""
    whole = points.box()
    if look.box is not None or look.size is None or whole is None:
        return look
    box, zoom = fitting(whole, look.size)
    return replace(look, box=box, zoom=zoom)


def _listed(points: Points, look: Look) -> NDArray[np.bool_]:
    if look.where == 'none':
        return ~points.placed
    if look.where == 'box' and look.box is not None:
        return points.within(look.box)
    return np.ones(len(points.numbers), np.bool_)


def _spots(seen: Seen, points: Points, look: Look) -> list[Spot]:
    if look.box is None:
        return []
    inside = np.flatnonzero(points.within(padded(look.box, _BEYOND)))
    found = clusters(points.lat[inside], points.lon[inside], look.zoom)
    alone = [int(inside[each.members[0]]) for each in found if len(each.members) == 1]
    rows = _read(seen, points, alone)
    return [_spot(points, each, inside[each.members], rows) for each in found]


def _spot(points: Points, one: Cluster, members: NDArray[np.int64], rows: Mapping[int, Row]) -> Spot:
    lat, lon = points.lat[members], points.lon[members]
    counted = np.bincount(points.signs[members], minlength=len(points.values))
    parts = {points.values[number]: int(counted[number]) for number in np.flatnonzero(counted)}
    box = (float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max()))
    row = rows.get(int(points.numbers[members[0]])) if len(members) == 1 else None
    return Spot(one.lat, one.lon, len(members), parts, box, row)


def _rows(
    seen: Seen, points: Points, chosen: NDArray[np.int64]
) -> list[tuple[Row, float | None, float | None]]:
    rows = _read(seen, points, [int(each) for each in chosen])
    wanted = [(int(points.numbers[each]), float(points.lat[each]), float(points.lon[each])) for each in chosen]
    return [
        (rows[number], None, None) if np.isnan(lat) else (rows[number], lat, lon)
        for number, lat, lon in wanted
        if number in rows
    ]


def _read(seen: Seen, points: Points, places: Sequence[int]) -> dict[int, Row]:
    """The records at these places of the points as lines, by their numbers."""
    numbers = [int(points.numbers[each]) for each in places]
    found = seen.store.arrived(seen.definition.name, numbers) if numbers else {}
    return {number: seen.row(doc) for number, doc in found.items()}
