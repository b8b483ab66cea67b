"""Looks at the lotteries every minute, and at once when somebody answers or a definition is new.

A new lottery commits to its secret, places lapse, and the next is asked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from contextlib import suppress
from typing import TYPE_CHECKING

from apps.live import DefinitionsChanged, RecordChanged
from apps.outcome import Refused
from apps.people import SYSTEM

if TYPE_CHECKING:
    from apps.context import AppContext

logger = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two looks when nobody answers."""


async def go_round(context: AppContext) -> None:
    """Goes on until it is cancelled."""
    answered = asyncio.Event()
    apps: set[str] = set()

    def happened(happening: object) -> None:
        if isinstance(happening, RecordChanged) and happening.account != SYSTEM.account:
            apps.add(happening.app)
            answered.set()
        elif isinstance(happening, DefinitionsChanged):
            answered.set()

    stop_listening = context.live.subscribe(happened)
    try:
        while True:
            changed = frozenset(apps)
            apps.clear()
            answered.clear()
            await look(context, changed or None)
            with suppress(TimeoutError):
                await asyncio.wait_for(answered.wait(), EVERY)
    finally:
        stop_listening()


async def look(context: AppContext, apps: Collection[str] | None = None) -> None:
    """One round over these apps (None: all). What fails is logged and tried again in the next one."""
    try:
        await asyncio.to_thread(context.lotteries.prepare)
        await context.lotteries.settle_all(apps)
    except Refused as refused:
        logger.warning('the lotteries could not be looked at: %s', refused.kind)
