"""An export in a process of its own: seconds of work in which nobody else's page may stand still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from apps.excel.export import Choice, Exported
from apps.outcome import Refused
from apps.people import Person
from apps.settings import Settings

MOST_AT_ONCE = 2
"""More exports wait: each takes a processor."""

_TOLD_EVERY = 250
"""Records between two words about the progress."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written, for whom, as of when; everything that a process needs to know."""

    settings: Settings
    app: str
    path: Path
    choice: Choice
    by: Person
    now: datetime


class ExportWorkers:
    """Makes the processes, one for each export, and lets each go when its file is there or nobody wants it any more."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(MOST_AT_ONCE)

    async def export(self, order: Order, told: Callable[[int], None] = lambda _: None) -> Exported:
        """Write the file. Raises Refused and ValueError as `export_app` does.

        told: called in the loop with how many records are written. Cancelling the task ends the process; nothing stays.
        """
        async with self._free:
            here, there = get_context('spawn').Pipe(duplex=False)
            process = get_context('spawn').Process(target=_export, args=(order, there), daemon=True)
            starting = asyncio.ensure_future(asyncio.to_thread(process.start))
            try:
                await asyncio.shield(starting)
                there.close()
                return await _answer(here, told)
            finally:
                await asyncio.wait([starting])  # one that has not begun cannot be ended
                process.kill()
                await asyncio.shield(asyncio.to_thread(process.join))
                here.close()
                order.path.with_name(f'.{order.path.name}.part').unlink(missing_ok=True)


async def _answer(here: Connection, told: Callable[[int], None]) -> Exported:
    while True:
        kind, what = await asyncio.to_thread(_next, here)
        if kind == 'at':
            told(what)
        elif kind == 'refused':
            raise Refused(what[0], detail=what[1])
        elif kind == 'wrong':
            raise ValueError(what)
        elif kind == 'ready':
            return Exported(*what)
        else:
            raise RuntimeError(f'an export ended without its file ({what})')


def _next(here: Connection) -> tuple[str, Any]:
    try:
        answer: tuple[str, Any] = here.recv()
    except (EOFError, OSError) as error:
        return 'ended', type(error).__name__
    return answer


def _export(order: Order, there: Connection) -> None:
    """In the other process, over the same folder; refusals as words, because exceptions do not travel."""
    from apps.clock import StillClock
    from apps.context import opened
    from apps.excel.export import export_app

    def told(count: int) -> None:
        if count % _TOLD_EVERY == 0:
            there.send(('at', count))

    with opened(order.settings, StillClock(order.now)) as context:
        purposes = order.settings.export_purposes
        try:
            done = export_app(
                context.reading, order.app, order.path, order.choice, by=order.by, purposes=purposes, told=told
            )
        except Refused as refused:
            there.send(('refused', (refused.kind, refused.detail)))
        except ValueError as error:
            there.send(('wrong', str(error)))
        else:
            there.send(('ready', (done.path, done.count, done.purpose, done.unwritten)))
