"""Personal tokens: shown once, never wider than their person, over when time, person or owner say so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, SUPERVISOR
from fastapi import FastAPI

from apps.api.routes import install
from apps.clock import StillClock
from apps.context import AppContext
from apps.outcome import Refused
from apps.scopes import SCOPES
from apps.security import COOKIE
from apps.tokens import BEGINNING

RECORDS = '/api/v1/apps/road_requests/records'
Caller = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def caller(staffed: AppContext) -> AsyncIterator[Caller]:
    """caller(token): a program that shows it."""
    app = FastAPI(openapi_url=None)
    install(app, staffed)
    clients: list[httpx.AsyncClient] = []

    def call(token: str, **headers: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=app)
        shown = {'Authorization': f'Bearer {token}', **headers}
        clients.append(httpx.AsyncClient(transport=transport, base_url='http://hall.example', headers=shown))
        return clients[-1]

    yield call
    for each in clients:
        await each.aclose()


async def made(office: AppContext, *scopes: str, apps: tuple[str, ...] = (), person: Any = STAFF) -> str:
    text, _ = await office.tokens.make(person.account, '月報', scopes, apps=apps, by=person)
    return text


def submission(number: int = 1) -> dict[str, Any]:
    return {'request_id': f'request-{number}', 'values': ROAD}


async def test_a_token_is_kept_as_a_hash_only(staffed: AppContext) -> None:
    text = await made(staffed, 'write')
    assert text.startswith(BEGINNING) and len(text) > 40
    staffed.close()
    kept = b''.join(each.read_bytes() for each in staffed.settings.data.rglob('*') if each.is_file())
    assert text.encode() not in kept and text.removeprefix(BEGINNING).encode() not in kept


async def test_a_program_does_what_its_person_and_its_scopes_allow_and_no_more(
    staffed: AppContext, caller: Caller
) -> None:
    reading = caller(await made(staffed))
    assert (await reading.get(RECORDS)).status_code == 200
    refused = await reading.post(RECORDS, json=submission())
    assert refused.status_code == 403 and '範囲' in refused.json()['detail']
    writing = caller(await made(staffed, 'write'))
    record = (await writing.post(RECORDS, json=submission())).json()
    act = f'{RECORDS}/{record["id"]}/actions/取り下げる'
    assert (await writing.post(act, json={'request_id': 'request-2'})).status_code == 403
    assert (await caller(await made(staffed, 'act')).post(act, json={'request_id': 'request-2'})).status_code == 200
    assert (await writing.get('/api/v1/apps/road_requests/export')).status_code == 403
    assert (await writing.get(f'/api/v1/files/{"0" * 64}')).status_code == 403
    of_chief = caller(await made(staffed, 'write', person=SUPERVISOR))
    assert (await of_chief.post(RECORDS, json=submission(3))).status_code == 403, 'the chief may only look'


async def test_a_token_for_one_app_does_not_know_of_the_others(staffed: AppContext, caller: Caller) -> None:
    raw = {'施設番号': '001', '施設名': '見本小学校', '所管課': '施設管理課'}
    facility = await staffed.operations.submit('facilities', raw, by=LEADER)
    program = caller(await made(staffed, 'write', 'files', apps=('road_requests',)))
    assert [each['app'] for each in (await program.get('/api/v1/apps')).json()['apps']] == ['road_requests']
    assert (await program.get(f'/api/v1/apps/facilities/records/{facility.id}')).status_code == 404
    assert (await program.get('/api/v1/apps/inspections/lookup/施設')).status_code == 404


async def test_a_token_ends_with_its_time_its_owner_and_by_hand(
    staffed: AppContext, caller: Caller, clock: StillClock
) -> None:
    text, token = await staffed.tokens.make(STAFF.account, '月報', [], days=1, by=STAFF)
    program = caller(text)
    assert (await program.get('/api/v1/apps')).status_code == 200
    clock.at += timedelta(days=1)
    late = await program.get('/api/v1/apps')
    assert late.status_code == 401 and late.headers['WWW-Authenticate'].startswith('Bearer')
    other = await made(staffed)
    await staffed.tokens.revoke(staffed.tokens.of(STAFF.account)[0].id, by=STAFF)
    assert (await caller(other).get('/api/v1/apps')).status_code == 401
    third = await made(staffed)
    await staffed.accounts.change(STAFF.account, {'disabled': True}, by=LEADER)
    assert (await caller(third).get('/api/v1/apps')).status_code == 401
    await staffed.accounts.change(STAFF.account, {'disabled': False}, by=LEADER)
    assert (await caller(third).get('/api/v1/apps')).status_code == 401, 'who comes back makes new ones'
    assert (await caller(await made(staffed)).get('/api/v1/apps')).status_code == 200
    assert [each.ended for each in staffed.tokens.of(STAFF.account)].count('') == 1
    assert token.expires - token.made == timedelta(days=1)


async def test_a_temporary_password_ends_the_tokens_for_good_and_a_password_of_ones_own_does_not(
    staffed: AppContext, caller: Caller
) -> None:
    """Whoever asks for a new password may have lost more than that."""
    program = caller(await made(staffed))
    await staffed.accounts.set_password(STAFF.account, 'another-long-1', by=STAFF)
    assert (await program.get('/api/v1/apps')).status_code == 200
    await staffed.accounts.set_password(STAFF.account, 'temporary-long-1', by=LEADER, temporary=True)
    assert (await program.get('/api/v1/apps')).status_code == 401
    await staffed.accounts.set_password(STAFF.account, 'at-last-long-1', by=STAFF)
    assert (await program.get('/api/v1/apps')).status_code == 401
    assert (await caller(await made(staffed)).get('/api/v1/apps')).status_code == 200


async def test_a_token_opens_the_api_and_nothing_else(staffed: AppContext, caller: Caller) -> None:
    program = caller(await made(staffed, 'write'), Origin='http://evil.example')
    assert (await program.post(RECORDS, json=submission())).status_code == 201, 'no browser can be made to send it'
    assert (await program.get('/')).status_code == 303, 'pages ask for a session'
    account = staffed.accounts.get(OTHER.account)
    assert account is not None
    wrong = caller(f'{BEGINNING}wrong', Cookie=f'{COOKIE}={staffed.sessions.open(account)}')
    assert (await wrong.get(RECORDS)).status_code == 401, 'a cookie beside a token counts for nothing'


async def test_addresses_of_screens_are_closed_to_tokens(staffed: AppContext, caller: Caller) -> None:
    everything = await made(staffed, *SCOPES, person=LEADER)
    account = staffed.accounts.get(LEADER.account)
    assert account is not None
    session = staffed.sessions.open(account)
    program = caller(everything, Cookie=f'{COOKIE}={session}')
    assert (await program.get('/api/v1/session/operators')).status_code == 401
    assert (await program.get('/api/v1/exports/nothing')).status_code == 403
    await program.delete('/api/v1/session')
    assert staffed.sessions.person(session) == account.person, "a program ends nobody's session"


async def test_what_is_asked_of_a_token_is_checked(staffed: AppContext) -> None:
    for wrong in ({'scopes': ['define']}, {'days': 366}, {'days': 0}, {'name': ' '}, {'account': 'nobody'}):
        given: dict[str, Any] = {'account': STAFF.account, 'name': '月報', 'scopes': [], **wrong}
        with pytest.raises(Refused):
            await staffed.tokens.make(**given, by=STAFF)
    assert not staffed.tokens.of(STAFF.account)


async def test_making_using_and_revoking_stand_in_the_audit(staffed: AppContext, caller: Caller) -> None:
    program = caller(await made(staffed))
    for _ in range(3):
        await program.get('/api/v1/apps')
    (token,) = staffed.tokens.of(STAFF.account)
    assert token.used is not None
    await staffed.tokens.revoke(token.id, by=STAFF)
    kinds = [each['kind'] for each in staffed.store.find('_audit', limit=None).docs]
    assert kinds.count('token') == 2 and kinds.count('token_used') == 1, 'once a day, not at every request'


def test_the_command_makes_one(tmp_path: Path, definitions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from main import main

    places = ['--data', str(tmp_path / 'office'), '--definitions', str(definitions)]
    assert main(['users', 'add', 'taro', '--name', '見本 太郎', *places]) == 0
    assert main(['users', 'token', 'taro', '--name', '月報', '--scope', 'export', '--days', '30', *places]) == 0
    assert BEGINNING in capsys.readouterr().out
    assert main(['users', 'token', 'taro', '--scope', 'everything', *places]) == 1
    assert 'という範囲はありません' in capsys.readouterr().err
