"""The way in: nothing tells whether an account exists, a temporary password opens one page, a locked screen none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, password_of
from fastapi import FastAPI

from apps.api.routes import install
from apps.audit import AUDIT
from apps.clock import StillClock
from apps.context import AppContext
from apps.devices import COOKIE as DEVICE_COOKIE
from apps.passwords import CLEAR_SIGNS, temporary_password
from apps.people import Person
from apps.pins import pin_mistake
from apps.security import COOKIE, Wall
from apps.sign_ins import place_of

SESSION = '/api/v1/session'
RECORDS = '/api/v1/apps/road_requests/records'


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a session."""
    app = FastAPI()
    install(app, staffed)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as client:
        yield client


async def enter(web: httpx.AsyncClient, person: Person, password: str = '') -> httpx.Response:
    return await web.post(SESSION, json={'account': person.account, 'password': password or password_of(person)})


def noted(office: AppContext, kind: str) -> list[Any]:
    return [each for each in office.store.find(AUDIT, limit=None).docs if each['kind'] == kind]


async def test_nothing_tells_whether_an_account_exists(web: httpx.AsyncClient, staffed: AppContext) -> None:
    """Known, unknown and stopped accounts get the same answer before and after they are shut."""
    await staffed.accounts.change('chief', {'disabled': True}, by=LEADER)
    answers = {
        account: [
            await web.post(SESSION, json={'account': account, 'password': f'wrong-password-{n}'}) for n in range(5)
        ]
        for account in ('taro', 'nobody', 'chief')
    }
    told = {account: [(each.status_code, each.content) for each in found] for account, found in answers.items()}
    assert told['taro'] == told['nobody'] == told['chief']
    assert len(set(told['taro'])) == 1, 'nor does the answer tell when it was shut'
    assert await staffed.accounts.sign_in('taro', password_of(STAFF)) is None
    assert len(noted(staffed, 'locked')) == 3
    assert {each['by'] for each in noted(staffed, 'sign_in_failed')} == {'taro', 'chief', ''}


async def test_a_wrong_and_an_unknown_account_take_the_same_work(web: httpx.AsyncClient, staffed: AppContext) -> None:
    """One hash is verified each time, also for an account that is shut, so that the time tells nothing."""
    hasher = CountingHasher()
    staffed.accounts._passwords.hasher = hasher  # type: ignore[assignment]
    for account in ('taro', 'nobody'):
        for number in range(5):
            await web.post(SESSION, json={'account': account, 'password': f'{account}-{number}'})
    assert hasher.given == [f'{account}-{number}' for account in ('taro', 'nobody') for number in range(5)]


class CountingHasher:
    """Finds every password wrong, and remembers that it was asked."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def verify(self, _kept: str, given: str) -> bool:
        self.given.append(given)
        return False


async def test_an_id_typed_in_wide_letters_is_understood(web: httpx.AsyncClient) -> None:
    answer = await web.post(SESSION, json={'account': ' ＴＡＲＯ ', 'password': password_of(STAFF)})
    assert answer.status_code == 201 and answer.json()['account'] == 'taro'


async def test_a_temporary_password_opens_nothing_but_the_way_to_a_new_one(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    given = temporary_password()
    await staffed.accounts.set_password('taro', given, by=LEADER, temporary=True)
    answer = await enter(web, STAFF, given)
    assert answer.status_code == 201 and answer.json()['must_change_password'] is True
    assert (await web.get('/api/v1/apps')).status_code == 401
    assert (await web.get(RECORDS)).status_code == 401
    assert (await web.get('/')).headers['location'].startswith('/sign-in')
    assert await sockets(staffed, web.cookies[COOKIE]) == ['websocket.close']
    same = {'password': given, 'again': given}
    assert 'wrong=same' in (await web.post('/sign-in/password', data=same)).headers['location']
    short = {'password': 'short', 'again': 'short'}
    assert 'wrong=short' in (await web.post('/sign-in/password', data=short)).headers['location']
    own = {'password': 'my-own-choice-1', 'again': 'my-own-choice-1', 'to': '/apps/road_requests'}
    done = await web.post('/sign-in/password', data=own)
    assert done.headers['location'] == '/apps/road_requests'
    assert (await web.get(RECORDS)).status_code == 200
    assert await sockets(staffed, web.cookies[COOKIE]) == []


async def sockets(office: AppContext, token: str) -> list[str]:
    """What the wall answers to a websocket with this session."""
    sent: list[str] = []

    async def behind(_scope: Any, _receive: Any, _send: Any) -> None:
        """Let in."""

    async def send(message: Any) -> None:
        sent.append(message['type'])

    headers = [
        (b'host', b'hall.example'),
        (b'origin', b'http://hall.example'),
        (b'cookie', f'{COOKIE}={token}'.encode()),
    ]
    await Wall(behind, office.sessions)({'type': 'websocket', 'path': '/_nicegui_ws/', 'headers': headers}, send, send)
    return sent


async def test_changing_ones_own_password_takes_the_current_one(web: httpx.AsyncClient) -> None:
    await enter(web, STAFF)
    new = {'password': 'my-own-choice-1', 'again': 'my-own-choice-1'}
    wrong = await web.post('/sign-in/password', data={**new, 'current': 'guessed-it-1'})
    assert wrong.headers['location'].startswith('/me?wrong=wrong')
    await web.post('/sign-in/password', data={**new, 'current': password_of(STAFF)})
    assert (await web.get('/api/v1/apps')).status_code == 200, 'this browser goes on'
    web.cookies.clear()
    assert (await enter(web, STAFF)).status_code == 401


def test_a_temporary_password_can_be_read_aloud() -> None:
    made = {temporary_password() for _ in range(50)}
    assert len(made) == 50 and not {'0', 'o', '1', 'l', 'i'} & set(CLEAR_SIGNS)
    assert all(set(each) <= set(CLEAR_SIGNS) | {'-'} for each in made)


async def test_a_sign_in_is_told_with_the_one_before_and_what_failed(
    web: httpx.AsyncClient, staffed: AppContext, clock: StillClock
) -> None:
    await enter(web, STAFF)
    clock.at += timedelta(hours=1)
    await enter(web, STAFF, 'wrong-password')
    await enter(web, STAFF)
    now, before = staffed.sign_ins.last('taro')
    assert (now.failed, before.failed) == (1, 0)
    assert (now.at, before.at) == ('2026-11-20T11:00:00+09:00', '2026-11-20T10:00:00+09:00')


@pytest.mark.parametrize(
    ('host', 'place'),
    [
        ('127.0.0.1', 'サーバー自身'),
        ('10.1.2.3', '庁内のネットワーク'),
        ('8.8.8.8', '庁外のネットワーク'),
        (None, '不明なネットワーク'),
    ],
)
def test_a_network_is_told_by_its_kind(host: str | None, place: str) -> None:
    assert place_of(host) == place


async def test_accounts_that_nobody_used_are_found(
    web: httpx.AsyncClient, staffed: AppContext, clock: StillClock
) -> None:
    clock.at += timedelta(days=60)
    await enter(web, STAFF)
    clock.at += timedelta(days=60)
    assert [each.account for each in staffed.sign_ins.unused(90)] == ['chief', 'hanako', 'leader']
    assert len(staffed.sign_ins.unused(50)) == 4


async def test_a_locked_screen_is_refused_by_the_server_and_opened_by_its_pin(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    staffed.pins.set('taro', '2580')
    await enter(web, STAFF)
    assert (await web.post(f'{SESSION}/active', json={})).status_code == 204
    await web.post(f'{SESSION}/lock', json={})
    made = await web.post(RECORDS, json={'request_id': 'request-1', 'values': ROAD})
    assert made.status_code == 401 and staffed.store.count('road_requests') == 0
    assert (await web.get('/')).headers['location'] == '/sign-in'
    assert await sockets(staffed, web.cookies[COOKIE]) == ['websocket.close']
    assert (await web.post(f'{SESSION}/active', json={})).status_code == 401, 'a touch wakes nothing'
    assert (await take_over(web, 'taro', '2581')).status_code == 401
    assert (await take_over(web, 'taro', '2580')).json() == {'account': 'taro', 'name': '見本 太郎', 'switched': False}
    assert (await web.post(RECORDS, json={'request_id': 'request-1', 'values': ROAD})).status_code == 201
    kinds = [each['kind'] for each in staffed.store.find(AUDIT, limit=None).docs]
    assert {'sign_in', 'screen_locked', 'unlocked', 'sign_in_failed'} <= set(kinds)


async def take_over(web: httpx.AsyncClient, account: str, secret: str, path: str = '') -> httpx.Response:
    return await web.post(f'{SESSION}/operator', json={'account': account, 'secret': secret, 'path': path})


async def shared(web: httpx.AsyncClient, office: AppContext, *people: Person) -> str:
    """A shared tablet on which these people signed in, the last of them now; returns its id."""
    web.cookies.set(DEVICE_COOKIE, await office.devices.share('1階窓口', by=LEADER))
    for person in people:
        office.pins.set(person.account, '2580')
        await enter(web, person)
    (device,) = office.devices.all()
    return device.id


async def test_on_a_shared_device_the_next_person_goes_on_by_pin(web: httpx.AsyncClient, staffed: AppContext) -> None:
    await shared(web, staffed, OTHER, STAFF)
    before = web.cookies[COOKIE]
    here = (await web.get(f'{SESSION}/operators')).json()
    assert here['shared'] and [(each['account'], each['pin']) for each in here['people']] == [
        ('taro', True),
        ('hanako', True),
    ]
    taken = await take_over(web, 'hanako', '2580', '/apps/road_requests/new')
    assert taken.json() == {'account': 'hanako', 'name': '例示 花子', 'switched': True, 'stays': True}
    assert staffed.sessions.find(before) is None, 'whoever kept the old cookie has nothing'
    saved = (await web.post(RECORDS, json={'request_id': 'request-1', 'values': ROAD})).json()
    history = staffed.reading.history('road_requests', saved['id'], by=STAFF)
    assert history[0].by == '例示 花子 (道路管理課)'
    (switch,) = noted(staffed, 'switch_operator')
    assert (switch['by'], switch['detail']['before']) == ('hanako', 'taro')


async def test_a_form_stays_only_for_somebody_who_could_have_opened_it(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    supervisor = Person('chief', '架空 葵', ('supervisor',), ('道路管理課',))
    await shared(web, staffed, supervisor, STAFF)
    taken = await take_over(web, 'chief', '2580', '/apps/facilities/new')
    assert taken.json()['switched'] and not taken.json()['stays']


async def test_five_wrong_pins_leave_only_the_password_on_that_device(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    device = await shared(web, staffed, OTHER, STAFF)
    for number in range(5):
        assert (await take_over(web, 'hanako', f'900{number}')).status_code == 401
    assert (await take_over(web, 'hanako', '2580')).status_code == 401, 'even the right one'
    assert not staffed.pins.shut('hanako', 'another device') and staffed.pins.shut('hanako', device)
    assert (await take_over(web, 'hanako', password_of(OTHER))).status_code == 200
    assert not staffed.pins.shut('hanako', device)


async def test_a_pin_opens_nothing_elsewhere(web: httpx.AsyncClient, staffed: AppContext) -> None:
    """Not without a session, not for another person on a device of one's own, not for who never worked here."""
    staffed.pins.set('hanako', '2580')
    assert (await take_over(web, 'hanako', '2580')).status_code == 401
    await enter(web, STAFF)
    assert (await take_over(web, 'hanako', '2580')).status_code == 401
    assert (await take_over(web, 'hanako', password_of(OTHER))).status_code == 401
    await shared(web, staffed, STAFF)
    assert (await take_over(web, 'hanako', '2580')).status_code == 401


async def test_a_shared_device_locks_sooner_and_is_taken_back_at_once(
    web: httpx.AsyncClient, staffed: AppContext, clock: StillClock
) -> None:
    device = await shared(web, staffed, STAFF)
    clock.at += timedelta(minutes=5, seconds=21)
    assert (await web.get('/api/v1/apps')).status_code == 401
    await take_over(web, 'taro', '2580')
    assert (await web.get('/api/v1/apps')).status_code == 200
    await staffed.devices.revoke(device, by=LEADER)
    staffed.sessions.end_on(device)
    assert (await web.get('/api/v1/apps')).status_code == 401
    await enter(web, STAFF)
    assert (await web.get(f'{SESSION}/operators')).json()['shared'] is False


async def test_only_an_administrator_shares_a_device(web: httpx.AsyncClient, staffed: AppContext) -> None:
    await enter(web, STAFF)
    assert (await web.post('/accounts/devices', data={'name': '窓口'})).status_code == 403
    assert (await web.get('/accounts.csv')).status_code == 403
    await staffed.accounts.add('kanri', '架空 葵', 'long-enough-1', roles=['administrator'], by=LEADER)
    await web.post(SESSION, json={'account': 'kanri', 'password': 'long-enough-1'})
    assert '見本 太郎' in (await web.get('/accounts.csv')).content.decode('utf-8-sig')
    await web.post('/accounts/devices', data={'name': '窓口'})
    assert [each.name for each in staffed.devices.all()] == ['窓口']
    assert (await web.get('/api/v1/apps')).status_code == 401, 'and signs in anew, as on a shared device'


@pytest.mark.parametrize(
    'pin', ['123', '123456789', '12a4', '1111', '1234', '9876', '1212', '123123', '1985', '１２３４']
)
def test_pins_that_others_would_guess_are_refused(pin: str) -> None:
    assert pin_mistake(pin)


@pytest.mark.parametrize('pin', ['2580', '90417', '38201946'])
def test_other_pins_are_taken(pin: str) -> None:
    assert pin_mistake(pin) == ''
