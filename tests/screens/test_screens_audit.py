"""The audit's screen: to whom it opens, what it shows, and what it keeps out of sight; a search in a list is noted."""

from __future__ import annotations

import asyncio
from typing import Any

from nicegui.testing import User
from small_office import Desk

from apps.context import AppContext
from apps.people import SYSTEM, Person

ROAD = {'受付方法': '電話', '種別': '舗装', '危険度': '通常', '場所': '見本町1丁目', '内容': '秘密の話'}


async def shown(user: User, address: str) -> str:
    """Whatever stands on the page."""
    await user.open(address)
    await asyncio.sleep(0.4)
    client: Any = user.client
    return ' '.join(str(getattr(each, 'text', '')) for each in client.elements.values())


def person(office: AppContext, name: str) -> Person:
    account = office.accounts.get(name)
    assert account is not None
    return account.person


async def test_administrators_read_who_did_what_and_no_contents(office: AppContext, desk: Desk) -> None:
    taro = person(office, 'taro')
    made = await office.operations.submit('road_requests', ROAD, by=taro)
    await office.audit.note('export', taro, app='road_requests', purpose='集計・統計の作成', count=1)
    page = await shown(await desk('yone'), '/audit')
    assert 'データの書き出し' in page and '目的 集計・統計の作成' in page and '見本 taro' in page
    assert f'道路要望 {made.id[:8]}…' in page and '秘密の話' not in page and '見本町' not in page
    assert '件数 1' not in await shown(await desk('yone'), '/audit?kind=print')


async def test_it_opens_to_supervisors_of_a_section_with_apps_and_to_nobody_else(
    office: AppContext, desk: Desk
) -> None:
    await office.audit.note('export', person(office, 'taro'), app='road_requests', count=77)
    await office.audit.note('export', person(office, 'taro'), app='facilities', count=88)
    for name in ('taro', 'hanako', 'ichiro'):
        refused = await (await desk(name)).http_client.get('/audit')
        assert refused.status_code == 403 and '所属長' in refused.text and '件数' not in refused.text, name
    await office.accounts.change('ichiro', {'sections': ['道路管理課']}, by=SYSTEM)
    page = await shown(await desk('ichiro'), '/audit')
    assert '件数 77' in page and '件数 88' not in page


async def test_a_search_is_noted_once_without_its_words(office: AppContext, desk: Desk) -> None:
    await office.operations.submit('road_requests', ROAD, by=person(office, 'taro'))
    user = await desk('taro')
    key = office.searched_words.hidden('taro', {'q': '秘密の話'}, ())
    await shown(user, '/apps/road_requests?' + '&'.join(f'{name}={value}' for name, value in key.items()))
    await office.audit.note('sign_out', 'taro')
    found = [each for each in office.store.find('_audit', limit=None).docs if each['kind'] == 'search']
    assert [(each['by'], each['app'], each['detail']['count']) for each in found] == [('taro', 'road_requests', 1)]
    assert '秘密' not in str(found)
