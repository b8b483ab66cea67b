"""Where a way in offers nothing by which a rule could be broken, and what becomes of who tries it all the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from matrix_office import APP, CLERK, FORM, RIGHT, Office
from no_such_way import NO_SUCH_WAY
from ways_in import CommandLine, PublicForm, sending, street, told

from apps.security import COOKIE

STATUS = '状態は自動で決まる項目です。値を送らないでください。'
_OWN = f'/public/forms/{FORM}/own'
TRIED = {
    ('import', 'guard'): 'test_no_file_takes_an_action',
    ('command line', 'guard'): 'test_no_file_takes_an_action_by_the_command_line',
    ('public form', 'workflow'): 'test_the_public_form_knows_only_what_it_asks',
    ('public form', 'guard'): 'test_an_applicant_cannot_take_an_action_whose_guard_fails',
    ('public form', 'record permission'): 'test_an_applicant_reaches_no_application_but_their_own',
    ('public form', 'field permission'): 'test_the_public_form_knows_only_what_it_asks',
    ('public form', 'revision'): 'test_an_applicant_answers_nothing_that_has_gone_on',
}


def test_each_of_these_cells_has_its_test() -> None:
    assert TRIED.keys() == NO_SUCH_WAY.keys()
    assert set(TRIED.values()) <= globals().keys()


async def test_no_file_takes_an_action(office: Office) -> None:
    async with street(office) as web:
        web.cookies.set(COOKIE, office.session())
        office.begin()
        file = {'file': ('a.csv', '件名,状態\n見本市,完了\n'.encode())}
        answer = await web.post(f'/api/v1/apps/{APP}/imports', files=file)
    assert [(each['code'], each['detail']) for each in answer.json()['problems']] == [('not_typed', STATUS)]
    assert office.left_behind() == []


async def test_no_file_takes_an_action_by_the_command_line(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    command = CommandLine(office, tmp_path, monkeypatch, lambda: capsys.readouterr().err)
    office.begin()
    lines = await command.said({'件名': '見本市', '状態': '完了'})
    assert any(each.endswith(STATUS) for each in lines)
    assert office.left_behind() == []


@pytest.mark.parametrize('name', ['状態', '内部メモ', 'rev', '_rev'])
async def test_the_public_form_knows_only_what_it_asks(office: Office, name: str) -> None:
    async with street(office) as web:
        office.begin()
        refused = await PublicForm(web).sent({**RIGHT, name: '完了'})
    assert refused == (('unknown_field', f'「{name}」という項目は、このアプリにありません。'),)
    assert office.left_behind() == []


async def applied(office: Office, **values: Any) -> tuple[str, dict[str, Any]]:
    """An application: (its id, how its applicant shows that it is theirs)."""
    saved = await office.context.operations.apply(APP, {**RIGHT, **values}, request_id=sending())
    return saved.id, {'number': saved.values['番号'], 'code': office.context.own_codes.of(APP, saved.id)}


async def answered(web: httpx.AsyncClient, pair: dict[str, Any], **changes: Any) -> httpx.Response:
    return await web.post(f'{_OWN}/answer', json={**pair, 'action': '完了にする', **changes})


async def test_an_applicant_cannot_take_an_action_whose_guard_fails(office: Office) -> None:
    async with street(office) as web:
        _, pair = await applied(office)
        office.begin()
        assert (await web.post(_OWN, json=pair)).json()['actions'] == []
        refused = told(await answered(web, pair))
    assert [code for code, _ in refused] == ['closed']
    assert office.left_behind() == []


async def test_an_applicant_reaches_no_application_but_their_own(office: Office) -> None:
    async with street(office) as web:
        (_, own), (_, other) = [await applied(office, 人数='3') for _ in range(2)]
        office.begin()
        refused = await answered(web, other, code=own['code'])
        unknown = await answered(web, other, code=own['code'], number='番-999')
    assert refused.status_code == 404 and refused.json() == unknown.json()
    assert office.left_behind() == []


async def test_an_applicant_answers_nothing_that_has_gone_on(office: Office) -> None:
    async with street(office) as web:
        record, pair = await applied(office, 人数='3')
        assert [each['name'] for each in (await web.post(_OWN, json=pair)).json()['actions']] == ['完了にする']
        await office.context.operations.act(APP, record, '対応を始める', {}, by=CLERK)
        office.begin()
        refused = told(await answered(web, pair))
    assert [code for code, _ in refused] == ['closed']
    assert office.left_behind() == []
