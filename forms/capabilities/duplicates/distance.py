"""How far two places are from each other, within a city."""

from __future__ import annotations

from math import cos, hypot, radians

from forms.field import Value
from forms.geometry import EARTH, Point

__all__ = ['Point', 'metres', 'point_of']


def point_of(value: Value) -> Point | None:
    """The coordinates of a `location` field, None when only words or nothing is known."""
    if not isinstance(value, dict):
        return None
    lat, lon = value.get('lat'), value.get('lon')
    return (float(lat), float(lon)) if lat is not None and lon is not None else None


def metres(one: Point, other: Point) -> float:
    """On a plane that touches the earth between the two: off by less than 1 m within 10 km."""
    north = radians(other[0] - one[0])
    east = radians(other[1] - one[1]) * cos(radians((one[0] + other[0]) / 2))
    return EARTH * hypot(north, east)
