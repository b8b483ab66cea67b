"""Processes of their own: for what must not happen in the test's, and for what is killed in the middle of its work."""

import multiprocessing
import os
import select
import signal
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec('P')
T = TypeVar('T')

Say = Callable[[object], None]

PATIENCE = 30.0


def apart(fn: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
    """What `fn`, a function of a module, answers or raises in a fresh process: its own SQLite, no other threads."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('spawn')) as process:
        return process.submit(fn, *args, **more).result()


def killed(work: Callable[[Say], None], seconds: float, *, from_start: bool = False) -> list[str]:
    """Fork, let `work` go on until kill -9, and return every line it said before.

    It dies so many seconds after its first word, or after its start. Only for a process without threads (see `apart`).
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, writing)
    os.close(writing)
    try:
        first = b'' if from_start else _hear(reading, PATIENCE, first_only=True)
        heard = first + _hear(reading, seconds)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    heard += _hear(reading, PATIENCE)
    os.close(reading)
    return heard.decode().splitlines()


def _work(work: Callable[[Say], None], pipe: int) -> None:
    try:
        work(lambda what: os.write(pipe, f'{what}\n'.encode()) and None)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _hear(pipe: int, seconds: float, *, first_only: bool = False) -> bytes:
    """Everything said until then, or until nobody is left to say anything."""
    until = time.monotonic() + seconds
    heard = b''
    while (left := until - time.monotonic()) > 0 and not (first_only and heard):
        if select.select([pipe], [], [], left)[0]:
            piece = os.read(pipe, 65_536)
            if not piece:
                break
            heard += piece
    return heard
