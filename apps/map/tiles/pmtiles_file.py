"""Tiles in one PMTiles file (version 3)."""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import (
    Compression,
    Entry,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    find_tile,
    zxy_to_tileid,
)

from apps.map.tiles.tile import Range, TilesError

_PICTURES = (TileType.PNG, TileType.JPEG, TileType.WEBP)
_DEEPEST = 4
"""Directories below each other, at most, by the specification."""

_KEPT = 64
"""Directories kept in memory: reading one anew takes longer than reading a tile."""

_UNREADABLE = (MagicNumberNotFound, SpecVersionUnsupported, ValueError, OSError, EOFError, IndexError, zlib.error)


class PmTilesFile:
    """The file is mapped into memory; nothing of it is copied but the tile that is asked for."""

    def __init__(self, file: Path) -> None:
        """Raises TilesError."""
        try:
            with file.open('rb') as opened:
                self._bytes = MmapSource(opened)
            reader = Reader(self._bytes)
            self._header: Any = reader.header()
            told: dict[str, Any] = reader.metadata()
            self._directory = lru_cache(_KEPT)(self._read_directory)
            self._directory(self._header['root_offset'], self._header['root_length'])
        except _UNREADABLE as error:
            raise TilesError(f'{file} はPMTiles(バージョン3)のファイルとして読めません。') from error
        if self._header['tile_type'] not in _PICTURES:
            raise TilesError(f'{file} は画像のタイルではありません。PNG、JPEG、WebPのタイルのファイルにしてください。')
        if self._header['tile_compression'] not in {Compression.NONE, Compression.UNKNOWN}:
            raise TilesError(f'{file} の画像は圧縮されています。圧縮しないで作り直してください。')
        self.range = _range(self._header, told)

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        wanted = zxy_to_tileid(zoom, column, row)
        place = self._header['root_offset'], self._header['root_length']
        for _ in range(_DEEPEST):
            found = find_tile(self._directory(*place), wanted)
            if found is None:
                return None
            if found.run_length:
                begin = self._header['tile_data_offset'] + found.offset
                return bytes(self._bytes(begin, found.length))
            place = self._header['leaf_directory_offset'] + found.offset, found.length
        return None

    def close(self) -> None:
        """The map of the file goes with this object."""

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        return deserialize_directory(self._bytes(offset, length))



def _range(header: Any, told: dict[str, Any]) -> Range:
    south, west, north, east = (header[f'{name}_e7'] / 1e7 for name in ('min_lat', 'min_lon', 'max_lat', 'max_lon'))
    box = (south, west, north, east) if south < north and west < east else None
    return Range(header['min_zoom'], header['max_zoom'], box, str(told.get('attribution') or ''))
