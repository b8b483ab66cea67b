"""What every browser test looks through: the sizes of screens, and a watch on what pages ask and complain about."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

SIZES = {'desk': (1280, 800), 'tablet': (800, 1280), 'phone': (360, 740)}
"""What staff use: an office PC, a tablet held upright, a phone."""

PATIENCE = 30_000
"""Milliseconds that a test waits for what it expects, on a machine with other work too."""


class Watch:
    """What the pages of one test asked for and complained about. expected: complaints that belong to the test."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()

    def follow(self, context: BrowserContext) -> None:
        context.on('request', lambda request: self._asked(request.url))
        context.on('page', lambda page: page.on('websocket', lambda socket: self._asked(socket.url)))
        context.on('console', self._console)
        context.on('weberror', lambda error: self.complaints.append(str(error.error)))

    def check(self) -> None:
        assert not self.outside, f'asked another host: {self.outside}'
        unexpected = [each for each in self.complaints if not each.startswith(self.expected or ('\0',))]
        assert not unexpected, unexpected

    def _asked(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in {'http', 'https', 'ws', 'wss'} and parts.netloc != urlsplit(self.origin).netloc:
            self.outside.append(address)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {'error', 'warning'}:
            self.complaints.append(message.text)


def ready(page: Page) -> None:
    """Wait until the page is alive: what is pressed before that would be answered late."""
    page.wait_for_function('window.did_handshake === true')
    page.locator('main h1').first.wait_for()
