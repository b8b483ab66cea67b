"""A second office takes requests with one YAML file: what roads use, parks use as well, and no Python names either."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import SHIPPED, STAFF, password_of
from fastapi import FastAPI

from apps.api.routes import install
from apps.context import AppContext

APP = 'park_requests'
API = f'/api/v1/apps/{APP}'
ROOT = SHIPPED.parents[1]
SWING = {'受付方法': '電話', '種別': '遊具', '公園': '見本町公園', '内容': 'ブランコの鎖が切れている。'}


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as client:
        await client.post('/api/v1/session', json={'account': STAFF.account, 'password': password_of(STAFF)})
        yield client


async def posted(web: httpx.AsyncClient, path: str, **body: Any) -> dict[str, Any]:
    answer = await web.post(f'{API}{path}', json=body)
    assert answer.status_code in {200, 201}, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_a_park_request_goes_from_the_call_to_its_end_by_the_definition_alone(web: httpx.AsyncClient) -> None:
    (park,) = (await web.get(f'{API}/places', params={'q': 'みほんちょうこうえん'})).json()['places']
    place = {'lat': park['latitude'], 'lon': park['longitude'], 'place': ''}
    assert park['name'] == SWING['公園']

    first = await posted(web, '/records', request_id='park-request-1', values={**SWING, '位置': place})
    values = first['values']
    assert values['受付番号'].startswith('公-R8-')
    assert (values['地区'], values['担当課'], values['状態']) == ('北部', '施設管理課', '受付')
    assert values['期限'] == '2026-11-24', 'one working day after a Friday, the 23rd being a holiday'

    typed = {**SWING, '位置': place, '内容': 'ブランコがこわれている'}
    (likely,) = (await posted(web, '/duplicates', values=typed))['records']
    assert likely['id'] == first['id']

    second = await posted(web, '/records', request_id='park-request-2', values={**typed, '位置': place})
    merged = await posted(web, f'/records/{second["id"]}/same/merge', other=first['id'], request_id='park-request-3')
    assert merged['values']['状態'] == '同じ申出'

    done = {'対応内容': '鎖を交換しました。'}
    path = f'/records/{first["id"]}/actions/完了にする'
    ended = await posted(web, path, values=done, request_id='park-request-4')
    values = ended['values']
    assert (values['状態'], values['完了日'], values['申出の数']) == ('完了', '2026-11-20', 2)


def test_no_python_but_that_of_the_sample_city_names_a_request_app_or_its_fields() -> None:
    names = ('road_requests', 'park_requests', '舗装', '遊具', '道路区分')
    folders = (ROOT / 'forms', ROOT / 'storage', ROOT / 'apps')
    code = [path for folder in folders for path in folder.rglob('*.py') if 'demo' not in path.parts]
    naming = {str(path.relative_to(ROOT)): _named(path, names) for path in code if _named(path, names)}
    assert len(code) > 300
    assert not naming


def _named(path: Path, names: tuple[str, ...]) -> list[str]:
    text = path.read_text('utf-8')
    return [name for name in names if name in text]
