"""The office's own tiles lie under the map sketch, with their source as its licence asks."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import httpx
import pytest
from city_hall import ROAD, STAFF
from fastapi import FastAPI
from pictures import picture

from apps.api.routes import install
from apps.context import AppContext
from apps.security import COOKIE
from apps.settings import Settings
from apps.sheets import routes

ZOOM, COLUMN, ROW = 16, 57640, 25606
"""The tile in which 36.5675, 136.63 lies."""


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    tile = tmp_path / 'tiles' / str(ZOOM) / str(COLUMN) / f'{ROW}.png'
    tile.parent.mkdir(parents=True)
    tile.write_bytes(picture('green', size=(256, 256)))
    return dataclasses.replace(settings, tiles=tmp_path / 'tiles', tiles_attribution='見本地図 <2026>')


async def test_a_sheet_shows_the_tiles_and_whose_they_are(staffed: AppContext) -> None:
    place = {'lat': 36.5675, 'lon': 136.63, 'place': ''}
    record = (await staffed.operations.submit('road_requests', {**ROAD, '位置': place}, by=STAFF)).id
    server = FastAPI()
    install(server, staffed)
    routes.register(server, staffed)
    account = staffed.accounts.get(STAFF.account)
    assert account is not None
    cookies = {COOKIE: staffed.sessions.open(account)}
    transport = httpx.ASGITransport(app=server)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example', cookies=cookies) as web:
        page = (await web.get(f'/apps/road_requests/records/{record}/sheets/要望票')).text
        addresses = re.findall(r'<image href="([^"]+)"', page)
        (under,) = [each for each in addresses if each.startswith(f'/tiles/{ZOOM}/{COLUMN}/{ROW}?')]
        assert (await web.get(under)).headers['content-type'] == 'image/png'
    assert '見本地図 &lt;2026&gt;' in page and '<line' not in page.split('class="sketch"')[1].split('</svg>')[0]
