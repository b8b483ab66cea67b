"""The outermost wall: whom a proxy may name, under which name the server answers, how often and how much."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace

import httpx
import pytest
import uvicorn
from city_hall import LEADER, OTHER, STAFF, opened
from fastapi import FastAPI

from apps import slow_connections
from apps.api.routes import install
from apps.clock import StillClock
from apps.context import AppContext
from apps.proxy import BehindProxy, address_of, peer_of
from apps.settings import Settings

PROXY, SOMEBODY = '10.0.0.5', '10.0.0.77'
NAMED = 'X-Remote-User'
Browser = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def behind(settings: Settings, clock: StillClock) -> AsyncIterator[AppContext]:
    """A hall whose proxy names the people."""
    context = opened(replace(settings, trusted_header=NAMED, trusted_proxy=PROXY, proxy=PROXY), clock)
    for each in (STAFF, OTHER):
        await context.accounts.add(each.account, each.name, '', roles=each.roles, by=LEADER)
    yield context
    context.close()


def reached(context: AppContext, peer: str, **headers: str) -> httpx.AsyncClient:
    """A browser whose connections come from `peer`."""
    app = FastAPI()
    install(app, context)
    transport = httpx.ASGITransport(app=app, client=(peer, 1234))
    return httpx.AsyncClient(transport=transport, base_url='http://hall.example', headers=headers)


async def who(web: httpx.AsyncClient) -> str:
    answer = await web.get('/api/v1/session')
    return answer.json()['account'] if answer.status_code == 200 else ''


# ---- the header of the city's proxy


async def test_whom_the_proxy_names_is_let_in_without_a_password(behind: AppContext) -> None:
    async with reached(behind, PROXY, **{NAMED: 'CITY\\Taro'}) as web:
        sent_on = await web.get('/apps/road_requests')
        assert sent_on.headers['location'] == '/sign-in/header?to=%2Fapps%2Froad_requests'
        arrived = await web.get(sent_on.headers['location'])
        assert arrived.headers['location'] == '/apps/road_requests' and await who(web) == STAFF.account


async def test_the_next_person_at_the_same_browser_is_not_taken_for_the_one_before(behind: AppContext) -> None:
    async with reached(behind, PROXY, **{NAMED: STAFF.account}) as web:
        await web.get('/sign-in/header')
        web.headers[NAMED] = f'{OTHER.account}@city.example'
        assert await who(web) == ''
        await web.get('/sign-in/header')
        assert await who(web) == OTHER.account


@pytest.mark.parametrize('forged', [{}, {'X-Forwarded-For': PROXY}, {'X-Forwarded-For': f'{PROXY}, {PROXY}'}])
async def test_the_header_of_anybody_else_is_as_if_it_were_not_there(
    behind: AppContext, forged: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        async with reached(behind, SOMEBODY, **{NAMED: STAFF.account}, **forged) as web:
            assert (await web.get('/apps/road_requests')).headers['location'].startswith('/sign-in?to=')
            refused = await web.get('/sign-in/header')
            assert 'reason=no_account' in refused.headers['location'] and await who(web) == ''
    assert SOMEBODY in caplog.text and STAFF.account not in caplog.text


async def test_a_proxy_that_is_believed_for_addresses_may_still_not_name_people(
    settings: Settings, clock: StillClock
) -> None:
    context = opened(replace(settings, trusted_header=NAMED, trusted_proxy=PROXY, proxy=SOMEBODY), clock)
    await context.accounts.add(STAFF.account, STAFF.name, '', roles=STAFF.roles, by=LEADER)
    async with reached(context, SOMEBODY, **{NAMED: STAFF.account, 'X-Forwarded-For': PROXY}) as web:
        await web.get('/sign-in/header')
        assert await who(web) == ''
    context.close()


async def test_strangers_disabled_accounts_and_two_names_at_once_stay_outside(behind: AppContext) -> None:
    await behind.accounts.change(OTHER.account, {'disabled': True}, by=LEADER)
    for told in ('nobody', OTHER.account, ''):
        async with reached(behind, PROXY, **{NAMED: told}) as web:
            await web.get('/sign-in/header')
            assert await who(web) == ''
    async with reached(behind, PROXY) as web:
        await web.get('/sign-in/header', headers=[(NAMED, STAFF.account), (NAMED, STAFF.account)])
        assert await who(web) == ''


async def test_a_header_is_nothing_where_no_setting_names_it(staffed: AppContext) -> None:
    async with reached(staffed, '127.0.0.1', **{NAMED: STAFF.account}) as web:
        assert (await web.get('/sign-in/header')).status_code == 404 and await who(web) == ''


async def test_the_peer_and_the_address_behind_a_proxy_are_two_things() -> None:
    seen = []

    async def app(scope: dict, receive: object, send: object) -> None:
        seen.append((peer_of(scope), address_of(scope), scope['scheme']))

    headers = [(b'x-forwarded-for', SOMEBODY.encode()), (b'x-forwarded-proto', b'https')]
    for peer in (PROXY, '10.9.9.9'):
        scope = {'type': 'http', 'client': (peer, 1), 'headers': headers, 'scheme': 'http'}
        await BehindProxy(app, PROXY)(scope, None, None)  # type: ignore[arg-type]
    assert seen == [(PROXY, SOMEBODY, 'https'), ('10.9.9.9', '10.9.9.9', 'http')]


# ---- names, numbers, sizes


async def test_only_the_names_of_the_settings_are_answered(settings: Settings, clock: StillClock) -> None:
    context = opened(replace(settings, origins=('http://hall.example',)), clock)
    async with reached(context, SOMEBODY) as web:
        told = await web.get('/api/v1/session')
        assert told.status_code == 401 and told.headers['cache-control'] == 'no-store'
        refused = await web.get('/api/v1/session', headers={'Host': 'evil.example'})
        assert refused.status_code == 403 and 'content-security-policy' in refused.headers
        assert (await web.get('/healthz', headers={'Host': '127.0.0.1:8080'})).status_code == 200
    context.close()


async def test_behind_https_the_cookie_and_the_browser_know_it(settings: Settings, clock: StillClock) -> None:
    context = opened(replace(settings, https=True, trusted_header=NAMED, trusted_proxy=PROXY), clock)
    await context.accounts.add(STAFF.account, STAFF.name, '', roles=STAFF.roles, by=LEADER)
    async with reached(context, PROXY, **{NAMED: STAFF.account}) as web:
        answer = await web.get('/sign-in/header')
    (cookie,) = (each for each in answer.headers.get_list('set-cookie') if each.startswith('madoguchi_session='))
    assert all(part in cookie for part in ('HttpOnly', 'Secure', 'SameSite=lax'))
    assert answer.headers['strict-transport-security'] == 'max-age=31536000'
    context.close()


async def test_who_guesses_passwords_too_fast_waits_and_the_neighbour_does_not(
    settings: Settings, clock: StillClock
) -> None:
    context = opened(replace(settings, rate_sign_in=5), clock)
    wrong = {'account': 'nobody', 'password': 'wrong-pass-1'}
    async with reached(context, SOMEBODY) as web, reached(context, PROXY) as neighbour:
        answers = [await web.post('/api/v1/session', json=wrong) for _ in range(6)]
        assert [each.status_code for each in answers] == [401] * 5 + [429]
        told = answers[-1]
        assert told.headers['content-type'] == 'application/problem+json' and 'お試しください' in told.json()['detail']
        assert 1 <= int(told.headers['retry-after']) <= 12
        page = await web.post('/sign-in', data=wrong, headers={'Accept': 'text/html'})
        assert page.status_code == 429 and '<h1>お待ちください</h1>' in page.text and page.headers['retry-after']
        assert (await neighbour.post('/api/v1/session', json=wrong)).status_code == 401
    context.close()


async def test_what_is_too_large_is_refused_before_it_is_read(staffed: AppContext) -> None:
    most = staffed.settings.upload_mb * 1_000_000 + 1_000_000

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(most // 65_536 + 2):
            yield b' ' * 65_536

    async with reached(staffed, SOMEBODY) as web:
        stated = await web.post('/api/v1/session', content=b' ' * (most + 1))
        unstated = await web.post('/api/v1/session', content=pieces(), headers={'Content-Type': 'application/json'})
    for answer in (stated, unstated):
        assert answer.status_code == 413 and 'MBまで' in answer.json()['detail']


@pytest.mark.long
async def test_a_connection_that_never_finishes_its_request_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_connections, 'BEGIN_WITHIN', 0.2)
    monkeypatch.setattr(slow_connections, 'NEXT_PIECE_WITHIN', 0.2)

    async def app(scope: dict, receive: Callable, send: Callable) -> None:
        if scope['type'] != 'http':
            return
        while (message := await receive()).get('more_body'):
            pass
        if message['type'] != 'http.disconnect':
            await send({'type': 'http.response.start', 'status': 200, 'headers': [(b'content-length', b'0')]})
            await send({'type': 'http.response.body', 'body': b''})

    with closing(socket.socket()) as listening:
        listening.bind(('127.0.0.1', 0))
        listening.listen()
        config = uvicorn.Config(
            app, http=slow_connections.PatientProtocol, log_level='critical', lifespan='off', timeout_keep_alive=5
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listening]))
        stopped_in_a_header = b'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: '
        stopped_in_the_body = b'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc'
        for sent in (b'', stopped_in_a_header, stopped_in_the_body):
            reader, writer = await asyncio.open_connection(*listening.getsockname())
            writer.write(sent)
            assert await asyncio.wait_for(reader.read(), 3) == b'', sent
            writer.close()
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        for _ in range(2):
            writer.write(b'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
            assert (await asyncio.wait_for(reader.readuntil(b'\r\n\r\n'), 3)).startswith(b'HTTP/1.1 200')
            await asyncio.sleep(0.3)
        writer.close()
        server.should_exit = True
        await serving
