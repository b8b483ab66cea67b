"""Sheets on paper: what they say, what they keep back, and that every one of them is noted."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from city_hall import LEADER, ROAD, STAFF, password_of
from contractor_office import CONTRACTOR, SECRETS, Work, given_work
from fastapi import FastAPI
from openpyxl import Workbook, load_workbook
from pictures import picture

from apps.api.routes import install
from apps.context import AppContext
from apps.people import Person
from apps.security import COOKIE
from apps.sheets import routes

SLIP, ORDER, LIST = '要望票', '工事指示書', '要望の一覧'


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in as a member of staff."""
    server = FastAPI()
    install(server, staffed)
    routes.register(server, staffed)
    transport = httpx.ASGITransport(app=server)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        client.cookies.set(COOKIE, opened(staffed, STAFF))
        yield client


@pytest.fixture
async def work(staffed: AppContext) -> Work:
    """A request given to the contractor, and another that is not."""
    parts: Any = {'roles': CONTRACTOR.roles, 'sections': CONTRACTOR.sections, 'by': LEADER}
    await staffed.accounts.add(CONTRACTOR.account, CONTRACTOR.name, password_of(CONTRACTOR), **parts)
    return await given_work(staffed)


def opened(office: AppContext, person: Person) -> str:
    account = office.accounts.get(person.account)
    assert account is not None
    return office.sessions.open(account)


async def reported(office: AppContext, **more: Any) -> str:
    """A request from 見本 一子; its id."""
    told = {**ROAD, '氏名': '見本 一子', '電話番号': '090-0000-0001', **more}
    return (await office.operations.submit('road_requests', told, by=STAFF)).id


def of_record(record: str, name: str) -> str:
    return f'/apps/road_requests/records/{record}/sheets/{quote(name)}'


async def text(web: httpx.AsyncClient, address: str, **query: str) -> str:
    answer = await web.get(address, params=query or None)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


async def test_a_request_sheet_says_everything_and_who_printed_it(staffed: AppContext, web: httpx.AsyncClient) -> None:
    record = await reported(staffed, 内容='<b>穴</b>があいている', 位置={'lat': 36.561, 'lon': 136.656, 'place': '橋'})
    printed = await text(web, of_record(record, SLIP))
    number = staffed.reading.record('road_requests', record, by=STAFF).texts['受付番号']
    for told in (number, '見本 一子', '090-0000-0001', '課長補佐', '略図', '緯度 36.561000', '機密性2', '現地のメモ'):
        assert told in printed
    assert '令和8年11月20日' in printed and '見本 太郎' in printed.split('bottom-right')[1]
    assert '&lt;b&gt;穴' in (await web.get(of_record(record, SLIP))).text


async def test_the_code_on_the_sheet_leads_to_the_record(staffed: AppContext, web: httpx.AsyncClient) -> None:
    from apps.qr_code import qr_picture

    record = await reported(staffed)
    wanted = qr_picture(f'http://hall.example/apps/road_requests/records/{record}', border=2)
    assert wanted in await text(web, of_record(record, SLIP))


async def test_every_print_is_noted(staffed: AppContext, web: httpx.AsyncClient) -> None:
    record = await reported(staffed)
    await text(web, of_record(record, SLIP))
    await text(web, f'/apps/road_requests/sheets/{quote(LIST)}', view='すべて')
    noted = [each for each in staffed.store.find('_audit', limit=None).docs if each['kind'] == 'print']
    assert [(each['by'], each.get('record'), each['detail']['name']) for each in noted] == [
        (STAFF.account, record, SLIP),
        (STAFF.account, None, LIST),
    ]
    assert noted[1]['detail']['count'] == 1


async def test_a_work_order_names_the_contractor_and_not_the_caller(web: httpx.AsyncClient, work: Work) -> None:
    printed = await text(web, of_record(work.given, ORDER))
    assert not [each for each in SECRETS if each in printed]
    assert '例示建設 様' in printed


async def test_hidden_fields_are_on_no_sheet(
    staffed: AppContext, web: httpx.AsyncClient, work: Work
) -> None:
    """The request sheet names them in its definition; the contractor who prints it does not get them."""
    web.cookies.set(COOKIE, opened(staffed, CONTRACTOR))
    for address in (of_record(work.given, SLIP), f'/apps/road_requests/sheets/{quote(SLIP)}?records={work.given}'):
        printed = await text(web, address)
        assert '見本町1丁目' in printed and not [each for each in SECRETS if each in printed]
        assert '電話番号' not in printed and 'フリガナ' not in printed
    listed = await text(web, f'/apps/road_requests/sheets/{quote(LIST)}')
    assert not [each for each in SECRETS if each in listed] and '費用' not in listed


async def test_a_record_that_is_not_theirs_is_not_printed(
    staffed: AppContext, web: httpx.AsyncClient, work: Work
) -> None:
    web.cookies.set(COOKIE, opened(staffed, CONTRACTOR))
    alone = await web.get(of_record(work.other, SLIP))
    among = await web.get(f'/apps/road_requests/sheets/{quote(SLIP)}', params={'records': f'{work.given},{work.other}'})
    assert (alone.status_code, among.status_code) == (404, 404)
    assert alone.headers['content-type'].startswith('text/html')
    assert not [each for each in staffed.store.find('_audit', limit=None).docs if each['kind'] == 'print']


async def test_photos_stand_on_the_sheet_with_their_time(staffed: AppContext, web: httpx.AsyncClient) -> None:
    content = picture()
    photo = await staffed.operations.receive(BytesIO(content), 'p.png', len(content), by=STAFF)
    told = {**photo.told(), 'taken_at': '2026-11-19T16:05:00+09:00'}
    printed = await text(web, of_record(await reported(staffed, 写真=[told]), SLIP))
    assert f'src="/api/v1/files/{photo.blob}"' in printed and '16:05 撮影' in printed


async def test_before_and_after_stand_beside_each_other(staffed: AppContext, web: httpx.AsyncClient) -> None:
    before, after = [
        (await staffed.operations.receive(BytesIO(each), 'p.png', len(each), by=STAFF)).told()
        for each in (picture('red'), picture('green'))
    ]
    more = picture('blue')
    second = (await staffed.operations.receive(BytesIO(more), 'p.png', len(more), by=STAFF)).told()
    printed = await text(web, of_record(await reported(staffed, 施工前=[before, second], 施工後=[after]), SLIP))
    captions = re.findall(r'<figcaption>([^<]*)', printed)
    assert captions == ['施工前 1/2', '施工後 1/2', '施工前 2/2', '施工後 2/2']
    assert printed.count('写真はまだありません') == 1


async def test_a_list_has_every_row_its_condition_and_its_total(staffed: AppContext, web: httpx.AsyncClient) -> None:
    for number in range(60):
        await reported(staffed, 場所=f'見本町{number}番', 完了日='2026-11-30', 費用=1000)
    printed = await text(web, f'/apps/road_requests/sheets/{quote(LIST)}', view='すべて', q='見本町')
    assert all(f'見本町{number}番' in printed for number in range(60))
    assert 'すべて、「見本町」をふくむ、年度 令和8年度、60件' in printed
    assert '60,000円' in printed


async def test_ticked_records_get_a_sheet_each_in_their_order(staffed: AppContext, web: httpx.AsyncClient) -> None:
    ids = [await reported(staffed, 場所=place) for place in ('一番目', '二番目', '三番目')]
    wanted = ','.join((ids[2], ids[0]))
    printed = await text(web, f'/apps/road_requests/sheets/{quote(SLIP)}', records=wanted)
    assert printed.count('<article') == 2 and '二番目' not in printed
    assert printed.index('三番目') < printed.index('一番目')


async def test_sensitive_fields_are_printed_as_their_mask(
    staffed: AppContext, web: httpx.AsyncClient, definitions: Path
) -> None:
    file = definitions / 'road_requests.yaml'
    before = file.read_text('utf-8')
    name = '{name: 氏名, type: person_name, privacy: '
    assert f'{name}personal' in before
    file.write_text(before.replace(f'{name}personal', f'{name}sensitive'), 'utf-8')
    staffed.catalogue.reload()
    printed = await text(web, of_record(await reported(staffed), SLIP))
    assert '見本 一子' not in printed and '見＊ 一＊' in printed


async def test_a_list_masks_people_until_they_were_revealed_and_tells_the_audit(
    staffed: AppContext, web: httpx.AsyncClient, definitions: Path
) -> None:
    file = definitions / 'road_requests.yaml'
    before = file.read_text('utf-8')
    assert 'columns: [受付番号, 受付日, 種別, 場所, 状態, 期限, 担当者, 費用]' in before
    file.write_text(before.replace('期限, 担当者, 費用]', '期限, 氏名, 費用]'), 'utf-8')
    staffed.catalogue.reload()
    await reported(staffed)
    masked = await text(web, f'/apps/road_requests/sheets/{quote(LIST)}', view='すべて')
    assert '見＊ 一＊' in masked and '見本 一子' not in masked
    assert '見本 一子' in await text(web, f'/apps/road_requests/sheets/{quote(LIST)}', view='すべて', reveal='1')
    told = [each['detail'] for each in staffed.store.find('_audit', limit=None).docs if each['kind'] == 'print']
    assert [each.get('fields') for each in told] == [None, ['氏名']]


async def test_an_order_that_is_none_is_refused_and_not_a_fault(web: httpx.AsyncClient) -> None:
    answer = await web.get(f'/apps/road_requests/sheets/{quote(LIST)}', params={'sort': 'へんな'})
    assert answer.status_code == 422 and 'へんな' in answer.text


async def test_too_many_records_are_refused_with_a_way_out(staffed: AppContext, web: httpx.AsyncClient) -> None:
    ids = ','.join(map(str, range(201)))
    answer = await web.get(f'/apps/road_requests/sheets/{quote(SLIP)}', params={'records': ids})
    assert answer.status_code == 422 and '200件まで' in answer.text


@pytest.fixture
def form(definitions: Path) -> Path:
    """The office's own Excel file for the request sheet, and another for the work order."""
    book = Workbook()
    page = book.active
    page['A1'], page['B1'] = '番号', '{{受付番号}}'
    page['A2'], page['B2'] = '{{場所}}({{種別}})', '{{内容}}'
    page['A3'], page['B3'] = '{{費用}}', '=A3*2'
    page['A4'], page['B4'] = '{{氏名}}', '{{印刷者}}'
    file = definitions / 'sheets' / '自前.xlsx'
    file.parent.mkdir(exist_ok=True)
    book.save(file)
    app = definitions / 'road_requests.yaml'
    text = app.read_text('utf-8')
    text = text.replace(f'  - name: {SLIP}\n', f'  - name: {SLIP}\n    excel: 自前.xlsx\n')
    app.write_text(text.replace('excel: 工事指示書.xlsx', 'excel: 自前.xlsx'), 'utf-8')
    return file


async def filled(web: httpx.AsyncClient, record: str, name: str) -> dict[str, Any]:
    answer = await web.get(f'{of_record(record, name)}/excel')
    assert answer.status_code == 200, answer.text
    page = load_workbook(BytesIO(answer.content)).active
    return {cell.coordinate: (cell.data_type, cell.value) for row in page.iter_rows() for cell in row}


async def test_the_offices_own_excel_file_is_filled(form: Path, staffed: AppContext, web: httpx.AsyncClient) -> None:
    record = await reported(staffed, 完了日='2026-11-30', 費用=12000, 内容='一行目\n二行目')
    cells = await filled(web, record, SLIP)
    assert cells['B1'][1].startswith('道-R8-')
    assert cells['A2'][1] == '見本町1丁目 公園の前(舗装)'
    assert cells['B2'][1] == '一行目\n二行目'
    assert cells['A3'] == ('n', 12000) and cells['B3'] == ('f', '=A3*2')
    assert (cells['A4'][1], cells['B4'][1]) == ('見本 一子', '見本 太郎')
    noted = [each for each in staffed.store.find('_audit', limit=None).docs if each['kind'] == 'print']
    assert [each['detail'] for each in noted] == [{'name': SLIP, 'format': 'Excel'}]


async def test_what_people_typed_is_no_formula_in_it(form: Path, staffed: AppContext, web: httpx.AsyncClient) -> None:
    cells = await filled(web, await reported(staffed, 内容='=HYPERLINK("http://example","x")\x0b'), SLIP)
    assert cells['B2'] == ('s', '=HYPERLINK("http://example","x")')


async def test_a_form_that_is_handed_out_gets_only_the_fields_of_its_sheet(
    form: Path, staffed: AppContext, web: httpx.AsyncClient
) -> None:
    cells = await filled(web, await reported(staffed, 完了日='2026-11-30', 費用=12000, 内容='秘密'), ORDER)
    assert [cells[each][1] for each in ('B2', 'A3', 'A4')] == [None, None, None]
    assert cells['B1'][1] and '見本町' in cells['A2'][1]


async def test_a_form_that_was_taken_away_is_told(form: Path, staffed: AppContext, web: httpx.AsyncClient) -> None:
    record = await reported(staffed)
    form.unlink()
    answer = await web.get(f'{of_record(record, SLIP)}/excel')
    assert answer.status_code == 404 and '自前.xlsx' in answer.text
