"""The counter queue as shipped: two sections, tickets from steps, and the complaints that other systems had to mend."""

import random
from collections import Counter
from datetime import date, datetime

import pytest
from reception_hall import COUNTER, HOUSING, LIVING, QUEUE, Hall
from sample_office import OFFICE, app, codes, mistakes, submit

from forms.acting import act
from forms.capabilities.queue.moves import MOVES
from forms.capabilities.queue.tickets import RESTING, WAITING


@pytest.fixture
def hall():
    return Hall()


# Reception


def test_items_of_both_sections_are_one_visit_with_two_tickets(hall):
    both = hall.come('緊急修理', '応急修理', '支援金')
    one = hall.come('生活必需品')
    assert hall.visits[both]['整理券'] == '住-1 受付待ち、生-1 受付待ち'
    assert hall.visits[one]['整理券'] == '生-2 受付待ち'


def test_numbers_begin_anew_every_day_and_are_never_given_back(hall):
    first = hall.come('緊急修理')
    assert hall.do(first, 'cancel', '住-1') == {}
    assert hall.visits[hall.come('緊急修理')]['整理券'] == '住-2 受付待ち'
    hall.pass_minutes(24 * 60)
    assert hall.visits[hall.come('緊急修理')]['整理券'] == '住-1 受付待ち'


def test_other_alone_goes_to_the_section_that_was_named(hall):
    assert codes(submit(COUNTER, {'その他': '相談'}, moment=hall.moment)) == {'その他の担当課': 'required'}
    visit = hall.come(その他='相談', その他の担当課=LIVING)
    assert hall.status(visit) == {'生-1': '受付待ち'}
    beside_a_tick = hall.come('緊急修理', その他='相談')
    assert hall.status(beside_a_tick) == {'住-1': '受付待ち'}


def test_the_steps_are_never_typed(hall):
    visit = hall.come('緊急修理')
    steps = hall.visits[visit]['受付の流れ']
    assert codes(submit(COUNTER, {'受付の流れ': []}, hall.visits[visit], hall.moment)) == {'受付の流れ': 'readonly'}
    assert codes(submit(COUNTER, {'受付の流れ': steps, 'メモ': '車'}, hall.visits[visit], hall.moment)) == {}


def test_an_item_added_later_gets_its_ticket_and_keeps_the_place_of_the_first(hall):
    visit = hall.come('緊急修理')
    hall.pass_minutes(5)
    hall.come('緊急修理')
    hall.edit(visit, {'用件': ['緊急修理', '応急修理', '支援金']})
    assert hall.status(visit) == {'住-1': '受付待ち', '生-1': '受付待ち'}
    assert hall.call_next(HOUSING, '1番') == '住-1'
    hall.edit(visit, {'メモ': '耳が遠い'})
    assert hall.status(visit) == {'住-1': '呼出中', '生-1': '受付待ち'}


# Calling


def test_called_in_the_order_of_coming(hall):
    for _ in range(3):
        hall.come('緊急修理')
        hall.pass_minutes(1)
    assert [hall.call_next(HOUSING, '1番') for _ in range(4)] == ['住-1', '住-2', '住-3', None]


def test_two_clerks_cannot_call_one_person(hall):
    visit = hall.come('緊急修理')
    assert hall.do(visit, 'call', '住-1', counter='1番') == {}
    refused = act(
        COUNTER, 'call', {'ticket': '住-1', 'counter': '2番'}, old=hall.visits[visit], around=OFFICE, moment=hall.moment
    )
    assert [each.text for each in refused.messages] == ['住-1は、1番ですでに呼出中です。ほかの番号を呼んでください。']


def test_being_called_in_one_section_lets_the_other_ticket_rest_without_losing_its_place(hall):
    both = hall.come('緊急修理', '支援金')
    hall.pass_minutes(1)
    hall.come('支援金')
    assert hall.call_next(HOUSING, '1番') == '住-1'
    assert hall.do(both, 'call', '生-1', counter='3番') == {'整理券': 'ticket_elsewhere'}
    assert hall.call_next(LIVING, '3番') == '生-2', 'passed over while at the other counter'
    assert hall.do(both, 'finish', '住-1') == {}
    hall.come('支援金')
    assert hall.call_next(LIVING, '4番') == '生-1', 'and before those who came later'


def test_resting_time_is_not_waiting_time(hall):
    both = hall.come('緊急修理', '支援金')
    hall.pass_minutes(4)
    hall.call_next(HOUSING, '1番')
    hall.pass_minutes(10)
    hall.do(both, 'finish', '住-1')
    hall.pass_minutes(3)
    hall.call_next(LIVING, '3番')
    living = hall.ticket(both, '生-1')
    assert living.waited_minutes == 7
    assert living.seconds[RESTING] == 600


def test_waiting_way_and_service_are_told_apart(hall):
    visit = hall.come('緊急修理')
    hall.pass_minutes(8)
    hall.do(visit, 'call', '住-1', counter='1番')
    hall.pass_minutes(2)
    hall.do(visit, 'arrive', '住-1')
    hall.pass_minutes(15)
    hall.do(visit, 'finish', '住-1')
    hall.pass_minutes(60)
    ticket = hall.ticket(visit, '住-1')
    minutes = {status: seconds / 60 for status, seconds in ticket.seconds.items() if status != '受付済'}
    assert minutes == {'受付待ち': 8, '呼出中': 2, '対応中': 15}
    assert (ticket.counter, ticket.calls) == ('1番', 1)


def test_absent_only_after_so_many_calls_and_called_again_when_they_come_back(hall):
    visit = hall.come('緊急修理')
    hall.do(visit, 'call', '住-1', counter='1番')
    assert hall.do(visit, 'absent', '住-1') == {'整理券': 'called_too_little'}
    closed = {offer.name: offer.closed for offer in QUEUE.offers(COUNTER, hall.visits[visit], hall.moment)}
    assert closed['absent'] == '住-1を不在にする前に、3回呼んでください(いま1回)。'
    hall.do(visit, 'recall', '住-1')
    hall.do(visit, 'recall', '住-1')
    assert hall.do(visit, 'absent', '住-1') == {}
    assert hall.call_next(HOUSING, '1番') is None, 'nobody is called by itself'
    assert hall.do(visit, 'call', '住-1', counter='2番') == {}


def test_back_in_line_after_absence_or_hold_at_the_old_place(hall):
    first, second = hall.come('緊急修理'), hall.come('緊急修理')
    assert hall.do(first, 'hold', '住-1') == {}
    assert hall.call_next(HOUSING, '1番') == '住-2'
    assert hall.do(first, 'resume', '住-1') == {}
    hall.come('緊急修理')
    assert hall.call_next(HOUSING, '2番') == '住-1'
    assert hall.status(second) == {'住-2': '呼出中'}


def test_transfer_keeps_number_and_place(hall):
    early = hall.come('緊急修理')
    hall.pass_minutes(1)
    hall.come('支援金')
    assert hall.do(early, 'transfer', '住-1', section=LIVING) == {}
    assert hall.call_next(LIVING, '3番') == '住-1'
    assert hall.do(early, 'transfer', '住-1', section=LIVING) == {'整理券': 'same_section'}
    assert hall.do(early, 'transfer', '住-1', section='市長室') == {'整理券': 'no_such_section'}
    assert hall.do(early, 'transfer', '住-1') == {'整理券': 'no_transfer_target'}


def test_transfer_to_one_counter_is_called_there_only(hall):
    visit = hall.come('緊急修理')
    hall.do(visit, 'transfer', '住-1', counter='2番')
    assert hall.call_next(HOUSING, '1番') is None
    assert hall.call_next(HOUSING, '2番') == '住-1'


def test_no_transfer_to_where_the_person_waits_already(hall):
    visit = hall.come('緊急修理', '支援金')
    assert hall.do(visit, 'transfer', '住-1', section=LIVING) == {'整理券': 'waits_there'}


def test_served_without_being_called(hall):
    visit = hall.come('緊急修理')
    assert hall.do(visit, 'arrive', '住-1', counter='1番') == {}
    assert hall.do(visit, 'finish', '住-1') == {}
    assert hall.ticket(visit, '住-1').counter == '1番'


def test_what_cannot_be_done_now_is_refused(hall):
    visit = hall.come('緊急修理')
    assert hall.do(visit, 'finish', '住-1') == {'整理券': 'ticket_passed'}
    assert hall.do(visit, 'call', '住-1') == {'整理券': 'no_counter'}
    assert hall.do(visit, 'call', '住-9', counter='1番') == {'整理券': 'no_such_ticket'}
    hall.do(visit, 'cancel', '住-1')
    assert hall.do(visit, 'call', '住-1', counter='1番') == {'整理券': 'ticket_passed'}


def test_tomorrows_visit_is_not_called_today(hall):
    visit = hall.come('緊急修理')
    hall.visits[visit] = {**hall.visits[visit], '受付日': '2026-05-02'}
    assert hall.call_next(HOUSING, '1番') is None
    hall.pass_minutes(24 * 60)
    assert hall.call_next(HOUSING, '1番') == '住-1'


# Undo and replay


def test_undo_of_any_step_is_one_more_step(hall):
    visit = hall.come('緊急修理')
    hall.call_next(HOUSING, '1番')
    hall.do(visit, 'finish', '住-1')
    before = len(hall.visits[visit]['受付の流れ'])
    assert hall.undo(visit) == {}
    assert hall.status(visit) == {'住-1': '対応中'}, 'finishing had stated the start too'
    assert hall.undo(visit) == {}
    assert hall.undo(visit) == {}
    assert hall.status(visit) == {'住-1': '受付待ち'}
    assert len(hall.visits[visit]['受付の流れ']) == before + 3
    assert hall.undo(visit) == {'整理券': 'nothing_to_undo'}


def test_a_cancelled_second_call_does_not_make_the_person_disappear(hall):
    visit = hall.come('緊急修理')
    hall.call_next(HOUSING, '1番')
    hall.do(visit, 'recall', '住-1')
    hall.undo(visit)
    assert hall.status(visit) == {'住-1': '呼出中'}
    assert hall.ticket(visit, '住-1').calls == 1


def test_undo_never_puts_one_person_at_two_counters(hall):
    visit = hall.come('緊急修理', '支援金')
    hall.call_next(HOUSING, '1番')
    hall.do(visit, 'finish', '住-1')
    hall.call_next(LIVING, '3番')
    assert hall.undo(visit, ticket='住-1') == {'整理券': 'ticket_elsewhere'}
    assert hall.undo(visit, ticket='生-1') == {}
    assert hall.undo(visit, ticket='住-1') == {}


def test_offers_name_the_ticket_and_what_can_be_done_with_it(hall):
    visit = hall.come('緊急修理', '支援金')
    offered = [(offer.label, offer.given['ticket']) for offer in QUEUE.offers(COUNTER, hall.visits[visit], hall.moment)]
    assert ('住-1 呼び出す', '住-1') in offered
    assert ('生-1 ほかの課へ回す', '生-1') in offered
    assert not any('終える' in label for label, _ in offered)


# Totals


def test_visits_tickets_and_items_are_three_totals(hall):
    hall.come('緊急修理', '応急修理', '支援金')
    hall.come('生活必需品', その他='毛布', その他の担当課=LIVING)
    totals = QUEUE.totals(COUNTER, hall.visits.values())
    assert (totals.visits, totals.ticket_count, totals.item_count) == (2, 3, 5)
    assert totals.items[LIVING] == {'支援金': 1, '生活必需品': 1, 'その他': 1}


@pytest.mark.long
def test_a_day_of_random_clerks_adds_up_and_replays_the_same():
    """Clerks do whatever they like; nobody is at two counters, and arrived = served + left + absent + waiting."""
    hall, chance = Hall(), random.Random(20260501)
    items = ['緊急修理', '応急修理', '賃貸型応急住宅', '支援金', '生活必需品']
    done = Counter()
    for turn in range(1200):
        hall.pass_minutes(chance.random())
        if chance.random() < 0.15:
            hall.come(*chance.sample(items, chance.randint(1, 3)))
        elif chance.random() < 0.3:
            section = chance.choice([HOUSING, LIVING])
            hall.call_next(section, chance.choice(QUEUE.section(section).counters))
        elif hall.visits:
            visit = chance.choice(list(hall.visits))
            ticket = chance.choice(list(hall.status(visit)))
            move = chance.choice([*MOVES, 'undo'])
            given = {'section': chance.choice([HOUSING, LIVING])} if move == 'transfer' else {}
            refused = hall.undo(visit, ticket=ticket) if move == 'undo' else hall.do(visit, move, ticket, **given)
            done[move] += not refused
        for values in hall.visits.values() if turn % 20 == 0 else ():
            active = [each for each in QUEUE.tickets_of(values) if each.status in ('呼出中', '対応中')]
            assert len(active) <= 1
    assert all(done[move] for move in ('recall', 'arrive', 'finish', 'hold', 'resume', 'transfer', 'cancel', 'undo'))
    numbers = [each.name for values in hall.visits.values() for each in QUEUE.tickets_of(values)]
    assert len(numbers) == len(set(numbers))
    totals = QUEUE.totals(COUNTER, hall.visits.values())
    issued = sum(step['step'] == 'issued' for values in hall.visits.values() for step in values['受付の流れ'])
    assert totals.ticket_count == issued
    assert totals.visits == len(hall.visits)
    for section in totals.tickets.values():
        assert section.arrived == section.served + section.left + section.absent + section.waiting
    for visit, values in hall.visits.items():
        for ticket in QUEUE.tickets_of(values, hall.moment.now):
            lived = (hall.moment.now - ticket.issued_at).total_seconds()
            assert sum(ticket.seconds.values()) == pytest.approx(lived), 'no second is lost or counted twice'
        assert [step['n'] for step in values['受付の流れ']] == list(range(1, len(values['受付の流れ']) + 1)), visit


def test_who_waits_is_listed_in_the_order_of_places(hall):
    first = hall.come('緊急修理')
    hall.pass_minutes(1)
    second = hall.come('緊急修理', '支援金')
    hall.do(first, 'hold', '住-1')
    hall.do(first, 'resume', '住-1')
    waiting = QUEUE.waiting(hall.visits.items(), HOUSING)
    assert [(visit, ticket.name, ticket.status) for visit, ticket in waiting] == [
        (first, '住-1', WAITING), (second, '住-2', WAITING),
    ]


# One section, or three, by definition alone


def test_another_office_is_another_definition():
    tax = app("""
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
            - {name: 納税課, prefix: B}
            - {name: 資産税課, prefix: C}
        """)
    hall = Hall(definition=tax)
    visit = hall.come('証明', '相談', '縦覧')
    assert hall.visits[visit]['整理券'] == 'A-100 受付待ち、B-1 受付待ち、C-1 受付待ち'
    assert hall.moment.now.date() == date(2026, 5, 1)
    assert isinstance(hall.ticket(visit, 'A-100').issued_at, datetime)


TWO = '{name: 税務課, prefix: A}, {name: 納税課, prefix: B}'


@pytest.mark.parametrize(
    ('queue', 'code'),
    [
        ('items: 用件, sections: [{name: 税務課, prefix: A}]', 'D741'),
        ('items: 用件, sections: [{name: 税務課, prefix: A}, {name: 納税課, prefix: A}]', 'D740'),
        (f'items: 用件, sections: [{TWO}, {{name: 謎の課, prefix: C}}]', 'D742'),
        ('items: 要件, sections: [{name: 税務課}]', 'D209'),
        ('items: メモ, sections: [{name: 税務課}]', 'D210'),
        (f'items: 用件, day: メモ, sections: [{TWO}]', 'D210'),
        (f'items: 用件, other: {{text: 無い, section: メモ}}, sections: [{TWO}]', 'D209'),
        ('items: 用件', 'D103'),
    ],
)
def test_wrong_queues_are_told(queue, code):
    found = mistakes(f"""
        title: 窓口
        sections:
          - fields:
              - {{name: 用件, type: select_multiple, choices: {{税務課: [証明], 納税課: [相談]}}}}
              - {{name: メモ, type: text}}
        queue: {{{queue}}}
        """)
    assert code in [each for each, _ in found]
