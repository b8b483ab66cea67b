"""The server is killed around a draw and around a promotion: it was held whole or not at all, and is held once."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from city_hall import STAFF, opened
from drawing_office import place_given_back
from lottery_office import ANNOUNCED, APP, CLOSED, applied, told

from apps.clock import StillClock
from apps.context import AppContext
from apps.operations.ceremony import DRAWS
from apps.settings import Settings

HERE = Path(__file__).resolve().parent
PATHS = {**os.environ, 'PYTHONPATH': os.pathsep.join([str(HERE.parents[1]), str(HERE)])}
APPLICATIONS = 13
DELAYS = (0.0, 0.004, 0.012, 0.03)
"""Seconds after the child said that it begins; a draw of so few takes about twenty milliseconds."""


@pytest.fixture
def folder(settings: Settings, clock: StillClock) -> Iterator[Path]:
    """An office with thirteen applications and a fixed list."""
    office = opened(settings, clock)
    asyncio.run(fixed(office, clock))
    office.close()
    yield settings.data.parent


async def fixed(office: AppContext, clock: StillClock) -> None:
    await applied(office, APPLICATIONS)
    clock.at = CLOSED
    await office.lotteries.fix_list(APP, by=STAFF)


def killed(folder: Path, deed: str, delay: float) -> None:
    """Let a child do the deed, and kill it without warning a moment after it began."""
    child = subprocess.Popen(
        [sys.executable, str(HERE / 'drawing_office.py'), str(folder), deed], env=PATHS, stdout=subprocess.PIPE
    )
    assert child.stdout is not None and child.stdout.readline() == b'now\n'
    time.sleep(delay)
    os.kill(child.pid, signal.SIGKILL)
    child.wait(60)
    child.stdout.close()


@pytest.mark.crash
@pytest.mark.parametrize('delay', DELAYS)
def test_killed_around_a_draw_there_is_a_whole_one_or_none(settings: Settings, folder: Path, delay: float) -> None:
    killed(folder, 'draw', delay)
    office = opened(settings, StillClock(CLOSED))
    kept = office.store.get(DRAWS, APP)
    assert kept is not None
    written = [each for each in told(office) if each.get('当落')]
    assert len(written) == (APPLICATIONS if kept.get('seed') else 0)
    if not kept.get('seed'):
        asyncio.run(office.lotteries.draw(APP, by=STAFF, value='38123.45'))
    held = office.store.get(DRAWS, APP)
    assert held is not None and held['draws'] == 1
    assert [each['抽選順'] for each in told(office)] == list(range(1, APPLICATIONS + 1))
    office.close()


@pytest.mark.crash
@pytest.mark.parametrize('delay', DELAYS)
def test_killed_around_a_promotion_one_is_offered_the_place_with_one_notice(
    settings: Settings, folder: Path, delay: float
) -> None:
    office = opened(settings, StillClock(CLOSED))
    asyncio.run(office.lotteries.draw(APP, by=STAFF, value='38123.45'))
    office.close()
    office = opened(settings, StillClock(ANNOUNCED))
    asyncio.run(place_given_back(office))
    office.close()
    killed(folder, 'settle', delay)
    office = opened(settings, StillClock(ANNOUNCED))
    notices = office.store.find('_outbox', limit=None).docs
    assert len(told(office, 繰上げ=True)) == len(notices), 'an offer and its notice are one act'
    for _ in range(2):
        asyncio.run(office.lotteries.settle(APP))
    (offered,) = told(office, 繰上げ=True)
    assert [each['record'] for each in office.store.find('_outbox', limit=None).docs] == [offered['id']]
    assert offered['補欠の順番'] == 1
    office.close()
