"""個人情報の消去 on the screen: to whom it opens, who may approve, and a certificate without personal data."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from nicegui.testing import User
from small_office import Desk

from apps.clock import TOKYO
from apps.context import AppContext
from apps.people import Person

APP = 'road_requests'
ROAD = {
    '受付方法': '電話',
    '種別': '舗装',
    '危険度': '通常',
    '場所': '見本町1丁目',
    '内容': '秘密の話',
    '氏名': '例示鑑花子',
}
PAGE = f'/apps/{APP}/retention'


async def shown(user: User, address: str) -> str:
    await user.open(address)
    await asyncio.sleep(0.4)
    client: Any = user.client
    return ' '.join(str(getattr(each, 'text', '')) for each in client.elements.values())


def person(office: AppContext, name: str) -> Person:
    account = office.accounts.get(name)
    assert account is not None
    return account.person


async def over(office: AppContext) -> str:
    """A record whose time is over; its id."""
    taro = person(office, 'taro')
    made = await office.operations.submit(APP, ROAD, by=taro)
    await office.operations.act(APP, made.id, '取り下げる', {}, by=taro)
    clock: Any = office.clock
    clock.at = datetime(2032, 4, 1, 9, 0, tzinfo=TOKYO)
    return made.id


async def test_staff_do_not_see_it_and_the_others_see_what_is_over(office: AppContext, desk: Desk) -> None:
    await over(office)
    refused = await (await desk('taro')).http_client.get(PAGE)
    assert refused.status_code == 403 and '1件' not in refused.text
    for name in ('hanako', 'ichiro', 'yone'):
        page = await shown(await desk(name), PAGE)
        assert '保存期間が過ぎたレコード' in page and '1件' in page, name
    assert '「完了日」か「受付日」から数えて、その年度が終わってから5年を過ぎた' in page
    assert (await (await desk('hanako')).http_client.get('/apps/facilities/retention')).status_code == 404


async def test_a_list_is_approved_by_another_person_and_becomes_the_certificate(
    office: AppContext, desk: Desk
) -> None:
    record = await over(office)
    made = await office.retention.propose(APP, by=person(office, 'hanako'))
    address = f'{PAGE}/{made.id}'
    own = await shown(await desk('hanako'), address)
    assert '承認は、一覧を作った人とは別の人がします。' in own and '承認する ' not in own
    assert '承認する' in await shown(await desk('ichiro'), address)
    await office.retention.approve(made.id, by=person(office, 'ichiro'))
    assert 'はい、1件の個人情報を消します' in await shown(await desk('hanako'), address)
    await office.retention.run(made.id, by=person(office, 'hanako'))
    page = await shown(await desk('hanako'), address)
    assert '個人情報の消去証明' in page and '道-R8-00001' in page and '消した件数 1件' in page
    assert '例示鑑花子' not in page and '秘密の話' not in page
    told = await shown(await desk('taro'), f'/apps/{APP}/records/{record}')
    assert '個人情報は、保存期間が過ぎたので消しました' in told
