"""Places, rules that fill and words that stop, on every way in: each gives the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, opened, password_of
from fastapi import FastAPI

from apps.api.routes import install
from apps.clock import StillClock
from apps.context import AppContext
from apps.outcome import Refused
from apps.people import Person
from apps.places import Places
from apps.public.form import pages
from apps.public.open311 import routes
from apps.reading.routed import routed
from apps.settings import Settings
from forms.message import Message
from forms.view import View

APP, FORM = 'road_requests', '/public/forms/douro'
API = f'/api/v1/apps/{APP}'
SOUTH_OF_MIHON = {'lat': 36.563, 'lon': 136.63}
ON_THE_HIGHWAY = {'lat': 36.56005, 'lon': 136.6321}
FILLED = {'地区': '北部', '道路区分': '国道', '担当課': '道路管理課'}
ASKED: dict[str, Any] = {'種別': '舗装', '場所': '見本町1丁目', '内容': '穴', '位置': {**ON_THE_HIGHWAY, 'place': ''}}
STOP = """
stops:
  - name: 国道
    when: 道路区分 = "国道"
    say: 国の道路です。
    call: 090-0000-0002
    staff: refuse
    public: refuse
"""


def served(office: AppContext) -> FastAPI:
    app = FastAPI()
    install(app, office)
    pages.register(app, office)
    routes.register(app, office)
    return app


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody in the street, until they sign in."""
    transport = httpx.ASGITransport(app=served(staffed))
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        yield client


async def sign_in(web: httpx.AsyncClient, person: Person = STAFF) -> None:
    told = await web.post('/api/v1/session', json={'account': person.account, 'password': password_of(person)})
    assert told.is_success, told.text


def only_record(office: AppContext) -> dict[str, Any]:
    (record,) = office.store.find(APP, limit=None).docs
    return {name: record.get(name) for name in FILLED}


async def by_screen(office: AppContext, web: httpx.AsyncClient) -> None:
    await office.operations.submit(APP, {**ROAD, **ASKED, '担当課': None, '地区': ''}, by=STAFF)


async def by_api(office: AppContext, web: httpx.AsyncClient) -> None:
    await sign_in(web)
    body = {'request_id': 'a' * 22, 'values': {**ROAD, **ASKED}}
    answer = await web.post(f'{API}/records', json=body)
    assert answer.status_code in {200, 201}, answer.text


async def by_import(office: AppContext, web: httpx.AsyncClient) -> None:
    rows = ('受付方法,種別,危険度,場所,内容,位置', '電話,舗装,通常,見本町1丁目,穴,"36.56005, 136.6321"')
    draft = await office.imports.open(APP, '\n'.join(rows).encode(), '要望.csv', by=LEADER)
    report = await office.imports.check(draft, by=LEADER)
    if report.problems:
        raise Refused('invalid', [Message('', each.code, each.text) for each in report.problems])
    await office.imports.take(draft, by=LEADER)


async def by_public_form(office: AppContext, web: httpx.AsyncClient) -> None:
    answer = await web.post(f'{FORM}/applications', json={'request_id': 'a' * 22, 'values': ASKED})
    assert answer.status_code == 200, answer.text


async def by_open311(office: AppContext, web: httpx.AsyncClient) -> None:
    place = {'lat': str(ON_THE_HIGHWAY['lat']), 'long': str(ON_THE_HIGHWAY['lon']), 'address_string': '見本町1丁目'}
    report = {'service_code': 'pavement', 'description': '穴', **place}
    answer = await web.post('/public/open311/v2/requests.json', data=report)
    assert answer.status_code in {200, 201}, answer.text


WAYS = (by_screen, by_api, by_import, by_public_form, by_open311)


@pytest.mark.parametrize('way', WAYS, ids=lambda way: way.__name__)
async def test_the_same_point_gets_the_same_values_on_every_way_in(
    way: Any, staffed: AppContext, web: httpx.AsyncClient
) -> None:
    await way(staffed, web)
    assert only_record(staffed) == FILLED


@pytest.mark.parametrize('way', WAYS, ids=lambda way: way.__name__)
async def test_what_a_stop_refuses_is_refused_on_every_way_in(
    way: Any, settings: Settings, definitions: Path, clock: StillClock
) -> None:
    path = definitions / f'{APP}.yaml'
    text = path.read_text('utf-8')
    begin, end = text.index('\nstops:\n'), text.index('\n# 回答や対応内容の文例')
    path.write_text(text[:begin] + STOP + text[end:], 'utf-8')
    office = opened(settings, clock)
    for person in (STAFF, LEADER):
        parts = {'roles': person.roles, 'sections': person.sections, 'by': LEADER}
        await office.accounts.add(person.account, person.name, password_of(person), **parts)
    transport = httpx.ASGITransport(app=served(office))
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        with pytest.raises((Refused, AssertionError)) as refused:
            await way(office, client)
    told = refused.value
    texts = [each.text for each in told.messages] if isinstance(told, Refused) else [str(told)]
    assert any('国の道路です。 連絡先 090-0000-0002' in each for each in texts), texts
    assert not office.store.find(APP, limit=None).docs
    office.close()


async def test_the_api_tells_beforehand_what_would_be_filled_and_why(web: httpx.AsyncClient) -> None:
    await sign_in(web)
    typed = {'場所': '見本町1丁目', '位置': ON_THE_HIGHWAY, '種別': '舗'}
    answer = (await web.post(f'{API}/routing', json={'values': typed})).json()
    assert {each['field']: each['value'] for each in answer['filled']} == FILLED
    assert {each['field']: each['reason'] for each in answer['filled']} == {
        '地区': '位置がこの範囲の中',
        '道路区分': '位置から6 m',
        '担当課': 'そのほかは道路管理課',
    }
    own = {**typed, '地区': '東部', '位置': 'とても遠い'}
    told = (await web.post(f'{API}/routing', json={'values': own})).json()['filled']
    assert [(each['label'], each['text']) for each in told] == [('担当課', '道路管理課')]
    assert (await web.post('/api/v1/apps/facilities/routing', json={'values': {}})).status_code == 404


async def test_an_action_and_a_later_change_leave_what_people_left_blank(staffed: AppContext) -> None:
    saved = await staffed.operations.submit(APP, {**ROAD, '担当課': '施設管理課'}, by=STAFF)
    record = staffed.store.get(APP, saved.id)
    assert record is not None and '地区' not in record and record['担当課'] == '施設管理課'
    done = await staffed.operations.act(APP, saved.id, '対応を始める', {'担当者': OTHER.account}, by=STAFF)
    assert '地区' not in done.values and done.values['担当課'] == '施設管理課'
    moved = await staffed.operations.change(APP, saved.id, {'位置': SOUTH_OF_MIHON}, by=STAFF, if_rev=done.rev)
    assert moved.values['地区'] == '北部'


async def test_places_are_told_to_who_sees_the_app_and_to_nobody_else(web: httpx.AsyncClient) -> None:
    assert (await web.get(f'{API}/places', params={'q': '見本'})).status_code == 401
    await sign_in(web)
    found = (await web.get(f'{API}/places', params={'q': 'みほん 小学校', 'limit': 3})).json()['places']
    assert found == [
        {
            'name': '見本町小学校',
            'kana': 'みほんちょうしょうがっこう',
            'kind': '施設',
            'latitude': 36.5631,
            'longitude': 136.6285,
            'further': False,
        }
    ]
    (block, _) = (await web.get(f'{API}/places', params={'q': '見本町1-2-3'})).json()['places']
    assert (block['name'], block['further']) == ('見本町1丁目', True)
    assert (await web.get(f'{API}/places', params={'q': 'x' * 201})).status_code == 422
    assert (await web.get('/api/v1/apps/nowhere/places')).status_code == 404


async def test_a_public_form_that_asks_for_a_place_searches_too_within_its_rate(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    address = f'{FORM}/api/apps/{APP}/places'
    found = (await web.get(address, params={'q': '見本大橋'})).json()['places']
    assert [each['name'] for each in found] == ['見本大橋']
    assert (await web.get('/public/forms/tougei/api/apps/event_lottery/places')).status_code == 404
    assert (await web.get(f'{FORM}/api/apps/facilities/places')).status_code == 404
    while staffed.rate_limits.take('public_page', '127.0.0.1'):
        pass
    assert (await web.get(address, params={'q': '見本'})).status_code == 429


def test_a_file_that_is_put_there_or_changed_is_found_at_once(tmp_path: Path) -> None:
    places = Places(tmp_path)
    assert not places.gazetteer().places
    (tmp_path / 'places').mkdir()
    file = tmp_path / 'places' / 'own.csv'
    file.write_bytes('名前,かな,種類,緯度,経度\n髙橋,たかはし,橋,36.5,136.6\n例示橋,,橋,遠い,1\n'.encode('cp932'))
    assert [each.name for each in places.gazetteer().search('高橋')] == ['髙橋']
    assert not places.gazetteer().search('例示橋')
    file.write_text('名前,緯度,経度\n見本の交差点,36.5,136.6\n', encoding='utf-8')
    assert [each.name for each in places.gazetteer().search('見本')] == ['見本の交差点']
    file.unlink()
    assert not places.gazetteer().places


async def test_who_may_not_read_a_field_is_told_neither_it_nor_what_follows_from_it(
    staffed: AppContext, definitions: Path
) -> None:
    path = definitions / f'{APP}.yaml'
    text = path.read_text('utf-8')
    assert 'hide: [氏名, フリガナ' in text
    path.write_text(text.replace('hide: [氏名, フリガナ', 'hide: [地区, 場所, 氏名, フリガナ'), 'utf-8')
    staffed.catalogue.reload()
    assert not staffed.catalogue.problems
    contractor = Person('itaku', '例示建設', ('contractor',), ())
    typed = {'場所': '見本公園', '位置': ON_THE_HIGHWAY}

    def told(person: Person) -> dict[str, Any]:
        definition = staffed.reading.definition(APP, person)
        seen = staffed.reading.seen(definition, View(name=''), {}, person)
        return {each['field']: each['value'] for each in routed(seen, typed)}

    assert told(STAFF) == {**FILLED, '担当課': '施設管理課'}
    assert told(contractor) == {'道路区分': '国道', '担当課': '道路管理課'}
