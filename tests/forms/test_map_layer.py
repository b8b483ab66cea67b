"""What lies at a point: in areas with holes, across shared borders, near lines, in metres."""

from __future__ import annotations

import json
from itertools import pairwise
from math import asin, cos, hypot, pi, radians, sin, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.geometry import EARTH, Point, Shape
from forms.map_layer import MapLayer, read_layer

HERE = (36.56, 136.65)
near = st.floats(-0.09, 0.09)
"""Degrees: about 10 km."""
whole = st.integers(0, 8).map(float)


def box(south: float, west: float, north: float, east: float) -> tuple[Point, ...]:
    return ((south, west), (south, east), (north, east), (north, west), (south, west))


def star(radii: list[float], centre: Point = HERE) -> tuple[Point, ...]:
    """A polygon of which every corner is seen from its centre."""
    step = 2 * pi / len(radii)
    corners = [(centre[0] + r * sin(i * step), centre[1] + r * cos(i * step)) for i, r in enumerate(radii)]
    return (*corners, corners[0])


@given(st.lists(st.floats(0.01, 0.05), min_size=3, max_size=12), st.integers(0, 11), st.floats(0.02, 3))
def test_of_a_star_a_ray_towards_a_corner_is_inside_up_to_the_corner(
    radii: list[float], corner: int, part: float
) -> None:
    ring = star(radii)
    at = ring[corner % len(radii)]
    along = (HERE[0] + (at[0] - HERE[0]) * part, HERE[1] + (at[1] - HERE[1]) * part)
    if len(radii) > 3 and abs(part - 1) > 1e-6:  # of a triangle the centre may lie outside
        assert Shape(((ring,),)).contains(along) is (part < 1)


@given(whole, whole, st.lists(st.integers(1, 7).map(float), min_size=1, max_size=5, unique=True))
def test_of_areas_that_share_their_borders_exactly_one_holds_a_point(
    north: float, east: float, cuts: list[float]
) -> None:
    edges = [0.0, *sorted(cuts), 9.0]
    across = [Shape(((box(a, 0, b, 9),),)) for a, b in pairwise(edges)]
    along = [Shape(((box(0, a, 9, b),),)) for a, b in pairwise(edges)]
    assert sum(each.contains((north, east)) for each in across) == 1
    assert sum(each.contains((north, east)) for each in along) == 1


@given(near, near)
def test_a_hole_is_outside_and_an_island_in_it_is_inside_again(north: float, east: float) -> None:
    point = (HERE[0] + north, HERE[1] + east)
    rings = [box(HERE[0] - r, HERE[1] - r, HERE[0] + r, HERE[1] + r) for r in (0.08, 0.05, 0.02)]
    shape = Shape(((rings[0], rings[1]), (rings[2],)))
    away = max(abs(north), abs(east))
    if min(abs(away - r) for r in (0.08, 0.05, 0.02)) > 1e-9:
        assert shape.contains(point) is (0.05 < away < 0.08 or away < 0.02)


def great_circle(one: Point, other: Point) -> float:
    """Metres on the sphere, by the haversine formula: another way to the same number."""
    north, east = radians(other[0] - one[0]), radians(other[1] - one[1])
    inside = sin(north / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(inside))


@given(near, near, near, near)
def test_the_distance_to_a_line_is_that_to_its_nearest_point_to_two_metres_in_a_kilometre(
    north: float, east: float, more_north: float, more_east: float
) -> None:
    start, end = (HERE[0] + north, HERE[1] + east), (HERE[0] + more_north, HERE[1] + more_east)
    steps = 400
    sampled = min(
        great_circle(HERE, (start[0] + (end[0] - start[0]) * i / steps, start[1] + (end[1] - start[1]) * i / steps))
        for i in range(steps + 1)
    )
    told = Shape(lines=((start, end),)).metres(HERE)
    step = hypot(*(radians(a - b) * EARTH for a, b in zip(start, end, strict=True))) / steps
    off = 0.5 + sampled / 500
    assert sampled - step - off <= told <= sampled + off


@given(near, near, st.integers(1, 40))
def test_passing_over_what_is_far_away_changes_no_answer(north: float, east: float, within: int) -> None:
    point = (HERE[0] + north / 100, HERE[1] + east / 100)
    shapes = [Shape(lines=(((HERE[0] + i * 1e-4, HERE[1] - 1), (HERE[0] + i * 1e-4, HERE[1] + 1)),)) for i in range(9)]
    layer = layer_of(*({'名前': str(i)} for i in range(9)), shapes=shapes)
    nearest = min((round(each.metres(point), 1), str(i)) for i, each in enumerate(shapes))
    found = layer.at(point, '名前', within)
    assert found == ((nearest[1], nearest[0]) if nearest[0] <= within else None)


def layer_of(*properties: dict[str, Any], shapes: list[Shape]) -> MapLayer:
    features = [
        {'type': 'Feature', 'properties': each, 'geometry': {'type': 'GeometryCollection', 'geometries': parts(shape)}}
        for each, shape in zip(properties, shapes, strict=True)
    ]
    return read_layer(json.dumps({'type': 'FeatureCollection', 'features': features}).encode())


def parts(shape: Shape) -> list[dict[str, Any]]:
    turned = [[list(reversed(point)) for point in line] for line in shape.lines]
    polygons = [[[list(reversed(point)) for point in ring] for ring in polygon] for polygon in shape.polygons]
    return [
        *({'type': 'LineString', 'coordinates': each} for each in turned),
        *({'type': 'MultiPolygon', 'coordinates': [each]} for each in polygons),
    ]


ROAD = Shape(lines=(((36.56, 136.6), (36.56, 136.7)),))
STREET = Shape(lines=(((36.5, 136.65), (36.6, 136.65)),))
METRE = 1 / 111_195


def test_the_nearest_line_counts_and_at_a_crossing_the_one_further_up() -> None:
    layer = layer_of({'区分': '国道'}, {'区分': '市道'}, shapes=[ROAD, STREET])
    assert layer.at(HERE, '区分', 15) == ('国道', 0)
    assert layer.at((36.56 + 12 * METRE, 136.65), '区分', 15) == ('市道', 0)
    assert layer.at((36.56 + 12 * METRE, 136.66), '区分', 15) == ('国道', 12.0)
    assert layer.at((36.56 + 16 * METRE, 136.66), '区分', 15) is None


@pytest.mark.parametrize(('value', 'text'), [(3, '3'), (3.0, '3'), (2.5, '2.5'), (' 北 ', '北')])
def test_a_property_becomes_the_text_of_a_field(value: object, text: str) -> None:
    assert layer_of({'番号': value}, shapes=[ROAD]).at(HERE, '番号', 1) == (text, 0)


@pytest.mark.parametrize('value', [None, '', True, [], {}])
def test_a_feature_without_the_property_counts_for_nothing(value: object) -> None:
    layer = layer_of({'番号': value}, {'番号': '2'}, shapes=[ROAD, ROAD])
    assert layer.at(HERE, '番号', 1) == ('2', 0)
