"""The caller's earlier requests by the API: whose they are, in which order, who may see them, what is noted of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import LEADER, ROAD, STAFF, password_of
from fastapi import FastAPI

from apps.api.routes import install
from apps.context import AppContext

APP = '/api/v1/apps/road_requests'
NUMBER = '090-0000-0001'


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as client:
        await client.post('/api/v1/session', json={'account': STAFF.account, 'password': password_of(STAFF)})
        yield client


async def put(office: AppContext, **more: Any) -> str:
    raw = {**ROAD, '電話番号': NUMBER, '氏名': '見本 太郎', **more}
    return (await office.operations.submit('road_requests', raw, by=STAFF)).id


async def asked(web: httpx.AsyncClient, number: str) -> dict[str, Any]:
    answer = await web.post(f'{APP}/call/earlier', json={'number': number})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_same_number_however_it_is_typed_finds_the_callers_requests_open_ones_first(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    done = await put(staffed, 受付日='2026-11-19')
    await staffed.operations.act('road_requests', done, '取り下げる', {}, by=STAFF)
    old, new = await put(staffed, 受付日='2026-10-01'), await put(staffed, 受付日='2026-11-18')
    await put(staffed, 電話番号='090-0000-0002', 内容='0900000001 ではない')
    for typed in ('09000000001', '０９０－００００－０００１', '090 0000 0001 内線5'):
        told = await asked(web, typed)
        assert [each['id'] for each in told['records']] == [new, old, done]
    assert [each['done'] for each in told['records']] == [False, False, True]
    assert told['total'] == 3
    assert told['records'][0]['values'] == {'氏名': '見本 太郎'}
    assert told['records'][0]['texts']['種別'] == '舗装'
    assert told['records'][0]['status'] == '受付'


@pytest.mark.parametrize('typed', ['', '0900000', '0000-0001', '見本'])
async def test_before_the_number_is_whole_nothing_is_looked_for(
    web: httpx.AsyncClient, staffed: AppContext, typed: str
) -> None:
    await put(staffed)
    assert await asked(web, typed) == {'records': [], 'total': 0}
    assert not [each for each in audited(staffed) if each['kind'] == 'search']


async def test_the_look_is_audited_and_the_number_is_in_none_of_it(web: httpx.AsyncClient, staffed: AppContext) -> None:
    await put(staffed)
    await asked(web, NUMBER)
    noted = {each['kind']: each for each in audited(staffed) if each['by'] == STAFF.account}
    assert (noted['search']['detail']['count'], noted['view']['detail']['way']) == (1, '電話受付')
    assert '0001' not in json.dumps(noted, ensure_ascii=False)


async def test_who_may_not_read_the_number_finds_nobody_by_it(
    web: httpx.AsyncClient, staffed: AppContext, definitions: Path
) -> None:
    await put(staffed)
    file = definitions / 'road_requests.yaml'
    staff = '- {who: {role: staff}, can: [see, create, change, act, export]}'
    text = file.read_text('utf-8')
    assert staff in text
    file.write_text(text.replace(staff, staff.replace('export]', 'export], hide: [電話番号]')), 'utf-8')
    staffed.catalogue.reload()
    assert (await asked(web, NUMBER))['records'] == []


async def test_another_call_about_the_same_request_is_counted_and_stands_in_its_history(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    record = await put(staffed)
    for request_id in ('first-call-1', 'first-call-1', 'second-call'):
        body = {'request_id': request_id, 'values': {}}
        answer = await web.post(f'{APP}/records/{record}/actions/rang_again', json=body)
        assert answer.status_code == 200, answer.text
    (one,) = (await asked(web, NUMBER))['records']
    assert one['again'] == 2
    history = (await web.get(f'{APP}/records/{record}/history')).json()['entries']
    assert [each['what'] for each in history].count('また電話がありました') == 2


async def test_an_app_without_a_phone_screen_says_so(web: httpx.AsyncClient) -> None:
    answer = await web.post('/api/v1/apps/inspections/call/earlier', json={'number': NUMBER})
    assert answer.status_code == 404


async def test_what_rules_decide_is_told_while_typing_and_is_what_a_save_would_store(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    typed = {'種別': '舗装', '危険度': '緊急', '場所': '見本公園の入口', '内容': '倒木です。', '受付日': '13月'}
    answer = await web.post(f'{APP}/call/decided', json={'values': typed})
    assert answer.status_code == 200, answer.text
    told = {each['field']: each['text'] for each in answer.json()['facts']}
    saved = await staffed.operations.submit('road_requests', {**ROAD, **typed, '受付日': '2026-11-20'}, by=STAFF)
    shown = staffed.reading.record('road_requests', saved.id, by=STAFF).texts
    assert told and told == {name: shown[name] for name in told}
    assert '期限' in told and '担当課' in told
    assert [each['name'] for each in answer.json()['stops']] == ['いま危険があるとき', '緊急の要望です']
    assert all(each['call'] for each in answer.json()['stops'])


async def test_a_call_about_a_known_request_is_saved_as_its_follower(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    known = await put(staffed)
    body = {'request_id': 'second-caller', 'values': {**ROAD, '電話番号': '090-0000-0002'}, 'same_as': known}
    made = await web.post(f'{APP}/records', json=body)
    assert made.status_code == 201, made.text
    assert made.json()['values']['状態'] == '重複'


def audited(office: AppContext) -> list[dict[str, Any]]:
    """What stands in the audit once everything accepted is written."""
    office.audit.note_blocking('print', LEADER)
    return [dict(each) for each in office.store.find('_audit', limit=None).docs]
