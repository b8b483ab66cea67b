"""Open311 over HTTP: what other systems read and send, in both formats, and what they never learn."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pytest
import uvicorn
from city_hall import ROAD, STAFF, opened
from fastapi import FastAPI
from georeport import GeoReport
from pictures import picture

from apps.api.routes import install
from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.people import PUBLIC
from apps.public.open311 import routes
from apps.public.open311.answers import xml
from apps.public.open311.routes import OPEN311, TRIAL
from apps.settings import Settings

APP = 'road_requests'
PERSONAL = {'氏名': '見本 太郎', 'フリガナ': 'ミホン タロウ', '電話番号': '090-0000-0001'}
PLACE = {'lat': 36.5613, 'lon': 136.6562, 'place': ''}
REPORT = {
    'service_code': 'pavement',
    'lat': '36.5613',
    'long': '136.6562',
    'address_string': '見本町1丁目 公園の前',
    'description': '穴が <b>あいて</b> いる & 危ない。',
    'last_name': '見本',
    'first_name': '太郎',
    'phone': '090-0000-0001',
}


def served(office: AppContext) -> FastAPI:
    app = FastAPI()
    install(app, office)
    routes.register(app, office)
    return app


@pytest.fixture
async def world(office: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    """A program somewhere outside."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=served(office)), base_url='http://hall.example'
    ) as it:
        yield it


async def kept(office: AppContext, **changes: Any) -> str:
    """A record; its receipt number."""
    saved = await office.operations.submit(APP, {**ROAD, **PERSONAL, '位置': PLACE, **changes}, by=STAFF)
    return str(saved.values['受付番号'])


async def told(world: httpx.AsyncClient, **query: str) -> list[dict[str, Any]]:
    answer = await world.get(f'{OPEN311}/requests.json', params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def numbers(world: httpx.AsyncClient, **query: str) -> list[str]:
    return [each['service_request_id'] for each in await told(world, **query)]


async def errors(world: httpx.AsyncClient, path: str, **query: str) -> list[dict[str, str]]:
    """The list of errors, the same in both formats."""
    answer = await world.get(f'{OPEN311}/{path}.json', params=query)
    marked = await world.get(f'{OPEN311}/{path}.xml', params=query)
    root = ElementTree.fromstring(marked.content)
    assert root.tag == 'errors' and marked.status_code == answer.status_code
    assert [{part.tag: part.text for part in each} for each in root.findall('error')] == answer.json()
    assert all(each['code'] == str(answer.status_code) for each in answer.json())
    return list(answer.json())


async def test_a_request_is_told_in_the_shape_of_the_standard(world: httpx.AsyncClient, office: AppContext) -> None:
    number = await kept(office)
    assert await told(world) == [
        {
            'service_request_id': number,
            'status': 'open',
            'status_notes': None,
            'service_name': '舗装',
            'service_code': 'pavement',
            'description': None,
            'agency_responsible': '道路管理課',
            'service_notice': None,
            'requested_datetime': '2026-11-20T10:00:00+09:00',
            'updated_datetime': '2026-11-20T10:00:00+09:00',
            'expected_datetime': None,
            'address': None,
            'address_id': None,
            'zipcode': None,
            'lat': 36.5613,
            'long': 136.6562,
            'media_url': None,
        }
    ]
    marked = await world.get(f'{OPEN311}/requests/{number}.xml')
    assert marked.headers['content-type'] == 'text/xml; charset=utf-8'
    root = ElementTree.fromstring(marked.content)
    assert (root.tag, [each.tag for each in root]) == ('service_requests', ['request'])
    assert root.findtext('request/lat') == '36.5613' and root.findtext('request/status') == 'open'
    assert root.findtext('request/service_request_id') == number


async def test_names_and_phones_are_nowhere_and_words_only_when_released(
    world: httpx.AsyncClient, office: AppContext, definitions: Path
) -> None:
    road = definitions / f'{APP}.yaml'
    road.write_text(road.read_text('utf-8').replace('  accepts: true', '  accepts: true\n  photos: 写真'), 'utf-8')
    office.catalogue.reload()
    content = picture('red')
    received = await office.operations.receive(io.BytesIO(content), 'a.png', len(content), by=STAFF)
    photos = [{'blob': received.told()['blob']}]
    inside = await kept(office, 内容='申出者は例示さん', 写真=photos)
    outside = await kept(office, 内容='ふた <がない> & 段差', 写真=photos, 公開=True)
    for form in ('json', 'xml'):
        text = (await world.get(f'{OPEN311}/requests.{form}')).text
        assert not [each for each in (*PERSONAL.values(), '090', '例示') if each in text]
    first, second = await told(world, service_request_id=f'{outside},{inside}')
    assert (first['description'], first['address']) == ('ふた <がない> & 段差', ROAD['場所'])
    assert (second['description'], second['address'], second['media_url']) == (None, None, None)
    seen = await world.get(first['media_url'])
    assert seen.headers['content-type'] == 'image/png' and seen.content
    assert (await world.get(first['media_url'].replace(quote(outside), quote(inside)))).status_code == 404
    marked = ElementTree.fromstring((await world.get(f'{OPEN311}/requests/{outside}.xml')).content)
    assert marked.findtext('request/description') == 'ふた <がない> & 段差'


async def test_requests_are_found_by_service_status_and_date(
    world: httpx.AsyncClient, office: AppContext, clock: StillClock
) -> None:
    clock.at = datetime(2026, 6, 1, 9, 0, tzinfo=TOKYO)
    old = await kept(office)
    clock.at = datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO)
    hole = await kept(office)
    tree = await kept(office, 種別='街路樹', 内容='枝がじゃま')
    record = office.store.find(APP, limit=None).docs[-1]
    await office.operations.act(APP, record.doc_id, '取り下げる', {}, by=STAFF)
    assert await numbers(world) == [tree, hole]
    assert await numbers(world, status='closed') == [tree] and await numbers(world, status='open') == [hole]
    assert await numbers(world, service_code='pavement,lamp') == [hole]
    assert await numbers(world, start_date='2026-05-30T00:00:00Z') == [old]
    assert await numbers(world, end_date='2026-06-01T00:00:00Z') == [old]
    assert await numbers(world, end_date='2026-05-31T23:59:59Z') == []
    assert await numbers(world, service_request_id=f'{old},道-無い', status='closed') == [old]
    assert await numbers(world, page='2', page_size='1') == [hole]
    assert await numbers(world, page='3', page_size='1') == []
    assert await numbers(world, status='', service_code='', page='') == [tree, hole]


async def test_what_cannot_be_answered_is_told_as_the_standard_says(world: httpx.AsyncClient) -> None:
    wide = {'start_date': '2026-01-01T00:00:00Z', 'end_date': '2026-04-30T00:00:00Z'}
    for status, path, query in (
        ('404', 'requests/道-無い', {}),
        ('404', 'services/nothing', {}),
        ('404', 'tokens/nothing', {}),
        ('404', 'services', {'jurisdiction_id': 'elsewhere.example'}),
        ('404', 'requests', {'service_code': 'nothing'}),
        ('400', 'requests', {'status': 'lost'}),
        ('400', 'requests', {'page': '0'}),
        ('400', 'requests', {'start_date': 'gestern'}),
        ('400', 'requests', wide),
    ):
        assert [each['code'] for each in await errors(world, path, **query)] == [status], path
    assert (await world.get(f'{OPEN311}/services.html')).status_code == 404


async def test_a_report_is_an_application_by_the_public_form(world: httpx.AsyncClient, office: AppContext) -> None:
    answer = await world.post(f'{OPEN311}/requests.json', data=REPORT)
    assert answer.status_code == 201
    number = answer.json()[0]['service_request_id']
    record = office.store.find(APP, limit=None).docs[0]
    assert record['受付番号'] == number and record['_created_by'] == PUBLIC.account
    assert (record['受付方法'], record['種別'], record['氏名']) == ('ウェブ', '舗装', '見本 太郎')
    assert record['内容'] == REPORT['description'] and record['位置']['lat'] == 36.5613
    tokens = (await world.get(f'{OPEN311}/tokens/{number}.json')).json()
    assert tokens == [{'service_request_id': number, 'token': number}]


async def test_a_report_that_is_sent_again_is_one_record(
    world: httpx.AsyncClient, office: AppContext, clock: StillClock
) -> None:
    async def number(key: str = '', **changes: str) -> str:
        headers = {'Idempotency-Key': key} if key else {}
        answer = await world.post(f'{OPEN311}/requests.json', data={**REPORT, **changes}, headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json()[0]['service_request_id'])

    first = await number()
    clock.at += timedelta(minutes=5)
    assert await number() == first, 'the answer was lost on the way'
    other = await number(phone='090-0000-0002')
    assert other != first, 'another caller says the same'
    assert await number(description='もっと大きくなった。') not in {first, other}
    clock.at += timedelta(minutes=11)
    later = await number()
    assert later != first, 'by now it is a report of its own'
    keyed = await number('sending-1')
    clock.at += timedelta(days=2)
    assert await number('sending-1') == keyed
    assert office.store.count(APP) == 5


async def test_what_is_merged_is_told_with_what_becomes_of_the_original(
    world: httpx.AsyncClient, office: AppContext, clock: StillClock
) -> None:
    first, second = await kept(office), await kept(office)
    ids = {str(each['受付番号']): each.doc_id for each in office.store.find(APP, limit=None).docs}
    await office.same_reports.merge(APP, ids[second], ids[first], by=STAFF)
    follower = (await told(world, service_request_id=second))[0]
    assert (follower['status'], follower['status_notes']) == ('open', '同じ場所のほかの要望とまとめて対応しています。')
    assert set(await numbers(world, status='open')) == {first, second}
    assert await numbers(world, status='closed') == []
    clock.at += timedelta(hours=1)
    await office.operations.act(APP, ids[first], '完了にする', {'対応内容': '埋めた'}, by=STAFF)
    follower = (await told(world, service_request_id=second))[0]
    assert (follower['status'], follower['status_notes']) == ('closed', '対応が終わりました。')
    assert follower['updated_datetime'] == '2026-11-20T11:00:00+09:00'
    assert set(await numbers(world, status='closed')) == {first, second}
    assert await numbers(world, status='open') == []


async def test_a_report_keeps_to_the_rules_of_the_form(world: httpx.AsyncClient, office: AppContext) -> None:
    for changes, status, text in (
        ({'service_code': 'other'}, 400, '種別(その他の内容)を入力してください。'),
        ({'description': ''}, 400, '内容を入力してください。'),
        ({'service_code': 'nothing'}, 404, 'service_code was not found'),
        ({'service_code': ''}, 400, 'service_code was not provided'),
        ({'lat': '', 'address_string': ''}, 400, 'lat and long, or address_string, must be provided'),
        ({'phone': '12'}, 400, '電話番号'),
        ({'attribute[費用]': '1'}, 400, 'attribute 費用 was not found'),
        ({'description': 'あ' * 4001}, 400, '4000'),
    ):
        refused = await world.post(f'{OPEN311}/requests.json', data={**REPORT, **changes})
        assert refused.status_code == status and text in refused.json()[0]['description'], changes
        office.rate_limits._left['public_send'].clear()
    wrong = await world.post(f'{OPEN311}/requests.xml', json=REPORT)
    assert ElementTree.fromstring(wrong.content).findtext('error/code') == '400'
    assert office.store.count(APP) == 0
    answer = await world.post(
        f'{OPEN311}/requests.xml', data={**REPORT, 'service_code': 'other', 'attribute[種別_その他]': '落書き'}
    )
    assert ElementTree.fromstring(answer.content).findtext('request/service_request_id')
    assert office.store.find(APP, limit=None).docs[0]['種別_その他'] == '落書き'


async def test_the_address_for_trying_out_keeps_nothing(world: httpx.AsyncClient, office: AppContext) -> None:
    tried = await world.post(f'{TRIAL}/requests.json', data=REPORT)
    assert tried.status_code == 201 and tried.json()[0]['service_request_id'] == 'TEST'
    assert (await world.post(f'{TRIAL}/requests.json', data={**REPORT, 'description': ''})).status_code == 400
    assert office.store.count(APP) == 0


async def test_who_sends_without_end_is_asked_to_wait(world: httpx.AsyncClient, office: AppContext) -> None:
    answers = [await world.post(f'{TRIAL}/requests.json', data=REPORT) for _ in range(11)]
    assert [each.status_code for each in answers] == [201] * 10 + [429]
    assert int(answers[-1].headers['retry-after']) > 0 and answers[-1].json()[0]['code'] == '429'


async def test_where_keys_are_given_out_a_report_needs_one(
    settings: Settings, clock: StillClock, tmp_path: Path
) -> None:
    file = tmp_path / 'keys'
    file.write_text('first-key\nsecond-key\n', 'utf-8')
    office = opened(replace(settings, open311_keys=file), clock)
    transport = httpx.ASGITransport(app=served(office))
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as world:
        for key, status in (('', 403), ('first', 403), ('second-key', 201)):
            sent = await world.post(f'{OPEN311}/requests.json', data={**REPORT, 'api_key': key})
            assert sent.status_code == status, key
        assert (await world.get(f'{OPEN311}/services.json')).status_code == 200
    office.close()


async def test_two_endpoints_are_made_known(world: httpx.AsyncClient) -> None:
    answer = await world.get(f'{OPEN311}/discovery.json')
    assert answer.headers['content-type'] == 'application/json; charset=utf-8'
    found = answer.json()
    assert datetime.fromisoformat(found['changeset']).utcoffset() == timedelta(hours=9)
    assert [(each['type'], each['url']) for each in found['endpoints']] == [
        ('production', f'http://hall.example{OPEN311}'),
        ('test', f'http://hall.example{TRIAL}'),
    ]
    root = ElementTree.fromstring((await world.get(f'{OPEN311}/discovery.xml')).content)
    assert [each.text for each in root.findall('endpoints/endpoint[1]/formats/format')] == [
        'text/xml',
        'application/json',
    ]


def test_what_xml_cannot_hold_is_left_out_and_the_rest_escaped() -> None:
    marked = xml('errors', [{'code': '400', 'description': '<a>&\x00\x0b\ud800"\U00020bb7'}])
    assert ElementTree.fromstring(marked).findtext('error/description') == '<a>&"\U00020bb7'


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """The address of a real server; a client in another thread may ask it."""
    with socket.socket() as taken:
        taken.bind(('127.0.0.1', 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level='error', lifespan='off'))
        thread = threading.Thread(target=server.run, kwargs={'sockets': [taken]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f'http://127.0.0.1:{taken.getsockname()[1]}'
        server.should_exit = True
        thread.join(10)


async def test_the_client_of_others_reads_both_formats_alike(office: AppContext) -> None:
    number, _ = await kept(office, 公開=True), await kept(office, 種別='照明')
    with listening(served(office)) as origin:
        clients = {form: GeoReport(origin + OPEN311, 'city.example.lg.jp', None, form) for form in ('json', 'xml')}
        read = {form: read_all(client, number) for form, client in clients.items()}
    assert read['json'] == read['xml']
    codes, attributes, one, found = read['xml']
    assert codes == ['pavement', 'gutter', 'tree', 'lamp', 'sign', 'snow', 'other']
    assert attributes == ['種別_その他']
    assert one == (number, 'pavement', 'open', ROAD['内容'])
    assert found == [('lamp', None), ('pavement', ROAD['内容'])]


def read_all(client: GeoReport, number: str) -> tuple[Any, ...]:
    """What both formats must say alike."""
    definition = client.get_service_definition('pavement')['attributes']
    attributes = definition if isinstance(definition, list) else [definition['attribute']]
    one = client.get_service_request(number)
    return (
        [each['service_code'] for each in client.get_service_list()],
        [each['code'] for each in attributes],
        tuple(one[key] for key in ('service_request_id', 'service_code', 'status', 'description')),
        [(each['service_code'], each['description']) for each in client.get_service_requests(status='open')],
    )
