"""A map sketch drawn on the server: the pin, the named places around it, a scale bar, north; tiles where there are any.

It lies on the grid of web maps (spherical Mercator, tiles of 256 px, EPSG:3857), so that tiles fit under it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

TILE = 256
WIDTH, HEIGHT = 720, 210
NEAREST_ZOOM, FURTHEST_ZOOM = 17, 13
WANTED_PLACES = 4
"""So many names that people know are enough to find the pin; the sketch goes no further out than it must."""
MOST_PLACES = 24
_REACH = 0.07
"""Degrees: more than half of the width of a sketch at the furthest zoom."""
_METRES_PER_PIXEL = 156_543.03392
"""On the equator at zoom 0 (2 pi x 6,378,137 m / 256)."""
_LETTER, _LINE = 13, 17
_NORTH_LIMIT = 85.0


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84, degrees. name: as people call it. known: whether people find their way by it (a pole's number is not)."""

    latitude: float
    longitude: float
    name: str = ''
    known: bool = True


@dataclass(frozen=True, slots=True)
class Tiles:
    """address: of a tile by (zoom, x, y); least, most: the zooms there are; credit: whose map it is."""

    address: Callable[[int, int, int], str]
    least: int
    most: int
    credit: str = ''


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    @property
    def is_inside(self) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= WIDTH and self.bottom <= HEIGHT


def map_sketch(pin: Point, places: Iterable[Point], tiles: Tiles | None = None) -> str:
    """An SVG element. places: all there are; those near the pin are drawn. tiles: None where the office has none."""
    zooms = [
        zoom
        for zoom in range(NEAREST_ZOOM, FURTHEST_ZOOM - 1, -1)
        if tiles is None or tiles.least <= zoom <= tiles.most
    ]
    drawn = tiles if zooms else None
    ground = _Ground.around(pin, places, zooms or range(NEAREST_ZOOM, FURTHEST_ZOOM - 1, -1))
    below = ''.join(_tiles(ground, drawn) if drawn is not None else _grid(ground))
    names = ''.join(_names(ground))
    told = escape(drawn.credit) if drawn is not None else ''
    return (
        f'<svg class="sketch" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(_words(ground))}" '
        'font-family="sans-serif"><rect width="100%" height="100%" fill="#fff"/>'
        f'{below}{names}{_PIN}{_scale_bar(ground)}{_NORTH}'
        f'<text x="{WIDTH - 6}" y="{HEIGHT - 6}" font-size="10" text-anchor="end">{told}</text></svg>'
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """Which part of the world is drawn, the pin in its middle. near: places inside with their pixels, nearest first."""

    pin: Point
    zoom: int
    left: float
    top: float
    near: tuple[tuple[Point, float, float], ...]

    @staticmethod
    def around(pin: Point, places: Iterable[Point], zooms: Sequence[int]) -> _Ground:
        """zooms: nearest first. As near as enough names allow; without any name in reach as near as it goes."""
        south, west = pin.latitude - _REACH, pin.longitude - _REACH
        north, east = pin.latitude + _REACH, pin.longitude + _REACH
        reached = [each for each in places if south < each.latitude < north and west < each.longitude < east]
        grounds = (_Ground._at(zoom, pin, reached) for zoom in zooms)
        tried: list[_Ground] = []
        for ground in grounds:
            tried.append(ground)
            if sum(each.known for each, _, _ in ground.near) >= WANTED_PLACES:
                return ground
        return tried[-1] if tried[-1].near else tried[0]

    @staticmethod
    def _at(zoom: int, pin: Point, places: Sequence[Point]) -> _Ground:
        x, y = _pixel(pin, zoom)
        left, top = x - WIDTH / 2, y - HEIGHT / 2
        return _Ground(pin, zoom, left, top, _inside(places, zoom, left, top))

    @property
    def metres_per_pixel(self) -> float:
        return _METRES_PER_PIXEL * math.cos(math.radians(self.pin.latitude)) / 2.0**self.zoom


def _inside(places: Sequence[Point], zoom: int, left: float, top: float) -> tuple[tuple[Point, float, float], ...]:
    drawn = ((each, *_pixel(each, zoom)) for each in places)
    moved = ((each, x - left, y - top) for each, x, y in drawn)
    there = [one for one in moved if 8 <= one[1] <= WIDTH - 8 and 8 <= one[2] <= HEIGHT - 8]
    there.sort(key=lambda one: (math.hypot(one[1] - WIDTH / 2, one[2] - HEIGHT / 2), one[0].name))
    return tuple(there[:MOST_PLACES])


def _pixel(point: Point, zoom: int) -> tuple[float, float]:
    """Pixels from the north-west corner of the world."""
    size = TILE * 2**zoom
    latitude = math.radians(max(-_NORTH_LIMIT, min(_NORTH_LIMIT, point.latitude)))
    return (point.longitude + 180) / 360 * size, (1 - math.asinh(math.tan(latitude)) / math.pi) / 2 * size


def _tiles(ground: _Ground, tiles: Tiles) -> Iterator[str]:
    for y in range(math.floor(ground.top / TILE), math.floor((ground.top + HEIGHT) / TILE) + 1):
        for x in range(math.floor(ground.left / TILE), math.floor((ground.left + WIDTH) / TILE) + 1):
            yield (
                f'<image href="{escape(tiles.address(ground.zoom, x, y))}" x="{x * TILE - ground.left:.1f}" '
                f'y="{y * TILE - ground.top:.1f}" width="{TILE}" height="{TILE}"/>'
            )


def _grid(ground: _Ground) -> Iterator[str]:
    """Lines as far apart as the scale bar is long, through the pin."""
    step = _bar(ground)[1]
    for offset in range(-12, 13):
        x, y = WIDTH / 2 + offset * step, HEIGHT / 2 + offset * step
        if 0 < x < WIDTH:
            yield f'<line x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{HEIGHT}" stroke="#bbb"/>'
        if 0 < y < HEIGHT:
            yield f'<line x1="0" y1="{y:.1f}" x2="{WIDTH}" y2="{y:.1f}" stroke="#bbb"/>'


def _names(ground: _Ground) -> Iterator[str]:
    """The places as dots with their names, the known ones and the nearest first; none covers another."""
    signs = (_BAR_BOX, _NORTH_BOX)
    drawn = [one for one in ground.near if not any(_dot(*one[1:]).meets(sign) for sign in signs)]
    pin = _Box(WIDTH / 2 - 16, HEIGHT / 2 - 42, WIDTH / 2 + 16, HEIGHT / 2 + 6)
    taken = [pin, *signs, *(_dot(x, y) for place, x, y in drawn if place.known)]
    for place, x, y in sorted(drawn, key=lambda one: not one[0].known):
        if not place.known and any(_dot(x, y).meets(each) for each in taken):
            continue
        width = sum(_LETTER if ord(each) > 0x2E7F else _LETTER * 0.6 for each in place.name) + 4
        beside = ((x + 8, y + 5), (x - 8 - width, y + 5), (x - width / 2, y - 9), (x - width / 2, y + 20))
        boxes = (_Box(left, base - _LETTER, left + width, base - _LETTER + _LINE) for left, base in beside)
        box = next((one for one in boxes if one.is_inside and not any(one.meets(each) for each in taken)), None)
        if box is None and not place.known:
            continue
        taken.append(_dot(x, y))
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#fff" stroke="#000" stroke-width="2"/>'
        if box is not None:
            taken.append(box)
            yield (
                f'<text x="{box.left:.1f}" y="{box.top + _LETTER:.1f}" font-size="{_LETTER}" stroke="#fff" '
                f'stroke-width="3" paint-order="stroke" fill="#000">{escape(place.name)}</text>'
            )


def _dot(x: float, y: float) -> _Box:
    return _Box(x - 6, y - 6, x + 6, y + 6)


def _bar(ground: _Ground) -> tuple[int, float]:
    """(metres, pixels) of a scale bar of 60 to 150 px: 1, 2 or 5 with noughts."""
    for metres in (each * 10**power for power in range(5) for each in (1, 2, 5)):
        pixels = metres / ground.metres_per_pixel
        if pixels >= 60:
            return metres, pixels
    return metres, pixels


def _scale_bar(ground: _Ground) -> str:
    metres, pixels = _bar(ground)
    told = f'{metres:,}m' if metres < 1000 else f'{metres / 1000:g}km'
    x, y = 14, HEIGHT - 14
    return (
        f'<path d="M{x} {y - 8}v8h{pixels:.1f}v-8" fill="none" stroke="#000" stroke-width="2"/>'
        f'<text x="{x + pixels / 2:.1f}" y="{y - 6}" font-size="12" text-anchor="middle" stroke="#fff" '
        f'stroke-width="3" paint-order="stroke">{told}</text>'
    )


def _words(ground: _Ground) -> str:
    names = '、'.join(each.name for each, _, _ in ground.near[:3])
    return f'略図。北が上です。近くにあるもの {names}' if names else '略図。北が上です。'


_BAR_BOX = _Box(0, HEIGHT - 40, 200, HEIGHT)
_NORTH_BOX = _Box(WIDTH - 40, 0, WIDTH, 56)
_PIN = (
    f'<path d="M{WIDTH / 2} {HEIGHT / 2}c-4-12-13-16-13-26a13 13 0 1 1 26 0c0 10-9 14-13 26z" fill="#000" '
    f'stroke="#fff" stroke-width="1.5"/><circle cx="{WIDTH / 2}" cy="{HEIGHT / 2 - 26}" r="5" fill="#fff"/>'
)
_NORTH = (
    f'<path d="M{WIDTH - 20} 8l9 26-9-6-9 6z" fill="#000" stroke="#fff"/>'
    f'<text x="{WIDTH - 20}" y="48" font-size="13" font-weight="700" text-anchor="middle">北</text>'
)
