"""What screens show of personal data: masked in lists until somebody asks, never to whom it is withheld; lent apps."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from nicegui.testing import User
from small_office import Desk

from apps.context import AppContext
from apps.people import SYSTEM, Person
from apps.reading import Wanted

pytestmark = pytest.mark.long

NAME, MASKED, NUMBER = '見本 秘子', '見＊ 秘＊', '090-0000-0071'
ROAD = {'受付方法': '電話', '種別': '舗装', '危険度': '通常', '場所': '見本町1丁目', '内容': '秘密の話'}


@pytest.fixture
async def given(office: AppContext) -> str:
    await office.accounts.add('itaku', '例示建設', 'long-enough-1', roles=['contractor'], by=SYSTEM)
    values: dict[str, Any] = {**ROAD, '氏名': NAME, '電話番号': NUMBER, '担当者': 'itaku'}
    return (await office.operations.submit('road_requests', values, by=person(office, 'hanako'))).id


def person(office: AppContext, name: str) -> Person:
    account = office.accounts.get(name)
    assert account is not None
    return account.person


def noted(office: AppContext, kind: str) -> list[tuple[str, str]]:
    """(who, which app) of the entries of that kind."""
    found = office.store.find('_audit', limit=None).docs
    return [(each['by'], each.get('app', '')) for each in found if each['kind'] == kind]


def everything(user: User) -> str:
    """Whatever stands in any element of the page, what it sends to the browser's components included."""
    client: Any = user.client
    return str([(each.props, getattr(each, 'text', '')) for each in client.elements.values()])


async def opened(user: User, address: str) -> str:
    await user.open(address)
    await asyncio.sleep(0.3)
    return everything(user)


async def test_a_list_masks_names_until_its_switch_is_pressed_and_that_is_noted(
    desk: Desk, office: AppContext, given: str
) -> None:
    user = await desk('taro')
    page = await opened(user, '/apps/road_requests?view=すべて')
    assert MASKED in page and '***-****-0071' in page
    assert NAME not in page and NUMBER not in page
    user.find('個人情報を表示する').click()
    await asyncio.sleep(0.4)
    assert NAME in everything(user) and NUMBER in everything(user)
    assert noted(office, 'reveal') == [('taro', 'road_requests')]
    assert NAME not in str(office.store.find('_audit', limit=None).docs)


@pytest.mark.parametrize(
    'address',
    ['', '?view=すべて', '?view=進みぐあい', '?view=月別集計', '/records/{given}', '/records/{given}/edit', '/new'],
)
async def test_no_screen_of_a_contractor_holds_a_name(desk: Desk, given: str, address: str) -> None:
    user = await desk('itaku')
    answer = await user.http_client.get(f'/apps/road_requests{address.format(given=given)}')
    page = answer.text
    if answer.status_code == 200:
        page += await opened(user, f'/apps/road_requests{address.format(given=given)}')
        assert '見本町1丁目' in page or 'view=月別集計' in address
    assert not [each for each in (NAME, MASKED, NUMBER, '秘密の話', '秘子', '0071') if each in page]


async def test_the_form_of_a_contractor_opens_what_is_theirs(desk: Desk, given: str) -> None:
    user = await desk('itaku')
    await user.open(f'/apps/road_requests/records/{given}/edit')
    (form,) = [each for each in user.client.elements.values() if 'recordId' in each.props]  # type: ignore[union-attr]
    fields = {one['name']: one for each in form.props['form']['sections'] for one in each['fields']}
    assert '氏名' not in fields and '氏名' not in form.props['record']
    assert fields['場所']['readonly'] is True and '権限' in fields['場所']['hint']
    assert fields['対応内容']['readonly'] is False


async def test_leaders_see_through_the_eyes_of_others_and_that_is_noted(
    desk: Desk, office: AppContext, given: str
) -> None:
    user = await desk('hanako')
    page = await opened(user, '/apps/road_requests/permissions?account=itaku')
    assert '「担当者」が自分である記録を' in page and '登録する' in page and '見本町1丁目' in page
    assert NAME not in page and '秘密の話' not in page
    assert noted(office, 'preview') == [('hanako', 'road_requests')] and not noted(office, 'view')


async def test_others_do_not_find_that_page(desk: Desk, given: str) -> None:
    for name in ('taro', 'yone', 'itaku'):
        user = await desk(name)
        assert (await user.http_client.get('/apps/road_requests/permissions')).status_code == 404


async def test_what_is_shown_for_a_role_does_not_deny_what_its_rules_say(desk: Desk) -> None:
    """A contractor may change what is given to them: without a record there is no form, but the right is there."""
    page = await opened(await desk('hanako'), '/apps/road_requests/permissions?role=contractor')
    assert '変更できる記録がないので' in page and '登録も変更もできません' not in page


async def test_an_app_is_lent_with_a_reason_and_an_end(desk: Desk, office: AppContext, given: str) -> None:
    definition = office.catalogue.get('road_requests')
    administrator = person(office, 'yone')
    assert office.reading.apps(administrator) == []
    await office.grants.give(definition, 'yone', 3, '復旧の確認', by=person(office, 'hanako'))
    assert office.reading.page('road_requests', 'すべて', Wanted(), by=administrator).total == 1
    assert noted(office, 'grant') == [('hanako', 'road_requests')]
    user = await desk('yone')
    page = await opened(user, f'/apps/road_requests/records/{given}')
    assert '見本町1丁目' in page and '編集する' not in page
    await office.grants.end(definition, 'yone', by=person(office, 'hanako'))
    assert office.reading.apps(administrator) == []




HEALTH = """
title: 健康相談
record_title: [件名]
sections:
  - title: 相談
    fields:
      - {name: 件名, type: text, required: true}
      - {name: 所見, type: textarea, privacy: sensitive}
permissions:
  - {who: {role: staff}, can: [see, create, change]}
"""


async def test_sensitive_values_stand_on_the_page_only_after_asking_and_both_looks_are_noted(
    desk: Desk, office: AppContext
) -> None:
    (office.settings.definitions / 'health.yaml').write_text(HEALTH, 'utf-8')
    office.catalogue.reload()
    taro = person(office, 'taro')
    made = await office.operations.submit('health', {'件名': '定期', '所見': '血圧の話'}, by=taro)
    await office.operations.change('health', made.id, {'所見': '血圧の別の話'}, by=taro, if_rev=1)
    user = await desk('taro')
    page = await opened(user, f'/apps/health/records/{made.id}')
    assert '○○○' in page and '血圧' not in page, 'neither among the facts nor in the history'
    assert noted(office, 'view') == [('taro', 'health')] and noted(office, 'reveal') == []
    user.find('伏せた項目を表示する').click()
    await asyncio.sleep(0.3)
    assert '血圧の別の話' in everything(user) and '血圧の話' in everything(user)
    assert noted(office, 'reveal') == [('taro', 'health')]


async def test_a_record_that_goes_to_somebody_else_leaves_the_open_page(
    desk: Desk, office: AppContext, given: str
) -> None:
    user = await desk('itaku')
    assert '見本町1丁目' in await opened(user, f'/apps/road_requests/records/{given}')
    leader = person(office, 'hanako')
    await office.operations.change('road_requests', given, {'担当者': 'taro'}, by=leader, if_rev=1)
    await asyncio.sleep(0.3)
    page = everything(user)
    assert '見本町1丁目' not in page and 'いまはあなたには見えません' in page
