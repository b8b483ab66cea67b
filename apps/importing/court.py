"""Where rows are judged: few of them in a thread, many in processes of their own, so that no page stands still."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import forkserver, get_all_start_methods, get_context

from apps.importing.judging import Asked, Court, Judge, Verdict, judge_here, open_court
from apps.operations.take_in import Cancelled
from apps.outcome import Refused

FEW = 1_500
"""Rows that one thread judges in less time than processes need to start."""

PIECE = 250
"""Rows that are judged at a stretch: between two pieces a person can cancel."""

MOST_PROCESSES = 4

LARGE_FILE = 80_000
"""Bytes of a file that may well hold more than FEW rows."""

_WAY = 'forkserver' if 'forkserver' in get_all_start_methods() else 'spawn'
_CONTEXT = get_context(_WAY)
if _WAY == 'forkserver':
    _CONTEXT.set_forkserver_preload(['apps.context', 'apps.importing.judging'])

Told = Callable[[int], object]


def expect(size: int) -> None:
    """A file of so many bytes is about to be read: for a large one, what its processes need is loaded meanwhile.

    That happens in one process without any state, which stays, and of which every judging process is a copy.
    """
    if size >= LARGE_FILE and _WAY == 'forkserver':
        forkserver.ensure_running()


async def judge_all(
    asked: Iterable[Asked], judge: Judge, processes: Processes | None, told: Told, stopped: Callable[[], bool]
) -> list[Verdict]:
    """One verdict per row, in their order. told: how many so far. Raises Cancelled, Refused when a process died."""
    if processes is not None:
        return await processes.judge(asked, told, stopped)
    verdicts: list[Verdict] = []
    for piece in await asyncio.to_thread(list, _pieces(asked)):
        if stopped():
            raise Cancelled
        verdicts += await asyncio.to_thread(judge.all, piece)
        told(len(verdicts))
    return verdicts


class Processes:
    """They judge the first rows while the others are still being read. To be closed."""

    def __init__(self, court: Court) -> None:
        self.count = max(1, min(MOST_PROCESSES, os.cpu_count() or 1))
        self._pool = ProcessPoolExecutor(self.count, mp_context=_CONTEXT, initializer=open_court, initargs=(court,))

    def _handed_out(self, asked: Iterable[Asked]) -> list[Future[list[Verdict]]]:
        return [self._pool.submit(judge_here, piece) for piece in _pieces(asked)]

    async def judge(self, asked: Iterable[Asked], told: Told, stopped: Callable[[], bool]) -> list[Verdict]:
        waiting: dict[asyncio.Future[list[Verdict]], int] = {}
        count = 0
        try:
            pieces = await asyncio.to_thread(self._handed_out, asked)
            found: list[list[Verdict]] = [[] for _ in pieces]
            waiting |= {asyncio.wrap_future(piece): place for place, piece in enumerate(pieces)}
            while waiting:
                done, _ = await asyncio.wait(waiting, timeout=0.2, return_when=asyncio.FIRST_COMPLETED)
                if stopped():
                    raise Cancelled
                for each in done:
                    found[waiting.pop(each)] = each.result()
                    count += len(each.result())
                told(count)
        except BrokenProcessPool as error:
            detail = '確かめる処理が止まりました。定義が変わったのかもしれません。もう一度確かめてください。'
            raise Refused('closed', detail=detail) from error
        finally:
            for each in waiting:
                each.cancel()
        return [verdict for piece in found for verdict in piece]

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _pieces(asked: Iterable[Asked]) -> Iterator[Sequence[Asked]]:
    rest = iter(asked)
    while piece := list(islice(rest, PIECE)):
        yield piece
