"""Points, lines and polygons within a city: whether a point lies inside, and how many metres away something is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, inf, radians
from typing import Final

EARTH: Final = 6_371_000.0
"""Mean radius in metres."""

Point = tuple[float, float]
"""(latitude, longitude) in degrees, WGS 84"""

Line = tuple[Point, ...]
Polygon = tuple[Line, ...]
"""The outer ring, then the holes; every ring ends where it begins."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What one feature of a map covers: any number of polygons and lines."""

    polygons: tuple[Polygon, ...] = ()
    lines: tuple[Line, ...] = ()

    def contains(self, point: Point) -> bool:
        """Whether the point lies in one of the polygons and in none of its holes.

        Of two polygons that share a border, exactly one contains a point on it.
        """
        return any(sum(_crossings(ring, point) for ring in polygon) % 2 for polygon in self.polygons)

    def metres(self, point: Point) -> float:
        """0 inside; else to the nearest line or border; infinite when there is none."""
        if self.contains(point):
            return 0.0
        return min((_to_line(line, point) for line in self.all_lines()), default=inf)

    def all_lines(self) -> Iterator[Line]:
        """The lines, and the rings of the polygons."""
        yield from self.lines
        for polygon in self.polygons:
            yield from polygon


def bounds(lines: Iterable[Line]) -> tuple[float, float, float, float]:
    """(south, west, north, east) of at least one point."""
    points = [point for line in lines for point in line]
    latitudes, longitudes = [each[0] for each in points], [each[1] for each in points]
    return min(latitudes), min(longitudes), max(latitudes), max(longitudes)


def degrees(metres: float, latitude: float) -> Point:
    """How many degrees of latitude and of longitude so many metres are there."""
    north = metres / (radians(1) * EARTH)
    return north, north / max(cos(radians(latitude)), 1e-9)


def _crossings(ring: Sequence[Point], point: Point) -> int:
    """How often a ray to the east crosses the ring; each edge holds its southern end and not its northern one."""
    y, x = point
    crossed = 0
    for (y1, x1), (y2, x2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossed += 1
    return crossed


def _to_line(line: Sequence[Point], point: Point) -> float:
    """On a plane that touches the earth at the point: off by less than 2 m in a kilometre, within 10 km."""
    flat = [_flat(each, point) for each in line]
    if len(flat) == 1:
        return hypot(*flat[0])
    return min(_to_segment(start, end) for start, end in pairwise(flat))


def _flat(each: Point, origin: Point) -> Point:
    east = radians(each[1] - origin[1]) * cos(radians(origin[0]))
    return EARTH * radians(each[0] - origin[0]), EARTH * east


def _to_segment(start: Point, end: Point) -> float:
    """From (0, 0), in the unit of the two ends."""
    north, east = end[0] - start[0], end[1] - start[1]
    length = north * north + east * east
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(start[0] * north + start[1] * east) / length))
    return hypot(start[0] + along * north, start[1] + along * east)
