"""Tiles as files: {z}/{x}/{y}.png, .jpg, .jpeg or .webp below one folder."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from apps.map.tiles.tile import HIGHEST_ZOOM, Box, Range, TilesError

SUFFIXES = ('.png', '.jpg', '.jpeg', '.webp')
_TOLD_BY = 12
"""A tile of this zoom is 8 km wide."""


class TileFolder:
    """Nothing outside of the folder is ever read, whatever a link inside it points at."""

    def __init__(self, folder: Path) -> None:
        """Raises TilesError."""
        self._folder = folder.resolve()
        zooms = sorted(_zooms(self._folder))
        if not zooms:
            raise TilesError(f'{folder} に地図の画像がありません。15/28821/12781.png のように置きます(ズーム/列/行)。')
        self.range = Range(zooms[0], zooms[-1], _box(self._folder, max(_quickly_read(zooms))))

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Of two files for one tile the PNG counts."""
        for suffix in SUFFIXES:
            file = (self._folder / str(zoom) / str(column) / f'{row}{suffix}').resolve()
            try:
                return file.read_bytes() if file.is_relative_to(self._folder) else None
            except OSError:
                continue
        return None

    def close(self) -> None:
        """Nothing is kept open."""


def _zooms(folder: Path) -> Iterator[int]:
    """The zooms that hold at least one picture."""
    for zoom in _numbers(folder):
        own = folder / str(zoom)
        if zoom <= HIGHEST_ZOOM and any(_rows(own / str(column)) for column in _numbers(own)):
            yield zoom


def _quickly_read(zooms: list[int]) -> list[int]:
    """Zooms with few files, though fine enough to tell where the city is; the coarsest if all are finer."""
    return [each for each in zooms if each <= _TOLD_BY] or zooms[:1]


def _box(folder: Path, zoom: int) -> Box | None:
    """The ground that the tiles of one zoom cover, from their first to their last column and row."""
    columns = sorted(_numbers(folder / str(zoom)))
    rows = [row for column in columns for row in _rows(folder / str(zoom) / str(column))]
    if not rows:
        return None
    count = 1 << zoom
    return (
        _latitude((max(rows) + 1) / count),
        columns[0] / count * 360 - 180,
        _latitude(min(rows) / count),
        (columns[-1] + 1) / count * 360 - 180,
    )


def _latitude(part: float) -> float:
    """Of a part (0 in the north, 1 in the south) of the square of the Mercator projection."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * part))))


def _numbers(folder: Path) -> list[int]:
    if not folder.is_dir():
        return []
    return [int(each.name) for each in folder.iterdir() if _is_number(each.name) and each.is_dir()]


def _rows(folder: Path) -> list[int]:
    files = (each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES)
    return [int(each.stem) for each in files if _is_number(each.stem)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 8
