"""What programs ask of the API: narrow lists, pages that hold still, one record for one sending, descriptions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, inspected
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from apps.api.routes import install
from apps.context import AppContext

RECORDS = '/api/v1/apps/road_requests/records'


@pytest.fixture
async def program(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    text, _ = await staffed.tokens.make(STAFF.account, '試験', ['write', 'act', 'files'], by=STAFF)
    app = FastAPI(openapi_url=None)
    install(app, staffed)
    transport, shown = httpx.ASGITransport(app=app), {'Authorization': f'Bearer {text}'}
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example', headers=shown) as client:
        yield client


async def fill(office: AppContext) -> None:
    rows = (('2026-11-01', '舗装', None), ('2026-11-10', '側溝', '見本 太郎'), ('2026-11-19', '舗装', None))
    for day, kind, name in rows:
        raw = {**ROAD, '受付日': day, '種別': kind, '氏名': name, '場所': f'見本町{day[-2:]}番'}
        await office.operations.submit('road_requests', raw, by=STAFF)


@pytest.mark.parametrize(
    ('asked', 'places'),
    [
        ({}, '01 10 19'),
        ({'filter.種別': '舗装'}, '01 19'),
        ({'filter.種別': ['舗装', '側溝']}, '01 10 19'),
        ({'filter.種別.not': '舗装'}, '10'),
        ({'filter.受付日.from': '令和8年11月10日'}, '10 19'),
        ({'filter.受付日.from': '2026-11-02', 'filter.受付日.to': '2026-11-10'}, '10'),
        ({'filter.氏名.blank': 'true'}, '01 19'),
        ({'filter.氏名.blank': 'false'}, '10'),
        ({'filter._created_at.from': '2026-11-20', 'filter._created_at.to': '2026-11-20'}, '01 10 19'),
        ({'filter._created_at.from': '2026-11-21'}, ''),
        ({'filter.年度': '2026'}, '01 10 19'),
        ({'sort': '種別,-受付日'}, '10 19 01'),
        ({'sort': '-受付日', 'limit': '1'}, '19'),
    ],
)
async def test_lists_are_narrowed_and_sorted_by_any_field(
    program: httpx.AsyncClient, staffed: AppContext, asked: dict[str, Any], places: str
) -> None:
    await fill(staffed)
    answer = (await program.get(RECORDS, params=asked)).json()
    found = [each['values']['場所'].removeprefix('見本町').removesuffix('番') for each in answer['records']]
    assert (found if 'sort' in asked else sorted(found)) == places.split()
    assert answer['total'] == (3 if 'limit' in asked else len(found))


@pytest.mark.parametrize(
    ('asked', 'path', 'code'),
    [
        ({'filter.ない項目': '1'}, 'filter.ない項目', 'unknown_field'),
        ({'filter.受付日.since': '2026-11-01'}, 'filter.受付日.since', 'unknown_operator'),
        ({'filter.受付日.from': 'いつか'}, 'filter.受付日.from', 'not_a_date'),
        ({'filter.種別': '宇宙'}, 'filter.種別', 'not_a_choice'),
        ({'filter.写真': 'x'}, 'filter.写真', 'not_filterable'),
        ({'filter.氏名.blank': 'maybe'}, 'filter.氏名.blank', 'not_true_or_false'),
        ({'fliter.種別': '舗装'}, 'fliter.種別', 'unknown_parameter'),
        ({'after': 'abc'}, 'after', 'wrong_cursor'),
        ({'limit': '0'}, 'limit', 'greater_than_equal'),
    ],
)
async def test_a_mistake_in_what_is_asked_is_named_and_never_passed_over(
    program: httpx.AsyncClient, asked: dict[str, str], path: str, code: str
) -> None:
    answer = await program.get(RECORDS, params=asked)
    assert answer.status_code == 422
    told = answer.json()['errors'][0]
    assert (told['path'], told['code']) == (path, code) and told['message'].endswith(('。', '例 令和6年1月23日'))


async def test_pages_hold_still_while_others_work(program: httpx.AsyncClient, staffed: AppContext) -> None:
    await fill(staffed)
    first = (await program.get(RECORDS, params={'limit': 2, 'sort': '種別'})).json()
    await staffed.operations.submit('road_requests', {**ROAD, '種別': '側溝'}, by=OTHER)
    second = (await program.get(RECORDS, params={'limit': 2, 'sort': '種別', 'after': first['after']})).json()
    seen = [each['id'] for each in (*first['records'], *second['records'])]
    assert len(seen) == len(set(seen)) >= 3 and second['total'] == 4
    wrong = await program.get(RECORDS, params={'limit': 2, 'sort': '種別,受付日', 'after': first['after']})
    assert wrong.status_code == 422, 'a cursor belongs to its order'


async def test_texts_come_along_when_asked_for(program: httpx.AsyncClient, staffed: AppContext) -> None:
    await fill(staffed)
    plain = (await program.get(RECORDS)).json()['records'][0]
    assert plain['texts'] is None and plain['values']['受付日'] == '2026-11-19'
    shown = (await program.get(RECORDS, params={'show': 'true'})).json()['records'][0]
    assert shown['texts']['受付日'].startswith('令和8年11月19日')


async def test_the_same_sending_gets_the_same_answer_also_after_others_have_changed_the_record(
    program: httpx.AsyncClient, staffed: AppContext
) -> None:
    key = {'Idempotency-Key': 'sending-1'}
    first = await program.post(RECORDS, json={'values': ROAD}, headers=key)
    made = first.json()
    await staffed.operations.change('road_requests', made['id'], {'場所': '例示町'}, by=OTHER, if_rev=1)
    again = await program.post(RECORDS, json={'values': ROAD}, headers=key)
    assert again.status_code == first.status_code == 201
    assert again.json() == made and again.headers['etag'] == '"1"'
    assert staffed.store.count('road_requests') == 1


async def test_a_sending_number_stands_for_one_content(program: httpx.AsyncClient, staffed: AppContext) -> None:
    key = {'Idempotency-Key': 'sending-1'}
    made = (await program.post(RECORDS, json={'values': ROAD}, headers=key)).json()
    other = await program.post(RECORDS, json={'values': {**ROAD, '場所': '例示町'}}, headers=key)
    assert other.status_code == 422 and other.json()['type'] == 'reused'
    change = await program.patch(f'{RECORDS}/{made["id"]}', json={'values': {'場所': '例示町'}, 'rev': 1}, headers=key)
    assert change.json()['type'] == 'reused' and staffed.store.count('road_requests') == 1
    two = await program.post(RECORDS, json={'values': ROAD, 'request_id': 'sending-2'}, headers=key)
    assert two.json()['errors'][0]['code'] == 'two_request_ids'
    none = await program.post(RECORDS, json={'values': ROAD})
    assert none.json()['errors'][0]['path'] == 'request_id' and staffed.store.count('road_requests') == 1


async def test_a_change_goes_over_the_version_that_was_seen(program: httpx.AsyncClient) -> None:
    made = await program.post(RECORDS, json={'values': ROAD, 'request_id': 'sending-1'})
    address = f'{RECORDS}/{made.json()["id"]}'
    seen = await program.get(address)
    assert seen.headers['etag'] == made.headers['etag'] == '"1"'
    blind = await program.patch(address, json={'values': {'場所': '例示町'}, 'request_id': 'sending-2'})
    assert blind.status_code == 428
    two = {'values': {'場所': '例示町'}, 'request_id': 'sending-2', 'rev': 2}
    assert (await program.patch(address, json=two, headers={'If-Match': '"1"'})).status_code == 422
    sent = {'values': {'場所': '例示町'}, 'request_id': 'sending-2'}
    changed = await program.patch(address, json=sent, headers={'If-Match': seen.headers['etag']})
    assert changed.status_code == 200 and changed.headers['etag'] == '"2"'
    late = {'values': {'場所': '試し台'}, 'request_id': 'sending-3'}
    clash = await program.patch(address, json=late, headers={'If-Match': '"1"'})
    assert clash.status_code == 409 and clash.json()['fields']['場所']['theirs'] == '例示町'


@pytest.mark.parametrize(
    ('method', 'path', 'content', 'kind', 'status'),
    [
        ('GET', '/api/v1/nothing', None, '', 404),
        ('PUT', RECORDS, None, '', 405),
        ('POST', RECORDS, b'a=1', 'application/x-www-form-urlencoded', 415),
        ('POST', RECORDS, b'{"values": ', 'application/json', 422),
        ('POST', RECORDS, b'{"values": {"\xff": 1}}', 'application/json', 422),
        ('POST', RECORDS, rb'{"request_id": "sending-1", "values": {"x": "\u0000"}}', 'application/json', 422),
        ('POST', RECORDS, rb'{"request_id": "sending-1", "values": {"x": "\ud800"}}', 'application/json', 422),
        ('POST', RECORDS, b'{"request_id": "sending-1", "values": {"x": NaN}}', 'application/json', 422),
        ('POST', RECORDS, b'{"values": ' + b'[' * 500 + b']' * 500 + b'}', 'application/json', 422),
    ],
)
async def test_every_mistake_is_told_as_a_problem_in_japanese(  # noqa: PLR0917
    program: httpx.AsyncClient, method: str, path: str, content: bytes | None, kind: str, status: int
) -> None:
    answer = await program.request(method, path, content=content, headers={'Content-Type': kind} if kind else {})
    assert answer.status_code == status and answer.headers['content-type'] == 'application/problem+json'
    problem = answer.json()
    assert problem['status'] == status and problem['detail'].endswith('。')
    assert (status != 405) or answer.headers['allow'] == 'GET, POST'


async def test_what_breaks_inside_is_told_without_a_word_of_what_was_sent(
    program: httpx.AsyncClient, staffed: AppContext, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    name = '見本 太郎'

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError(name)

    monkeypatch.setattr('apps.api.listing.filters_of', broken)
    answer = await program.get(RECORDS)
    assert answer.status_code == 500 and answer.json()['type'] == 'failure'
    assert 'RuntimeError' in caplog.text and name not in caplog.text + answer.text


async def test_the_history_of_a_record_that_never_was_is_not_found(program: httpx.AsyncClient) -> None:
    assert (await program.get(f'{RECORDS}/nothing/history')).status_code == 404


async def test_looks_at_personal_values_and_searches_are_noted(program: httpx.AsyncClient, staffed: AppContext) -> None:
    await fill(staffed)
    await program.get(RECORDS, params={'q': '見本'})
    await staffed.audit.note('print', STAFF)  # what was noted before is on the disk when this is
    noted = {each['kind']: each.get('detail') for each in staffed.store.find('_audit', limit=None).docs}
    assert noted['view'] == {'way': 'API', 'count': 1}, 'one of the three has a name'
    assert '見本' not in str(noted['search'])


async def test_the_description_is_complete_japanese_and_for_those_who_may_come_in(
    program: httpx.AsyncClient, staffed: AppContext
) -> None:
    assert (await program.get('/api/v1/openapi.json', headers={'Authorization': ''})).status_code == 401
    document = (await program.get('/api/v1/openapi.json')).json()
    assert document['openapi'].startswith('3.1')
    assert set(document['components']['securitySchemes']) == {'token', 'session'}
    operations = [one for path in document['paths'].values() for one in path.values()]
    assert len(operations) > 20
    for each in operations:
        assert each['x-scope'] and not each['summary'].isascii() and not each['description'].isascii()
        answers = {state: list(told['content']) for state, told in each['responses'].items() if int(state) >= 400}
        assert {'401', '403', '404', '422'} <= answers.keys()
        assert {kind for kinds in answers.values() for kind in kinds} == {'application/problem+json'}


async def test_the_schema_of_an_app_fits_every_record_there_is(program: httpx.AsyncClient, staffed: AppContext) -> None:
    await fill(staffed)
    await inspected(staffed)
    raw = {'施設番号': '002', '施設名': '例示小学校', '所管課': '施設管理課'}
    await staffed.operations.submit('facilities', raw, by=LEADER)
    for app in ('road_requests', 'inspections', 'facilities'):
        schema = (await program.get(f'/api/v1/apps/{app}/schema')).json()
        Draft202012Validator.check_schema(schema)
        records = (await program.get(f'/api/v1/apps/{app}/records')).json()['records']
        assert records
        for each in records:
            Draft202012Validator(schema).validate(each['values'])
    assert schema['properties']['施設名']['x-required'] is True
