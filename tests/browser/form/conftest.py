"""A server with the sample page for the whole run; a fresh browser profile for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sample_server import SampleServer
from watching import PATIENCE

NOW = datetime.fromisoformat('2026-11-20T10:32:00+09:00')


@pytest.fixture(scope='session')
def base_url() -> Iterator[str]:
    server = SampleServer()
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def own_server() -> Iterator[SampleServer]:
    """A server that the test may stop and start."""
    server = SampleServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def context(chromium: Browser, base_url: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP', timezone_id='Asia/Tokyo')
    context.set_default_timeout(PATIENCE)
    context.request.post(f'{base_url}/test/forget')
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    return page


@pytest.fixture
def open_form(page: Page, base_url: str) -> Callable[..., Page]:
    """Open a sample form and wait until it can be typed into."""

    def opened(name: str = 'request', **query: str) -> Page:
        search = '&'.join(f'{key}={value}' for key, value in query.items())
        page.goto(f'{base_url}/form/{name}?{search}')
        page.locator('.ef-bar').wait_for()
        return page

    return opened
