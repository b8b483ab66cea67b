"""A change of one record is offered for the rest of the household, as far as the person may change it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import STAFF, password_of
from fastapi import FastAPI

from apps.api.routes import install
from apps.context import AppContext

REGISTER = """
title: 避難者台帳
record_title: [受付番号, 枝番, 氏名]
sections:
  - fields:
      - {name: 同じ世帯の人, type: lookup, app: evacuees, copy: {受付番号: 受付番号}}
      - {name: 氏名, type: person_name, privacy: personal}
      - {name: 現在の居場所, type: select_one, choices: [額谷, キゴ, 万寿苑]}
      - {name: 部屋番号, type: text}
      - name: 移動履歴
        type: subtable
        append_only: true
        columns:
          - {name: 移動日, type: date, required: true}
          - {name: 移動元, type: text}
          - {name: 移動先, type: text}
numbering:
  - {field: 受付番号, scope: none, start: 168}
  - {field: 枝番, of: 受付番号}
on_change:
  - field: 現在の居場所
    not_first: true
    add_row: 移動履歴
    prefill: {移動日: Today(), 移動元: Old.現在の居場所, 移動先: 現在の居場所}
    clear: [部屋番号]
    offer_same: 受付番号
    offer_to: 同じ世帯
"""
RECORDS = '/api/v1/apps/evacuees/records'
MOVE = {'移動日': '2026-11-20', '移動元': '額谷', '移動先': 'キゴ'}


@pytest.fixture(autouse=True)
def definitions(definitions: Path) -> Path:
    (definitions / 'evacuees.yaml').write_text(REGISTER, 'utf-8')
    return definitions


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        await client.post('/api/v1/session', json={'account': STAFF.account, 'password': password_of(STAFF)})
        yield client


async def household(office: AppContext) -> list[str]:
    """見本 太郎, 花子 and 次郎 of one household, and somebody else's 一郎."""
    add = office.operations.submit
    taro = await add('evacuees', {'氏名': '見本 太郎', '現在の居場所': '額谷', '部屋番号': 'G-4'}, by=STAFF)
    ours = {'同じ世帯の人': taro.id}
    hanako = await add('evacuees', {**ours, '氏名': '見本 花子', '現在の居場所': '万寿苑'}, by=STAFF)
    jiro = await add('evacuees', {**ours, '氏名': '見本 次郎', '現在の居場所': 'キゴ'}, by=STAFF)
    other = await add('evacuees', {'氏名': '例示 一郎', '現在の居場所': '額谷'}, by=STAFF)
    return [taro.id, hanako.id, jiro.id, other.id]


def moved(request: str, rev: int = 1, **more: Any) -> dict[str, Any]:
    return {'request_id': request, 'rev': rev, 'values': {'現在の居場所': 'キゴ', '移動履歴': [MOVE]}, **more}


async def test_the_rest_of_the_household_is_offered_with_what_to_send(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    taro, hanako, _, _ = await household(staffed)
    answer = (await web.patch(f'{RECORDS}/{taro}', json=moved('request-1'))).json()
    (offer,) = answer['offers']
    assert (offer['label'], offer['to'], offer['text'], offer['group']) == ('現在の居場所', '同じ世帯', 'キゴ', 168)
    (one,) = offer['records']  # who is there already, and who is of another household, is not asked about
    assert (one['id'], one['title'], one['now']) == (hanako, '168 2 見本 花子', '万寿苑')
    assert one['values']['移動履歴'] == [{'移動日': '2026-11-20', '移動元': '万寿苑', '移動先': 'キゴ'}]
    applied = await web.patch(
        f'{RECORDS}/{hanako}', json={'request_id': 'request-2', 'rev': one['rev'], 'values': one['values']}
    )
    assert applied.status_code == 200
    assert applied.json()['values']['現在の居場所'] == 'キゴ'
    assert applied.json()['offers'] == []


async def test_the_same_request_again_offers_what_is_still_to_be_done(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    taro, hanako, _, _ = await household(staffed)
    first = (await web.patch(f'{RECORDS}/{taro}', json=moved('request-1'))).json()
    again = (await web.patch(f'{RECORDS}/{taro}', json=moved('request-1'))).json()
    assert again['offers'] == first['offers'] != []
    (one,) = first['offers'][0]['records']
    await web.patch(f'{RECORDS}/{hanako}', json={'request_id': 'request-2', 'rev': 1, 'values': one['values']})
    assert (await web.patch(f'{RECORDS}/{taro}', json=moved('request-1'))).json()['offers'] == []


async def test_another_change_offers_nothing(web: httpx.AsyncClient, staffed: AppContext) -> None:
    taro, *_ = await household(staffed)
    answer = await web.patch(
        f'{RECORDS}/{taro}', json={'request_id': 'request-1', 'rev': 1, 'values': {'氏名': '見本 太朗'}}
    )
    assert answer.json()['offers'] == []
