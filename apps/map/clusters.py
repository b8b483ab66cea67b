"""Points that would lie on each other at a zoom as one cluster, the same wherever the map is moved."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.map.tiles.tile import Box

_CELL = 44
"""Pixels: points in one field of this size are one at once; a pin is as wide."""

_APART = 58
"""Pixels between the middles of two clusters, at least."""

_TILE = 256
_EDGE = 40
_FARTHEST, _NEAREST = 4, 17


@dataclass(frozen=True, slots=True)
class Cluster:
    """members: places of its points in the arrays given. lat, lon: their middle."""

    lat: float
    lon: float
    members: NDArray[np.int64]


def clusters(lat: NDArray[np.float64], lon: NDArray[np.float64], zoom: int) -> list[Cluster]:
    """Every point in exactly one cluster, alone where it has room. lat, lon: degrees, none of them NaN."""
    if not len(lat):
        return []
    x, y = pixels(lat, lon, zoom)
    field = (x // _CELL).astype(np.int64) << 32 | (y // _CELL).astype(np.int64)
    _, inverse, counts = np.unique(field, return_inverse=True, return_counts=True)
    middle_x, middle_y = np.bincount(inverse, x) / counts, np.bincount(inverse, y) / counts
    home = _joined(middle_x, middle_y, counts)[inverse]
    order = np.argsort(home, kind='stable')
    ends = np.cumsum(np.bincount(home))
    groups = [part for part in np.split(order, ends[:-1]) if len(part)]
    return [Cluster(float(lat[each].mean()), float(lon[each].mean()), each) for each in groups]


def pixels(
    lat: NDArray[np.float64], lon: NDArray[np.float64], zoom: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where points lie on the whole world drawn at this zoom (spherical Mercator, EPSG:3857), from its upper left."""
    whole = _TILE * 2.0**zoom
    tangent = np.tan(np.radians(np.clip(lat, -85.05, 85.05)))
    return (lon / 360 + 0.5) * whole, (0.5 - np.arcsinh(tangent) / (2 * np.pi)) * whole


def fitting(box: Box, size: tuple[int, int]) -> tuple[Box, int]:
    """(what is seen, zoom) when a map of this size in pixels shows the whole box, as near as possible."""
    corners = pixels(np.array([box[0], box[2]]), np.array([box[1], box[3]]), 0)
    (west, east), (south, north) = corners[0].tolist(), corners[1].tolist()
    room = [max(1, each - 2 * _EDGE) for each in size]
    scale = min(room[0] / max(east - west, 1e-9), room[1] / max(south - north, 1e-9))
    zoom = max(_FARTHEST, min(_NEAREST, math.floor(math.log2(scale))))
    high, wide = size[1] / 2 / 2**zoom, size[0] / 2 / 2**zoom
    across, down = (west + east) / 2, (south + north) / 2
    seen = (_latitude(down + high), _longitude(across - wide), _latitude(down - high), _longitude(across + wide))
    return seen, zoom


def padded(box: Box, share: float) -> Box:
    """The box made larger on each side by this share of itself."""
    south, west, north, east = box
    high, wide = (north - south) * share, (east - west) * share
    return south - high, west - wide, north + high, east + wide


def _latitude(down: float) -> float:
    """Of a place on the world drawn at zoom 0."""
    return math.degrees(math.atan(math.sinh(2 * math.pi * (0.5 - down / _TILE))))


def _longitude(across: float) -> float:
    return (across / _TILE - 0.5) * 360


def _joined(x: NDArray[np.float64], y: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each field the field it belongs to: the largest takes in its neighbours, then the next that is left."""
    home = np.full(len(x), -1, np.int64)
    near = _Near(x, y)
    for index in np.argsort(-counts, kind='stable'):
        if home[index] >= 0:
            continue
        close = near(index)
        home[close[home[close] < 0]] = index
    return home


class _Near:
    """The fields within _APART of one, looked for among those of the neighbouring squares."""

    def __init__(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        self._x, self._y = x, y
        self._squares: dict[tuple[int, int], list[int]] = {}
        for index, square in enumerate(zip((x // _APART).astype(int), (y // _APART).astype(int), strict=True)):
            self._squares.setdefault((int(square[0]), int(square[1])), []).append(index)

    def __call__(self, index: int) -> NDArray[np.int64]:
        across, down = int(self._x[index] // _APART), int(self._y[index] // _APART)
        around: Sequence[int] = [
            each
            for one in range(across - 1, across + 2)
            for other in range(down - 1, down + 2)
            for each in self._squares.get((one, other), ())
        ]
        found = np.asarray(around, np.int64)
        away = np.hypot(self._x[found] - self._x[index], self._y[found] - self._y[index])
        return found[away < _APART]
