"""A queue through the operations: what others complained about, the end of the day, many clerks at once."""

from __future__ import annotations

import asyncio
import json
import random
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from city_hall import LEADER, OTHER, STAFF, SUPERVISOR

from apps.clock import StillClock
from apps.commands.queue import lines as replay_lines
from apps.context import AppContext
from apps.demo.queue_day import QueueDay
from apps.excel.queue_workbook import HEAD_ROW, write_queue_workbook
from apps.live import SeatsChanged
from apps.outcome import Refused
from apps.queue_visits import of_day
from apps.reading.waiting_room import public_picture
from forms.capabilities.queue import Queue
from forms.capabilities.queue.board import board
from forms.capabilities.queue.replay import log_of, replayed, standing_at
from forms.capabilities.queue.statistics_cells import ACCURACY, accuracy_lines, head, lines

APP = 'counter_queue'
HOUSING, LIVING = '住宅政策課', '生活支援課'
TODAY = date(2026, 11, 20)


def visit(*items: str, **more: object) -> dict[str, object]:
    return {'用件': list(items), '受付方法': '来庁', **more}


async def come(office: AppContext, *items: str, **more: object) -> str:
    return (await office.operations.submit(APP, visit(*items, **more), by=STAFF)).id


async def do(office: AppContext, record: str, move: str, ticket: str, **given: object) -> None:
    await office.operations.act(APP, record, move, {'ticket': ticket, **given}, by=STAFF)


async def serve(office: AppContext, clock: StillClock, section: str, counter: str, minutes: int = 10) -> str:
    called = await office.operations.call_next(APP, section, counter, by=STAFF)
    ticket = str(called.values['受付の流れ'][-1]['ticket'])
    for move, passing in (('arrive', 1), ('finish', minutes)):
        clock.at += timedelta(minutes=passing)
        await do(office, called.id, move, ticket)
    return ticket


def status(office: AppContext) -> dict[str, str]:
    room = office.waiting_rooms.of(APP)
    return {each.ticket.called_as: each.ticket.status for each in room.lines()}


# What users of other systems complained about


async def test_two_clerks_never_call_one_person(staffed: AppContext) -> None:
    await come(staffed, '緊急修理')
    calls = [staffed.operations.call_next(APP, HOUSING, each, by=STAFF) for each in ('1番', '2番')]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert sum(isinstance(each, Refused) for each in answers) == 1


async def test_the_days_figures_are_not_doubled_and_no_column_is_missing_in_the_workbook(
    staffed: AppContext, clock: StillClock, tmp_path: Path
) -> None:
    """The workbook holds, cell for cell, what the screen shows: names, figures, and nothing where there is nothing."""
    for items in (('緊急修理', '支援金'), ('応急修理',), ('支援金', '生活必需品')):
        await come(staffed, *items)
        clock.at += timedelta(minutes=2)
    await serve(staffed, clock, HOUSING, '1番')
    await serve(staffed, clock, LIVING, '3番')
    report = staffed.queue_reports.of(APP, TODAY, TODAY, by=SUPERVISOR)
    write_queue_workbook(tmp_path / 'report.xlsx', report, ['2026年11月20日に作成'])
    book = openpyxl.load_workbook(tmp_path / 'report.xlsx')
    assert book.sheetnames == [*(each.title for each in report.statistics.tables), ACCURACY]
    for table in report.statistics.tables:
        shown = [list(head(table)), *map(list, lines(table))]
        assert block(book[table.title], len(shown), len(shown[0])) == shown
    shown = [['見込み', '値'], *map(list, accuracy_lines(report.statistics.accuracy))]
    assert block(book[ACCURACY], len(shown), 2) == shown
    [day] = report.statistics.tables[0].rows
    assert (day.visits, day.tickets, day.items) == (3, 4, 5)


def block(sheet: openpyxl.worksheet.worksheet.Worksheet, rows: int, columns: int) -> list[list[object]]:
    cells = sheet.iter_rows(HEAD_ROW + 1, HEAD_ROW + rows, 1, columns, values_only=True)
    return [list(row) for row in cells]


async def test_a_service_that_was_not_delivered_is_not_counted_as_served(staffed: AppContext) -> None:
    record = await come(staffed, '緊急修理')
    await do(staffed, record, 'cancel', '住-1')
    total = staffed.queue_reports.of(APP, TODAY, TODAY, by=STAFF).statistics.total
    assert (total.tickets, total.served, total.left) == (1, 0, 1)


async def test_waiting_way_and_service_are_there_for_every_day_that_has_people(
    staffed: AppContext, clock: StillClock
) -> None:
    for _ in range(3):
        await come(staffed, '緊急修理')
        clock.at += timedelta(minutes=4)
        await serve(staffed, clock, HOUSING, '1番', minutes=7)
        clock.at += timedelta(days=1)
    report = staffed.queue_reports.of(APP, TODAY, TODAY + timedelta(days=5), by=STAFF)
    days = report.statistics.tables[0].rows
    assert [(each.wait.mean, each.way.mean, each.service.mean) for each in days] == [(4, 1, 7)] * 3


async def test_a_number_stays_where_it_is_in_the_list_when_its_reception_is_edited(
    staffed: AppContext, clock: StillClock
) -> None:
    first = await come(staffed, '緊急修理')
    clock.at += timedelta(minutes=1)
    await come(staffed, '緊急修理')
    found = staffed.store.get(APP, first)
    assert found is not None
    await staffed.operations.change(APP, first, {'メモ': '車いす'}, by=STAFF, if_rev=found.rev)
    room = staffed.waiting_rooms.of(APP)
    assert [each.ticket.name for each in room.in_line(HOUSING)] == ['住-1', '住-2']


async def test_a_second_call_that_is_taken_back_leaves_the_person_called(staffed: AppContext) -> None:
    record = await come(staffed, '緊急修理')
    await staffed.operations.call_next(APP, HOUSING, '1番', by=STAFF)
    await do(staffed, record, 'recall', '住-1')
    await staffed.operations.undo(APP, record, by=STAFF, given={'ticket': '住-1'})
    [call] = public_picture(staffed.waiting_rooms.of(APP))['sections'][0]['calls']
    assert (call['ticket'], call['times']) == ('住-1', 1)


async def test_a_missed_person_is_called_again_and_the_board_goes_on(staffed: AppContext) -> None:
    record = await come(staffed, '緊急修理')
    await staffed.operations.call_next(APP, HOUSING, '1番', by=STAFF)
    for move in ('recall', 'recall', 'absent'):
        await do(staffed, record, move, '住-1')
    room = staffed.waiting_rooms.of(APP)
    assert public_picture(room)['sections'][0]['absent'] == ['住-1']
    await do(staffed, record, 'call', '住-1', counter='2番')
    [call] = public_picture(room)['sections'][0]['calls']
    assert (call['ticket'], call['counter']) == ('住-1', '2番')


async def test_nobody_is_called_without_a_press(staffed: AppContext, clock: StillClock) -> None:
    await come(staffed, '緊急修理')
    record = await come(staffed, '緊急修理')
    for move in ('arrive', 'finish'):
        await do(staffed, record, move, '住-2', counter='1番')
    clock.at += timedelta(hours=2)
    assert status(staffed) == {'住-1': '受付待ち', '住-2': '受付済'}


async def test_tomorrows_appointment_is_called_tomorrow(staffed: AppContext, clock: StillClock) -> None:
    record = await come(staffed, '緊急修理', 受付方法='予約', 予約の時刻='11:00')
    with pytest.raises(Refused, match='待っている人はいません'):
        await staffed.operations.call_next(APP, HOUSING, '1番', by=STAFF)
    assert public_picture(staffed.waiting_rooms.of(APP))['sections'][0]['waiting'] == 0
    clock.at = clock.at.replace(hour=11, minute=0)
    assert public_picture(staffed.waiting_rooms.of(APP))['sections'][0]['waiting'] == 1
    assert (await staffed.operations.call_next(APP, HOUSING, '1番', by=STAFF)).id == record


# The rest of the day


async def test_somebody_without_a_number_is_served_at_once_and_counted(staffed: AppContext) -> None:
    started = await staffed.operations.walk_up(APP, {'用件': ['支援金']}, LIVING, '3番', by=STAFF, clerk='hanako')
    assert started.values['整理券'] == '生-1 対応中'
    assert [each.get('clerk') for each in started.values['受付の流れ']] == [None, 'hanako']
    with pytest.raises(Refused, match='生活支援課の用件'):
        await staffed.operations.walk_up(APP, {'用件': ['緊急修理']}, LIVING, '3番', by=STAFF)
    assert status(staffed) == {'生-1': '対応中'}, 'what was refused left no number behind'


async def test_when_the_numbers_are_used_up_reception_says_so(
    staffed: AppContext, definitions: Path
) -> None:
    path = definitions / f'{APP}.yaml'
    ends = 'prefix: 住\n      end: 1\n      after_end: close\n'
    path.write_text(path.read_text('utf-8').replace('prefix: 住\n', ends), 'utf-8')
    staffed.catalogue.reload()
    await come(staffed, '緊急修理')
    with pytest.raises(Refused) as refused:
        await come(staffed, '緊急修理')
    assert [each.text for each in refused.value.messages] == [
        '住宅政策課の本日の整理券は、すべて出ました。職員にお知らせください。'
    ]
    assert refused.value.kind == 'closed'


async def test_closing_by_hand_ends_what_is_left_and_can_be_taken_back(staffed: AppContext) -> None:
    record = await come(staffed, '緊急修理', '支援金')
    assert await staffed.operations.close_queue(APP, by=STAFF) == 1
    assert status(staffed) == {'住-1': '閉庁で終了', '生-1': '閉庁で終了'}
    await staffed.operations.undo(APP, record, by=STAFF, given={'ticket': '住-1'})
    assert status(staffed)['住-1'] == '受付待ち'
    assert await staffed.operations.close_queue(APP, by=STAFF) == 1
    assert await staffed.operations.close_queue(APP, by=STAFF) == 0


@pytest.mark.parametrize('step', ['reception', 'call', 'walk_up'])
async def test_the_first_step_of_a_day_closes_the_days_before_and_says_so_in_the_log(
    staffed: AppContext, clock: StillClock, step: str
) -> None:
    left = await come(staffed, '緊急修理')
    collects = await come(staffed, '緊急修理')
    await do(staffed, collects, 'arrive', '住-2', counter='1番')
    await do(staffed, collects, 'collect', '住-2')
    clock.at += timedelta(days=3)
    if step == 'reception':
        await come(staffed, '支援金')
    elif step == 'walk_up':
        await staffed.operations.walk_up(APP, {'用件': ['支援金']}, LIVING, '3番', by=OTHER)
    else:
        with pytest.raises(Refused):
            await staffed.operations.call_next(APP, HOUSING, '1番', by=OTHER)
        await come(staffed, '支援金')
    found = staffed.store.get(APP, left)
    assert found is not None and found['整理券'] == '住-1 閉庁で終了'
    assert found['受付の流れ'][-1]['step'] == 'closed'
    assert status(staffed)['繰越住-2'] == '受取待ち', 'what was carried over is in the list of today'
    total = staffed.queue_reports.of(APP, TODAY, TODAY, by=STAFF).statistics.total
    assert (total.tickets, total.left, total.sent_home, total.waiting) == (2, 1, 1, 1)


async def test_the_estimate_is_told_with_the_number_and_measured_against_what_happened(
    staffed: AppContext, clock: StillClock
) -> None:
    for _ in range(6):
        await come(staffed, '緊急修理')
        clock.at += timedelta(seconds=30)
    told = [each.ticket.expected for each in staffed.waiting_rooms.of(APP).lines()]
    assert told[0] is not None and (told[0].minutes, told[0].low, told[0].high) == (0, 0, 5)
    assert told[5] is not None and told[5].minutes == 24, 'two counters, twelve minutes each, four before the next two'
    assert told[5].low < 24 < told[5].high
    await serve(staffed, clock, HOUSING, '1番')
    accuracy = staffed.queue_reports.of(APP, TODAY, TODAY, by=STAFF).statistics.accuracy
    assert (accuracy.count, accuracy.mean_error, accuracy.near) == (1, 3.0, 1.0)
    assert '分' in public_picture(staffed.waiting_rooms.of(APP))['sections'][0]['estimate']


async def test_what_was_learned_at_the_counter_changes_the_estimate(staffed: AppContext, clock: StillClock) -> None:
    for _ in range(8):
        await come(staffed, '緊急修理')
        await serve(staffed, clock, HOUSING, '1番', minutes=40)
    for _ in range(3):
        await come(staffed, '緊急修理')
    newcomer = staffed.waiting_rooms.of(APP).forecast(HOUSING).newcomer
    assert newcomer.minutes > 25, 'an hour for two, not the twelve minutes of the first day'


async def test_the_log_up_to_a_moment_is_what_the_board_showed_at_it(staffed: AppContext, clock: StillClock) -> None:
    room, showed = staffed.waiting_rooms.of(APP), []
    chance = random.Random(3)
    for _ in range(25):
        clock.at += timedelta(seconds=chance.randint(5, 200))
        if chance.random() < 0.5:
            await come(staffed, *chance.sample(['緊急修理', '支援金', '応急修理'], chance.randint(1, 2)))
        else:
            try:
                await staffed.operations.call_next(APP, chance.choice([HOUSING, LIVING]), '1番', by=STAFF)
            except Refused:
                continue
        showed.append((clock.at, [without_estimate(each) for each in public_picture(room)['sections']]))
    queue = staffed.catalogue.get(APP).capabilities['queue']
    assert isinstance(queue, Queue)
    docs = staffed.store.find(APP, of_day(queue, TODAY), limit=None).docs
    log = log_of(queue, ((each.doc_id, each) for each in docs))
    for at, then in showed:
        tickets = sorted(standing_at(log, at), key=lambda each: each.place)
        assert [without_estimate(each) for each in board(queue, tickets, at)['sections']] == then
    told = list(replay_lines(replayed(log)))
    assert told[-1] == f'{sum(len(steps) for steps in log.values())}手を再現しました。'
    assert json.dumps(showed[-1][1], ensure_ascii=False)


async def test_who_was_carried_over_stands_in_the_replay_of_both_days(staffed: AppContext, clock: StillClock) -> None:
    record = await come(staffed, '緊急修理')
    clock.at += timedelta(minutes=1)
    await come(staffed, '緊急修理')
    for move in ('arrive', 'collect'):
        clock.at += timedelta(minutes=1)
        await do(staffed, record, move, '住-1', counter='1番')
    clock.at += timedelta(days=1)
    await come(staffed, '支援金')
    for move in ('call', 'finish'):
        clock.at += timedelta(minutes=1)
        await do(staffed, record, move, '住-1', counter='1番')
    first, second = (
        staffed.queue_reports.again(APP, day, by=STAFF).steps for day in (TODAY, TODAY + timedelta(days=1))
    )
    assert [each.words.split()[1] for each in first] == ['発券', '発券', '対応開始', '後で受取り', '繰越', '閉庁']
    assert [each.step['ticket'] for each in second] == ['生-1', '住-1', '住-1', '住-1']
    stood = [{each.called_as: each.status for each in step.tickets} for step in second]
    assert stood[0] == {'繰越住-1': '受取待ち', '生-1': '受付待ち'}
    assert stood[-1] == {'繰越住-1': '受付済', '生-1': '受付待ち'}


async def test_the_sample_day_has_no_step_in_the_future(staffed: AppContext, clock: StillClock) -> None:
    now = clock.at
    for seed in range(3):
        clock.at = now
        await QueueDay(staffed.operations, clock, random.Random(seed)).play(8)
    queue = staffed.catalogue.get(APP).capabilities['queue']
    assert isinstance(queue, Queue)
    steps = [step for each in staffed.store.find(APP, limit=None).docs for step in each[queue.steps]]
    assert len(steps) > 24 and max(step['at'] for step in steps) <= now.isoformat()


async def test_in_a_tie_of_times_nobody_is_overtaken_more_often(staffed: AppContext) -> None:
    """On a clock that stands still the third call in a row is still an ordinary person's."""
    for _ in range(3):
        await come(staffed, '緊急修理')
    for _ in range(6):
        await come(staffed, '緊急修理', 優先する理由='妊婦')
    called = [await staffed.operations.call_next(APP, HOUSING, '1番', by=STAFF) for _ in range(9)]
    numbers = [int(each.values['受付の流れ'][-1]['ticket'].partition('-')[2]) for each in called]
    assert numbers == [4, 5, 1, 6, 7, 2, 8, 9, 3]


def without_estimate(section: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in section.items() if name != 'estimate'}


async def test_who_sits_where_is_known_and_forgotten_with_the_page(staffed: AppContext) -> None:
    from apps.reading.queue_forecasts import Seat

    heard: list[object] = []
    staffed.live.subscribe(heard.append)
    staffed.desks.sit(APP, 'page-1', Seat(HOUSING, '1番', STAFF.account))
    for _ in range(2):
        staffed.desks.sit(APP, 'page-1', Seat(HOUSING, '2番', STAFF.account))
    assert staffed.desks.at(APP) == {(HOUSING, '2番'): STAFF.account}
    staffed.desks.leave(APP, 'page-1')
    assert staffed.desks.at(APP) == {}
    assert heard == [SeatsChanged(APP)] * 3, 'every other console is told at once, and once'


# Three sections, and none of the shipped ones


async def test_a_leader_makes_a_queue_for_three_sections_by_yaml_alone(staffed: AppContext, definitions: Path) -> None:
    (definitions / 'tax_counter.yaml').write_text(THREE, 'utf-8')
    staffed.catalogue.reload()
    assert not staffed.catalogue.problems
    made = await staffed.operations.submit('tax_counter', {'用件': ['証明', '相談', '縦覧']}, by=LEADER)
    assert made.values['整理券'] == 'A-100 受付待ち、B-1 受付待ち、C-1 受付待ち'
    called = await staffed.operations.call_next('tax_counter', '納税課', '2番', by=LEADER)
    assert called.values['整理券'] == 'A-100 受付待ち、B-1 呼出中、C-1 受付待ち'
    picture = public_picture(staffed.waiting_rooms.of('tax_counter'))
    waiting = {each['name']: each['waiting'] for each in picture['sections']}
    assert waiting == {'税務課': 1, '納税課': 0, '資産税課': 1}


THREE = """
title: 税の窓口
sections:
  - fields:
      - name: 用件
        type: select_multiple
        choices: {税務課: [証明], 納税課: [相談], 資産税課: [縦覧]}
queue:
  items: 用件
  sections:
    - {name: 税務課, prefix: A, start: 100}
    - {name: 納税課, prefix: B, counters: [1番, 2番]}
    - {name: 資産税課, prefix: C}
permissions:
  - {who: {role: leader}, can: [see, create, change, act]}
"""


def test_no_program_names_a_section_of_the_shipped_queue() -> None:
    root = Path(__file__).parents[2]
    named = [
        path
        for folder in ('forms', 'storage', 'apps')
        for path in (root / folder).rglob('*.py')
        if 'demo' not in path.parts and any(name in path.read_text('utf-8') for name in (HOUSING, LIVING))
    ]
    assert named == []
