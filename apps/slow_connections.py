"""Connections that say nothing, or say it a byte at a time, are ended: they would keep a place from others."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

BEGIN_WITHIN = 20.0
"""Seconds for the first request's headers to arrive whole."""

NEXT_PIECE_WITHIN = 60.0
"""Seconds between two pieces of a body; a photo from a weak network still arrives."""


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's own, which waits for ever for what was begun."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait(BEGIN_WITHIN)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait(BEGIN_WITHIN)

    def on_headers_complete(self) -> None:
        self._wait(NEXT_PIECE_WITHIN)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._wait(NEXT_PIECE_WITHIN)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop_waiting()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._stop_waiting()
        super().handle_websocket_upgrade()

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
