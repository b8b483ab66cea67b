"""A lottery from the commitment to the draw and a re-draw, as an office lives through it."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path

import pytest
from city_hall import LEADER, OTHER, STAFF
from lottery_office import APP, CLOSED, applied, drawn, told

from apps.clock import StillClock
from apps.context import AppContext
from apps.operations.ceremony import DRAWS
from apps.outcome import Refused
from apps.reading.lottery_standing import standing
from forms.capabilities.lottery.commitment import commitment_of, seed_of
from forms.capabilities.lottery.methods import ticket_of


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


async def test_who_was_late_or_has_withdrawn_is_counted_and_drawn_nowhere(
    staffed: AppContext, definitions: Path, clock: StillClock
) -> None:
    file = definitions / f'{APP}.yaml'
    file.write_text(file.read_text('utf-8').replace('period:\n', 'period:\n  late_by_staff: true\n'), 'utf-8')
    staffed.catalogue.reload()
    first, withdrawn = await applied(staffed, 2)
    await staffed.operations.act(APP, withdrawn, 'withdraw', {}, by=STAFF)
    clock.at = CLOSED
    late = {'氏名': '例示 花子', 'フリガナ': 'レイジ ハナコ', '生年月日': '1985-01-01', '電話番号': '090-0000-0088'}
    rest = {'住まい': '市内', '第1希望': '午前の部', '人数': '1'}
    await staffed.operations.submit(APP, {**late, **rest}, by=STAFF)
    definition = staffed.catalogue.get(APP)
    now = standing(staffed.store, definition, staffed.reading.moment(STAFF))
    assert (now.count, now.out, now.sessions[0].by_rank[0]) == (1, 2, (1, 2))
    fixed = await staffed.lotteries.fix_list(APP, by=STAFF)
    assert fixed['list_count'] == 2, 'the list tells of the withdrawal, and of nobody who was late'
    held = await staffed.lotteries.draw(APP, by=STAFF, value='1')
    assert (held.count, [each['id'] for each in told(staffed) if each.get('当落')]) == (1, [first])


async def test_two_who_apply_at_once_get_two_numbers(staffed: AppContext) -> None:
    who = {'氏名': '見本 太郎', 'フリガナ': 'ミホン タロウ', '生年月日': '2015-04-01', '電話番号': '090-0000-0001'}
    raw = {**who, '住まい': '市内', '第1希望': '午前の部', '人数': '1'}
    sent = [staffed.operations.apply(APP, raw, request_id=f'{number:022}') for number in range(2)]
    numbers = {each.values['受付番号'] for each in await asyncio.gather(*sent)}
    assert numbers == {'陶0001', '陶0002'}
