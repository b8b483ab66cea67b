"""After the draw: answers, promotions and their notices, the day itself, and the numbers of the event."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from city_hall import STAFF
from lottery_office import ANNOUNCED, APP, CLOSED, CONFIRM_BY, STARTS, answer, applied, drawn, persons, told
from python_calamine import CalamineWorkbook

from apps.clock import StillClock
from apps.context import AppContext
from apps.excel.figures_workbook import write_figures_workbook
from apps.outcome import Refused
from apps.reading.lottery_numbers import lines, totals
from apps.reading.lottery_standing import standing


async def test_a_place_that_is_given_back_goes_to_the_next_in_line(staffed: AppContext, clock: StillClock) -> None:
    await drawn(staffed, clock)
    winners, line = told(staffed, 当落='当選'), told(staffed, 当落='補欠')
    assert (len(winners), len(line)) == (10, 3)
    clock.at = ANNOUNCED
    await answer(staffed, winners[4]['id'], 'withdraw')
    offered = told(staffed, 繰上げ=True)
    assert [each['id'] for each in offered] == [line[0]['id']]
    assert offered[0]['返事の期限'] == (ANNOUNCED + timedelta(hours=72)).isoformat()
    assert persons(staffed) == 20
    told_now = standing(staffed.store, staffed.catalogue.get(APP), staffed.reading.moment(STAFF)).settled
    assert told_now is not None and told_now.free['午前の部'] == 0, 'a place that is offered is not free'
    with pytest.raises(Refused):
        await answer(staffed, winners[4]['id'], 'accept')
    await answer(staffed, offered[0]['id'], 'accept')
    assert told(staffed, 繰上げ=True)[0]['参加の返事'] == '参加'


async def test_who_does_not_answer_in_time_loses_the_place_and_is_not_asked_again(
    staffed: AppContext, clock: StillClock
) -> None:
    await drawn(staffed, clock)
    winners, line = told(staffed, 当落='当選'), told(staffed, 当落='補欠')
    clock.at = ANNOUNCED
    for each in winners[1:]:
        await answer(staffed, each['id'], 'accept')
    clock.at = CONFIRM_BY
    with pytest.raises(Refused, match='期限を過ぎています'):
        await answer(staffed, winners[0]['id'], 'accept')
    moved = await staffed.lotteries.settle(APP)
    assert moved.lapsed == (winners[0]['id'],) and moved.offered == (line[0]['id'],)
    clock.at = STARTS - timedelta(minutes=1)
    assert (await staffed.lotteries.settle(APP)).offered == (), 'the offer still runs'
    await answer(staffed, line[0]['id'], 'withdraw')
    assert [each['id'] for each in told(staffed, 繰上げ=True)] == [each['id'] for each in line[:2]]
    assert persons(staffed) == 20


async def test_nobody_moves_up_before_the_announcement_or_after_the_event_has_begun(
    staffed: AppContext, clock: StillClock
) -> None:
    await drawn(staffed, clock)
    winner, other = told(staffed, 当落='当選')[:2]
    await answer(staffed, other['id'], 'accept')
    await answer(staffed, winner['id'], 'withdraw')
    assert told(staffed, 繰上げ=True) == []
    clock.at = STARTS
    assert (await staffed.lotteries.settle(APP)).offered == ()
    with pytest.raises(Refused, match='催しが始まっています'):
        await answer(staffed, other['id'], 'withdraw')


async def test_who_left_the_waiting_list_is_passed_over(staffed: AppContext, clock: StillClock) -> None:
    await drawn(staffed, clock)
    line = told(staffed, 当落='補欠')
    clock.at = ANNOUNCED
    await answer(staffed, line[0]['id'], 'withdraw')
    await answer(staffed, told(staffed, 当落='当選')[0]['id'], 'withdraw')
    assert [each['id'] for each in told(staffed, 繰上げ=True)] == [line[1]['id']]


async def test_a_group_that_does_not_fit_is_passed_over_and_the_reason_is_told(
    staffed: AppContext, clock: StillClock
) -> None:
    await applied(staffed, 6, persons=4)
    small = {'氏名': '例示 花子', 'フリガナ': 'レイジ ハナコ', '生年月日': '2014-01-01', '電話番号': '090-0000-0099'}
    await staffed.operations.submit(
        APP, {**small, '住まい': '市外', '第1希望': '午前の部', '人数': '3'}, by=STAFF
    )
    clock.at = CLOSED
    await staffed.lotteries.fix_list(APP, by=STAFF)
    await staffed.lotteries.draw(APP, by=STAFF, value='2')
    clock.at = ANNOUNCED
    lottery = staffed.catalogue.get(APP).capabilities['lottery']
    records = {str(each['id']): each for each in told(staffed)}
    nothing = lottery.settled(staffed.catalogue.get(APP), records, clock.now())  # type: ignore[attr-defined]
    assert nothing.promotions['午前の部'].reason in {'does_not_fit', 'no_place', 'nobody_waits'}
    assert nothing.promotions['午後の部'].reason == 'nobody_waits'
    taken = persons(staffed)
    assert taken + nothing.free['午前の部'] == 20


async def test_who_comes_on_the_day_is_received_once_and_can_be_taken_back(
    staffed: AppContext, clock: StillClock
) -> None:
    await drawn(staffed, clock)
    winner, other = told(staffed, 当落='当選')[:2]
    clock.at = ANNOUNCED
    with pytest.raises(Refused):
        await answer(staffed, winner['id'], 'attend')
    await answer(staffed, winner['id'], 'accept')
    clock.at = STARTS
    await answer(staffed, winner['id'], 'attend')
    assert told(staffed, id=winner['id'])[0]['来場'] == STARTS.isoformat()
    history = staffed.reading.history(APP, str(winner['id']), by=STAFF)
    assert [each.what for each in history] == ['来場の受付', '参加の返事', '抽選', '登録']
    with pytest.raises(Refused):
        await answer(staffed, winner['id'], 'attend')
    await staffed.operations.undo(APP, str(winner['id']), by=STAFF)
    assert told(staffed, id=winner['id'])[0].get('来場') is None
    assert told(staffed, id=other['id'])[0].get('来場') is None


async def test_the_numbers_of_the_event_add_up_and_stand_in_excel_as_on_screen(
    staffed: AppContext, clock: StillClock, tmp_path: Path
) -> None:
    await drawn(staffed, clock)
    clock.at = ANNOUNCED
    first, second, third, *_ = told(staffed, 当落='当選')
    await answer(staffed, first['id'], 'accept')
    await answer(staffed, second['id'], 'withdraw')
    await answer(staffed, third['id'], 'accept')
    definition = staffed.catalogue.get(APP)
    records = {str(each['id']): each for each in told(staffed)}
    head, morning, afternoon, total = lines(definition, records)
    found = dict(zip(head, morning, strict=True))
    assert (found['第1希望(件)'], found['第1希望(人)'], found['倍率']) == (13, 26, 1.3)
    assert (found['当選(件)'], found['補欠(件)'], found['辞退(件)'], found['繰上げ(件)']) == (10, 3, 1, 1)
    assert (found['参加(件)'], found['参加(人)']) == (2, 4)
    assert (afternoon[2], total[2]) == (0, 13)
    assert dict(totals(definition, records))['抽選した申込み'] == 13
    file = tmp_path / 'numbers.xlsx'
    write_figures_workbook(file, [head, morning, afternoon, total], '数字', ['条件 すべて'])
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    written = [[each or None for each in row] for row in rows if row[0] in {'回', '午前の部', '午後の部', '計'}]
    assert written == [[each or None for each in line] for line in (head, morning, afternoon, total)]


async def test_an_offer_of_a_place_and_its_notice_are_one_act(staffed: AppContext, clock: StillClock) -> None:
    await drawn(staffed, clock)
    clock.at = ANNOUNCED
    await answer(staffed, told(staffed, 当落='当選')[0]['id'], 'withdraw')
    (offered,) = told(staffed, 繰上げ=True)
    notices = [dict(each) for each in staffed.store.find('_outbox', limit=None).docs]
    assert [(each['record'], each['event']) for each in notices] == [(offered['id'], '繰上げ')]
    for _ in range(3):
        await staffed.lotteries.settle(APP)
    assert len(staffed.store.find('_outbox', limit=None).docs) == 1
