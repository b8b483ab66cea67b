"""Who may not see an app reaches none of its screens; who may not do a thing finds its handler closed as well."""

from __future__ import annotations

import asyncio

import pytest
from small_office import Desk

from apps.context import AppContext
from apps.people import SYSTEM

pytestmark = pytest.mark.long

KEPT = '面談の記録'


@pytest.fixture
async def kept(office: AppContext) -> str:
    chief = office.accounts.get('ichiro')
    assert chief is not None
    saved = await office.operations.submit('personnel', {'件名': KEPT}, by=chief.person)
    return saved.id


@pytest.mark.parametrize(
    'address', ['', '?view=一覧', '/new', '/records/{kept}', '/records/{kept}/edit', '/records/unknown']
)
async def test_an_app_of_others_does_not_exist(desk: Desk, kept: str, address: str) -> None:
    user = await desk('taro')
    answer = await user.http_client.get(f'/apps/personnel{address.format(kept=kept)}')
    assert answer.status_code == 404
    assert 'ページが見つかりません' in answer.text
    assert KEPT not in answer.text and '人事の相談' not in answer.text


@pytest.mark.parametrize('address', ['', '/new', '/records/{kept}', '/records/{kept}/edit'])
async def test_who_may_see_it_reaches_all_of_it(desk: Desk, kept: str, address: str) -> None:
    user = await desk('ichiro')
    await user.open(f'/apps/personnel{address.format(kept=kept)}')
    await user.should_see('人事の相談')


async def test_who_may_only_look_gets_no_form(desk: Desk, office: AppContext) -> None:
    user = await desk('taro')
    answer = await user.http_client.get('/apps/facilities/new')
    assert answer.status_code == 403 and 'この操作はできません' in answer.text
    await user.open('/apps/facilities')
    await user.should_see('施設台帳')
    await user.should_not_see('新しく登録する')


@pytest.mark.parametrize(('name', 'address'), [('taro', '/accounts'), ('hanako', '/accounts'), ('taro', '/problems')])
async def test_the_pages_of_administrators_and_leaders(desk: Desk, name: str, address: str) -> None:
    user = await desk(name)
    answer = await user.http_client.get(address)
    assert answer.status_code == 403 and 'この操作はできません' in answer.text
    assert 'long-enough' not in answer.text and 'ichiro' not in answer.text


async def test_a_button_that_is_still_on_the_screen_does_nothing_without_the_right(
    desk: Desk, office: AppContext
) -> None:
    user = await desk('zen')
    await user.open('/accounts/person/hanako')
    await user.should_see('サインインできなくする')
    await office.accounts.change('zen', {'roles': ['staff']}, by=SYSTEM)
    user.find('サインインできなくする').click()
    await asyncio.sleep(0.2)
    assert not [each.account for each in office.accounts.all() if each.disabled]


async def test_the_same_button_works_with_the_right(desk: Desk, office: AppContext) -> None:
    user = await desk('zen')
    await user.open('/accounts/person/hanako')
    user.find('サインインできなくする').click()
    await asyncio.sleep(0.2)
    assert {each.account for each in office.accounts.all() if each.disabled} == {'hanako'}
