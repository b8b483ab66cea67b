"""The public form over HTTP: what citizens may send and learn, to the second, and what a stranger learns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import LEADER, STAFF
from fastapi import FastAPI

from apps.api.routes import install
from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.operations.ceremony import DRAWS
from apps.people import PUBLIC
from apps.public import files
from apps.public.form import pages
from forms.public_form_json import public_form_json
from storage import where

APP, FORM = 'event_lottery', '/public/forms/tougei'
CLOSES = datetime(2026, 12, 11, 17, 0, tzinfo=TOKYO)
ANSWERS: dict[str, Any] = {
    '氏名': '見本 太郎',
    'フリガナ': 'ミホン タロウ',
    '生年月日': '2015-04-01',
    '電話番号': '090-0000-0001',
    '住まい': '市内',
    '第1希望': '午前の部',
    '人数': '2',
}


@pytest.fixture
async def street(office: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    """A phone in the street."""
    app = FastAPI()
    install(app, office)
    files.register()
    pages.register(app, office)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        yield client


async def send(street: httpx.AsyncClient, request: str = 'a' * 22, **changes: Any) -> httpx.Response:
    values = {name: value for name, value in {**ANSWERS, **changes}.items() if value is not None}
    return await street.post(f'{FORM}/applications', json={'request_id': request, 'values': values})


async def look_up(street: httpx.AsyncClient, number: str, code: str) -> httpx.Response:
    return await street.post(f'{FORM}/own', json={'number': number, 'code': code})


def records(office: AppContext) -> list[dict[str, Any]]:
    return [dict(each) for each in office.store.find(APP, limit=None).docs]


async def test_an_application_stands_in_the_list_of_the_office(street: httpx.AsyncClient, office: AppContext) -> None:
    answer = (await send(street)).json()
    assert answer['number'] == '陶0001' and answer['qr'].startswith('data:image/svg+xml')
    kept = records(office)[0]
    assert kept['申込方法'] == 'ウェブ' and kept['_created_by'] == PUBLIC.account
    staff = await office.operations.submit(APP, {**ANSWERS, 'フリガナ': 'レイジ ハナコ'}, by=STAFF)
    assert staff.values['受付番号'] == '陶0002'


async def test_the_closing_second_is_in_time_and_the_next_is_not(
    street: httpx.AsyncClient, office: AppContext, clock: StillClock
) -> None:
    clock.at = CLOSES
    assert (await send(street)).status_code == 200
    clock.at = CLOSES.replace(second=1)
    late = await send(street, 'b' * 22, フリガナ='レイジ ハナコ')
    assert late.status_code == 422 and late.json()['type'] == 'closed'
    assert '令和8年12月11日(金)17時00分' in late.json()['detail']
    page = await street.get(FORM)
    assert '受付は令和8年12月11日(金)17時00分に終わりました。' in page.text and 'id="settings"' not in page.text
    assert len(records(office)) == 1


async def test_sent_twice_it_is_one_application_with_one_number_and_code(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    first, second = (await send(street)).json(), (await send(street)).json()
    assert (first['number'], first['code']) == (second['number'], second['code'])
    assert len(records(office)) == 1


async def test_fields_that_are_not_asked_cannot_be_sent(street: httpx.AsyncClient, office: AppContext) -> None:
    for name in ('当落', '申込方法', '受付番号', '締切後の受付'):
        refused = await send(street, 申込日=None, **{name: '当選'})
        assert refused.status_code == 422, name
        assert refused.json()['errors'][0]['path'] == name
    assert records(office) == []


async def test_mistakes_are_told_by_field_in_the_language_of_the_form(street: httpx.AsyncClient) -> None:
    body = {'request_id': 'c' * 22, 'values': {**ANSWERS, '氏名': None}}
    plain = (await street.post(f'{FORM}/applications', json=body)).json()['errors'][0]
    assert (plain['path'], plain['message']) == ('氏名', '氏名を入力してください。')
    easy = (await street.post(f'{FORM}/applications?lang=easy', json=body)).json()['errors'][0]
    assert easy['message'] == 'なまえを入力してください。'


async def test_guessing_a_number_or_a_code_tells_nothing(street: httpx.AsyncClient) -> None:
    answer = (await send(street)).json()
    wrong_code = await look_up(street, answer['number'], '23456-789AB')
    wrong_number = await look_up(street, '陶0099', answer['code'])
    nonsense = await look_up(street, "' or 1=1", '')
    assert wrong_code.status_code == wrong_number.status_code == nonsense.status_code == 404
    assert wrong_code.json() == wrong_number.json() == nonsense.json()


async def test_guessing_on_is_slowed_down_for_that_number_only(street: httpx.AsyncClient) -> None:
    answer = (await send(street)).json()
    answers = [await look_up(street, answer['number'], f'{guess:05}-22222') for guess in range(200)]
    assert answers[-1].status_code == 429
    other = (await send(street, 'd' * 22, フリガナ='レイジ ハナコ')).json()
    assert (await look_up(street, other['number'], other['code'])).status_code == 200


async def test_the_applicant_reads_their_own_answers_and_no_result_before_it_is_announced(
    street: httpx.AsyncClient, office: AppContext, clock: StillClock
) -> None:
    answer = (await send(street)).json()
    clock.at = CLOSES.replace(day=12)
    await office.lotteries.fix_list(APP, by=LEADER)
    await office.lotteries.draw(APP, by=LEADER, value='38123.45')

    async def lines() -> dict[str, str]:
        found = (await look_up(street, f' {answer["number"].lower()} ', answer['code'].lower())).json()
        return {each['label']: each['text'] for each in found['lines']}

    before = await lines()
    assert before['電話番号'] == '090-0000-0001' and '当落' not in before and '申込方法' not in before
    clock.at = datetime(2026, 12, 15, 10, 0, tzinfo=TOKYO)
    assert (await lines())['当落'] == '当選'


async def test_the_applicant_cancels_once_and_the_application_is_not_drawn(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    answer = (await send(street)).json()
    pair = {'number': answer['number'], 'code': answer['code'], 'action': 'withdraw'}
    cancelled = (await street.post(f'{FORM}/own/answer', json=pair)).json()
    assert cancelled['done'] and cancelled['actions'] == []
    assert records(office)[0]['取下げ'] is True
    again = await street.post(f'{FORM}/own/answer', json=pair)
    assert again.status_code == 422 and 'いまはできません' in again.json()['detail']


async def test_a_winner_says_that_they_come(
    street: httpx.AsyncClient, office: AppContext, clock: StillClock
) -> None:
    answer = (await send(street)).json()
    clock.at = CLOSES.replace(day=12)
    await office.lotteries.fix_list(APP, by=LEADER)
    await office.lotteries.draw(APP, by=LEADER, value='38123.45')
    early = (await look_up(street, answer['number'], answer['code'])).json()
    assert early['actions'] == [], 'the buttons would tell who has won'
    clock.at = datetime(2026, 12, 15, 10, 0, tzinfo=TOKYO)
    pair = {'number': answer['number'], 'code': answer['code']}
    found = (await look_up(street, **pair)).json()
    assert [each['label'] for each in found['actions']] == ['参加する', '辞退する']
    said = (await street.post(f'{FORM}/own/answer', json={**pair, 'action': 'accept'})).json()
    assert {each['label']: each['text'] for each in said['lines']}['参加の返事'] == '参加'
    forged = await street.post(f'{FORM}/own/answer', json={**pair, 'action': '完了にする'})
    assert forged.status_code == 422


async def test_what_is_published_when_and_by_what_everybody_can_check(
    street: httpx.AsyncClient, office: AppContext, clock: StillClock
) -> None:
    number = (await send(street)).json()['number']
    office.lotteries.prepare()
    page = (await street.get(f'{FORM}/draw')).text
    kept = office.store.get(DRAWS, APP)
    assert kept is not None and kept['commitment'] in page and '日経平均株価' in page and '一覧のハッシュ' not in page
    clock.at = CLOSES.replace(day=12)
    await office.lotteries.fix_list(APP, by=LEADER)
    await office.lotteries.draw(APP, by=LEADER, value='38123.45')
    kept = office.store.get(DRAWS, APP)
    assert kept is not None
    page = (await street.get(f'{FORM}/draw')).text
    assert kept['list_hash'] in page and kept['secret'] not in page and '令和8年12月15日(火)10時00分に' in page
    assert (await street.get(f'{FORM}/draw/result.csv')).status_code == 404
    assert (await street.post(f'{FORM}/draw/line', json={'number': number})).status_code == 404
    clock.at = datetime(2026, 12, 15, 10, 0, tzinfo=TOKYO)
    page = (await street.get(f'{FORM}/draw')).text
    assert kept['secret'] in page and '38123.45' in page
    assert (await street.get(f'{FORM}/draw/result.csv')).text.removeprefix('\ufeff') == kept['result']
    own = (await street.post(f'{FORM}/draw/line', json={'number': number})).json()['lines']
    assert {'label': '結果', 'text': '当選'} in own
    assert '見本' not in page + str(own)
    for name in ('rules.json', 'tools/check_draw.py', 'tools/check.html'):
        assert (await street.get(f'{FORM}/draw/{name}')).headers['content-disposition'].startswith('attachment')


async def test_a_visitor_in_a_hurry_is_stopped_and_the_next_one_is_not(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    await street.get(FORM)
    statuses = [(await send(street, f'{number:022}', 氏名=None)).status_code for number in range(60)]
    assert statuses[0] == 422 and statuses[-1] == 429
    street.cookies.clear()
    await street.get(FORM)
    assert (await send(street)).status_code == 200


async def test_an_application_that_is_too_long_is_refused(street: httpx.AsyncClient, office: AppContext) -> None:
    refused = await send(street, 備考='あ' * 100_000)
    assert refused.status_code == 413
    assert records(office) == []


async def test_the_page_tells_nothing_of_what_is_not_asked(street: httpx.AsyncClient, office: AppContext) -> None:
    text = (await street.get(FORM)).text
    for inside in ('申込方法', '当落', '抽選順', '取下げ', '文化振興課'):
        assert inside not in text
    assert (await street.get('/public/forms/road_requests')).status_code == 404
    every = (await street.get('/public/forms')).text
    assert FORM in every and '/public/forms/road_requests' not in every


def test_a_rule_that_reads_what_is_not_asked_stays_on_the_server(definitions: Path, office: AppContext) -> None:
    file = definitions / f'{APP}.yaml'
    text = file.read_text('utf-8').replace(
        '{name: 備考, type: textarea,', '{name: 備考, type: textarea, relevant: \'申込方法 = "はがき"\','
    )
    file.write_text(text, 'utf-8')
    office.catalogue.reload()
    definition = office.catalogue.get(APP)
    drawn = public_form_json(definition, definition.capabilities['public_form'])  # type: ignore[arg-type]
    remarks = next(each for section in drawn['sections'] for each in section['fields'] if each['name'] == '備考')
    assert remarks['relevant'] is None and '申込方法' not in str(drawn)


async def test_who_reported_what_is_known_reads_what_becomes_of_it(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    douro = '/public/forms/douro'
    values = {'種別': '舗装', '場所': '見本町1丁目', '内容': '穴があいている。'}
    by_phone = {**values, '受付方法': '電話', '氏名': '見本 太郎'}
    known = await office.operations.submit('road_requests', by_phone, by=STAFF)
    sent = await street.post(f'{douro}/applications', json={'request_id': 'b' * 22, 'values': values})
    told = sent.json()
    mine = office.store.find('road_requests', where('受付番号') == told['number']).docs[0]
    await office.same_reports.merge('road_requests', mine.doc_id, known.id, by=STAFF)
    await office.operations.act('road_requests', known.id, '対応を始める', {}, by=STAFF)
    own = await street.post(f'{douro}/own', json={'number': told['number'], 'code': told['code']})
    lines = {each['label']: each['text'] for each in own.json()['lines']}
    assert lines['状態'] == '対応中' and 'まとめて' in lines['お知らせ']
    assert '見本 太郎' not in own.text and not own.json()['actions']
