"""An export in a process of its own: seconds of work in which nobody else's page may stand still."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from apps.outcome import Refused
from apps.people import Person
from apps.settings import Settings

MOST_AT_ONCE = 2
"""More exports wait: each takes a processor."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written, for whom, as of when; everything that a process needs to know."""

    settings: Settings
    app: str
    path: Path
    view: str
    filters: Mapping[str, str]
    text: str
    purpose: str
    by: Person
    now: datetime


class ExportWorkers:
    """Makes the processes, one for each export, and lets each go when its file is there."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(MOST_AT_ONCE)

    async def export(self, order: Order) -> int:
        """Write the file; returns how many records it holds. Raises Refused and ValueError as `export_app` does."""
        async with self._free:
            process = ProcessPoolExecutor(1, mp_context=get_context('spawn'))
            try:
                count, refusal = await asyncio.wrap_future(process.submit(_export, order))
            finally:
                process.shutdown(wait=False, cancel_futures=True)
        if refusal is not None:
            kind, detail = refusal
            raise Refused(kind, detail=detail)
        return count


def _export(order: Order) -> tuple[int, tuple[str, str] | None]:
    """In the other process, over the same folder; a refusal as (kind, detail), because it does not travel."""
    from apps.clock import StillClock
    from apps.context import opened
    from apps.excel.export import export_app

    with opened(order.settings, StillClock(order.now)) as context:
        try:
            told = export_app(
                context.reading,
                order.app,
                order.path,
                view=order.view,
                filters=order.filters,
                text=order.text,
                purpose=order.purpose,
                by=order.by,
            )
        except Refused as refused:
            return 0, (refused.kind, refused.detail)
    return told.count, None
