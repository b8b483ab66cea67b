"""The day of a queue on every screen: changes arrive, and the display in the waiting room gives nobody away."""

from __future__ import annotations

import json
from datetime import timedelta

from panel_office import CLERK, NEIGHBOUR, visit

from apps.clock import StillClock
from apps.context import AppContext
from apps.panels.queue.picture import day
from apps.reading.waiting_room import public_picture

APP = 'counter_queue'


async def test_somebody_with_two_errands_waits_in_both_lists_at_once(office: AppContext) -> None:
    room = office.waiting_rooms.of(APP)
    assert room.lines() == []
    await office.operations.submit(APP, visit('緊急修理', '支援金'), by=CLERK)
    assert [(each.ticket.name, each.ticket.section) for each in room.lines()] == [
        ('住-1', '住宅政策課'),
        ('生-1', '生活支援課'),
    ]
    assert [each['waiting'] for each in public_picture(room)['sections']] == [1, 1]


async def test_who_is_called_in_one_section_keeps_the_place_in_the_other(office: AppContext) -> None:
    room = office.waiting_rooms.of(APP)
    await office.operations.submit(APP, visit('緊急修理', '支援金'), by=CLERK)
    await office.operations.call_next(APP, '住宅政策課', '1番', by=CLERK)
    lines = {each.ticket.name: each for each in room.lines()}
    assert lines['住-1'].ticket.status == '呼出中' and lines['住-1'].elsewhere == ''
    assert lines['生-1'].ticket.status == '受付待ち' and lines['生-1'].elsewhere == '住宅政策課'


async def test_a_call_by_a_colleague_is_on_my_console_with_name_and_counter(office: AppContext) -> None:
    await office.accounts.add('hanako', '例示 花子', 'pass-word-1234', roles=['staff'], sections=(), by=CLERK)
    room = office.waiting_rooms.of(APP)
    await office.operations.submit(APP, visit('緊急修理'), by=CLERK)
    before = day(room, office.directory)['lines'][0]
    assert (before['status'], before['by']) == ('受付待ち', '')
    await office.operations.call_next(APP, '住宅政策課', '2番', by=NEIGHBOUR)
    after = day(room, office.directory)['lines'][0]
    assert (after['status'], after['counter'], after['by']) == ('呼出中', '2番', '例示 花子')


async def test_the_display_shows_numbers_and_never_an_item_a_note_or_a_name(office: AppContext) -> None:
    texts = {'その他': '離婚の相談', 'メモ': '車いすの方'}
    await office.operations.submit(APP, visit('緊急修理', **texts), by=CLERK)
    await office.operations.call_next(APP, '住宅政策課', '1番', by=CLERK)
    shown = json.dumps(public_picture(office.waiting_rooms.of(APP)), ensure_ascii=False)
    assert '住-1' in shown and '1番' in shown
    for private in ('緊急修理', '離婚', '車いす', 'taro', '見本'):
        assert private not in shown


async def test_a_second_call_is_a_new_call_for_the_display(office: AppContext) -> None:
    room = office.waiting_rooms.of(APP)
    made = await office.operations.submit(APP, visit('緊急修理'), by=CLERK)
    await office.operations.call_next(APP, '住宅政策課', '1番', by=CLERK)
    await office.operations.act(APP, made.id, 'recall', {'ticket': '住-1'}, by=CLERK)
    assert [each['times'] for each in public_picture(room)['sections'][0]['calls']] == [2]


async def test_an_undone_call_waits_again(office: AppContext) -> None:
    room = office.waiting_rooms.of(APP)
    called = await office.operations.submit(APP, visit('緊急修理'), by=CLERK)
    await office.operations.call_next(APP, '住宅政策課', '1番', by=CLERK)
    await office.operations.undo(APP, called.id, by=CLERK, given={'ticket': '住-1'})
    assert [each.ticket.status for each in room.lines()] == ['受付待ち']


async def test_the_next_day_begins_empty(office: AppContext, clock: StillClock) -> None:
    room = office.waiting_rooms.of(APP)
    await office.operations.submit(APP, visit('緊急修理'), by=CLERK)
    assert len(room.lines()) == 1
    clock.at += timedelta(days=1)
    assert room.lines() == []
    await office.operations.submit(APP, visit('応急修理'), by=CLERK)
    assert [each.ticket.name for each in room.lines()] == ['住-1']


async def test_a_number_once_ended_leaves_the_console_but_not_its_count(office: AppContext) -> None:
    made = await office.operations.submit(APP, visit('緊急修理'), by=CLERK)
    for move in ('arrive', 'finish'):
        await office.operations.act(APP, made.id, move, {'ticket': '住-1', 'counter': '1番'}, by=CLERK)
    shown = day(office.waiting_rooms.of(APP), office.directory)
    assert (shown['lines'], shown['total'], shown['served']) == ([], 1, 1)


async def test_what_the_display_expects_is_what_the_ticket_was_told(office: AppContext, clock: StillClock) -> None:
    """Also while somebody is at the counter: how long they have been there counts on both."""
    room = office.waiting_rooms.of(APP)
    for counter in ('1番', '2番'):
        await office.operations.submit(APP, visit('緊急修理'), by=CLERK)
        await office.operations.call_next(APP, '住宅政策課', counter, by=CLERK)
    clock.at += timedelta(minutes=11)
    came = await office.operations.submit(APP, visit('緊急修理'), by=CLERK)
    [ticket] = room.queue.tickets_of(came.values)
    assert ticket.expected == room.forecast('住宅政策課').waits[came.id, '住-3']
