"""Letters and files over HTTP: who may, what is noted, what no browser may do with them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from mailing import EVENT, STAFF, WON, applied

from apps.accounts import ACCOUNTS
from apps.api.routes import install
from apps.context import AppContext
from apps.security import COOKIE

LETTERS = f'/api/v1/apps/{EVENT}/notices/letters'


@pytest.fixture
async def web(city: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in as the member of staff."""
    kept = {'name': STAFF.name, 'roles': list(STAFF.roles), 'sections': list(STAFF.sections), 'disabled': False}
    city.store.commit_blocking(lambda tx: tx.put(ACCOUNTS, kept, STAFF.account) and None, actor='x', request_id='')
    account = city.accounts.get(STAFF.account)
    assert account is not None
    app = FastAPI()
    install(app, city)
    cookies = {COOKIE: city.sessions.open(account)}
    transport = httpx.ASGITransport(app=app)
    (base,) = city.settings.origins
    async with httpx.AsyncClient(transport=transport, base_url=base, cookies=cookies) as client:
        yield client


async def test_letters_are_a_page_that_loads_nothing_and_whose_printing_is_noted(city, web):
    await applied(city, '<b>見本</b>', 郵便番号='100-0000', 住所='見本市見本町1')
    batch, _ = await city.outbox.letters(EVENT, WON, by=STAFF)
    answer = await web.get(LETTERS, params={'event': WON, 'batch': batch})
    assert answer.status_code == 200
    assert '見本市見本町1' in answer.text
    assert '<b>見本' not in answer.text
    assert "default-src 'none'" in answer.headers['content-security-policy']
    assert answer.headers['cache-control'] == 'no-store'
    (noted,) = [each for each in city.store.find('_audit', limit=None).docs if each['kind'] == 'print']
    assert (noted['by'], noted['detail']['count']) == (STAFF.account, 1)


async def test_the_file_comes_as_excel_and_as_text(city, web):
    await applied(city, '見本 太郎')
    batch, _ = await city.outbox.merge_file(EVENT, WON, by=STAFF)
    asked = {'event': WON, 'batch': batch}
    workbook = await web.get(f'/api/v1/apps/{EVENT}/notices/merge.xlsx', params=asked)
    assert workbook.content[:2] == b'PK'
    table = await web.get(f'/api/v1/apps/{EVENT}/notices/merge.csv', params=asked)
    assert '見本 太郎 様' in table.text


async def test_who_may_not_export_gets_no_addresses(city, web):
    await applied(city, '見本 太郎', 住所='見本市見本町1')
    await city.outbox.letters(EVENT, WON, by=STAFF)
    path = city.settings.definitions / f'{EVENT}.yaml'
    path.write_text(path.read_text('utf-8') + 'permissions:\n  - {who: {role: staff}, can: [see, act]}\n', 'utf-8')
    city.catalogue.reload()
    answer = await web.get(LETTERS, params={'event': WON})
    assert answer.status_code == 403
    assert '見本町' not in answer.text
