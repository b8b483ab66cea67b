"""kill -9 at random moments: 500 rounds with eight clerks at every push, 10,000 by night."""

import os
import random
import select
import signal
import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from crash_apart import apart
from crash_clerks import ACTOR, GivenUp, Told, receive, wrong

from storage import open_store, writer

pytestmark = pytest.mark.crash

GROUPS = 10
ROUNDS_PER_STORE = 10
CLERKS = 8


@pytest.mark.parametrize('group', range(GROUPS))
def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path, group: int, amount: Callable[[int, int], int]) -> None:
    found, acknowledged = apart(kill_rounds, tmp_path, amount(50, 1_000), group)
    assert found == []
    assert acknowledged > amount(50, 1_000)  # the rounds were about something


def kill_rounds(folder: Path, rounds: int, seed: int) -> tuple[list[str], int]:
    """What was wrong after which round, and how many receipts were acknowledged in all."""
    chance = random.Random(seed)
    found: list[str] = []
    acknowledged = 0
    told = Told()
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
    """Clerks write in a process of its own, which is killed soon after the first is answered, or while it opens."""
    reading, writing = os.pipe()
    checkpoint = chance.choice([20, 100, 4_000])
    child = os.fork()
    if child == 0:
        os.close(reading)
        _write_until_killed(city, number, writing, checkpoint)
    os.close(writing)
    try:
        heard = _hear(reading, chance.uniform(0.0, 0.03)) if chance.random() < 0.1 else _hear_something(reading)
        heard += _hear(reading, chance.uniform(0.0, 0.05))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    heard += _hear(reading, 10.0)
    os.close(reading)
    for line in heard.decode().splitlines():
        request, receipt = line.split()
        if receipt == 'given-up':
            told.refused.add(request)
        else:
            told.stored[request] = int(receipt)


def _hear_something(pipe: int) -> bytes:
    return os.read(pipe, 65_536)


def _hear(pipe: int, seconds: float) -> bytes:
    """Everything said until then, or until nobody is left to say anything."""
    until = time.monotonic() + seconds
    heard = b''
    while (left := until - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            piece = os.read(pipe, 65_536)
            if not piece:
                break
            heard += piece
    return heard


def _write_until_killed(city: Path, number: int, pipe: int, checkpoint: int) -> None:
    try:
        writer.CHECKPOINT_PAGES = checkpoint  # type: ignore[misc]
        store = open_store(city)

        def clerk(name: int) -> None:
            for n in count():
                request, given_up = f'{number}-{name}-{n}', n % 7 == 6
                try:
                    work = receive(request, given_up=given_up)
                    said = str(store.commit_blocking(work, actor=ACTOR, request_id=request))
                except GivenUp:
                    said = 'given-up'
                os.write(pipe, f'{request} {said}\n'.encode())

        for name in range(CLERKS):
            threading.Thread(target=clerk, args=(name,)).start()
        time.sleep(60)
    finally:
        os._exit(1)
