"""A lottery before and after the draw: counts against places, why not yet, a result that anybody can check."""

from __future__ import annotations

import csv
from datetime import datetime
from hashlib import sha256

from panel_office import CLERK, application

from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.reading.lottery_standing import CSV_HEAD, Standing, published_csv, standing

APP = 'event_lottery'


def told(office: AppContext) -> Standing:
    return standing(office.store, office.catalogue.get(APP), office.reading.moment(CLERK))


async def applied(office: AppContext, count: int) -> list[str]:
    made = [await office.operations.submit(APP, application(number), by=CLERK) for number in range(count)]
    return [each.id for each in made]


async def test_applications_are_counted_per_session_and_choice_against_the_places(office: AppContext) -> None:
    await applied(office, 11)
    await office.operations.submit(APP, application(20, 第1希望='午後の部', 第2希望='午前の部', 人数=1), by=CLERK)
    morning, afternoon = told(office).sessions
    assert (morning.capacity, morning.by_rank) == (20, [(11, 22), (1, 1)])
    assert morning.is_over
    assert (afternoon.by_rank[0], afternoon.is_over) == ((1, 1), False)


async def test_a_withdrawn_application_takes_no_part(office: AppContext) -> None:
    first, *_ = await applied(office, 3)
    await office.operations.act(APP, first, 'withdraw', {}, by=CLERK)
    now = told(office)
    assert (now.count, now.out) == (2, 1)


async def test_before_closing_the_reason_is_told_and_afterwards_it_can_be_drawn(
    office: AppContext, clock: StillClock
) -> None:
    await applied(office, 2)
    assert '令和8年12月11日' in told(office).refusal
    clock.at = datetime(2026, 12, 12, 9, tzinfo=TOKYO)
    assert told(office).refusal == ''
    await office.operations.draw(APP, by=CLERK, seed='3-5-1')
    after = told(office)
    assert after.held is not None and after.refusal != ''


async def test_the_published_file_can_be_recomputed_line_by_line_and_names_nobody(
    office: AppContext, clock: StillClock
) -> None:
    await applied(office, 12)
    clock.at = datetime(2026, 12, 12, 9, tzinfo=TOKYO)
    await office.operations.draw(APP, by=CLERK, seed='さいころ 3-5-1')
    held = told(office).held
    assert held is not None
    text = ''.join(published_csv(held))
    head, *rows = csv.reader(text.splitlines())
    assert tuple(head) == CSV_HEAD
    assert len(rows) == 12
    for number, ticket, *_, seed in rows:
        assert ticket == sha256(f'{seed}|{number}'.encode()).hexdigest()
    assert [row[1] for row in rows] == sorted(row[1] for row in rows), 'in the order of the tickets'
    assert 'ミホン' not in text and '見本' not in text and '090-' not in text
