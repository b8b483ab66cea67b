"""Two processes with eight threads each write into one store; one of them is killed, the other goes on."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crash_clerks import Told, wrong

from storage import open_store

pytestmark = pytest.mark.crash

CLERKS = 8


@pytest.mark.parametrize('killed', [False, True])
def test_two_processes_write_at_once(tmp_path: Path, killed: bool, amount: Callable[[int, int], int]) -> None:
    each = amount(60, 3_000)
    city = tmp_path / 'city'
    open_store(city).close()
    spawn = multiprocessing.get_context('spawn')
    # A queue each: whoever is killed while telling would hold the other one's for ever.
    heard: dict[str, Any] = {name: spawn.Queue() for name in 'AB'}
    offices = [spawn.Process(target=office, args=(city, name, each, queue)) for name, queue in heard.items()]
    for one in offices:
        one.start()
    told = Told()
    until = time.monotonic() + 120
    while len(told.stored) < CLERKS * each // 2:
        listen(heard, told, until)
    if killed:
        assert offices[0].pid is not None
        os.kill(offices[0].pid, signal.SIGKILL)
        del heard['A']
    while any(one.is_alive() for one in offices) or not all(queue.empty() for queue in heard.values()):
        listen(heard, told, until)
    assert [one.exitcode for one in offices] == [-signal.SIGKILL if killed else 0, 0]
    assert {f'B-{name}-{n}' for name in range(CLERKS) for n in range(each) if n % 7 != 6} <= told.stored.keys()
    assert wrong(city, told) == []


def listen(heard: dict[str, Any], told: Told, until: float) -> None:
    assert time.monotonic() < until
    for queue in heard.values():
        while not queue.empty():
            request, number = queue.get(timeout=60)
            told.stored[request] = number
    time.sleep(0.01)


def office(city: Path, name: str, each: int, heard: Any) -> None:
    with open_store(city) as store:

        def clerk(place: int) -> None:
            for n in range(each):
                told = Told()
                told.ask(store, f'{name}-{place}-{n}', given_up=n % 7 == 6)
                for said in told.stored.items():
                    heard.put(said)

        clerks = [threading.Thread(target=clerk, args=(place,)) for place in range(CLERKS)]
        for one in clerks:
            one.start()
        for one in clerks:
            one.join()
