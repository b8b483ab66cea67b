"""A lottery from the commitment to the last promotion, as an office and its applicants live through it."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from city_hall import LEADER, OTHER, STAFF
from python_calamine import CalamineWorkbook

from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.excel.figures_workbook import write_figures_workbook
from apps.operations.ceremony import DRAWS
from apps.outcome import Refused
from apps.reading.lottery_numbers import lines, totals
from forms.capabilities.lottery.commitment import commitment_of, seed_of
from forms.capabilities.lottery.methods import ticket_of

APP = 'event_lottery'
CLOSED = datetime(2026, 12, 12, 9, tzinfo=TOKYO)
ANNOUNCED = datetime(2026, 12, 15, 10, tzinfo=TOKYO)
CONFIRM_BY = datetime(2026, 12, 18, 17, tzinfo=TOKYO)
STARTS = datetime(2026, 12, 20, 10, tzinfo=TOKYO)


async def applied(office: AppContext, count: int, persons: int = 2) -> list[str]:
    """Applications for the morning, by different people."""
    ids = []
    for number in range(count):
        raw = {
            '氏名': f'見本 {number}',
            'フリガナ': f'ミホン {chr(0x30A2 + number)}',
            '生年月日': f'2015-04-{number + 1:02}',
            '電話番号': f'090-0000-00{number:02}',
            '住まい': '市外',
            '第1希望': '午前の部',
            '人数': str(persons),
        }
        ids.append((await office.operations.submit(APP, raw, by=STAFF)).id)
    return ids


async def drawn(office: AppContext, clock: StillClock, count: int = 13, persons: int = 2) -> None:
    """13 applications for two persons each: ten of them fit."""
    await applied(office, count, persons)
    clock.at = CLOSED
    await office.lotteries.fix_list(APP, by=STAFF)
    await office.lotteries.draw(APP, by=STAFF, value='38123.45')


def told(office: AppContext, **wanted: object) -> list[dict[str, object]]:
    """Applications with these values, in the order of the draw."""
    found = [{**each, 'id': each.doc_id} for each in office.store.find(APP, limit=None).docs]
    chosen = [each for each in found if all(each.get(name) == value for name, value in wanted.items())]
    return sorted(chosen, key=lambda each: int(str(each.get('抽選順') or 0)))


def persons(office: AppContext) -> int:
    """How many hold a place in the morning."""
    return sum(int(str(each['人数'])) for each in told(office) if each.get('参加の返事') in {'返事待ち', '参加'})


async def answer(office: AppContext, record: object, action: str) -> None:
    await office.operations.act(APP, str(record), action, {}, by=OTHER)
    await office.lotteries.settle(APP)


async def test_the_secret_is_committed_to_before_and_opened_by_the_draw(
    staffed: AppContext, clock: StillClock
) -> None:
    staffed.lotteries.prepare()
    before = staffed.store.get(DRAWS, APP)
    assert before is not None and 'secret' not in before
    await drawn(staffed, clock)
    kept = staffed.store.get(DRAWS, APP)
    assert kept is not None and kept['commitment'] == before['commitment'] == commitment_of(kept['secret'])
    assert kept['seed'] == seed_of(kept['secret'], '38123.45')
    rows = list(csv.DictReader(io.StringIO(kept['result'])))
    assert [each['くじ'] for each in rows] == sorted(ticket_of(kept['seed'], each['番号']) for each in rows)


async def test_nothing_is_drawn_before_the_closing_or_before_the_list_is_fixed(
    staffed: AppContext, clock: StillClock
) -> None:
    await applied(staffed, 3)
    with pytest.raises(Refused, match='より前には、抽選できません'):
        await staffed.lotteries.fix_list(APP, by=STAFF)
    clock.at = CLOSED
    with pytest.raises(Refused, match='先に、申込みの一覧を確定してください'):
        await staffed.lotteries.draw(APP, by=STAFF, value='1')
    fixed = await staffed.lotteries.fix_list(APP, by=STAFF)
    assert fixed['list_count'] == 3 and len(fixed['list_hash']) == 64
    with pytest.raises(Refused, match='公開の値を入力してください'):
        await staffed.lotteries.draw(APP, by=STAFF, value=' ')


async def test_what_the_fixed_list_says_cannot_be_changed_and_a_withdrawal_can(
    staffed: AppContext, clock: StillClock
) -> None:
    first, second = await applied(staffed, 2)
    clock.at = CLOSED
    await staffed.lotteries.fix_list(APP, by=STAFF)
    with pytest.raises(Refused) as refused:
        await staffed.operations.change(APP, first, {'人数': '4'}, by=STAFF, if_rev=1)
    assert [(each.path, each.code) for each in refused.value.messages] == [('人数', 'list_fixed')]
    await staffed.operations.change(APP, first, {'備考': '車いすで来ます。'}, by=STAFF, if_rev=1)
    await staffed.operations.act(APP, second, 'withdraw', {}, by=STAFF)
    await staffed.lotteries.draw(APP, by=STAFF, value='1')
    assert [each['id'] for each in told(staffed, 当落='当選')] == [first]


async def test_what_may_be_one_person_is_decided_by_people_before_the_list_is_fixed(
    staffed: AppContext, clock: StillClock
) -> None:
    first = (await applied(staffed, 1))[0]
    # The same telephone and birthday, the name in an old form of kanji and without its space: the reading differs.
    twin = {'氏名': '見本0', 'フリガナ': 'ミホンゼロ', '生年月日': '2015-04-01', '電話番号': '０９０００００００００'}
    family = {'氏名': '例示 花子', 'フリガナ': 'レイジ ハナコ', '生年月日': '1985-01-01', '電話番号': '090-0000-0000'}
    rest = {'住まい': '市外', '第1希望': '午前の部', '人数': '1'}
    second = (await staffed.operations.submit(APP, {**twin, **rest}, by=STAFF)).id
    await staffed.operations.submit(APP, {**family, **rest}, by=STAFF)
    clock.at = CLOSED
    with pytest.raises(Refused, match='同じ方かもしれない申込みが1組あります'):
        await staffed.lotteries.fix_list(APP, by=STAFF)
    await staffed.lotteries.are_different(APP, first, second, by=STAFF)
    assert (await staffed.lotteries.fix_list(APP, by=STAFF))['list_count'] == 3


async def test_of_two_who_draw_at_once_one_does(staffed: AppContext, clock: StillClock) -> None:
    await applied(staffed, 3)
    clock.at = CLOSED
    await staffed.lotteries.fix_list(APP, by=STAFF)
    draws = [staffed.lotteries.draw(APP, by=person, value='1') for person in (STAFF, OTHER)]
    answers = await asyncio.gather(*draws, return_exceptions=True)
    assert sorted(isinstance(each, Refused) for each in answers) == [False, True]


async def test_a_redraw_needs_a_reason_and_another_person_and_keeps_the_first_result(
    staffed: AppContext, clock: StillClock
) -> None:
    await drawn(staffed, clock)
    first = staffed.store.get(DRAWS, APP)
    assert first is not None
    for value in ('', '2'):
        with pytest.raises(Refused):
            await staffed.lotteries.draw(APP, by=STAFF, value=value)
    with pytest.raises(Refused, match='理由'):
        await staffed.lotteries.ask_redraw(APP, ' ', '次の値', by=STAFF)
    await staffed.lotteries.ask_redraw(APP, '公開の値を打ちまちがえた。', '12月15日の終値', by=STAFF)
    with pytest.raises(Refused, match='別の人が承認'):
        await staffed.lotteries.approve_redraw(APP, by=STAFF)
    with pytest.raises(Refused, match='承認が要ります'):
        await staffed.lotteries.draw(APP, by=STAFF, value='2')
    await staffed.lotteries.approve_redraw(APP, by=LEADER)
    await staffed.lotteries.draw(APP, by=STAFF, value='40000.00')
    second, kept = staffed.store.get(DRAWS, APP), staffed.store.get(DRAWS, f'{APP}@1')
    assert second is not None and kept is not None
    assert kept['result'] == first['result'] != second['result']
    assert commitment_of(second['secret']) == first['secret'], 'the next secret was committed to by the first'
    because = second['because']
    assert (because['reason'], because['approved_by']) == ('公開の値を打ちまちがえた。', LEADER.account)
    assert [each['抽選順'] for each in told(staffed)] == list(range(1, 14))
    with pytest.raises(Refused, match='承認が要ります'):
        await staffed.lotteries.draw(APP, by=STAFF, value='3')


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
