"""Linking, merging and separating by the API, and what follows from it for whoever asks from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from city_hall import ROAD, STAFF, password_of
from fastapi import FastAPI

from apps.api.routes import install
from apps.context import AppContext

RECORDS = '/api/v1/apps/road_requests/records'


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as client:
        await client.post('/api/v1/session', json={'account': STAFF.account, 'password': password_of(STAFF)})
        yield client


async def put(web: httpx.AsyncClient, number: int, **more: Any) -> dict[str, Any]:
    answer = await web.post(RECORDS, json={'request_id': f'caller-{number}', 'values': ROAD, **more})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_link_merge_and_separate(web: httpx.AsyncClient) -> None:
    one, other = await put(web, 1), await put(web, 2)
    for number, (step, rev) in enumerate((('link', 1), ('separate', 2), ('merge', 3)), start=1):
        wanted = {'request_id': f'tie-them-{number}', 'other': other['id'], 'rev': rev, 'other_rev': rev}
        answer = await web.post(f'{RECORDS}/{one["id"]}/same/{step}', json=wanted)
        assert (answer.status_code, answer.headers.get('ETag')) == (200, f'"{rev + 1}"'), answer.text
    assert answer.json()['values']['状態'] == '重複'
    told = (await web.get(f'{RECORDS}/{one["id"]}/same')).json()
    assert (told['original']['id'], told['original']['status'], told['reports']) == (other['id'], '受付', 2)
    theirs = (await web.get(f'{RECORDS}/{other["id"]}/same')).json()
    assert [each['id'] for each in theirs['followers']] == [one['id']] and theirs['original'] is None
    acted = await web.post(f'{RECORDS}/{one["id"]}/actions/対応を始める', json={'request_id': 'act-on-it'})
    assert acted.status_code == 422 and other['title'] in acted.json()['detail']
    stale = {'request_id': 'too-late-1', 'other': other['id'], 'rev': 1}
    assert (await web.post(f'{RECORDS}/{one["id"]}/same/separate', json=stale)).status_code == 409


async def test_a_caller_is_saved_with_what_is_known_already(web: httpx.AsyncClient) -> None:
    one = await put(web, 1)
    other = await put(web, 2, same_as=one['id'])
    assert other['values']['状態'] == '重複'
    nowhere = {'request_id': 'caller-3', 'values': ROAD, 'same_as': 'nowhere'}
    assert (await web.post(RECORDS, json=nowhere)).status_code == 404
    assert (await web.get(RECORDS)).json()['total'] == 2
