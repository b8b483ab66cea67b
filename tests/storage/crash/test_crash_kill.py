"""kill -9 at random moments: 500 rounds with eight clerks at every push, 10,000 by night."""

import random
import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from crash_apart import Say, apart, killed
from crash_clerks import ACTOR, GivenUp, Told, receive, wrong

from storage import open_store, writer

pytestmark = pytest.mark.crash

GROUPS = 10
ROUNDS_PER_STORE = 10
CLERKS = 8


@pytest.mark.parametrize('group', range(GROUPS))
def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path, group: int, amount: Callable[[int, int], int]) -> None:
    rounds = amount(50, 1_000)
    found, acknowledged = apart(kill_rounds, tmp_path, rounds, group)
    assert found == []
    print(f'{acknowledged} acknowledged in {rounds} rounds')
    assert acknowledged > rounds  # they were about something


def kill_rounds(folder: Path, rounds: int, seed: int) -> tuple[list[str], int]:
    """What was wrong after which round, and how many receipts were acknowledged in all."""
    chance = random.Random(seed)
    found: list[str] = []
    acknowledged = 0
    for number in range(rounds):
        if number % ROUNDS_PER_STORE == 0:
            told, city = Told(), folder / str(number)
        before = len(told.stored)
        _one_round(city, number, chance, told)
        acknowledged += len(told.stored) - before
        last = number % ROUNDS_PER_STORE == ROUNDS_PER_STORE - 1
        found += [f'round {number}: {what}' for what in wrong(city, told, rebuild=last)]
    return found, acknowledged


def _one_round(city: Path, number: int, chance: random.Random, told: Told) -> None:
    """Clerks write until they are killed, soon after the first was answered or, one time in ten, while opening."""
    pages = chance.choice([20, 100, 4_000])
    opening = chance.random() < 0.1
    lines = killed(
        lambda say: write(city, number, pages, say), chance.uniform(0.0, 0.03 if opening else 0.05), from_start=opening
    )
    for line in lines:
        request, said = line.split()
        if said == 'given-up':
            told.refused.add(request)
        else:
            told.stored[request] = int(said)


def write(city: Path, number: int, checkpoint_pages: int, say: Say) -> None:
    writer.CHECKPOINT_PAGES = checkpoint_pages  # type: ignore[misc]
    store = open_store(city)

    def clerk(name: int) -> None:
        for n in count():
            request, given_up = f'{number}-{name}-{n}', n % 7 == 6
            try:
                work = receive(request, given_up=given_up)
                said = str(store.commit_blocking(work, actor=ACTOR, request_id=request))
            except GivenUp:
                said = 'given-up'
            say(f'{request} {said}')

    for name in range(CLERKS):
        threading.Thread(target=clerk, args=(name,)).start()
    time.sleep(60)
