"""A sketch of a day's route: numbered places and the way between them, north up, with a bar for the distance."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from math import cos, floor, log10, radians

from forms.capabilities.duplicates.distance import EARTH, Point

WIDTH, HEIGHT, EDGE = 720, 300, 34
_LEAST_METRES = 200.0
"""The sketch never goes nearer than this, or one place alone would fill it."""


def route_sketch(start: Point, name: str, stops: Sequence[tuple[int, Point]]) -> str:
    """An SVG element. stops: (number on the list, where), in order of the way."""
    plane = _Plane([start, *(point for _, point in stops)])
    spots: dict[tuple[int, int], list[int]] = {}
    for number, point in stops:
        left, top = plane.at(point)
        spots.setdefault((round(left), round(top)), []).append(number)
    way = ' '.join(f'{left:.0f},{top:.0f}' for left, top in map(plane.at, (start, *(each for _, each in stops), start)))
    x, y = plane.at(start)
    places = ''.join(_place(left, top, numbers) for (left, top), numbers in spots.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff" stroke="#999"/>'
        f'<polyline points="{way}" fill="none" stroke="#666" stroke-width="2" stroke-dasharray="6 4"/>'
        f'<rect x="{x - 8:.0f}" y="{y - 8:.0f}" width="16" height="16" fill="#111"/>'
        f'<text x="{x:.0f}" y="{y + 24:.0f}" font-size="13" text-anchor="middle" fill="#111">{escape(name)}</text>'
        f'{places}{plane.bar()}'
        f'<text x="{WIDTH - 22}" y="24" font-size="15" text-anchor="middle" fill="#111">北↑</text></svg>'
    )


def as_picture(svg: str) -> str:
    """A data URI that an image shows."""
    return 'data:image/svg+xml;base64,' + base64.b64encode(svg.encode()).decode()


def _place(left: int, top: int, numbers: Sequence[int]) -> str:
    words = '・'.join(map(str, numbers[:3])) + ('…' if len(numbers) > 3 else '')
    wide = 11 + 5 * max(1, len(words))
    return (
        f'<rect x="{left - wide / 2:.0f}" y="{top - 11}" width="{wide}" height="22" rx="11" fill="#fff" '
        f'stroke="#0017c1" stroke-width="2"/><text x="{left}" y="{top + 5}" font-size="13" font-weight="700" '
        f'text-anchor="middle" fill="#0017c1">{words}</text>'
    )


class _Plane:
    """Metres on a plane that touches the earth in the middle of the places, made to fit the paper."""

    def __init__(self, points: Sequence[Point]) -> None:
        lats, lons = [each[0] for each in points], [each[1] for each in points]
        self._middle = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        self._east = EARTH * cos(radians(self._middle[0]))
        wide = max(_LEAST_METRES, radians(max(lons) - min(lons)) * self._east)
        high = max(_LEAST_METRES, radians(max(lats) - min(lats)) * EARTH)
        self._scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)

    def at(self, point: Point) -> tuple[float, float]:
        """Left and top on the paper."""
        east = radians(point[1] - self._middle[1]) * self._east
        north = radians(point[0] - self._middle[0]) * EARTH
        return WIDTH / 2 + east * self._scale, HEIGHT / 2 - north * self._scale

    def bar(self) -> str:
        """A round distance of at most a quarter of the paper."""
        most = WIDTH / 4 / self._scale
        round_ = 10.0 ** floor(log10(most))
        metres = max(each * round_ for each in (1, 2, 5) if each * round_ <= most)
        wide, words = metres * self._scale, f'{metres / 1000:g} km' if metres >= 1000 else f'{metres:g} m'
        y = HEIGHT - 12
        return (
            f'<path d="M12 {y - 6}V{y}H{12 + wide:.0f}V{y - 6}" fill="none" stroke="#111" stroke-width="2"/>'
            f'<text x="{18 + wide:.0f}" y="{y}" font-size="12" fill="#111">{words}</text>'
        )
