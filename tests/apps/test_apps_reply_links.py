"""Answering by a link without an account: only this task, only what is declared, once, until it ends."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
import pytest
from city_hall import OTHER, ROAD, STAFF, SUPERVISOR
from contractor_office import CONTRACTOR
from fastapi import FastAPI
from pictures import picture

from apps.api.routes import install
from apps.clock import StillClock
from apps.context import AppContext
from apps.outcome import Refused
from apps.painted_boxes import Box
from apps.public.reply import pages
from apps.reply_links import LINKS

APP = 'work_orders'
SECRETS = ('例示建設', '見本 秘子', '0000-0071', '秘密の話', 'itaku@example.jp', STAFF.name)
REPORT = {'結果': '終わりました', '作業日': '2026-11-20', '報告': 'ふたを替えました。'}


@pytest.fixture
async def web(office: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, office)
    pages.register(app, office)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as client:
        yield client


@dataclass
class Ordered:
    """A request, and the task that was made of it and given to a contractor. photo: of the place."""

    request: str
    record: str
    photo: str
    token: str = ''

    @property
    def page(self) -> str:
        return f'/public/reply/{self.token}'


@pytest.fixture
async def ordered(office: AppContext, clock: StillClock) -> Ordered:
    content = picture()
    photo = await office.operations.receive(BytesIO(content), 'p.png', len(content), by=STAFF)
    told: Any = {**ROAD, '氏名': '見本 秘子', '電話番号': '090-0000-0071', '内容': '秘密の話', '写真': [photo.told()]}
    request = await office.operations.submit('road_requests', told, by=STAFF)
    await office.operations.act('road_requests', request.id, '工事を依頼する', {}, by=STAFF)
    (made,) = office.store.find(APP, limit=None).docs
    asked = {'委託先': '例示建設', '委託先メール': 'itaku@example.jp', '依頼内容': '側溝のふたを替える。'}
    await office.operations.act(APP, made.doc_id, '依頼する', asked, by=STAFF)
    clock.at += timedelta(minutes=1)
    return Ordered(request.id, made.doc_id, photo.blob)


@pytest.fixture
async def given(office: AppContext, ordered: Ordered) -> Ordered:
    ordered.token = (await office.reply_links.make(APP, ordered.record, by=STAFF)).token
    return ordered


async def send(web: httpx.AsyncClient, page: str, values: dict[str, Any], request_id: str = '') -> httpx.Response:
    return await web.post(f'{page}/answer', json={'request_id': request_id or str(uuid4()), 'values': values})


def task_of(office: AppContext, given: Ordered) -> dict[str, Any]:
    found = office.store.get(APP, given.record)
    assert found is not None
    return found


async def test_the_page_tells_the_declared_fields_and_no_others(web: httpx.AsyncClient, given: Ordered) -> None:
    answer = await web.get(given.page)
    assert answer.status_code == 200
    for told in (ROAD['場所'], '側溝のふたを替える。', 'R8-0001', f'/api/files/{given.photo}'):
        assert told in answer.text
    for secret in (*SECRETS, given.request, given.record, 'road_requests', '費用', '確認メモ'):
        assert secret not in answer.text
    assert 'no-store' in answer.headers['cache-control']
    settings = json.loads(re.findall('id="settings"[^>]*>(.*?)</script>', answer.text)[0])
    assert settings['entry']['photosFirst'], 'after the answer nothing can be added any more'
    assert [each['name'] for each in settings['entry']['form']['sections'][0]['fields']] == [
        '結果', '作業日', '報告', '施工後の写真',
    ]  # fmt: skip


async def test_an_answer_takes_the_action_in_the_name_of_the_one_it_was_sent_to(
    web: httpx.AsyncClient, office: AppContext, given: Ordered
) -> None:
    assert (await send(web, given.page, REPORT)).status_code == 200
    assert (task_of(office, given)['状態'], task_of(office, given)['報告']) == ('報告あり', 'ふたを替えました。')
    newest = office.reading.history(APP, given.record, by=STAFF)[0]
    assert (newest.by, newest.what) == ('例示建設(リンク)', '報告する')
    assert office.reading.record(APP, given.record, by=STAFF).changed[0] == '例示建設(リンク)'


async def test_sent_twice_it_is_one_answer_and_afterwards_the_link_says_so_and_nothing_else(
    web: httpx.AsyncClient, office: AppContext, given: Ordered
) -> None:
    request_id = str(uuid4())
    for _ in range(2):
        assert (await send(web, given.page, REPORT, request_id)).status_code == 200
    assert len([each for each in office.store.history(APP, given.record) if each.reason == '操作: 報告する']) == 1
    again = await send(web, given.page, {**REPORT, '報告': 'もう一度'})
    assert again.json()['detail'].startswith('このリンクからは、もう返信できません')
    page = await web.get(given.page)
    assert (page.status_code, '返信はもう届いています' in page.text) == (410, True)
    assert not re.search('見本町|側溝|工-', page.text)
    assert (await web.get(f'{given.page}/api/files/{given.photo}')).status_code != 200


async def test_what_is_missing_is_told_with_its_field_and_nothing_happens(
    web: httpx.AsyncClient, office: AppContext, given: Ordered
) -> None:
    answer = await send(web, given.page, {'報告': '途中', '作業日': '2026-11-01'})
    assert answer.status_code == 422
    assert {each['path'] for each in answer.json()['errors']} == {'作業日', '結果'}
    assert task_of(office, given)['状態'] == '依頼中'


@pytest.mark.parametrize('field', ['費用', '状態', '依頼内容', '担当者', '何か'])
async def test_no_field_is_written_that_is_not_asked(
    web: httpx.AsyncClient, office: AppContext, given: Ordered, field: str
) -> None:
    before = dict(task_of(office, given))
    answer = await send(web, given.page, {**REPORT, field: '1'})
    assert (answer.status_code, answer.json()['errors'][0]['path']) == (422, field)
    assert dict(task_of(office, given)) == before


async def test_photos_are_sent_and_seen_by_this_link_only(
    web: httpx.AsyncClient, office: AppContext, given: Ordered
) -> None:
    assert (await web.get(f'{given.page}/api/files/{given.photo}?thumb=1')).headers['content-type'] == 'image/jpeg'
    files = {'file': ('a.png', picture('green'), 'image/png')}
    sent = await web.post(f'{given.page}/api/files', files=files)
    assert sent.status_code == 201
    assert (await web.get(f'{given.page}/api/files/{sent.json()["blob"]}')).status_code == 200
    assert (await send(web, given.page, {**REPORT, '施工後の写真': [sent.json()]})).status_code == 200
    assert [each['blob'] for each in task_of(office, given)['施工後の写真']] == [sent.json()['blob']]


async def test_a_photo_of_another_record_is_not_seen_and_not_taken(
    web: httpx.AsyncClient, office: AppContext, given: Ordered
) -> None:
    content = picture('blue')
    other = await office.operations.receive(BytesIO(content), 'p.png', len(content), by=STAFF)
    await office.operations.submit('road_requests', {**ROAD, '写真': [other.told()]}, by=STAFF)
    assert (await web.get(f'{given.page}/api/files/{other.blob}')).status_code == 404
    answer = await send(web, given.page, {**REPORT, '施工後の写真': [other.told()]})
    assert (answer.status_code, answer.json()['errors'][0]['code']) == (422, 'unknown_file')


async def test_a_new_link_and_a_withdrawal_end_the_one_before(
    web: httpx.AsyncClient, office: AppContext, given: Ordered
) -> None:
    renewed = await office.reply_links.make(APP, given.record, by=OTHER)
    old = await web.get(given.page)
    assert (old.status_code, '取り消されました' in old.text) == (410, True)
    assert (await send(web, given.page, REPORT)).status_code != 200
    page = f'/public/reply/{renewed.token}'
    assert (await web.get(page)).status_code == 200
    assert await office.reply_links.withdraw(APP, given.record, by=STAFF) == 1
    assert (await web.get(page)).status_code == 410
    assert (await send(web, page, REPORT)).status_code != 200
    assert task_of(office, given)['状態'] == '依頼中'


async def test_it_ends_on_its_day_and_is_later_like_one_that_never_was(
    web: httpx.AsyncClient, clock: StillClock, given: Ordered
) -> None:
    clock.at += timedelta(days=21)
    assert (await web.get(given.page)).status_code == 200
    clock.at += timedelta(days=1)
    ended = await web.get(given.page)
    assert (ended.status_code, '期限が切れました' in ended.text) == (410, True)
    assert (await send(web, given.page, REPORT)).status_code != 200
    clock.at += timedelta(days=31)
    unknown = await web.get('/public/reply/abcdefghijklmnopqrstuvwxyz012345')
    long_ago = await web.get(given.page)
    assert unknown.status_code == long_ago.status_code == 404
    assert unknown.text == long_ago.text
    for one in (given.page, '/public/reply/abcdefghijklmnopqrstuvwxyz012345'):
        assert (await send(web, one, REPORT)).json()['detail'].startswith('このリンクは使えません')


async def test_when_the_task_moved_on_the_old_link_stays_dead_though_the_status_comes_back(
    web: httpx.AsyncClient, office: AppContext, clock: StillClock, given: Ordered
) -> None:
    for action, values in (('取り消す', {}), ('依頼し直す', {}), ('依頼する', {'委託先': '例示建設'})):
        clock.at += timedelta(minutes=1)
        await office.operations.act(APP, given.record, action, values, by=STAFF)
    assert task_of(office, given)['状態'] == '依頼中'
    page = await web.get(given.page)
    assert (page.status_code, '終わりました' in page.text) == (410, True)
    assert (await send(web, given.page, REPORT)).status_code != 200


async def test_when_the_task_is_given_to_another_contractor_the_link_of_the_first_is_dead(
    web: httpx.AsyncClient, office: AppContext, given: Ordered
) -> None:
    changed = {'委託先': '別の会社', '委託先メール': 'betsu@example.jp'}
    rev = task_of(office, given).rev  # type: ignore[attr-defined]
    await office.operations.change(APP, given.record, changed, by=STAFF, if_rev=rev)
    page = await web.get(given.page)
    assert (page.status_code, '取り消されました' in page.text) == (410, True)
    assert (await web.get(f'{given.page}/api/files/{given.photo}')).status_code != 200
    assert (await send(web, given.page, REPORT)).status_code != 200
    assert [each.state for each in office.reply_links.of(APP, given.record)] == ['withdrawn']
    with pytest.raises(Refused, match='先に'):
        await office.reply_links.mail(APP, given.record, by=STAFF)
    assert await office.reply_links.another(APP, given.record) is None
    renewed = await office.reply_links.make(APP, given.record, by=STAFF)
    assert (await web.get(f'/public/reply/{renewed.token}')).status_code == 200


async def test_an_answer_that_does_not_state_its_length_is_no_longer_than_others(
    web: httpx.AsyncClient, office: AppContext, given: Ordered
) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        yield json.dumps({'request_id': str(uuid4()), 'values': {**REPORT, '報告': 'あ' * 100_000}}).encode()

    sent: Any = {'content': in_pieces(), 'headers': {'content-type': 'application/json'}}
    assert (await web.post(f'{given.page}/answer', **sent)).status_code == 413


async def test_only_a_digest_of_the_token_is_kept_anywhere(office: AppContext, settings: Any, given: Ordered) -> None:
    await office.reply_links.another(APP, given.record)
    assert len(office.store.find(LINKS, limit=None).docs) == 2
    office.close()
    kept = b''.join(each.read_bytes() for each in settings.data.rglob('*') if each.is_file())
    assert given.record.encode() in kept
    assert given.token.encode() not in kept


async def test_links_are_made_by_who_may_act_while_there_is_something_to_answer(
    office: AppContext, ordered: Ordered
) -> None:
    with pytest.raises(Refused) as refused:
        await office.reply_links.make(APP, ordered.record, by=CONTRACTOR)
    assert refused.value.kind == 'not_found'
    await office.operations.act(APP, ordered.record, '取り消す', {}, by=STAFF)
    with pytest.raises(Refused) as refused:
        await office.reply_links.make(APP, ordered.record, by=SUPERVISOR)
    assert refused.value.kind == 'closed'
    with pytest.raises(Refused) as refused:
        await office.reply_links.make('road_requests', ordered.request, by=STAFF)
    assert refused.value.kind == 'not_found'


async def test_what_was_painted_over_in_the_request_is_not_shown_by_the_link_either(
    web: httpx.AsyncClient, office: AppContext, given: Ordered
) -> None:
    assert (await web.get(f'{given.page}/api/files/{given.photo}')).status_code == 200
    seen = office.store.get('road_requests', given.request)
    assert seen is not None
    box = Box(0.1, 0.1, 0.5, 0.5)
    await office.photos.redact('road_requests', given.request, given.photo, [box], by=STAFF, if_rev=seen.rev)
    assert (await web.get(f'{given.page}/api/files/{given.photo}')).status_code == 404
    assert given.photo not in (await web.get(given.page)).text
