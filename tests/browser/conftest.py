"""One server, one Chromium for the whole run; every page is watched for requests to other hosts and for errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from city import City, start_city
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

SIZES = {'desk': (1280, 800), 'tablet': (800, 1280), 'phone': (360, 740)}
"""What staff use: an office PC, a tablet held upright, a phone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope='session')
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The sample city on a free port."""
    started = start_city(tmp_path_factory.mktemp('city'))
    yield started
    started.close()


@pytest.fixture(scope='session')
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path='/usr/bin/chromium', args=['--no-sandbox'])
        yield browser
        browser.close()


class Watch:
    """What the pages of one test asked for and complained about. expected: complaints that belong to the test."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()

    def follow(self, context: BrowserContext) -> None:
        context.on('request', self._request)
        context.on('console', self._console)
        context.on('weberror', lambda error: self.complaints.append(str(error.error)))

    def check(self) -> None:
        assert not self.outside, f'asked another host: {self.outside}'
        assert not [each for each in self.complaints if not each.startswith(self.expected or ('\0',))]

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {'http', 'https', 'ws', 'wss'} and parts.netloc != urlsplit(self.origin).netloc:
            self.outside.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {'error', 'warning'}:
            self.complaints.append(message.text)


@pytest.fixture
def watch(city: City) -> Iterator[Watch]:
    watching = Watch(city.url)
    yield watching
    watching.check()


@pytest.fixture
def new_page(chromium: Browser, city: City, watch: Watch) -> Iterator[Callable[..., Page]]:
    """A page of a browser of its own, nobody signed in: new_page(size='phone')."""
    contexts: list[BrowserContext] = []

    def made(size: str = 'desk') -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=city.url, viewport={'width': width, 'height': height}, locale='ja-JP', timezone_id='Asia/Tokyo'
        )
        context.set_default_timeout(10_000)
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield made
    for each in contexts:
        each.close()


@pytest.fixture
def signed_in(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A page on which somebody is signed in: signed_in('leader', size='tablet')."""

    def made(account: str = 'shokuin', *, size: str = 'desk') -> Page:
        page = new_page(size)
        page.goto('/sign-in')
        page.click(f'button[data-account={account}]')
        ready(page)
        return page

    return made


def ready(page: Page) -> None:
    """Wait until the page is alive: what is pressed before that would be answered late."""
    page.wait_for_function('window.did_handshake === true')
    page.locator('main h1').first.wait_for()
