"""A proxy as a city's web server does it: the program stands under a folder (/city) of another address."""

from __future__ import annotations

import asyncio
import threading
from urllib.parse import urlsplit


class FolderProxy:
    """Serves `target` under http://127.0.0.1:<port>/city in a thread; what lies outside the folder is not found."""

    FOLDER = '/city'

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname, parts.port)
        self._begun = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        self._begun.wait(5)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(5)

    async def _serve(self) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._answer, '127.0.0.1', 0)
        self.origin = f'http://127.0.0.1:{server.sockets[0].getsockname()[1]}'
        self._begun.set()
        await self._ended.wait()
        server.close()

    async def _answer(self, browser: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """One request per connection, a WebSocket as long as it lives."""
        try:
            head = (await browser.readuntil(b'\r\n\r\n')).decode('latin-1')
            method, path, rest = head.split(' ', 2)
            if not f'{path}/'.startswith(f'{self.FOLDER}/'):
                back.write(b'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
                await back.drain()
                return
            version, headers = rest.split('\r\n', 1)
            lines = [each for each in headers.split('\r\n') if each]
            if not any(each.lower().startswith('upgrade:') for each in lines):
                lines = [each for each in lines if not each.lower().startswith('connection:')] + ['Connection: close']
            told = '\r\n'.join([*lines, f'X-Forwarded-Prefix: {self.FOLDER}'])
            inside, onward = await asyncio.open_connection(*self._target)
            inner = path.removeprefix(self.FOLDER) or '/'
            onward.write(f'{method} {inner} {version}\r\n{told}\r\n\r\n'.encode('latin-1'))
            await asyncio.gather(_pass_on(browser, onward), _pass_on(inside, back))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return  # either side went away, or the test is over
        finally:
            back.close()


async def _pass_on(source: asyncio.StreamReader, goal: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65536):
            goal.write(data)
            await goal.drain()
    finally:
        goal.close()
