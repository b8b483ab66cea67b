"""What staff are told beside a record of what citizens see of it."""

from __future__ import annotations

from small_office import Desk

from apps.context import AppContext
from apps.people import Person

APP = 'road_requests'
REPORT = {'受付方法': '電話', '種別': '舗装', '危険度': '通常', '場所': '見本町1', '内容': '穴', '公開': True}
OUT, NOT_OUT = '公開の一覧と地図に出ています。', '公開の一覧と地図には出ていません。'


async def test_a_report_that_was_merged_is_not_said_to_be_on_the_public_list(office: AppContext, desk: Desk) -> None:
    account = office.accounts.get('taro')
    assert account is not None
    taro: Person = account.person
    original, follower = [(await office.operations.submit(APP, REPORT, by=taro)).id for _ in range(2)]
    await office.same_reports.merge(APP, follower, original, by=taro)
    user = await desk('taro')
    for record, told in ((original, OUT), (follower, NOT_OUT)):
        await user.open(f'/apps/{APP}/records/{record}')
        await user.should_see(told)
