"""What everybody sees of road requests: the released ones, and of the others nothing but how far a number has come."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import ROAD, STAFF
from fastapi import FastAPI

from apps.api.routes import install
from apps.clock import StillClock
from apps.context import AppContext
from apps.operations.from_citizens import ME_TOO, SAID
from apps.people import PUBLIC
from apps.public import files
from apps.public.form import pages

APP, FORM = 'road_requests', '/public/forms/douro'
POINT = {'lat': 36.561, 'lon': 136.6561}
PERSON = {'氏名': '例示鑑花子', 'フリガナ': 'レイジ ハナコ', '電話番号': '090-0000-0007'}
HIDDEN = {'場所': '見本町の例示宅前', '内容': '例示さんの塀のわき', '位置': {'lat': 36.123456, 'lon': 136.987654}}
SECRETS = ['例示鑑', '例示宅', '例示さん', 'レイジ', '0000-0007', '塀', '36.123456', '136.987654', '白線がうすい']
ASKED = [
    '/reports',
    '/reports?lang=easy',
    '/reports/pins?box=-80,-179,80,179&zoom=3',
    '/reports/pins?box=36.1,136.9,36.2,137&zoom=19',
    '/reports/near?lat=36.123456&lon=136.987654',
    '/status',
    '',
    '/own',
]


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


async def reported(office: AppContext, *, released: bool = True, **values: Any) -> tuple[str, str]:
    """(id, number) of a request."""
    given = {**ROAD, **PERSON, '位置': POINT, '公開': released, **values}
    made = await office.operations.submit(APP, given, by=STAFF)
    return made.id, made.values['受付番号']


async def done(office: AppContext, record: str) -> None:
    given = {'対応内容': '補修した', '完了日': office.clock.now().date().isoformat()}
    await office.operations.act(APP, record, '完了にする', given, by=STAFF)


async def pins(street: httpx.AsyncClient, query: str = '') -> list[dict[str, Any]]:
    answer = await street.get(f'{FORM}/reports/pins?box=35,136,37,137&zoom=18{query}')
    found: list[dict[str, Any]] = answer.json()['pins']
    return found


async def test_nothing_of_what_is_not_released_or_private_leaks(street: httpx.AsyncClient, office: AppContext) -> None:
    await reported(office, released=False, **HIDDEN)
    record, number = await reported(office, 内容='穴があります')
    await office.operations.change(APP, record, {'対応内容': '白線がうすい'}, by=STAFF, if_rev=1)
    filters = [f'{key}={value}' for key, values in {
        'category': ['舗装', '側溝', '例示', "' OR 1=1"],
        'status': ['受付', '完了', '例示'],
        'page': ['1', '2', '-1', '99999', 'x'],
    }.items() for value in values]
    addresses = [*ASKED, *(f'/reports?{each}' for each in filters), *(f'{ASKED[2]}&{each}' for each in filters)]
    answers = [await street.get(FORM + each) for each in addresses]
    answers += [await street.post(f'{FORM}/status', json={'number': each}) for each in ('道-R8-00001', '道-R8-00002')]
    answers += [await street.post(f'{FORM}/reports/me-too', json={'number': '道-R8-00001'})]
    texts = [each.text + str(each.headers) for each in answers]
    leaks = {(secret, text[:80]) for secret, text in product(SECRETS, texts) if secret in text}
    assert leaks == set()
    assert '穴があります' in texts[0] and number in texts[0] and '見本町1丁目' in texts[0]
    assert record not in ''.join(texts)


async def test_the_number_alone_tells_category_and_status_only(street: httpx.AsyncClient, office: AppContext) -> None:
    record, number = await reported(office, released=False)
    answer = await street.post(f'{FORM}/status', json={'number': number})
    assert answer.json() == {
        'lines': [{'label': '種別', 'text': '舗装'}, {'label': 'いまの状態', 'text': '受け付けました'}]
    }
    own = await street.post(f'{FORM}/own', json={'number': number, 'code': office.own_codes.of(APP, record)})
    assert {'label': '氏名', 'text': '例示鑑花子'} in own.json()['lines']
    missing = await street.post(f'{FORM}/status', json={'number': '道-R8-99999'})
    assert missing.status_code == 404


async def test_whose_report_was_merged_hears_what_becomes_of_the_original(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    original, _ = await reported(office)
    follower, number = await reported(office)
    await office.same_reports.merge(APP, follower, original, by=STAFF)
    await done(office, original)
    answer = await street.post(f'{FORM}/status', json={'number': number})
    assert answer.json()['lines'][1]['text'] == '対応が終わりました'
    (pin,) = await pins(street)
    assert (pin['report']['reports'], pin['report']['status']) == (2, '対応が終わりました')


async def test_list_and_map_show_the_same_and_follow_the_filters(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    for category, place in (('舗装', '甲町'), ('側溝', '乙町'), ('側溝', '丙町')):
        at = {'lat': 36.5 + len(place) / 100 + ord(place[0]) / 1e6, 'lon': 136.5}
        await reported(office, 種別=category, 場所=place, 位置=at)
    text = (await street.get(f'{FORM}/reports')).text
    assert re.findall(r'id="report-([^"]+)"', text) == ['道-R8-00003', '道-R8-00002', '道-R8-00001']
    assert '1〜3件目 / 全3件' in text and '側溝(2)' in text
    only = (await street.get(f'{FORM}/reports?category=側溝')).text
    assert '甲町' not in only and '1〜2件目 / 全2件' in only
    found = await pins(street, '&category=側溝')
    assert sum(each.get('count', 1) for each in found) == 2


async def test_nothing_is_cut_off(street: httpx.AsyncClient, office: AppContext) -> None:
    numbers = {(await reported(office, 場所=f'見本町{place}'))[1] for place in range(23)}
    texts = [(await street.get(f'{FORM}/reports?page={page}')).text for page in (1, 2)]
    assert [len(re.findall('class="card report"', each)) for each in texts] == [20, 3]
    assert set(re.findall(r'id="report-([^"]+)"', ''.join(texts))) == numbers


async def test_what_was_done_long_ago_goes_from_the_page(
    street: httpx.AsyncClient, office: AppContext, clock: StillClock
) -> None:
    record, number = await reported(office)
    await done(office, record)
    clock.at += timedelta(days=365)
    assert number in (await street.get(f'{FORM}/reports')).text
    clock.at += timedelta(days=1)
    assert number not in (await street.get(f'{FORM}/reports')).text


async def test_who_reports_the_same_place_sees_it_and_counts_once(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    record, number = await reported(office)
    near = (await street.get(f'{FORM}/reports/near?lat=36.5614&lon=136.6561&category=舗装')).json()['near']
    assert [(each['number'], each['metres'], each['meToo']) for each in near] == [(number, 44, 0)]
    assert (await street.get(f'{FORM}/reports/near?lat=36.57&lon=136.6561&category=舗装')).json() == {'near': []}
    assert (await street.get(f'{FORM}/reports/near?lat=36.5614&lon=136.6561&category=照明')).json() == {'near': []}
    said = [await street.post(f'{FORM}/reports/me-too', json={'number': number}) for _ in range(2)]
    assert [each.json() for each in said] == [{'meToo': 1}, {'meToo': 1}]
    street.cookies.clear()
    assert (await street.post(f'{FORM}/reports/me-too', json={'number': number})).json() == {'meToo': 2}
    kept = office.store.get(ME_TOO, f'{APP}/{record}')
    assert kept is not None and kept['count'] == 2
    stored = office.store.get(APP, record)
    assert stored is not None and stored.rev == 1  # whoever writes in the record is not disturbed
    assert '2人が困っています' in (await street.get(f'{FORM}/reports')).text


async def test_haste_is_stopped(street: httpx.AsyncClient, office: AppContext) -> None:
    _, number = await reported(office)
    said = [(await street.post(f'{FORM}/reports/me-too', json={'number': number})).status_code for _ in range(40)]
    assert said[0] == 200 and said[-1] == 429


async def test_who_throws_cookies_away_cannot_count_on_and_on(street: httpx.AsyncClient, office: AppContext) -> None:
    _, number = await reported(office)
    for each in range(office.settings.rate_public_sends + 5):
        street.cookies.clear()
        street.cookies.set('madoguchi_visit', f'visit{each}')
        said = await street.post(f'{FORM}/reports/me-too', json={'number': number})
    assert said.status_code == 429
    (kept,) = office.store.find(ME_TOO, limit=None).docs
    assert kept['count'] == office.settings.rate_public_sends
    _, another = await reported(office)
    assert (await street.post(f'{FORM}/reports/me-too', json={'number': another})).json() == {'meToo': 1}


async def test_whether_it_was_put_right_is_asked_and_stands_in_the_history(
    street: httpx.AsyncClient, office: AppContext, clock: StillClock
) -> None:
    record, number = await reported(office)
    own = {'number': number, 'code': office.own_codes.of(APP, record)}
    assert (await street.post(f'{FORM}/own', json=own)).json()['asks'] is None
    await done(office, record)
    assert (await street.post(f'{FORM}/own', json=own)).json()['asks']['title'] == '直りましたか'
    wrong = await street.post(f'{FORM}/own/feedback', json={**own, 'code': 'AAAAA-AAAAA', 'well': False})
    sent = await street.post(f'{FORM}/own/feedback', json={**own, 'well': False, 'words': 'まだ穴がある'})
    again = await street.post(f'{FORM}/own/feedback', json={**own, 'well': True})
    assert [each.status_code for each in (wrong, sent, again)] == [404, 200, 422]
    kept = office.store.get(APP, record)
    assert kept is not None
    assert (kept['直りましたか'], kept['市民からの知らせ']) == ('直っていない', 'まだ穴がある')
    newest = office.reading.history(APP, record, by=STAFF)[0]
    assert (newest.what, newest.by) == (SAID, PUBLIC.name)


async def test_after_the_days_nothing_is_asked(
    street: httpx.AsyncClient, office: AppContext, clock: StillClock
) -> None:
    record, number = await reported(office)
    await done(office, record)
    clock.at += timedelta(days=31)
    own = {'number': number, 'code': office.own_codes.of(APP, record)}
    assert (await street.post(f'{FORM}/own', json=own)).json()['asks'] is None
    assert (await street.post(f'{FORM}/own/feedback', json={**own, 'well': True})).status_code == 422


async def test_without_the_key_there_is_no_such_page(
    street: httpx.AsyncClient, office: AppContext, definitions: Path
) -> None:
    file = definitions / f'{APP}.yaml'
    text = file.read_text('utf-8')
    start = text.index('public_reports:')
    file.write_text(text[:start] + text[text.index('# 完了(または受付)', start) :], 'utf-8')
    office.catalogue.reload()
    _, number = await reported(office)
    answers = [await street.get(f'{FORM}{each}') for each in ASKED[:6]]
    answers += [await street.post(f'{FORM}/{each}', json={'number': number}) for each in ('status', 'reports/me-too')]
    assert {each.status_code for each in answers} == {404}
    assert f'{FORM}/reports' not in (await street.get(FORM)).text
