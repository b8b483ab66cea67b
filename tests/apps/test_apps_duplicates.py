"""Likely duplicates by the API: from what is typed so far, and only from what the person may read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import LEADER, ROAD, STAFF, password_of
from fastapi import FastAPI
from tinydb import Query

from apps.api.routes import install
from apps.context import AppContext

APP = '/api/v1/apps/road_requests'
PLACE = {'lat': 36.56, 'lon': 136.65}
NEAR = {'lat': 36.5603, 'lon': 136.65}
FAR = {'lat': 36.6, 'lon': 136.65}


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as client:
        await client.post('/api/v1/session', json={'account': STAFF.account, 'password': password_of(STAFF)})
        yield client


async def put(office: AppContext, **more: Any) -> str:
    return (await office.operations.submit('road_requests', {**ROAD, '位置': PLACE, **more}, by=STAFF)).id


async def asked(web: httpx.AsyncClient, values: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    answer = await web.post(f'{APP}/duplicates', json={'values': values, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()['records']


async def test_what_is_typed_so_far_finds_the_earlier_request_with_its_reasons(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    there = await put(staffed, 受付日='2026-11-17')
    await put(staffed, 位置=FAR)
    await put(staffed, 受付日='2026-06-01')
    typed = {'種別': '舗装', '位置': NEAR, '内容': '道に穴があいている', '危険度': '?', '受付日': '13月'}
    (one,) = await asked(web, typed)
    assert (one['id'], one['status'], one['done'], one['metres']) == (there, '受付', False, 33)
    assert one['reasons'][:2] == ['33 m', '同じ種別']
    assert one['reasons'][-1] == '3日前'
    assert one['texts'] == {'場所': ROAD['場所'], '内容': ROAD['内容']}


async def test_at_most_five_and_the_record_itself_is_none_of_them(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    made = [await put(staffed) for _ in range(7)]
    assert len(await asked(web, {'位置': NEAR, '種別': '舗装'})) == 5
    assert made[0] not in {each['id'] for each in await asked(web, {'位置': PLACE, '種別': '舗装'}, record=made[0])}
    answer = (await web.get(f'{APP}/records/{made[0]}/duplicates')).json()['records']
    assert len(answer) == 5
    assert made[0] not in {each['id'] for each in answer}


async def test_whom_the_words_are_hidden_from_finds_nothing_by_them(
    web: httpx.AsyncClient, staffed: AppContext, definitions: Path
) -> None:
    await put(staffed, 位置=None)
    same_words = {'場所': ROAD['場所'], '内容': ROAD['内容'], '種別': '舗装'}
    assert len(await asked(web, same_words)) == 1
    path = definitions / 'road_requests.yaml'
    rule = '{who: {role: staff}, can: [see, create, change, act, export]'
    text = path.read_text('utf-8')
    assert rule in text
    path.write_text(text.replace(rule, '{who: {role: staff}, can: [see], hide: [内容, 場所]'), 'utf-8')
    staffed.catalogue.reload()
    assert await asked(web, same_words) == []


async def test_records_that_may_not_be_seen_are_none(
    web: httpx.AsyncClient, staffed: AppContext, definitions: Path
) -> None:
    await staffed.operations.submit('road_requests', {**ROAD, '位置': PLACE}, by=LEADER)
    assert len(await asked(web, {'位置': PLACE, '種別': '舗装'})) == 1
    path = definitions / 'road_requests.yaml'
    rule = '{who: {role: staff}, can: [see, create, change, act, export]'
    path.write_text(path.read_text('utf-8').replace(rule, f'{rule}, records: own'), 'utf-8')
    staffed.catalogue.reload()
    assert await asked(web, {'位置': PLACE, '種別': '舗装'}) == []


@pytest.mark.parametrize('day', ['0001-01-01', '9999-12-31', ['x'], 5])
async def test_any_day_may_be_typed(web: httpx.AsyncClient, day: Any) -> None:
    assert await asked(web, {'受付日': day, '位置': NEAR}) == []


async def test_so_many_days_that_there_is_no_bound(
    web: httpx.AsyncClient, staffed: AppContext, definitions: Path
) -> None:
    there = await put(staffed, 受付日='2024-06-01')
    assert await asked(web, {'位置': NEAR, '種別': '舗装'}) == []
    path = definitions / 'road_requests.yaml'
    path.write_text(path.read_text('utf-8').replace('duplicates:\n', 'duplicates:\n  days: 1000000\n'), 'utf-8')
    staffed.catalogue.reload()
    assert [each['id'] for each in await asked(web, {'位置': NEAR, '種別': '舗装'})] == [there]


async def test_an_app_that_looks_for_none_says_so(web: httpx.AsyncClient) -> None:
    answer = await web.post('/api/v1/apps/facilities/duplicates', json={'values': {}})
    assert (answer.status_code, '重複の候補を調べません' in answer.json()['detail']) == (404, True)


async def test_the_days_are_found_by_an_index(staffed: AppContext) -> None:
    staffed.indexes.wait()
    about_then = (Query()['受付日'] >= '2026-09-21') & (Query()['受付日'] < '2027-01-20')
    assert 'INDEXED BY' in staffed.store.explain('road_requests', about_then)


async def test_of_merged_requests_the_original_is_told_once(web: httpx.AsyncClient, staffed: AppContext) -> None:
    original, follower = await put(staffed, 位置=FAR), await put(staffed)
    await staffed.same_reports.merge('road_requests', follower, original, by=STAFF)
    (one,) = await asked(web, {'種別': '舗装', '位置': NEAR, '内容': '道に穴があいている'})
    assert (one['id'], one['metres']) == (original, 33), 'though only its follower is near'
    assert await asked(web, {'種別': '舗装', '位置': NEAR, '内容': '道に穴があいている'}, record=original) == []
