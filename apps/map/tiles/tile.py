"""One tile, and what every place that holds tiles can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

HIGHEST_ZOOM = 24

Box = tuple[float, float, float, float]
"""South, west, north, east in degrees (WGS 84)."""

_BEGINNINGS = {b'\x89PNG\r\n\x1a\n': 'image/png', b'\xff\xd8\xff': 'image/jpeg'}


class TilesError(Exception):
    """The tiles cannot be used. str() is Japanese and says what to do about it."""


@dataclass(frozen=True, slots=True)
class Range:
    """What there is: from the zoom `least` to the zoom `most`; box: where, None when nobody knows."""

    least: int
    most: int
    box: Box | None = None
    attribution: str = ''


class TileSource(Protocol):
    """Asked from any thread."""

    range: Range

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """The picture; None where there is none. Row 0 is in the north, as in the addresses of web maps."""

    def close(self) -> None:
        """Let go of the file."""


def media_type(content: bytes) -> str:
    """Of the three kinds of pictures that every browser shows; '' for anything else."""
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    return 'image/webp' if content[:4] == b'RIFF' and content[8:12] == b'WEBP' else ''


def exists(zoom: int, column: int, row: int) -> bool:
    """Whether the world has such a tile."""
    return 0 <= zoom <= HIGHEST_ZOOM and 0 <= column < 1 << zoom and 0 <= row < 1 << zoom
