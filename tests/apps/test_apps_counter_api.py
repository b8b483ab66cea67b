"""The counter over HTTP: what a console of its own, made by somebody else, would need."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from city_hall import OTHER, STAFF, SUPERVISOR, password_of
from fastapi import FastAPI

from apps.api.routes import install
from apps.context import AppContext
from apps.people import Person

APP = '/api/v1/apps/counter_queue'
HOUSING = {'section': '住宅政策課', 'counter': '1番'}
CAME = {'request_id': 'somebody-came', 'values': {'用件': ['緊急修理', '支援金']}}


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as client:
        yield client


async def enter(web: httpx.AsyncClient, person: Person = STAFF) -> None:
    answer = await web.post('/api/v1/session', json={'account': person.account, 'password': password_of(person)})
    assert answer.status_code == 201


async def send(web: httpx.AsyncClient, address: str, **content: Any) -> httpx.Response:
    return await web.post(f'{APP}/{address}', json={'request_id': 'one-request', **content})


async def test_the_next_call_says_which_clerk_of_a_shared_tablet(web: httpx.AsyncClient) -> None:
    await enter(web)
    await web.post(f'{APP}/records', json=CAME)
    nobody = await send(web, 'next', **HOUSING, clerk='nobody')
    assert nobody.status_code == 422
    assert nobody.json()['errors'][0]['message'] == '「nobody」という職員はいません。担当者を選び直してください。'
    step = (await send(web, 'next', **HOUSING, clerk=OTHER.account)).json()['values']['受付の流れ'][-1]
    assert (step['ticket'], step['by'], step['clerk']) == ('住-1', STAFF.account, OTHER.account)


async def test_somebody_without_a_number_is_received_once_however_often_it_is_sent(web: httpx.AsyncClient) -> None:
    await enter(web)
    sent = [await send(web, 'walk-up', **HOUSING, values={'用件': ['緊急修理']}) for _ in range(3)]
    assert [each.json()['values']['整理券'] for each in sent] == ['住-1 対応中'] * 3
    nowhere = {**HOUSING, 'counter': '9番', 'request_id': 'another-request'}
    unknown = await send(web, 'walk-up', **nowhere, values={'用件': ['緊急修理']})
    assert unknown.status_code == 422 and '9番' in unknown.text


async def test_the_day_is_closed_and_tells_how_many_were_left(web: httpx.AsyncClient) -> None:
    await enter(web)
    await web.post(f'{APP}/records', json=CAME)
    assert (await send(web, 'close-day')).json() == {'closed': 1}
    assert (await send(web, 'close-day', request_id='another-request')).json() == {'closed': 0}


async def test_who_may_only_look_neither_calls_nor_closes(web: httpx.AsyncClient) -> None:
    await enter(web, SUPERVISOR)
    for address, content in (('next', HOUSING), ('walk-up', {**HOUSING, 'values': {}}), ('close-day', {})):
        assert (await send(web, address, **content)).status_code == 403
