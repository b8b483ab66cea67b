"""Tiles from whatever an administrator put there: the same pictures from every kind of file, to those who may."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import tile_files
from city_hall import LEADER, STAFF, opened
from fastapi import FastAPI
from pictures import picture
from pmtiles.tile import TileType

from apps.api.routes import install
from apps.clock import StillClock
from apps.context import AppContext
from apps.map.maps import Maps
from apps.map.tiles.opening import doubts_about, open_tiles
from apps.map.tiles.tile import TilesError
from apps.public import maps as public_maps
from apps.security import COOKIE
from apps.settings import Settings
from forms.places import Place

Made = Callable[[Path], Path]
KINDS: dict[str, Made] = {
    'tiles': tile_files.folder,
    'a.mbtiles': tile_files.mbtiles,
    'a.pmtiles': tile_files.pmtiles,
}


@pytest.fixture(params=KINDS)
def tiles(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return KINDS[request.param](tmp_path / request.param)


@asynccontextmanager
async def web_of(
    settings: Settings, clock: StillClock, *, signed_in: bool = True
) -> AsyncIterator[tuple[httpx.AsyncClient, AppContext]]:
    office = opened(settings, clock)
    app = FastAPI()
    install(app, office)
    public_maps.register(app, office)
    transport = httpx.ASGITransport(app=app)
    try:
        async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as web:
            if signed_in:
                person = {'roles': STAFF.roles, 'sections': STAFF.sections, 'by': LEADER}
                await office.accounts.add(STAFF.account, STAFF.name, 'pass-word-1', **person)
                account = office.accounts.get(STAFF.account)
                assert account is not None
                web.cookies.set(COOKIE, office.sessions.open(account))
            yield web, office
    finally:
        office.close()


async def test_every_kind_of_file_gives_the_same_pictures_and_a_quiet_grid_beside_them(
    settings: Settings, clock: StillClock, tiles: Path
) -> None:
    with_tiles = replace(settings, tiles=tiles, tiles_attribution='国土地理院')
    async with web_of(with_tiles, clock) as (web, _):
        told = (await web.get('/api/v1/map')).json()['tiles']
        assert (told['min'], told['max'], told['attribution']) == (10, 15, '国土地理院')
        for (zoom, column, row), content in tile_files.PICTURES.items():
            address = told['address'].format(z=zoom, x=column, y=row)
            answer = await web.get(address)
            assert answer.content == content and answer.headers['content-type'] == 'image/png'
            again = await web.get(address, headers={'If-None-Match': answer.headers['etag']})
            assert again.status_code == 304 and not again.content
        missing = await web.get('/tiles/15/1/1')
        assert missing.headers['content-type'].startswith('image/svg+xml') and b'<svg' in missing.content


async def test_tiles_are_for_those_who_are_signed_in(settings: Settings, clock: StillClock, tiles: Path) -> None:
    zoom, column, row = tile_files.RED
    async with web_of(replace(settings, tiles=tiles), clock, signed_in=False) as (web, _):
        assert (await web.get(f'/tiles/{zoom}/{column}/{row}')).headers['location'].startswith('/sign-in')
        assert (await web.get('/api/v1/map')).status_code == 401


async def test_everybody_gets_them_only_while_a_page_for_everybody_shows_a_map(
    settings: Settings, clock: StillClock, definitions: Path, tiles: Path
) -> None:
    zoom, column, row = tile_files.RED
    address = f'/public/maps/tiles/{zoom}/{column}/{row}'
    with_tiles = replace(settings, tiles=tiles)
    async with web_of(with_tiles, clock, signed_in=False) as (web, _):
        assert (await web.get(address)).content == tile_files.PICTURES[tile_files.RED]
        assert (await web.get('/public/forms/douro/api/map')).json()['tiles']['address'].startswith('/public/maps/')
    for each in definitions.glob('*.yaml'):
        if each.stem != 'facilities':
            each.unlink()
    async with web_of(with_tiles, clock, signed_in=False) as (web, _):
        for asked in (address, '/public/maps/settings', '/public/maps/places?box=36,136,37,137&zoom=12'):
            assert (await web.get(asked)).status_code == 404


async def test_nothing_outside_of_the_folder_is_ever_read(
    settings: Settings, clock: StillClock, tmp_path: Path
) -> None:
    folder = tile_files.folder(tmp_path / 'tiles')
    (tmp_path / 'secret.png').write_bytes(picture('green'))
    (folder / '10' / '900' / '7.png').symlink_to(tmp_path / 'secret.png')
    async with web_of(replace(settings, tiles=folder), clock) as (web, _):
        assert (await web.get('/tiles/10/900/7')).headers['x-tile'] == 'missing'
        for path in ('/tiles/10/900/..%2F..%2F..%2Fsecret', '/tiles/..%2F../900/403', '/tiles/10/-1/403'):
            answer = await web.get(path)
            assert picture('green') not in answer.content and answer.headers.get('content-type') != 'image/png'


async def test_tiles_that_are_replaced_are_shown_without_a_restart(tmp_path: Path) -> None:
    file = tile_files.mbtiles(tmp_path / 'a.mbtiles')
    maps = Maps(file, '', lambda: ())
    before = maps.settings('/tiles', '')['tiles']
    assert maps.tile(*tile_files.RED) is not None
    fresh = tile_files.mbtiles(tmp_path / 'b.mbtiles', attribution='見本市')
    os.replace(fresh, file)
    after = maps.settings('/tiles', '')['tiles']
    assert after['attribution'] == '見本市' and after['address'] != before['address']
    file.write_bytes(b'broken')
    assert maps.tile(*tile_files.RED) is not None, 'what was read last stays'
    maps.close()


def test_check_says_what_is_wrong_with_the_tiles_and_what_to_do(tmp_path: Path) -> None:
    def told(path: Path, attribution: str = '見本市') -> str:
        return '\n'.join(doubts_about(path, attribution))

    (tmp_path / 'empty').mkdir()
    (tmp_path / 'x.zip').write_bytes(b'PK')
    for name in ('x.mbtiles', 'x.pmtiles'):
        (tmp_path / name).write_bytes(b'this is no such file' * 40)
    assert '15/28821/12781.png のように' in told(tmp_path / 'empty')
    assert 'MBTilesのファイルとして読めません' in told(tmp_path / 'x.mbtiles')
    assert 'PMTiles(バージョン3)のファイルとして読めません' in told(tmp_path / 'x.pmtiles')
    assert '.mbtiles か .pmtiles' in told(tmp_path / 'x.zip')
    assert 'ベクトルタイル' in told(tile_files.mbtiles(tmp_path / 'v.mbtiles', format='pbf'))
    assert '画像のタイルではありません' in told(tile_files.pmtiles(tmp_path / 'v.pmtiles', kind=TileType.MVT))
    good = tile_files.pmtiles(tmp_path / 'good.pmtiles')
    assert told(good) == '' and '出典' in told(good, '')
    assert told(tile_files.mbtiles(tmp_path / 'own.mbtiles', attribution='見本市'), '') == ''
    with pytest.raises(TilesError):
        open_tiles(tmp_path / 'gone')


def test_names_stand_apart_and_a_mistyped_place_does_not_widen_the_map() -> None:
    town = [Place(f'見本町{each}丁目', '', '町名', 36.56 + each / 10_000, 136.65) for each in range(40)]
    far = Place('まちがい', '', '町名', 3.656, 136.65)
    pole = Place('見本支1', '', '電柱番号', 36.5605, 136.651)
    maps = Maps(None, '', lambda: [*town, far, pole])
    south, _, north, _ = maps.settings('', '/places')['box']
    assert 36.5 < south < north < 36.6
    box = (36.5, 136.6, 36.6, 136.7)
    few, many = maps.names(box, 12), maps.names(box, 18)
    assert 1 <= len(few) < len(many) <= 41
    assert pole not in few and pole in many
