"""A lottery before and after the draw: counts against places, why not yet, a result that anybody can check."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from panel_office import CLERK, application

from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.reading.lottery_standing import Standing, rules_json, standing

APP = 'event_lottery'
CHECKER = Path(__file__).parents[2] / 'docs' / 'lottery' / 'check_draw.py'


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
    await office.lotteries.fix_list(APP, by=CLERK)
    await office.lotteries.draw(APP, by=CLERK, value='3-5-1')
    after = told(office)
    assert after.held is not None and after.refusal != ''


async def test_what_is_published_is_checked_by_the_checker_and_names_nobody(
    office: AppContext, clock: StillClock, tmp_path: Path
) -> None:
    await applied(office, 12)
    clock.at = datetime(2026, 12, 12, 9, tzinfo=TOKYO)
    fixed = await office.lotteries.fix_list(APP, by=CLERK)
    await office.lotteries.draw(APP, by=CLERK, value='38123.45')
    held = told(office).held
    assert held is not None
    (tmp_path / 'result.csv').write_text('\ufeff' + held['result'], 'utf-8')
    (tmp_path / 'rules.json').write_text(rules_json(office.catalogue.get(APP)), 'utf-8')
    files = [str(tmp_path / 'result.csv'), str(tmp_path / 'rules.json')]
    checked = subprocess.run(
        [sys.executable, str(CHECKER), *files, held['secret'], '38123.45'], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0 and 'OK' in checked.stdout, checked.stdout + checked.stderr
    assert fixed['list_hash'] in checked.stdout
    for personal in ('ミホン', '見本', '090-'):
        assert personal not in held['result'] + rules_json(office.catalogue.get(APP))
