"""Tiles in one SQLite file (MBTiles 1.3), whose rows count from the south."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from apps.map.tiles.tile import Box, Range, TilesError

_VECTOR = ('pbf', 'mvt')


class MbTiles:
    """One reading connection, asked by one thread after the other; the file itself is never changed."""

    def __init__(self, file: Path) -> None:
        """Raises TilesError."""
        self._asking = Lock()
        self._db = sqlite3.connect(f'{file.resolve().as_uri()}?mode=ro&immutable=1', uri=True, check_same_thread=False)
        try:
            self.range = self._read(file)
        except sqlite3.Error as error:
            self._db.close()
            raise TilesError(f'{file} はMBTilesのファイルとして読めません({error})。') from error
        except TilesError:
            self._db.close()
            raise

    def _read(self, file: Path) -> Range:
        told = {str(name): str(value) for name, value in self._db.execute('SELECT name, value FROM metadata')}
        if told.get('format', '').lower() in _VECTOR:
            raise TilesError(f'{file} はベクトルタイルです。画像(PNG、JPEG、WebP)のタイルのファイルにしてください。')
        least, most = self._db.execute('SELECT min(zoom_level), max(zoom_level) FROM tiles').fetchone()
        if least is None:
            raise TilesError(f'{file} に地図の画像が1枚も入っていません。')
        return Range(int(least), int(most), _box(told), told.get('attribution', ''))

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        sql = 'SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?'
        with self._asking:
            found = self._db.execute(sql, (zoom, column, (1 << zoom) - 1 - row)).fetchone()
        return bytes(found[0]) if found and found[0] else None

    def close(self) -> None:
        with self._asking:
            self._db.close()


def _box(told: Mapping[str, str]) -> Box | None:
    """Of «west,south,east,north»; a file without them, or with nonsense, is still a map."""
    try:
        west, south, east, north = (float(each) for each in told.get('bounds', '').split(','))
    except ValueError:
        return None
    return (south, west, north, east) if south < north and west < east else None
