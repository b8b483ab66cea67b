"""Texts for an answer by the API: from the record and what is being typed, only of what the person may read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import ROAD, STAFF, password_of
from fastapi import FastAPI

from apps.api.routes import install
from apps.context import AppContext

APP = '/api/v1/apps/road_requests'


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as client:
        await client.post('/api/v1/session', json={'account': STAFF.account, 'password': password_of(STAFF)})
        yield client


async def asked(web: httpx.AsyncClient, values: dict[str, Any], **more: str) -> list[dict[str, str]]:
    answer = await web.post(f'{APP}/replies', json={'values': values, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()['replies']


async def test_the_texts_of_an_action_tell_the_record_and_what_is_typed_over_it(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    record = (await staffed.operations.submit('road_requests', ROAD, by=STAFF)).id
    (first, *_) = await asked(web, {'対応内容': ''}, record=record, action='完了にする')
    assert first == {'name': '舗装を補修した', 'text': '見本町1丁目 公園の前の舗装のいたみを確かめ、補修しました。'}
    (typed, *_) = await asked(web, {'場所': '例示橋', '種別': '側溝'}, record=record, action='完了にする')
    assert (typed['name'], typed['text'][:6]) == ('側溝を直した', '例示橋の側溝')


async def test_a_text_that_names_a_hidden_field_is_not_offered(
    web: httpx.AsyncClient, staffed: AppContext, definitions: Path
) -> None:
    record = (await staffed.operations.submit('road_requests', ROAD, by=STAFF)).id
    path = definitions / 'road_requests.yaml'
    rule = '{who: {role: staff}, can: [see, create, change, act, export]'
    path.write_text(path.read_text('utf-8').replace(rule, '{who: {role: staff}, can: [see], hide: [場所]'), 'utf-8')
    staffed.catalogue.reload()
    assert await asked(web, {'場所': '例示橋'}, record=record, action='完了にする') == []


async def test_which_texts_fit_does_not_tell_a_hidden_category_or_status(
    web: httpx.AsyncClient, staffed: AppContext, definitions: Path
) -> None:
    record = (await staffed.operations.submit('road_requests', {**ROAD, '危険度': '急ぎ'}, by=STAFF)).id
    path = definitions / 'road_requests.yaml'
    rule = '{who: {role: staff}, can: [see, create, change, act, export]'
    hidden = '{who: {role: staff}, can: [see], hide: [種別, 状態, 危険度]'
    plain = path.read_text('utf-8').replace("text: '{場所}", "text: '現地")
    path.write_text(plain.replace(rule, hidden), 'utf-8')
    staffed.catalogue.reload()
    assert await asked(web, {}, record=record) == []
    assert await asked(web, {}, record=record, action='そんな操作はない') == []
    names = {each['name'] for each in await asked(web, {}, record=record, action='他機関へ引き継ぐ')}
    assert names == {'国や県へ引き継いだ'}, 'where the step leads is known to everybody'


async def test_nothing_for_a_record_or_an_app_that_has_none(web: httpx.AsyncClient) -> None:
    gone = await web.post(f'{APP}/replies', json={'values': {}, 'record': 'nothing'})
    without = await web.post('/api/v1/apps/facilities/replies', json={'values': {}})
    assert (gone.status_code, without.status_code) == (404, 404)
    assert '文例がありません' in without.json()['detail']
