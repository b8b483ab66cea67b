"""Who is called next: priority that overtakes nobody for ever, appointments with a time, a choice out of order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import pytest
from reception_hall import HOUSING, LIVING, Hall
from sample_office import TOKYO, at, codes, submit

from forms.capabilities.queue.order import OVERTAKES

WITH_CARE = {'優先する理由': '妊婦'}


@pytest.fixture
def hall():
    return Hall()


def come(hall, count, **values):
    found = []
    for _ in range(count):
        found.append(hall.come('緊急修理', **values))
        hall.pass_minutes(1)
    return found


def called(hall, count):
    found = []
    for _ in range(count):
        found.append(hall.call_next(HOUSING, '1番'))
        hall.pass_minutes(0.1)
    return found


def booked(hall, time, item='緊急修理'):
    return hall.come(item, 受付方法='予約', 予約の時刻=time)


def test_who_needs_care_goes_first_and_says_why(hall):
    come(hall, 2)
    careful = hall.come('緊急修理', **WITH_CARE)
    assert called(hall, 3) == ['住-3', '住-1', '住-2']
    assert hall.ticket(careful, '住-3').reason == '優先'


def test_never_more_than_two_in_a_row_while_somebody_waits_longer(hall):
    come(hall, 3)
    come(hall, 5, **WITH_CARE)
    assert called(hall, 8) == ['住-4', '住-5', '住-1', '住-6', '住-7', '住-2', '住-8', '住-3']


def test_who_came_first_anyway_overtakes_nobody(hall):
    come(hall, 3, **WITH_CARE)
    come(hall, 1)
    come(hall, 3, **WITH_CARE)
    assert called(hall, 7) == ['住-1', '住-2', '住-3', '住-5', '住-6', '住-4', '住-7']


@pytest.mark.long
@pytest.mark.parametrize('seed', range(5))
def test_nobody_is_overtaken_without_end(seed):
    """Between two ordinary calls at most two overtake, whatever comes in between."""
    chance, hall, log = random.Random(seed), Hall(), []
    for _ in range(150):
        hall.pass_minutes(chance.random() * 3)
        care = WITH_CARE if chance.random() < 0.7 else {}
        hall.come('緊急修理', **care)
        if chance.random() < 0.8 and (name := hall.call_next(HOUSING, '1番')):
            log.append(name)
    turns = {
        step['ticket']: step.get('turn', '')
        for values in hall.visits.values() for step in values['受付の流れ'] if step['step'] == 'called'
    }
    row = longest = 0
    for name in log:
        row = row + 1 if turns[name] == OVERTAKES else 0 if turns[name] == '' else row
        longest = max(longest, row)
    assert longest == 2, 'and the bound is met, so priority does something'


def test_a_call_out_of_order_is_logged_as_such(hall):
    come(hall, 1)
    [second] = come(hall, 1)
    assert hall.do(second, 'call', '住-2', counter='1番') == {}
    assert hall.visits[second]['受付の流れ'][-1]['chosen'] is True
    assert hall.ticket(second, '住-2').chosen
    assert called(hall, 1) == ['住-1']
    assert not hall.ticket('v00001', '住-1').chosen


def test_an_appointment_is_neither_waiting_nor_called_before_its_time_and_is_so_to_the_second(hall):
    booked(hall, '09:30')
    moment = datetime(2026, 5, 1, 9, 29, 59, tzinfo=TOKYO)
    hall.moment = replace(hall.moment, now=moment)
    assert hall.ticket('v00001', '住-1').waits(moment) is False
    assert called(hall, 1) == [None]
    hall.moment = replace(hall.moment, now=moment.replace(minute=30, second=0))
    assert hall.ticket('v00001', '住-1').waits(hall.moment.now) is True
    assert called(hall, 1) == ['住-1']
    assert hall.ticket('v00001', '住-1').waited == 0, "the half hour before was nobody's waiting"


def test_in_its_time_an_appointment_goes_before_those_without_and_after_those_who_need_care(hall):
    booked(hall, '09:10')
    hall.pass_minutes(5)
    come(hall, 2)
    hall.pass_minutes(5)
    come(hall, 1, **WITH_CARE)
    assert called(hall, 4) == ['住-4', '住-1', '住-2', '住-3']


def test_who_is_late_lines_up_as_of_the_end_of_the_appointment(hall):
    booked(hall, '09:10')
    hall.pass_minutes(20)
    come(hall, 1)
    hall.pass_minutes(10)
    come(hall, 1)
    assert called(hall, 3) == ['住-2', '住-1', '住-3']


def test_an_appointment_of_tomorrow_is_not_called_today(hall):
    visit = booked(hall, '09:00')
    hall.visits[visit] = {**hall.visits[visit], '受付日': '2026-05-02'}
    hall.pass_minutes(60)
    assert called(hall, 1) == [None]


def test_a_reception_by_telephone_stands_in_the_same_list(hall):
    come(hall, 1)
    hall.come('緊急修理', 受付方法='電話')
    assert called(hall, 2) == ['住-1', '住-2']


def test_care_that_is_ticked_later_counts_from_then_on(hall):
    come(hall, 2)
    hall.edit('v00002', WITH_CARE)
    assert called(hall, 1) == ['住-2']
    assert hall.visits['v00002']['受付の流れ'][1]['step'] == 'classed'
    hall.undo('v00002')
    assert hall.ticket('v00002', '住-2').reason == '優先', 'what the reception says is changed there'


def test_an_appointment_without_a_time_is_asked_for_it(hall):
    asked = submit(hall.definition, {'用件': ['緊急修理'], '受付方法': '予約'}, moment=at('2026-05-01 09:00'))
    assert codes(asked) == {'予約の時刻': 'required'}


def test_handed_on_with_the_place_or_to_the_end_of_the_list(hall):
    early = hall.come('緊急修理')
    hall.pass_minutes(1)
    hall.come('支援金')
    hall.pass_minutes(1)
    assert hall.do(early, 'transfer', '住-1', section=LIVING, place='end') == {}
    assert [hall.call_next(LIVING, '3番') for _ in range(2)] == ['生-1', '住-1']
