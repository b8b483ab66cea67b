"""The bell, the list of what somebody was told, and sending to applicants, as people see them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from small_office import Desk

from apps.context import AppContext

ROAD = {'受付方法': '電話', '種別': '舗装', '危険度': '通常', '場所': '見本町1丁目', '内容': '穴'}
APPLICATION: dict[str, Any] = {
    '氏名': '例示 花子',
    'フリガナ': 'レイジ ハナコ',
    '生年月日': '1980-01-01',
    '電話番号': '090-0000-0001',
    '住まい': '市内',
    '第1希望': '午前の部',
}
TEXT = """
notices:
  - name: 案内
    mail: メールアドレス
    postal: 郵便番号
    address: [住所]
    addressee: 氏名
    subject: 教室のご案内
    body: '{氏名} 様 当日は10時に来てください。'
"""


@pytest.fixture
async def event(office: AppContext) -> AppContext:
    """The lottery with one text, and an application with a postal address only."""
    path = office.settings.definitions / 'event_lottery.yaml'
    head, rest = path.read_text('utf-8').split('notices:\n')
    path.write_text(head + TEXT + rest[rest.index('views:') :], 'utf-8')
    office.catalogue.reload()
    taro = office.accounts.get('taro')
    assert taro is not None
    await office.operations.submit(
        'event_lottery', {**APPLICATION, '郵便番号': '100-0000', '住所': '見本市見本町1'}, by=taro.person
    )
    return office


async def test_who_was_told_sees_it_and_opening_the_record_reads_it(office: AppContext, desk: Desk) -> None:
    hanako = office.accounts.get('hanako')
    assert hanako is not None
    saved = await office.operations.submit('road_requests', {**ROAD, '担当者': 'taro'}, by=hanako.person)
    taro = office.accounts.get('taro')
    assert taro is not None
    user = await desk('taro')
    await user.open('/notifications')
    await user.should_see('担当になりました')
    await user.should_see('道-R8-00001 舗装 の担当になりました。期限は 令和8年12月7日(月) です。')
    await user.open(f'/apps/road_requests/records/{saved.id}')
    await user.should_see('見本町1丁目')
    async with asyncio.timeout(20):
        while office.inbox.unread(taro.person):
            await asyncio.sleep(0.02)


async def test_nobody_sees_what_others_were_told(office: AppContext, desk: Desk) -> None:
    hanako = office.accounts.get('hanako')
    assert hanako is not None
    await office.operations.submit('road_requests', {**ROAD, '担当者': 'taro'}, by=hanako.person)
    user = await desk('ichiro')
    await user.open('/notifications')
    await user.should_see('お知らせはありません。')


async def test_what_would_be_sent_is_shown_and_without_mail_it_goes_on_paper(event: AppContext, desk: Desk) -> None:
    user = await desk('taro')
    await user.open('/apps/event_lottery/notices')
    await user.should_see('まだ送っていない 1')
    await user.open('/apps/event_lottery/notices/案内')
    await user.should_see('例示 花子 様 当日は10時に来てください。')
    user.find('手紙を作る(住所のある人)').click()
    await user.should_see('1人分を作りました。下のボタンから開いてください。')
    await user.should_see('手紙を開いて印刷する')


async def test_an_app_that_sends_nothing_has_no_such_screen(office: AppContext, desk: Desk) -> None:
    user = await desk('taro')
    answer = await user.http_client.get('/apps/road_requests/notices')
    assert answer.status_code == 404
    assert '「道路要望」には通知の文がありません。' in answer.text
