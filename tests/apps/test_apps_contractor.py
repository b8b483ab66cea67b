"""A contractor sees place and photos and no name or number, by whatever address of the API they ask."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from city_hall import LEADER, STAFF, password_of
from contractor_office import ADMINISTRATOR, ANOTHER, APPLICANT, CONTRACTOR, SECRETS, Work, given_work
from fastapi import FastAPI

from apps.api.routes import install
from apps.context import AppContext
from apps.operations.bulk import Plan
from apps.outcome import Refused
from apps.people import Person
from apps.reading import Wanted
from apps.security import COOKIE

SUMMARY = 'view=月別集計'
RECORDS = '/api/v1/apps/road_requests/records'


@pytest.fixture(autouse=True)
def definitions(definitions: Path) -> Path:
    """The contractor may also export, so that what is exported is looked at."""
    file = definitions / 'road_requests.yaml'
    text = file.read_text('utf-8')
    assert '    can: [see, change, act]\n' in text
    file.write_text(text.replace('    can: [see, change, act]\n', '    can: [see, change, act, export]\n'), 'utf-8')
    return definitions


@pytest.fixture
async def work(staffed: AppContext) -> Work:
    for each in (CONTRACTOR, ADMINISTRATOR):
        parts: Any = {'roles': each.roles, 'sections': each.sections, 'by': LEADER}
        await staffed.accounts.add(each.account, each.name, password_of(each), **parts)
    return await given_work(staffed)


@pytest.fixture
async def web(staffed: AppContext, work: Work) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in as the contractor."""
    app = FastAPI()
    install(app, staffed)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        client.extra = app.openapi()  # type: ignore[attr-defined]
        await enter(client, staffed, CONTRACTOR)
        yield client


async def enter(web: httpx.AsyncClient, office: AppContext, person: Person) -> None:
    account = office.accounts.get(person.account)
    assert account is not None
    web.cookies.clear()
    web.cookies.set(COOKIE, office.sessions.open(account))


def told(answer: httpx.Response) -> str:
    """Everything an answer tells, a workbook's sheets included."""
    body = answer.content
    if body[:2] == b'PK':
        with zipfile.ZipFile(BytesIO(body)) as book:
            body = b''.join(book.read(name) for name in book.namelist())
    return body.decode('utf-8', 'replace') + str(answer.headers)


def leaks(answer: httpx.Response) -> list[str]:
    return [each for each in SECRETS if each in told(answer)]


def addresses(web: httpx.AsyncClient, work: Work) -> Iterator[tuple[str, str]]:
    """Every method and address of the API, with every name that could lead anywhere in its holes."""
    holes = {
        'app': ('road_requests', 'event_lottery'),
        'record': (work.given, work.other, 'nothing'),
        'field': ('氏名', '電話番号', '担当者'),
        'action': ('完了にする', '取り下げる'),
        'blob': (work.photo, work.hidden_photo),
    }
    for path, methods in web.extra['paths'].items():  # type: ignore[attr-defined]
        names = [part[1:-1] for part in path.split('/') if part.startswith('{')]
        for chosen in product(*(holes.get(name, ('x',)) for name in names)):
            filled = path
            for name, value in zip(names, chosen, strict=True):
                filled = filled.replace('{' + name + '}', quote(value))
            yield from ((method, filled) for method in methods)


async def test_no_address_tells_who_asked_for_the_work(
    web: httpx.AsyncClient, work: Work, staffed: AppContext, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    queries = ['', 'q=秘子', 'view=すべて&q=00000071', 'sort=氏名', 'filter.氏名=見本 秘子', 'filter.電話番号.from=0']
    asked = [each for each in addresses(web, work) if each[1] != '/api/v1/session']
    assert len(asked) > 40
    statuses: set[tuple[str, int]] = set()
    for number, (method, address) in enumerate(asked):
        lists = method == 'get' and '/records' in address
        for query in queries if lists else (SUMMARY if 'summary' in address else '',):
            body = {'request_id': f'request-{number}', 'values': {'対応内容': '済'}, 'rev': 1, 'reason': '試し'}
            sent: Any = {} if method == 'get' else {'json': body}
            answer = await web.request(method, f'{address}?{query}', **sent)
            statuses.add((address.rsplit('/', 1)[-1], answer.status_code))
            assert not leaks(answer), (method, address, query)
    assert {('export', 200), ('summary', 200), ('history', 200)} <= statuses, 'these were really answered'
    ours = [each.getMessage() for each in caplog.records if each.name.split('.')[0] in {'apps', 'forms', 'storage'}]
    assert not [each for each in SECRETS if each in str(ours)]


async def test_what_they_do_get(web: httpx.AsyncClient, work: Work) -> None:
    listed = (await web.get(RECORDS, params={'view': 'すべて'})).json()
    assert [each['id'] for each in listed['records']] == [work.given] and listed['total'] == 1
    values = (await web.get(f'{RECORDS}/{work.given}')).json()['values']
    assert values['場所'] and values['写真'] and values['対応内容'] == '業者に依頼'
    assert not {*values} & {*APPLICANT}
    assert (await web.get(f'/api/v1/files/{work.photo}')).status_code == 200
    history = (await web.get(f'{RECORDS}/{work.given}/history')).json()['entries']
    assert {one['field'] for each in history for one in each['changes']} >= {'対応内容', '場所'}
    board = await web.get(RECORDS, params={'view': '進みぐあい'})
    assert board.status_code == 200


async def test_the_work_of_others_is_not_there(web: httpx.AsyncClient, work: Work, staffed: AppContext) -> None:
    """Letter for letter the answer for a record that never was."""
    for path in ('', '/history', '/actions'):
        never = (await web.get(f'{RECORDS}/nothing{path}')).json()
        assert (await web.get(f'{RECORDS}/{work.other}{path}')).json() == never and never['type'] == 'not_found'
    for number, (method, path, body) in enumerate((
        ('patch', '', {'values': {'対応内容': '済'}, 'rev': 1}),
        ('post', '/actions/完了にする', {'values': {}}),
        ('post', '/undo', {'values': {}}),
    )):
        answers = [
            await web.request(
                method, f'{RECORDS}/{one}{path}', json={'request_id': f'request-{number}-{one[:3]}', **body}
            )
            for one in ('nothing', work.other)
        ]
        assert answers[0].json() == answers[1].json() and answers[0].status_code == 404, path
    assert (await web.get(f'/api/v1/files/{work.hidden_photo}')).status_code == 404
    assert staffed.store.get('road_requests', work.other).rev == 1


@pytest.mark.parametrize('sent', [{'氏名': '見本 秘子'}, {'氏名': '誰か'}, {'電話番号': ''}, {'場所': '別の場所'}])
async def test_a_field_that_is_not_theirs_is_refused_on_every_way(
    staffed: AppContext, work: Work, sent: dict[str, Any]
) -> None:
    """Guessing right is refused like guessing wrong, so that no answer tells the value."""
    (name,) = sent
    texts = []
    for do in (
        lambda: staffed.operations.change('road_requests', work.given, sent, by=CONTRACTOR, if_rev=3),
        lambda: staffed.operations.act('road_requests', work.given, '現地確認済みにする', sent, by=CONTRACTOR),
        lambda: staffed.bulk.carry_out(Plan('road_requests', {work.given: 3}, sent), by=CONTRACTOR),
    ):
        with pytest.raises(Refused) as refused:
            await do()
        assert [each.code for each in refused.value.messages] == ['not_yours']
        texts.append(refused.value.messages[0].text)
    assert len(set(texts)) == 1 and name in texts[0]
    assert staffed.store.get('road_requests', work.given).rev == 3


async def test_what_was_readable_may_be_sent_back_unchanged(staffed: AppContext, work: Work) -> None:
    shown = staffed.reading.record('road_requests', work.given, by=CONTRACTOR)
    sent = {name: shown.values[name] for name in ('場所', '種別', '担当者', '写真')}
    saved = await staffed.operations.change(
        'road_requests', work.given, {**sent, '対応内容': '直した'}, by=CONTRACTOR, if_rev=3
    )
    assert saved.values['対応内容'] == '直した' and '氏名' not in saved.values
    whole = staffed.store.get('road_requests', work.given)
    assert whole['氏名'] == APPLICANT['氏名'], 'what they do not see stays'
    found = staffed.reading.page('road_requests', 'すべて', Wanted(text='秘子'), by=STAFF)
    assert found.total == 1, 'and is still found'


async def test_a_conflict_tells_only_what_they_may_read(staffed: AppContext, work: Work) -> None:
    with pytest.raises(Refused) as refused:
        await staffed.operations.change('road_requests', work.given, {'対応内容': '私の'}, by=CONTRACTOR, if_rev=1)
    current = refused.value.current
    assert refused.value.kind == 'conflict' and current is not None
    assert current.values['対応内容'] == '業者に依頼'
    assert not [each for each in SECRETS if each in str(current)] and not {*current.fields} & {*APPLICANT}


async def test_a_search_by_what_is_hidden_finds_nothing_and_counts_nothing(staffed: AppContext, work: Work) -> None:
    for words in ('秘子', 'ミホン', '09000000071', ANOTHER['氏名']):
        found = staffed.reading.page('road_requests', 'すべて', Wanted(text=words), by=CONTRACTOR)
        assert (found.total, found.rows) == (0, ()), words
    assert staffed.reading.page('road_requests', 'すべて', Wanted(text='公園'), by=CONTRACTOR).total == 1


async def test_administrators_see_no_record_and_contractors_no_other_app(staffed: AppContext, work: Work) -> None:
    assert staffed.reading.apps(ADMINISTRATOR) == []
    assert [each.name for each in staffed.reading.apps(CONTRACTOR)] == ['road_requests']
    with pytest.raises(Refused, match='not_found'):
        staffed.reading.record('road_requests', work.given, by=ADMINISTRATOR)


async def test_no_address_gives_an_administrator_a_record_without_a_grant(
    web: httpx.AsyncClient, work: Work, staffed: AppContext
) -> None:
    """Whoever looks after accounts and backups: no names, and no work, number or photo either."""
    await enter(web, staffed, ADMINISTRATOR)
    title = staffed.reading.record('road_requests', work.given, by=STAFF).title
    for number, (method, address) in enumerate(each for each in addresses(web, work) if '/session' not in each[1]):
        body = {'request_id': f'request-{number}', 'values': {}, 'rev': 1, 'reason': '試し'}
        answer = await web.request(method, address, **({} if method == 'get' else {'json': body}))
        assert not leaks(answer) and title not in told(answer), (method, address)
        if any(each in address for each in (work.given, work.other, work.photo, work.hidden_photo)):
            assert answer.status_code in {403, 404, 422}, (method, address, answer.status_code)
    kept = staffed.store.get('road_requests', work.given)
    assert kept is not None and kept.rev == 3, 'and nothing was changed'
