"""The map sketch on a sheet: the pin in its middle, names that can be read, a scale that is right, tiles that fit."""

from __future__ import annotations

import math
import re

from apps.sheets.map_sketch import HEIGHT, TILE, WIDTH, Point, Tiles, map_sketch

PIN = Point(36.5675, 136.63)
METRE = 1 / 111_320
"""Degrees of latitude."""


def north(metres: float, name: str, **more: bool) -> Point:
    return Point(PIN.latitude + metres * METRE, PIN.longitude, name, **more)


def east(metres: float, name: str) -> Point:
    return Point(PIN.latitude, PIN.longitude + metres * METRE / math.cos(math.radians(PIN.latitude)), name)


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" font-size="13" stroke[^>]*fill="#000">([^<]*)', svg)
    return [(float(x), float(y) - 13, float(x) + 13 * len(name), float(y) + 4) for x, y, name in found]


def test_the_nearest_names_are_written_and_none_over_another() -> None:
    poles = [north(each * 9, f'見本支{each}', known=False) for each in range(-9, 10)]
    crowd = [east(each * 12, f'見本橋{each}号') for each in range(-12, 13)]
    svg = map_sketch(PIN, [*crowd, *poles])
    drawn = boxes(svg)
    assert len(drawn) > 4
    dots = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="4"', svg)]
    assert not [dot for dot in dots for one in drawn if one[0] < dot[0] < one[2] and one[1] < dot[1] < one[3]]
    for place, one in enumerate(drawn):
        assert not [each for each in drawn[place + 1 :] if one[0] < each[2] and each[0] < one[2]
                    and one[1] < each[3] and each[1] < one[3]]  # fmt: skip


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    svg = map_sketch(PIN, [north(60, '橋'), north(-60, '公園'), east(200, '学校'), east(-200, '交番')])
    (pixels,) = re.findall(r'v8h([\d.]+)v-8', svg)
    (metres,) = re.findall(r'>(\d+)m<', svg)
    school = max(float(x) for x in re.findall(r'cx="([\d.]+)" cy="[\d.]+" r="4"', svg))
    measured = abs(school - WIDTH / 2) / float(pixels) * int(metres)
    assert abs(measured - 200) < 2


def test_it_goes_no_further_out_than_it_must() -> None:
    near = [north(40, '橋'), north(-40, '公園'), east(90, '学校'), east(-90, '交番')]
    far = [north(400, '遠い橋'), east(1500, '遠い学校')]
    assert '遠い' not in map_sketch(PIN, near + far)
    assert '遠い橋' in map_sketch(PIN, near[:1] + far)


def test_numbers_of_poles_do_not_decide_how_near_it_is() -> None:
    poles = [north(10 * each, f'見本支{each}', known=False) for each in range(1, 9)]
    assert '遠い学校' in map_sketch(PIN, [*poles, east(900, '遠い学校')])


def test_what_a_place_is_called_cannot_leave_the_picture() -> None:
    svg = map_sketch(PIN, [north(40, '<script>&"')])
    assert '<script>' not in svg and '&lt;script&gt;&amp;' in svg


def test_tiles_lie_under_the_pin_where_the_world_has_them() -> None:
    tiles = Tiles(lambda zoom, x, y: f'/tiles/{zoom}/{x}/{y}', 10, 15, '見本市の地図')
    svg = map_sketch(PIN, (), tiles)
    drawn = re.findall(r'<image href="/tiles/(\d+)/(\d+)/(\d+)" x="(-?[\d.]+)" y="(-?[\d.]+)"', svg)
    assert {int(each[0]) for each in drawn} == {15}
    scale = 2**15
    column = (PIN.longitude + 180) / 360 * scale
    row = (1 - math.asinh(math.tan(math.radians(PIN.latitude))) / math.pi) / 2 * scale
    (under,) = [each for each in drawn if (int(each[1]), int(each[2])) == (int(column), int(row))]
    assert abs(float(under[3]) + (column % 1) * TILE - WIDTH / 2) < 0.2
    assert abs(float(under[4]) + (row % 1) * TILE - HEIGHT / 2) < 0.2
    assert '見本市の地図' in svg


def test_tiles_of_a_whole_country_only_are_left_out() -> None:
    svg = map_sketch(PIN, (), Tiles(lambda *_: '/tiles/x', 4, 9, '小さな地図'))
    assert '<image' not in svg and '小さな地図' not in svg and '<line' in svg


def test_far_in_the_north_it_is_still_a_picture() -> None:
    assert 'nan' not in map_sketch(Point(90, 180), [Point(89.99, 179.99, '氷')])
