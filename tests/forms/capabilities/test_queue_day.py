"""A visit during the day: more items, fewer items, papers to collect, the end of the day; statistics and replay."""

from __future__ import annotations

import random

import pytest
from reception_hall import HOUSING, LIVING, Hall
from sample_office import app, mistakes

from forms.capabilities.queue.board import board
from forms.capabilities.queue.closing import left_over
from forms.capabilities.queue.moves import MOVES as ALL_MOVES
from forms.capabilities.queue.replay import log_of, replayed, standing_at
from forms.capabilities.queue.statistics import queue_statistics
from forms.capabilities.queue.statistics_cells import accuracy_lines, head, lines


@pytest.fixture
def hall():
    return Hall()


def serve(hall, section, counter, minutes=10):
    name = hall.call_next(section, counter)
    visit = next(each for each in hall.visits if name in hall.status(each))
    hall.pass_minutes(1)
    assert hall.do(visit, 'arrive', name) == {}
    hall.pass_minutes(minutes)
    assert hall.do(visit, 'finish', name) == {}
    return visit


# More and fewer items


def test_an_item_added_at_the_counter_gives_a_ticket_in_the_other_list_by_the_time_of_coming(hall):
    visit = hall.come('緊急修理')
    hall.pass_minutes(5)
    hall.come('支援金')
    hall.call_next(HOUSING, '1番')
    assert hall.do(visit, 'add', '住-1', items=['生活必需品', '緊急修理']) == {}
    assert hall.visits[visit]['用件'] == ['緊急修理', '生活必需品']
    assert hall.status(visit) == {'住-1': '呼出中', '生-2': '受付待ち'}
    assert hall.call_next(LIVING, '3番') == '生-1', 'the person is still at the other counter'
    hall.do(visit, 'finish', '住-1')
    hall.come('支援金')
    assert hall.call_next(LIVING, '4番') == '生-2'
    assert hall.do(visit, 'add', '生-2', items=['緊急修理']) == {'整理券': 'no_items_to_add'}


def test_free_words_are_added_at_the_counter_for_this_section_or_another(hall):
    visit = hall.come('緊急修理')
    hall.call_next(HOUSING, '1番')
    assert hall.do(visit, 'add', '住-1', other='鍵の相談') == {}
    assert hall.status(visit) == {'住-1': '呼出中'}, 'the same section goes on with the same number'
    assert hall.do(visit, 'add', '住-1', other='写真の相談', section=LIVING) == {}
    assert hall.visits[visit]['その他'] == '鍵の相談、写真の相談'
    assert hall.visits[visit]['その他の担当課'] == HOUSING, 'the first words keep their section and their ticket'
    other = hall.come('緊急修理')
    hall.do(visit, 'finish', '住-1')
    hall.call_next(HOUSING, '1番')
    assert hall.do(other, 'add', '住-2', other='食事の相談', section=LIVING) == {}
    assert hall.status(other) == {'住-2': '呼出中', '生-1': '受付待ち'}
    assert hall.do(visit, 'add', '住-1', other='まだある') != {}, 'who has been served takes a new number'


def test_by_declaration_an_added_item_lines_up_when_it_was_added():
    hall = Hall(definition=app(OFFICE_OF_TWO.replace('absent_after: 1', 'added: now')))
    first = hall.come('証明')
    hall.pass_minutes(5)
    hall.come('相談')
    hall.pass_minutes(5)
    hall.edit(first, {'用件': ['証明', '相談']})
    assert hall.call_next('納税課', '窓口') == 'B-1'


def test_a_ticket_whose_items_were_unticked_is_cancelled_and_the_log_says_why(hall):
    visit = hall.come('緊急修理', '支援金')
    hall.edit(visit, {'用件': ['支援金']})
    assert hall.status(visit) == {'住-1': '取消', '生-1': '受付待ち'}
    assert hall.visits[visit]['受付の流れ'][-1]['because'] == 'items'
    hall.edit(visit, {'用件': ['支援金', '応急修理']})
    assert hall.status(visit) == {'住-1': '取消', '生-1': '受付待ち', '住-2': '受付待ち'}


def test_who_is_at_a_counter_stays_there_when_the_item_is_unticked(hall):
    visit = hall.come('緊急修理', '支援金')
    hall.call_next(HOUSING, '1番')
    hall.edit(visit, {'用件': ['支援金']})
    assert hall.status(visit) == {'住-1': '呼出中', '生-1': '受付待ち'}


# Come back to collect


def test_papers_to_collect_are_called_again_under_the_same_number(hall):
    visit = hall.come('緊急修理')
    hall.call_next(HOUSING, '1番')
    assert hall.do(visit, 'collect', '住-1', minutes=45) == {}
    ticket = hall.ticket(visit, '住-1')
    assert ticket.status == '受取待ち'
    assert (ticket.ready_at - hall.moment.now).total_seconds() == 45 * 60
    assert hall.call_next(HOUSING, '1番') is None, 'nobody is called by itself'
    hall.pass_minutes(45)
    assert hall.do(visit, 'call', '住-1', counter='2番') == {}
    assert hall.ticket(visit, '住-1').waited == 0, 'the time until then was no waiting'


def test_while_papers_are_prepared_the_other_ticket_goes_on(hall):
    visit = hall.come('緊急修理', '支援金')
    hall.call_next(HOUSING, '1番')
    hall.do(visit, 'collect', '住-1')
    assert hall.call_next(LIVING, '3番') == '生-1'


# Who did it


def test_on_a_shared_tablet_the_step_says_which_clerk(hall):
    visit = hall.come('緊急修理')
    hall.do(visit, 'call', '住-1', counter='1番', clerk='hanako')
    assert hall.ticket(visit, '住-1').by == 'hanako'
    assert hall.visits[visit]['受付の流れ'][-1]['by'] == 'clerk', 'and whose account it was'


@pytest.mark.parametrize(
    ('move', 'given', 'code'),
    [
        ('call', {'counter': '9番'}, 'no_such_counter'),
        ('transfer', {'section': LIVING, 'counter': '1番'}, 'no_such_counter'),
        ('transfer', {'section': '観光課'}, 'no_such_section'),
    ],
)
def test_a_counter_and_a_section_must_exist(hall, move, given, code):
    visit = hall.come('緊急修理')
    assert hall.do(visit, move, '住-1', **given) == {'整理券': code}
    assert hall.status(visit) == {'住-1': '受付待ち'}


# The end of the day


def test_what_is_left_over_is_shown_first_and_ends_by_rule(hall):
    waiting = hall.come('緊急修理')
    collecting = hall.come('緊急修理')
    hall.do(collecting, 'arrive', '住-2', counter='1番')
    hall.do(collecting, 'collect', '住-2')
    served = hall.come('緊急修理')
    hall.do(served, 'arrive', '住-3', counter='1番')
    shown = [
        (each.ticket.name, each.becomes)
        for values in hall.visits.values() for each in left_over(hall.queue, values['受付の流れ'])
    ]
    assert shown == [('住-1', '閉庁で終了'), ('住-2', '繰越'), ('住-3', '受付済')]
    hall.close()
    assert hall.visits[waiting]['整理券'] == '住-1 閉庁で終了'
    assert hall.visits[collecting]['整理券'] == '繰越住-2 受取待ち'
    assert hall.visits[served]['整理券'] == '住-3 受付済'
    assert hall.undo(waiting) == {}, 'as any step'
    assert hall.status(waiting) == {'住-1': '受付待ち'}


def test_who_was_carried_over_is_called_the_next_day_and_told_from_todays_numbers(hall):
    collecting = hall.come('緊急修理')
    hall.do(collecting, 'arrive', '住-1', counter='1番')
    hall.do(collecting, 'collect', '住-1')
    hall.close()
    hall.pass_minutes(24 * 60)
    today = hall.come('緊急修理')
    assert hall.status(today) == {'住-1': '受付待ち'}
    assert hall.do(collecting, 'resume', '住-1') == {}
    assert hall.call_next(HOUSING, '1番') == '住-1'
    shown = board(hall.queue, hall.queue.tickets_of(hall.visits[collecting]), hall.moment.now)
    assert shown['sections'][0]['calls'][0]['ticket'] == '繰越住-1'


def test_times_that_nobody_pressed_are_in_no_average(hall):
    hall.come('緊急修理')
    hall.call_next(HOUSING, '1番')
    hall.do('v00001', 'arrive', '住-1')
    hall.pass_minutes(8 * 60)
    hall.close()
    total = statistics_of(hall).total
    assert (total.served, total.service.count) == (1, 0)


# Statistics


def statistics_of(hall):
    return queue_statistics(hall.queue, hall.definition, hall.visits.items())


def test_visits_tickets_items_and_times_by_every_table(hall):
    hall.come('緊急修理', '応急修理', '支援金')
    hall.pass_minutes(6)
    hall.come('支援金', '生活必需品')
    serve(hall, HOUSING, '1番', minutes=9)
    serve(hall, LIVING, '3番', minutes=4)
    tables = {each.key: each for each in statistics_of(hall).tables}
    assert [row.label for row in tables['section'].rows] == [HOUSING, LIVING]
    housing, living = tables['section'].rows
    assert (housing.visits, housing.tickets, housing.items, housing.served) == (1, 1, 2, 1)
    assert (living.visits, living.tickets, living.items, living.served, living.waiting) == (2, 2, 3, 1, 1)
    assert (housing.wait.mean, housing.way.mean, housing.service.mean) == (6, 1, 9)
    total = tables['day'].total
    assert (total.visits, total.tickets, total.items) == (2, 3, 5), 'three different totals'
    items = {row.label: (row.items, row.tickets) for row in tables['item'].rows}
    assert items == {'緊急修理': (1, 1), '応急修理': (1, 1), '支援金': (2, 2), '生活必需品': (1, 1)}
    assert [row.label for row in tables['counter'].rows] == ['1番', '3番', '(窓口なし)']
    assert [row.label for row in tables['hour'].rows] == ['9時台']
    assert [row.label for row in tables['day'].rows] == ['2026年5月1日(金)']


def test_every_table_has_as_many_cells_as_headings_and_says_nothing_where_nothing_is_known(hall):
    hall.come('緊急修理')
    found = statistics_of(hall)
    for table in found.tables:
        assert {len(line) for line in lines(table)} == {len(head(table))}
    assert lines(found.tables[0])[0][-1] is None
    assert accuracy_lines(found.accuracy)[0] == ['見込みを伝えて呼んだ整理券(枚)', 0]


def test_a_ticket_transferred_counts_where_it_ended_with_what_it_was_for(hall):
    visit = hall.come('緊急修理')
    hall.do(visit, 'transfer', '住-1', section=LIVING)
    [row] = next(each for each in statistics_of(hall).tables if each.key == 'section').rows
    assert (row.label, row.tickets, row.items) == (LIVING, 1, 1)


MOVES = (*ALL_MOVES, 'undo')
ITEMS = ('緊急修理', '応急修理', '賃貸型応急住宅', '支援金', '生活必需品')


def anything(hall, chance):
    """Clerks do whatever they like for one step."""
    hall.pass_minutes(chance.random())
    if chance.random() < 0.2 or not hall.visits:
        hall.come(*chance.sample(ITEMS, chance.randint(1, 3)), **chance.choice([{}, {}, {'優先する理由': '妊婦'}]))
        return
    visit = chance.choice(list(hall.visits))
    if chance.random() < 0.1:
        hall.edit(visit, {'用件': chance.sample(ITEMS, chance.randint(1, 3))})
    elif chance.random() < 0.3:
        section = chance.choice((HOUSING, LIVING))
        hall.call_next(section, chance.choice(hall.queue.section(section).counters))
    else:
        ticket, move = chance.choice(list(hall.status(visit))), chance.choice(MOVES)
        given = {'section': chance.choice((HOUSING, LIVING)), 'items': [chance.choice(ITEMS)], 'counter': '1番'}
        if move == 'undo':
            hall.undo(visit, ticket=ticket)
        else:
            hall.do(visit, move, ticket, **given)


@pytest.mark.long
@pytest.mark.parametrize('seed', range(8))
def test_arrived_is_served_and_left_and_absent_and_waiting_whatever_happens(seed):
    """Steps at random, undo, transfers and the closing of a day among them; after each of them every row adds up."""
    hall, chance = Hall(), random.Random(seed)
    for turn in range(160):
        anything(hall, chance)
        if turn == 120:
            hall.close()
            hall.pass_minutes(15 * 60)
        if turn % 8:
            continue
        found = statistics_of(hall)
        issued = sum(step['step'] == 'issued' for values in hall.visits.values() for step in values['受付の流れ'])
        for table in found.tables:
            assert table.total.tickets == issued
            for row in (*table.rows, table.total):
                assert row.tickets == row.served + row.left + row.absent + row.waiting, (table.title, row.label)
            if table.key != 'item':
                for part in ('tickets', 'items', 'served', 'left', 'absent', 'waiting'):
                    assert sum(getattr(row, part) for row in table.rows) == getattr(table.total, part)


# Replay


def picture(hall, tickets):
    return board(hall.queue, sorted(tickets, key=lambda each: (each.issued_at, each.name)), hall.moment.now)


def test_the_log_up_to_a_moment_is_what_the_board_showed_then():
    hall, chance = Hall(), random.Random(7)
    showed = []
    for _ in range(120):
        anything(hall, chance)
        tickets = [each for values in hall.visits.values() for each in hall.queue.tickets_of(values)]
        showed.append((hall.moment, picture(hall, tickets)))
    log = log_of(hall.queue, hall.visits.items())
    for moment, then in showed:
        hall.moment = moment
        assert picture(hall, standing_at(log, moment.now)) == then


def test_every_step_of_the_day_is_told_in_its_order_with_what_stood_after_it(hall):
    both = hall.come('緊急修理', '支援金')
    hall.pass_minutes(3)
    hall.come('緊急修理')
    hall.pass_minutes(1)
    hall.do('v00002', 'call', '住-2', counter='1番')
    hall.pass_minutes(1)
    hall.undo('v00002')
    told = list(replayed(log_of(hall.queue, hall.visits.items())))
    assert [each.words for each in told] == [
        '住-1 発券 住宅政策課', '生-1 発券 生活支援課', '住-2 発券 住宅政策課',
        '住-2 呼出(順番によらず) 1番', '住-2 元に戻す',
    ]
    assert [[each.status for each in one.tickets] for one in told[-2:]] == [
        ['受付待ち', '受付待ち', '呼出中'], ['受付待ち'] * 3,
    ]
    assert told[0].visit == both


# One section, or three, and numbers by definition


OFFICE_OF_TWO = """
    title: 税の窓口
    sections:
      - fields:
          - name: 用件
            type: select_multiple
            choices: {税務課: [証明], 納税課: [相談]}
    queue:
      items: 用件
      absent_after: 1
      sections:
        - {name: 税務課, prefix: A, start: 1, end: 2, after_end: close}
        - {name: 納税課, prefix: B}
    """


def test_an_office_of_one_section_needs_nothing_but_its_name():
    hall = Hall(definition=app("""
        title: 窓口
        sections:
          - fields:
              - {name: 用件, type: select_one, choices: {市民課: [転入, 転出]}}
        queue: {items: 用件, sections: [{name: 市民課}]}
        """))
    hall.visits['v1'] = hall._numbered(None, {'用件': '転入'})
    assert hall.status('v1') == {'1': '受付待ち'}
    assert hall.call_next('市民課', '窓口') == '1'


def test_the_wish_for_a_number_says_where_numbers_end_and_what_is_told_then():
    hall = Hall(definition=app(OFFICE_OF_TWO))
    [wish] = hall.queue.numbers(hall.definition, None, {'用件': ['証明']}, hall.moment)
    assert (wish.start, wish.end) == (1, 2)
    assert '税務課の本日の整理券は、すべて出ました' in wish.used_up.text


def test_contradictions_are_told_where_they_stand():
    wrong = OFFICE_OF_TWO.replace('start: 1, end: 2', 'start: 3, end: 2')
    assert [code for code, _ in mistakes(wrong)] == ['D743']
