"""What every map of the installation stands on: tiles if there are any, and the places of the gazetteers."""

from __future__ import annotations

import hashlib
import logging
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from apps.map.tiles.opening import open_tiles
from apps.map.tiles.tile import Box, TilesError, TileSource, exists, media_type
from forms.places import KINDS, Place

logger = logging.getLogger(__name__)

_NAMED_FROM = {'町名': 0, '交差点': 15, '橋': 14, '施設': 14, '電柱番号': 18}
"""Kind -> the zoom from which such places have room for their names; other kinds from 15."""

_APART = (92, 34)
"""Pixels of one name, across and down."""

_MOST_NAMES = 300
_BEYOND = 0.05


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture with its kind. tag: changes with its content."""

    content: bytes
    kind: str
    tag: str


class Maps:
    """Opened when the first map is, and anew when the tiles were replaced. Blocking: ask in a thread."""

    def __init__(self, tiles: Path | None, attribution: str, places: Callable[[], Sequence[Place]]) -> None:
        """attribution: shown on every map with tiles; '' for what their own file says."""
        self._path = tiles
        self._attribution = attribution
        self._places = places
        self._opening = Lock()
        self._source: TileSource | None = None
        self._version = ''

    def settings(self, tiles: str, places: str) -> dict[str, Any]:
        """For openMap() in map_face.js. tiles, places: the addresses below which this reader may ask for them."""
        source = self._current()
        found = self._places()
        drawn = None
        if source is not None:
            drawn = {
                'address': f'{tiles}/{{z}}/{{x}}/{{y}}?v={self._version}',
                'min': source.range.least,
                'max': source.range.most,
                'attribution': self._attribution or source.range.attribution,
            }
        box = around(found) or (source.range.box if source is not None else None)
        return {'tiles': drawn, 'box': box, 'places': places if found else ''}

    def tile(self, zoom: int, column: int, row: int) -> Tile | None:
        """None where nothing is to be shown but the ground."""
        source = self._current() if exists(zoom, column, row) else None
        content = source.tile(zoom, column, row) if source is not None else None
        kind = media_type(content) if content else ''
        if not content or not kind:
            return None
        return Tile(content, kind, hashlib.blake2b(content, digest_size=12).hexdigest())

    def names(self, box: Box, zoom: int) -> list[Place]:
        """The places to be named on a map of this box: by kind, none where another one stands already."""
        south, west, north, east = box
        wanted = sorted(
            (
                each
                for each in self._places()
                if zoom >= _NAMED_FROM.get(each.kind, 15)
                and south <= each.latitude <= north
                and west <= each.longitude <= east
            ),
            key=lambda each: KINDS.index(each.kind) if each.kind in KINDS else len(KINDS),
        )
        return list(_apart(wanted, zoom))[:_MOST_NAMES]

    def close(self) -> None:
        """Let go of the file."""
        with self._opening:
            if self._source is not None:
                self._source.close()
            self._source, self._version = None, ''

    def _current(self) -> TileSource | None:
        """What was opened last stays while its replacement cannot be read: it may just be on its way here."""
        if self._path is None:
            return None
        with self._opening:
            try:
                stat = self._path.stat()
                version = f'{stat.st_mtime_ns:x}{stat.st_size:x}'
                if version != self._version:
                    self._version = version
                    fresh = open_tiles(self._path)
                    if self._source is not None:
                        self._source.close()
                    self._source = fresh
            except (OSError, TilesError):
                logger.exception('the tiles in %s cannot be read', self._path)
            return self._source


def around(places: Sequence[Place]) -> Box | None:
    """Where nearly all of the places are: one that was mistyped does not make the map as large as the country."""
    if not places:
        return None
    latitudes, longitudes = sorted(each.latitude for each in places), sorted(each.longitude for each in places)
    first, last = len(places) // 20, -1 - len(places) // 20
    beyond = _BEYOND / 5 if len(places) > 1 else _BEYOND
    return (
        latitudes[first] - beyond,
        longitudes[first] - beyond,
        latitudes[last] + beyond,
        longitudes[last] + beyond,
    )


def _apart(places: Sequence[Place], zoom: int) -> Iterator[Place]:
    """The first place in each field of the size of a name."""
    whole = 256 * 2.0**zoom
    taken = set()
    for each in places:
        across = (each.longitude / 360 + 0.5) * whole
        down = (0.5 - math.asinh(math.tan(math.radians(each.latitude))) / (2 * math.pi)) * whole
        field = (across // _APART[0], down // _APART[1])
        if field not in taken:
            taken.add(field)
            yield each
