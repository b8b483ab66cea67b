"""The API over HTTP: the same rules as every other way in, told as problems in Japanese, behind one wall."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, SUPERVISOR, inspected, password_of
from fastapi import FastAPI
from pictures import picture
from python_calamine import CalamineWorkbook

from apps.api.routes import install
from apps.api.session import local_path
from apps.context import AppContext
from apps.excel import export
from apps.outcome import Refused
from apps.people import Person
from apps.security import COOKIE, Wall

RECORDS = '/api/v1/apps/road_requests/records'
PNG = picture()


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a session."""
    app = FastAPI()
    install(app, staffed)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        yield client


async def enter(web: httpx.AsyncClient, person: Person = STAFF) -> None:
    answer = await web.post('/api/v1/session', json={'account': person.account, 'password': password_of(person)})
    assert answer.status_code == 201


def submission(values: dict[str, Any], request: str = 'request-1') -> dict[str, Any]:
    return {'request_id': request, 'values': values}


async def test_without_a_session_only_the_open_addresses_answer(web: httpx.AsyncClient) -> None:
    assert (await web.get('/healthz')).status_code == 200
    closed = await web.get(RECORDS)
    assert closed.status_code == 401
    assert closed.headers['content-type'] == 'application/problem+json'
    assert closed.json()['title'] == 'サインインが必要です'
    assert (await web.get('/')).headers['location'] == '/sign-in'
    assert (await web.post('/_nicegui/client/x/upload/1')).status_code == 401


async def test_a_record_is_made_read_changed_and_listed(web: httpx.AsyncClient) -> None:
    await enter(web)
    made = await web.post(RECORDS, json=submission(ROAD))
    assert made.status_code == 201
    record = made.json()
    assert record['title'].startswith('道-R8-00001') and record['url'] == f'/apps/road_requests/records/{record["id"]}'
    assert (await web.get(f'{RECORDS}/{record["id"]}')).json()['values'] == record['values']
    changed = await web.patch(
        f'{RECORDS}/{record["id"]}', json={**submission({'電話番号': '０９０００００００１'}, 'request-2'), 'rev': 1}
    )
    assert changed.status_code == 200 and changed.json()['rev'] == 2
    assert (await web.get(RECORDS, params={'q': '橋', 'view': 'すべて'})).json()['total'] == 0
    listed = (await web.get(RECORDS, params={'q': '公園', 'filter.種別': '舗装', 'sort': '-受付日'})).json()
    assert [each['id'] for each in listed['records']] == [record['id']] and listed['total'] == 1


async def test_the_api_refuses_what_the_operation_refuses(web: httpx.AsyncClient, staffed: AppContext) -> None:
    await enter(web)
    wrong = {**ROAD, '場所': '', '種別': '宇宙', '状態': '完了'}
    with pytest.raises(Refused) as refused:
        await staffed.operations.submit('road_requests', wrong, by=STAFF)
    answer = await web.post(RECORDS, json=submission(wrong))
    assert answer.status_code == 422 and answer.json()['type'] == 'invalid'
    told = [{'path': each.path, 'code': each.code, 'message': each.text} for each in refused.value.messages]
    assert answer.json()['errors'] == told and len(told) >= 3
    assert staffed.store.count('road_requests') == 0


async def test_one_press_or_three_on_a_slow_line_make_one_record(web: httpx.AsyncClient, staffed: AppContext) -> None:
    await enter(web)
    answers = [(await web.post(RECORDS, json=submission(ROAD))).json() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert staffed.store.count('road_requests') == 1


async def test_a_conflict_tells_both_values_and_whether_they_can_be_merged(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    await enter(web)
    made = (await web.post(RECORDS, json=submission(ROAD))).json()
    await staffed.operations.change('road_requests', made['id'], {'場所': '例示町'}, by=OTHER, if_rev=1)
    late = await web.patch(
        f'{RECORDS}/{made["id"]}', json={**submission({'場所': '試し台'}, 'request-2'), 'rev': 1}
    )
    problem = late.json()
    assert late.status_code == 409 and problem['type'] == 'conflict'
    assert problem['fields']['場所'] == {'yours': '試し台', 'theirs': '例示町', 'before': ROAD['場所']}
    assert problem['mergeable'] is False
    assert problem['current']['rev'] == 2 and problem['current']['values']['場所'] == '例示町'


async def test_actions_are_offered_and_taken(web: httpx.AsyncClient) -> None:
    await enter(web)
    made = (await web.post(RECORDS, json=submission(ROAD))).json()
    offered = (await web.get(f'{RECORDS}/{made["id"]}/actions')).json()['actions']
    assert '取り下げる' in [each['name'] for each in offered]
    taken = await web.post(
        f'{RECORDS}/{made["id"]}/actions/取り下げる', json={'request_id': 'request-2', 'rev': 1, 'values': {}}
    )
    assert taken.json()['values']['状態'] == '取下げ'
    back = await web.post(f'{RECORDS}/{made["id"]}/undo', json={'request_id': 'request-3'})
    assert back.json()['values']['状態'] == '受付'
    history = (await web.get(f'{RECORDS}/{made["id"]}/history')).json()['entries']
    assert len(history) == 3 and history[-1]['what'] == '登録'


async def test_who_may_only_look_cannot_write(web: httpx.AsyncClient) -> None:
    await enter(web, SUPERVISOR)
    answer = await web.post(RECORDS, json=submission(ROAD))
    assert answer.status_code == 403 and '権限がありません' in answer.json()['detail']


@pytest.mark.parametrize(
    ('body', 'word'), [({}, 'values'), ({'request_id': 'x', 'values': {}}, 'request_id'), (['a'], '形')]
)
async def test_a_body_that_cannot_be_read_is_told_in_japanese(web: httpx.AsyncClient, body: Any, word: str) -> None:
    await enter(web)
    answer = await web.post(RECORDS, json=body)
    assert answer.status_code == 422 and word in answer.json()['detail']


async def test_an_unknown_app_view_record_and_filter_are_told(web: httpx.AsyncClient) -> None:
    await enter(web)
    assert (await web.get('/api/v1/apps/nothing/records')).status_code == 404
    assert (await web.get(RECORDS, params={'view': 'ない一覧'})).status_code == 404
    assert (await web.get(f'{RECORDS}/nothing')).status_code == 404
    assert (await web.get(RECORDS, params={'filter.ない': '1'})).status_code == 422
    assert (await web.get(RECORDS, params={'sort': 'ない'})).status_code == 422


@pytest.mark.parametrize('headers', [{'Origin': 'http://evil.example'}, {'Sec-Fetch-Site': 'cross-site'}])
async def test_another_site_cannot_send_for_a_signed_in_person(
    web: httpx.AsyncClient, staffed: AppContext, headers: dict[str, str]
) -> None:
    await enter(web)
    answer = await web.post(RECORDS, json=submission(ROAD), headers=headers)
    assert answer.status_code == 403 and staffed.store.count('road_requests') == 0
    ours = await web.post(RECORDS, json=submission(ROAD), headers={'Origin': 'http://hall.example'})
    assert ours.status_code == 201


async def test_the_cookie_is_kept_from_scripts_and_changes_at_every_sign_in(web: httpx.AsyncClient) -> None:
    given = {'account': 'taro', 'password': password_of(STAFF), 'to': 'https://evil.example/'}
    first = await web.post('/sign-in', data=given)
    cookie = first.headers['set-cookie']
    assert 'HttpOnly' in cookie and 'SameSite=lax' in cookie
    assert first.headers['location'] == '/'
    old = web.cookies['madoguchi_session']
    await web.post('/sign-in', data=given)
    assert web.cookies['madoguchi_session'] != old
    web.cookies.set('madoguchi_session', old)
    assert (await web.get('/api/v1/session')).status_code == 401, 'the older session is over'


async def test_a_wrong_password_says_no_more_than_an_unknown_account(web: httpx.AsyncClient) -> None:
    answers = [
        await web.post('/api/v1/session', json={'account': account, 'password': 'wrong-password'})
        for account in ('taro', 'nobody')
    ]
    assert [each.status_code for each in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()


def test_a_link_through_our_sign_in_leads_only_to_our_pages() -> None:
    assert local_path('/apps/road_requests?view=x') == '/apps/road_requests?view=x'
    for elsewhere in ('//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', ''):
        assert local_path(elsewhere) == '/'


async def test_every_answer_tells_the_browser_what_to_refuse(web: httpx.AsyncClient) -> None:
    headers = (await web.get('/healthz')).headers
    policy = headers['content-security-policy']
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in policy.split('script-src')[1].split(';')[0]
    assert headers['x-content-type-options'] == 'nosniff' and headers['referrer-policy'] == 'same-origin'


async def test_a_photo_is_received_named_by_a_record_and_seen_by_colleagues_only(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    await enter(web)
    sent = await web.post('/api/v1/files', files={'file': ('../../穴<1>.png', PNG, 'text/html')})
    assert sent.status_code == 201
    photo = sent.json()
    assert (photo['name'], photo['type'], photo['size']) == ('穴_1_.png', 'image/png', len(PNG))
    whole = await web.get(f'/api/v1/files/{photo["blob"]}')
    assert whole.content == PNG and whole.headers['x-content-type-options'] == 'nosniff'
    assert whole.headers['content-disposition'].startswith('inline; filename*=')
    await enter(web, OTHER)
    assert (await web.get(f'/api/v1/files/{photo["blob"]}')).status_code == 404, 'no record names it yet'
    await enter(web)
    made = await web.post(RECORDS, json=submission({**ROAD, '写真': [photo]}))
    assert made.json()['values']['写真'][0]['blob'] == photo['blob']
    await enter(web, OTHER)
    seen = await web.get(f'/api/v1/files/{photo["blob"]}?thumb=1')
    assert seen.headers['content-type'] == 'image/jpeg' and 'sandbox' in seen.headers['content-security-policy']


@pytest.mark.parametrize(
    ('name', 'content', 'status'),
    [('a.html', b'<script>alert(1)</script>', 415), ('a.svg', b'<svg onload=x>', 415), ('a.exe', b'MZ\0\0', 415)],
)
async def test_other_kinds_of_files_are_not_received(
    web: httpx.AsyncClient, name: str, content: bytes, status: int
) -> None:
    await enter(web)
    answer = await web.post('/api/v1/files', files={'file': (name, content)})
    assert answer.status_code == status and answer.json()['type'] == 'unsupported'


async def test_a_file_beyond_the_limit_is_refused_while_it_arrives(web: httpx.AsyncClient, staffed: AppContext) -> None:
    await enter(web)
    answer = await web.post('/api/v1/files', files={'file': ('big.png', PNG + b'\0' * 1_100_000)})
    assert answer.status_code == 413 and '1MB' in answer.json()['detail']
    assert not list(staffed.store.blobs.all())


async def test_candidates_of_a_lookup_are_found_by_kana_and_width(web: httpx.AsyncClient, staffed: AppContext) -> None:
    raw = {'施設番号': '001', '施設名': 'みほんコミュニティ', '種類': '集会所', '所管課': '施設管理課'}
    facility = await staffed.operations.submit('facilities', raw, by=LEADER)
    await enter(web)
    options = (await web.get('/api/v1/apps/inspections/lookup/施設', params={'q': 'ﾐﾎﾝ'})).json()['options']
    assert [(each['id'], each['label']) for each in options] == [(facility.id, 'みほんコミュニティ')]
    assert options[0]['values'] == {'種類': '集会所', '所在地': None, '所管課': '施設管理課'}
    people = (await web.get('/api/v1/apps/inspections/lookup/点検者', params={'q': '例示'})).json()['options']
    assert [each['id'] for each in people] == ['hanako']


async def test_a_lookup_offers_only_what_its_condition_allows(
    web: httpx.AsyncClient, staffed: AppContext, definitions: Path
) -> None:
    (definitions / 'loans.yaml').write_text(LOANS, 'utf-8')
    staffed.catalogue.reload()
    assert not staffed.catalogue.problems
    for number, kind in (('001', '学校'), ('002', '公園'), ('003', '公園')):
        raw = {'施設番号': number, '施設名': f'見本{number}', '種類': kind, '所管課': '施設管理課'}
        await staffed.operations.submit('facilities', raw, by=LEADER)
    await enter(web)

    async def offered(field: str, **asked: object) -> list[str]:
        answer = await web.get(f'/api/v1/apps/loans/lookup/{field}', params=asked)
        return [each['label'] for each in answer.json()['options']]

    assert await offered('公園') == ['見本002', '見本003']
    assert await offered('公園', limit=1) == ['見本002']
    assert await offered('公園', q='001') == []
    assert await offered('予備.会場') == ['見本001'], 'the condition of a column'
    assert await offered('施設') == ['見本001', '見本002', '見本003'], 'what it reads is not known yet'
    assert await offered('施設', **{'given.種類': '学校'}) == ['見本001']


LOANS = """title: 貸出し
sections:
  - title: 内容
    fields:
      - {name: 種類, type: select_one, choices: [学校, 公園]}
      - {name: 公園, type: lookup, app: facilities, show: [種類], filter: 公園.種類 = "公園"}
      - {name: 施設, type: lookup, app: facilities, show: [種類], filter: 施設.種類 = 種類}
      - name: 予備
        type: subtable
        columns:
          - {name: 会場, type: lookup, app: facilities, show: [種類], filter: 会場.種類 = "学校"}
"""


async def test_the_results_of_the_time_before_stand_beside_a_checklist(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    inspection = await inspected(staffed)
    facility = staffed.reading.record('inspections', inspection, by=STAFF).values['施設']
    await enter(web)
    found = (await web.get('/api/v1/apps/inspections/previous/点検表', params={'value': facility})).json()
    assert found['date'] == '2026-11-20'
    assert found['rows']['外壁'] == {'結果': '有', '不具合箇所': 'ひび割れ', '対応': '修繕'}
    itself = {'value': facility, 'record': inspection}
    assert (await web.get('/api/v1/apps/inspections/previous/点検表', params=itself)).json()['rows'] == {}


async def test_health_is_told_only_while_it_can_serve(web: httpx.AsyncClient, staffed: AppContext) -> None:
    staffed.store.close()
    assert (await web.get('/healthz')).status_code == 503


@pytest.mark.long
async def test_a_view_is_exported_as_narrowed_on_screen(
    web: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(*_: object, **__: object) -> None:
        raise AssertionError('an export in this process keeps everybody waiting')

    monkeypatch.setattr(export, 'export_app', here)
    await enter(web)
    for number, kind in enumerate(('舗装', '側溝')):
        await web.post(RECORDS, json=submission({**ROAD, '種別': kind}, f'request-{number}'))
    why = {'purpose': '集計・統計の作成'}
    sent = await web.get('/api/v1/apps/road_requests/export', params={'view': 'すべて', 'filter.種別': '側溝', **why})
    assert sent.status_code == 200 and '20261120.xlsx' in sent.headers['content-disposition']
    (tmp_path / 'road.xlsx').write_bytes(sent.content)
    rows = CalamineWorkbook.from_path(tmp_path / 'road.xlsx').get_sheet_by_name('データ').to_python()
    assert len(rows) == 2 and '側溝' in rows[1]
    assert (await web.get('/api/v1/apps/road_requests/export', params={'filter.ない': 'x', **why})).status_code == 422


@pytest.mark.parametrize(
    ('origin', 'signed_in', 'let_in'),
    [('http://hall.example', True, True), ('http://hall.example', False, False), ('http://evil.example', True, False)],
)
async def test_a_socket_needs_our_page_and_a_session(
    staffed: AppContext, origin: str, signed_in: bool, let_in: bool
) -> None:
    reached: list[str] = []
    sent: list[dict[str, Any]] = []

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope['state']['person'].account)

    async def send(message: Any) -> None:
        sent.append(message)

    account = staffed.accounts.get('taro')
    assert account is not None
    cookie = f'{COOKIE}={staffed.sessions.open(account)}' if signed_in else ''
    headers = [(b'host', b'hall.example'), (b'origin', origin.encode()), (b'cookie', cookie.encode())]
    scope = {'type': 'websocket', 'path': '/_nicegui_ws/socket.io/', 'headers': headers}
    await Wall(behind, staffed.sessions)(scope, send, send)
    assert (reached == ['taro']) is let_in
    assert ([each['type'] for each in sent] == ['websocket.close']) is not let_in


async def test_different_rows_of_one_checklist_can_be_merged(web: httpx.AsyncClient, staffed: AppContext) -> None:
    await enter(web)
    inspection = await inspected(staffed, faults=0)
    before = staffed.store.get('inspections', inspection)
    assert before is not None
    rows, fault = before['点検表'], {'結果': '有', '不具合箇所': 'ひび割れ', '対応': '修繕'}
    theirs = [{**rows[0], **fault}, *rows[1:]]
    mine = [*rows[:-1], {**rows[-1], **fault}]
    await staffed.operations.change('inspections', inspection, {'点検表': theirs}, by=OTHER, if_rev=before.rev)
    address = f'/api/v1/apps/inspections/records/{inspection}'
    late = await web.patch(address, json={**submission({'点検表': mine}), 'rev': before.rev})
    problem = late.json()
    assert late.status_code == 409 and problem['mergeable']
    both = {'点検表': problem['fields']['点検表']['merged']}
    merged = await web.patch(address, json={**submission(both, 'request-2'), 'rev': problem['current']['rev']})
    assert merged.status_code == 200
    found = {row['_row'] for row in merged.json()['values']['点検表'] if row['結果'] == '有'}
    assert found == {rows[0]['_row'], rows[-1]['_row']}


async def test_a_number_that_may_be_a_my_number_is_kept_and_told_of_and_logged_nowhere(
    web: httpx.AsyncClient, staffed: AppContext, caplog: pytest.LogCaptureFixture
) -> None:
    await enter(web)
    with caplog.at_level('DEBUG'):
        made = await web.post(RECORDS, json=submission({**ROAD, '内容': '番号は１２３４－５６７８－９０１８です。'}))
    assert made.status_code == 201
    (note,) = made.json()['notes']
    assert note['path'] == '内容' and 'マイナンバー' in note['text'] and '9018' not in note['text']
    assert '９０１８' not in caplog.text and '9018' not in caplog.text
    values = {**ROAD, '内容': '電話 090-0000-0001、番号 123456789017'}
    plain = await web.post(RECORDS, json=submission(values, 'request-2'))
    assert plain.json()['notes'] == []
