"""The open lines of displays and phones: each hears at once when something happens in its queue, and at every beat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.websockets import WebSocket, WebSocketDisconnect

from apps.live import DefinitionsChanged, RecordChanged

if TYPE_CHECKING:
    from apps.live import Live

GONE = 4404
"""The line is closed with this when there is nothing to show any more."""
_TRY_LATER = 1013


class OpenLines:
    """The lines to one queue. most: open at a time; more would be somebody playing, and staff must not wait for them.

    beat: seconds after which a line hears from us even when nothing happens.
    """

    def __init__(self, live: Live, app: str, *, most: int, beat: float) -> None:
        self._app = app
        self._most = most
        self._beat = beat
        self._lines: set[asyncio.Event] = set()
        live.subscribe(self._happened)

    async def hold(self, socket: WebSocket, told: Callable[[], str | None]) -> None:
        """Send what `told` gives, now, after every change and at every beat, until it gives None or nobody listens."""
        if len(self._lines) >= self._most:
            await socket.close(_TRY_LATER)
            return
        changed = asyncio.Event()
        self._lines.add(changed)
        try:
            while (text := told()) is not None:
                changed.clear()
                await socket.send_text(text)
                try:
                    await asyncio.wait_for(changed.wait(), self._beat)
                except TimeoutError:
                    continue
            await socket.close(GONE)
        except (WebSocketDisconnect, RuntimeError):
            # Starlette tells a closed line in either way, depending on who closed it.
            return
        finally:
            self._lines.discard(changed)

    def _happened(self, happening: object) -> None:
        own = isinstance(happening, RecordChanged) and happening.app == self._app
        if own or isinstance(happening, DefinitionsChanged):
            for each in self._lines:
                each.set()
