"""Tiny sets of tiles, made by the tests themselves: a folder, an MBTiles and a PMTiles file with the same pictures."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from pictures import picture
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

RED, BLUE = (10, 900, 403), (15, 28821, 12876)
"""(zoom, column, row), rows counted from the north."""

PICTURES: Mapping[tuple[int, int, int], bytes] = {RED: picture('red'), BLUE: picture('blue')}


def folder(path: Path) -> Path:
    for (zoom, column, row), content in PICTURES.items():
        place = path / str(zoom) / str(column)
        place.mkdir(parents=True)
        (place / f'{row}.png').write_bytes(content)
    return path


def mbtiles(path: Path, **told: str) -> Path:
    with sqlite3.connect(path) as db:
        db.execute('CREATE TABLE metadata (name TEXT, value TEXT)')
        db.execute('CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)')
        db.executemany('INSERT INTO metadata VALUES (?, ?)', {'format': 'png', **told}.items())
        for (zoom, column, row), content in PICTURES.items():
            db.execute('INSERT INTO tiles VALUES (?, ?, ?, ?)', (zoom, column, (1 << zoom) - 1 - row, content))
    db.close()
    return path


def pmtiles(path: Path, *, kind: TileType = TileType.PNG, attribution: str = '') -> Path:
    with path.open('wb') as file:
        writer = Writer(file)
        for place, content in sorted(PICTURES.items(), key=lambda each: zxy_to_tileid(*each[0])):
            writer.write_tile(zxy_to_tileid(*place), content)
        box = {'min_lat_e7': 364000000, 'min_lon_e7': 1365000000, 'max_lat_e7': 367000000, 'max_lon_e7': 1368000000}
        centre = {'center_zoom': 12, 'center_lat_e7': 365000000, 'center_lon_e7': 1366000000}
        kinds = {'tile_type': kind, 'tile_compression': Compression.NONE}
        writer.finalize({**kinds, **box, **centre}, {'attribution': attribution})
    return path
