"""The server is killed while it sends: nobody gets a second copy, and nobody is forgotten."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from mailing import EVENT, STAFF, WON, applied
from sending_clerk import send, settings_of

from apps.context import opened

HERE = Path(__file__).resolve().parent
PATHS = {**os.environ, 'PYTHONPATH': os.pathsep.join([str(HERE.parents[1]), str(HERE)])}
PEOPLE = ['a@example.jp', 'b@example.jp', 'c@example.jp']


@pytest.fixture
def folder(settings, clock):
    """An office with three winners, nothing sent."""
    place = settings.data.parent
    with opened(settings, clock) as city:
        for number, address in enumerate(PEOPLE):
            asyncio.run(applied(city, f'見本 {number}', address))
    return place


def states_in(folder, post):
    with opened(settings_of(folder, post.port)) as city:
        return {each.notice.to: each.state for each in city.outbox.standings(EVENT, WON, by=STAFF)}


def clerk(folder, post):
    command = [sys.executable, str(HERE / 'sending_clerk.py'), str(folder), str(post.port)]
    return subprocess.Popen(command, env=PATHS)


def killed_at(folder, post, step, at):
    """Let a child send, and kill it without warning when the mail server is asked `step` for the `at`th time."""
    count = 0

    def before(now):
        nonlocal count
        count += now == step
        if now == step and count == at:
            os.kill(child.pid, signal.SIGKILL)
            child.wait()

    post.before = before
    child = clerk(folder, post)
    assert child.wait(60) == -signal.SIGKILL
    post.before = lambda step: None


@pytest.mark.crash
@pytest.mark.parametrize(
    ('step', 'at', 'lost'),
    [('EHLO', 1, None), ('MAIL', 1, PEOPLE[0]), ('RCPT', 2, PEOPLE[1]), ('DATA', 1, PEOPLE[0]), ('DATA', 3, PEOPLE[2])],
)
def test_killed_in_the_middle_nobody_gets_a_second_copy(folder, post, step, at, lost):
    killed_at(folder, post, step, at)
    asyncio.run(send(folder, post.port))
    asyncio.run(send(folder, post.port))
    got = [address for each in post.taken for address in each.recipients]
    assert len(got) == len(set(got)), 'two copies'
    expected = {address: 'unknown' if address == lost else 'sent' for address in PEOPLE}
    assert states_in(folder, post) == expected
    assert set(PEOPLE) - set(got) <= {lost}


@pytest.mark.crash
def test_killed_while_many_are_queued_each_of_them_is_sent_once(folder, post):
    child = clerk(folder, post)
    post.before = lambda step: child.kill() if step == 'EHLO' else None
    child.wait(60)
    post.before = lambda step: None
    for _ in range(2):
        asyncio.run(send(folder, post.port))
    assert sorted(address for each in post.taken for address in each.recipients) == PEOPLE
