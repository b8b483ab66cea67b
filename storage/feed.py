"""The feed of changes: read by number, so nothing is missed or seen twice; a notice only shortens the wait."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Final

from storage import history
from storage.record import Change
from storage.sqlite import Readers

PIECE: Final = 500
POLL_SECONDS: Final = 1.0  # how late a change of another process may be seen


class Feed:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._lock = threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._closed = False

    def tell(self, _seq: int) -> None:
        """Called by the writer after each commit."""
        with self._lock:
            waiting = list(self._waiting)
        for loop, event in waiting:
            try:
                loop.call_soon_threadsafe(event.set)
            except RuntimeError:  # that loop is gone
                self._forget(loop, event)

    def close(self) -> None:
        self._closed = True
        self.tell(0)

    def changes(self, since: int, coll: str | None) -> Iterator[Change]:
        while piece := self._read(since, coll):
            yield from piece
            since = piece[-1].seq

    async def watch(self, since: int | None, coll: str | None) -> AsyncIterator[Change]:
        loop, event = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            self._waiting.add((loop, event))
        try:
            seq = self._newest() if since is None else since
            while not self._closed:
                event.clear()
                newest = self._newest()
                found = self._read(seq, coll)
                for change in found:
                    seq = change.seq
                    yield change
                if not found:
                    seq = max(seq, newest)  # what was of no interest is not read again
                    # Not wait_for: before Python 3.12 it can swallow the cancellation of a page that was closed.
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(POLL_SECONDS):
                            await event.wait()
        finally:
            self._forget(loop, event)

    def _forget(self, loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
        with self._lock:
            self._waiting.discard((loop, event))

    def _newest(self) -> int:
        with self._readers.lend() as db:
            return history.last(db)[0]

    def _read(self, since: int, coll: str | None) -> list[Change]:
        condition, params = ('c.seq > ?', [since]) if coll is None else ('c.seq > ? AND c.coll = ?', [since, coll])
        with self._readers.lend() as db:
            return [line.change() for line in history.lines(db, condition, params, limit=PIECE)]
