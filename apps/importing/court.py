"""Where rows are judged: few of them in a thread, many in processes of their own, so that no page stands still."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from apps.importing.judging import Asked, Court, Judge, Verdict, judge_here, open_court, ready
from apps.operations.take_in import Cancelled
from apps.outcome import Refused

FEW = 1_500
"""Rows that one thread judges in less time than processes need to start."""

PIECE = 250
"""Rows that are judged at a stretch: between two pieces a person can cancel."""

MOST_PROCESSES = 4

Told = Callable[[int], object]


async def judge_all(
    asked: Sequence[Asked], judge: Judge, processes: Processes | None, told: Told, stopped: Callable[[], bool]
) -> list[Verdict]:
    """One verdict per row, in their order. told: how many so far. Raises Cancelled, Refused when a process died."""
    if processes is not None:
        return await processes.judge(asked, told, stopped)
    verdicts: list[Verdict] = []
    for piece in _pieces(asked):
        if stopped():
            raise Cancelled
        verdicts += await asyncio.to_thread(judge.all, piece)
        told(len(verdicts))
    return verdicts


class Processes:
    """Starts at once, so that they are prepared when the rows have been read. To be closed."""

    def __init__(self, court: Court) -> None:
        self.count = max(1, min(MOST_PROCESSES, os.cpu_count() or 1))
        self._pool = ProcessPoolExecutor(
            self.count, mp_context=get_context('spawn'), initializer=open_court, initargs=(court,)
        )
        self._ready = [self._pool.submit(ready) for _ in range(self.count)]

    async def judge(self, asked: Sequence[Asked], told: Told, stopped: Callable[[], bool]) -> list[Verdict]:
        pieces = list(_pieces(asked))
        found: list[list[Verdict]] = [[] for _ in pieces]
        waiting = {
            asyncio.wrap_future(self._pool.submit(judge_here, piece)): place for place, piece in enumerate(pieces)
        }
        count = 0
        try:
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


def _pieces(asked: Sequence[Asked]) -> Iterator[Sequence[Asked]]:
    for first in range(0, len(asked), PIECE):
        yield asked[first : first + PIECE]
