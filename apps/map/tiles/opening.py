"""Opening whatever an administrator put there, and what there is to be said about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from apps.map.tiles.folder import TileFolder
from apps.map.tiles.mbtiles import MbTiles
from apps.map.tiles.pmtiles_file import PmTilesFile
from apps.map.tiles.tile import TilesError, TileSource

_USUAL_LEAST = 14
"""With nothing nearer than this no house can be told from the next."""


def open_tiles(path: Path) -> TileSource:
    """A folder, an .mbtiles or a .pmtiles file. Raises TilesError."""
    if path.is_dir():
        return TileFolder(path)
    if not path.is_file():
        raise TilesError(f'地図の画像 {path} がありません。')
    match path.suffix.lower():
        case '.mbtiles':
            return MbTiles(path)
        case '.pmtiles':
            return PmTilesFile(path)
    raise TilesError(f'{path} は地図の画像ではありません。フォルダーか .mbtiles か .pmtiles を書いてください。')


def doubts_about(path: Path, attribution: str) -> Iterator[str]:
    """What is wrong or unwise with the tiles, as Japanese sentences; nothing when all is well.

    attribution: of the settings.
    """
    try:
        source = open_tiles(path)
    except (TilesError, OSError) as error:
        yield f'tiles: {error}直すまで、地図は画像なし(格子)で表示します。'
        return
    with closing(source):
        known = source.range
        if not (attribution or known.attribution):
            yield 'tiles_attribution: 地図の出典がありません。地理院タイルなどは表示が必要です。例 "国土地理院"'
        if known.most < _USUAL_LEAST:
            yield f'tiles: 地図の画像はズーム{known.most}までです。番地を見分けるには、16から18くらいが必要です。'
