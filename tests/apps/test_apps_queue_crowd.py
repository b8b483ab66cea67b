"""Eight clerks at two sections, a thousand steps each, at once: the log of that day is looked through step by step."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from city_hall import STAFF

from apps.clock import StillClock
from apps.context import AppContext
from apps.outcome import Refused
from forms.capabilities.queue.order import OVERTAKES
from forms.capabilities.queue.replay import Replayed
from forms.capabilities.queue.tickets import WAITING, Ticket

APP = 'counter_queue'
SECTIONS = {'住宅政策課': ('緊急修理', ('1番', '2番')), '生活支援課': ('支援金', ('3番', '4番'))}
TODAY = date(2026, 11, 20)
CLERKS, STEPS = 8, 1000


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_eight_clerks_with_a_thousand_steps_each_never_call_one_person_twice(
    staffed: AppContext, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers are unique, sums hold, and at every call nobody of the same class with an earlier place was left."""

    def ticking(self: StillClock) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    monkeypatch.setattr(StillClock, 'now', ticking)
    made = await asyncio.gather(*(clerk(staffed, number) for number in range(CLERKS)))
    assert min(each for each, _ in made) >= STEPS
    called = [ticket for _, tickets in made for ticket in tickets]
    assert len(called) > 1000 and max(Counter(called).values()) == 1, 'no double call'
    total = staffed.queue_reports.of(APP, TODAY, TODAY, by=STAFF).statistics.total
    assert total.tickets == total.served + total.left + total.absent + total.waiting
    log = staffed.queue_reports.again(APP, TODAY, by=STAFF).steps
    ended = log[-1].tickets
    assert len({each.name for each in ended}) == len(ended) == total.tickets, 'no double number'
    for section in SECTIONS:
        numbers = sorted(each.number for each in ended if each.origin == section)
        assert numbers == list(range(1, len(numbers) + 1)), 'no number left out'
        assert overtaken_most(log, section) == 2, 'nobody is overtaken more often than the definition says'
    assert out_of_order(log) == []


async def clerk(office: AppContext, number: int) -> tuple[int, list[str]]:
    """How many steps this one took, and whom they called."""
    chance, operations, done = random.Random(number), office.operations, 0
    section = tuple(SECTIONS)[number % 2]
    item, counters = SECTIONS[section]
    called = []
    while done < STEPS:
        found = None
        if chance.random() < 0.7:
            try:
                found = await operations.call_next(APP, section, counters[number // 2 % 2], by=STAFF)
            except Refused:
                pass  # nobody waits there: then somebody comes
        if found is None:
            both = ['緊急修理', '支援金'] if chance.random() < 0.3 else [item]
            care = {'優先する理由': '妊婦'} if chance.random() < 0.3 else {}
            await operations.submit(APP, {'用件': both, **care}, by=STAFF)
            done += 1
            continue
        ticket = str(found.values['受付の流れ'][-1]['ticket'])
        called.append(ticket)
        end = chance.choices(['finish', 'cancel', 'hold'], [16, 3, 1])[0]
        moves = ('arrive', end) if end == 'finish' else (end,)
        for move in moves:
            await operations.act(APP, found.id, move, {'ticket': ticket}, by=STAFF)
        done += 1 + len(moves)
    return done, called


def out_of_order(log: Sequence[Replayed]) -> list[tuple[str, str]]:
    """(who was called, who of the same class had the earlier place and was free to be called)."""
    found = []
    before: dict[tuple[str, int], list[Ticket]] = {}
    for step in log:
        if step.step['step'] == 'called':
            called = next(each for each in step.tickets if each.name == step.step['ticket'])
            waited = before.get((called.section, called.rank), [])
            found += [(called.name, each.name) for each in waited if each.place < called.place]
        before = {}
        for each in step.tickets:
            if each.status == WAITING and not each.resting:
                before.setdefault((each.section, each.rank), []).append(each)
    return found


def overtaken_most(log: Sequence[Replayed], section: str) -> int:
    """The longest run of calls before somebody's turn, told from the count of calls."""
    calls = sorted(
        (step.step['run'], step.step['turn'] if 'turn' in step.step else '')
        for step in log
        if step.step['step'] == 'called' and step.step['section'] == section
    )
    assert [run for run, _ in calls] == list(range(1, len(calls) + 1)), 'every call is counted once'
    longest = row = 0
    for _, turn in calls:
        row = row + 1 if turn == OVERTAKES else 0 if turn == '' else row
        longest = max(longest, row)
    return longest
