"""Areas and lines of a GeoJSON file with their properties, asked for what lies at a point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from types import MappingProxyType
from typing import Any

from forms.drawn_layer import NotDrawable, features_of
from forms.geometry import Line, Point, Polygon, Shape, bounds, degrees


@dataclass(frozen=True, slots=True)
class Feature:
    """One area or line. properties: as in the file."""

    properties: Mapping[str, Any]
    shape: Shape
    bounds: tuple[float, float, float, float] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, 'bounds', bounds(self.shape.all_lines()))

    def may_reach(self, point: Point, metres: float) -> bool:
        """False only when the point is certainly further away than so many metres."""
        south, west, north, east = self.bounds
        more_north, more_east = degrees(metres, point[0])
        return (
            south - more_north <= point[0] <= north + more_north and west - more_east <= point[1] <= east + more_east
        )


@dataclass(frozen=True, slots=True)
class MapLayer:
    """The features of one file, in its order."""

    features: tuple[Feature, ...] = ()

    def at(self, point: Point, name: str, within: float = 0) -> tuple[str, float] | None:
        """(value of the property, metres) of the feature that holds the point, else of the nearest in so many metres.

        Of equally near ones (to 10 cm) the first of the file counts: at a crossing, the road that stands further up.
        Features without that property count for nothing.
        """
        best, best_metres = '', inf
        for each in self.features:
            value = text_of(each.properties.get(name))
            if not value or not each.may_reach(point, within + 1):
                continue
            metres = round(each.shape.metres(point), 1)
            if metres <= within and metres < best_metres:
                best, best_metres = value, metres
                if metres == 0:
                    break
        return (best, best_metres) if best else None

    def values(self, name: str) -> tuple[str, ...]:
        """Every value of the property, once."""
        return tuple(dict.fromkeys(filter(None, (text_of(each.properties.get(name)) for each in self.features))))

    def names(self) -> tuple[str, ...]:
        """The properties that features have."""
        return tuple(dict.fromkeys(name for each in self.features for name in each.properties))


@lru_cache(maxsize=32)
def read_layer(content: bytes) -> MapLayer:
    """The areas and lines of a GeoJSON file; points are passed over. Raises NotDrawable."""
    told = ((each['properties'], shape_of(each['geometry'])) for each in features_of(content))
    found = [Feature(MappingProxyType(dict(each)), shape) for each, shape in told if shape.polygons or shape.lines]
    if not found:
        raise NotDrawable('面も線もありません。', '面か線のあるファイルにするか、この行を消してください。')
    return MapLayer(tuple(found))


def shape_of(geometry: Mapping[str, Any]) -> Shape:
    """The polygons and lines of a geometry of GeoJSON."""
    polygons: list[Polygon] = []
    lines: list[Line] = []
    _collect(geometry, polygons, lines)
    return Shape(tuple(polygons), tuple(lines))


def text_of(value: object) -> str:
    """A property as the text that goes into a field; '' for what is none."""
    if value is None or isinstance(value, bool | list | dict):
        return ''
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _collect(geometry: Mapping[str, Any], polygons: list[Polygon], lines: list[Line]) -> None:
    kind = geometry['type']
    if kind == 'GeometryCollection':
        for each in geometry['geometries']:
            _collect(each, polygons, lines)
        return
    parts = geometry['coordinates']
    if kind == 'Polygon':
        polygons.append(tuple(map(_ring, parts)))
    elif kind == 'MultiPolygon':
        polygons.extend(tuple(map(_ring, each)) for each in parts)
    elif kind == 'LineString':
        lines.append(_line(parts))
    elif kind == 'MultiLineString':
        lines.extend(map(_line, parts))


def _ring(points: Iterable[Sequence[float]]) -> Line:
    ring = _line(points)
    return ring if ring[0] == ring[-1] else (*ring, ring[0])


def _line(points: Iterable[Sequence[float]]) -> Line:
    """GeoJSON writes the longitude first, and may write a height."""
    return tuple((float(each[1]), float(each[0])) for each in points)
