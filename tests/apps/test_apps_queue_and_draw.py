"""The counter queue and the lottery: what two people do at once, and what may be done only once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from city_hall import OTHER, STAFF

from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.outcome import Refused
from apps.reading import Wanted

REPAIR = {'用件': ['緊急修理'], '受付方法': '来庁'}


def application(number: int) -> dict[str, object]:
    return {
        '氏名': '見本 太郎',
        'フリガナ': 'ミホン タロウ',
        '生年月日': f'1990-01-{number + 1:02}',
        '電話番号': f'090-0000-{number:04}',
        '住まい': '市内',
        '第1希望': '午前の部',
        '人数': 2,
    }


async def applied(office: AppContext, count: int) -> None:
    for number in range(count):
        await office.operations.submit('event_lottery', application(number), by=STAFF)


async def test_a_ticket_is_issued_called_and_closed(staffed: AppContext) -> None:
    visit = await staffed.operations.submit('counter_queue', REPAIR, by=STAFF)
    assert visit.values['整理券'] == '住-1 受付待ち'
    called = await staffed.operations.call_next('counter_queue', '住宅政策課', '1番', by=STAFF)
    assert (called.id, called.values['整理券']) == (visit.id, '住-1 呼出中')
    await staffed.operations.act('counter_queue', visit.id, 'arrive', {'ticket': '住-1'}, by=STAFF)
    done = await staffed.operations.act('counter_queue', visit.id, 'finish', {'ticket': '住-1'}, by=STAFF)
    assert done.values['整理券'] == '住-1 受付済'


async def test_two_counters_that_call_at_once_get_two_people_and_a_third_gets_nobody(staffed: AppContext) -> None:
    for _ in range(2):
        await staffed.operations.submit('counter_queue', REPAIR, by=STAFF)
    calls = [
        staffed.operations.call_next('counter_queue', '住宅政策課', counter, by=person)
        for counter, person in (('1番', STAFF), ('2番', OTHER), ('1番', STAFF))
    ]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    called = [each.values['整理券'] for each in answers if not isinstance(each, BaseException)]
    refused = [each for each in answers if isinstance(each, Refused)]
    assert sorted(called) == ['住-1 呼出中', '住-2 呼出中']
    assert [(each.kind, each.detail) for each in refused] == [('closed', '住宅政策課で待っている人はいません。')]


async def test_of_two_who_call_the_same_ticket_one_wins(staffed: AppContext) -> None:
    visit = await staffed.operations.submit('counter_queue', REPAIR, by=STAFF)
    calls = [
        staffed.operations.act('counter_queue', visit.id, 'call', {'ticket': '住-1', 'counter': counter}, by=person)
        for counter, person in (('1番', STAFF), ('2番', OTHER))
    ]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert [isinstance(each, Refused) for each in answers] == [False, True]


async def test_after_the_closing_no_application_is_taken(staffed: AppContext, clock: StillClock) -> None:
    clock.at = datetime(2026, 12, 11, 17, 0, 1, tzinfo=TOKYO)
    with pytest.raises(Refused) as refused:
        await staffed.operations.submit('event_lottery', application(1), by=STAFF)
    assert [each.code for each in refused.value.messages] == ['closed']


PERIOD = """title: 申込み
sections:
  - title: 内容
    fields: [{name: 氏名, type: text, required: true}]
period: {opens: 2026-11-21 09:00, closes: 2026-11-30 17:00}
"""


async def test_too_early_and_too_late_are_closed_and_no_mistake_of_typing(
    staffed: AppContext, definitions: Path, clock: StillClock
) -> None:
    (definitions / 'moushikomi.yaml').write_text(PERIOD, 'utf-8')
    staffed.catalogue.reload()
    kinds = []
    for day, raw in ((20, {'氏名': '見本'}), (25, {}), (25, {'氏名': '見本'}), (31, {'氏名': '見本'}), (31, {})):
        clock.at = datetime(2026, 11, 1, 10, tzinfo=TOKYO) + timedelta(days=day - 1)
        try:
            await staffed.operations.submit('moushikomi', raw, by=STAFF)
            kinds.append('saved')
        except Refused as refused:
            kinds.append(refused.kind)
    assert kinds == ['closed', 'invalid', 'saved', 'closed', 'invalid']


async def test_a_draw_judges_no_record_again_and_leaves_all_else_as_it_was(
    staffed: AppContext, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await applied(staffed, 5)
    before = {each.doc_id: each for each in staffed.store.find('event_lottery').docs}
    clock.at = datetime(2026, 12, 12, 9, tzinfo=TOKYO)

    def judged(*_: object, **__: object) -> None:
        raise AssertionError('a record was judged again')

    monkeypatch.setattr('apps.operations.save.clean', judged)
    await staffed.lotteries.fix_list('event_lottery', by=OTHER)
    await staffed.lotteries.draw('event_lottery', by=OTHER, value='7-3-1')
    for each in staffed.store.find('event_lottery').docs:
        changed = {name for name in each if each[name] != before[each.doc_id].get(name)}
        assert changed <= {'当落', '参加する回', '抽選順', '参加の返事', '返事の期限', '_changed_at', '_changed_by'}
        assert each['_changed_by'] == OTHER.account and each.rev == 2
        history = staffed.reading.history('event_lottery', each.doc_id, by=STAFF)
        assert [line.by.split(' (')[0] for line in history] == [OTHER.name, STAFF.name]
    won = staffed.reading.page('event_lottery', '', Wanted(text='当選'), by=STAFF)
    assert won.total == 5, 'the result is found by searching for it'


async def test_what_follows_from_the_result_of_a_draw_is_worked_out_with_it(
    staffed: AppContext, definitions: Path, clock: StillClock
) -> None:
    path = definitions / 'event_lottery.yaml'
    note = '      - {name: 案内, type: text, calculation: \'If(当落 = "当選", "参加証を送ります。", "")\'}\n'
    text = path.read_text('utf-8')
    at = text.index('      - {name: 人数')
    path.write_text(text[:at] + note + text[at:], 'utf-8')
    staffed.catalogue.reload()
    assert not staffed.catalogue.problems
    await applied(staffed, 2)
    clock.at = datetime(2026, 12, 12, 9, tzinfo=TOKYO)
    await staffed.lotteries.fix_list('event_lottery', by=STAFF)
    await staffed.lotteries.draw('event_lottery', by=STAFF, value='7-3-1')
    assert {each['案内'] for each in staffed.store.find('event_lottery').docs} == {'参加証を送ります。'}
