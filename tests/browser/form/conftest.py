"""A server with the sample page and a Chromium, both for the whole run; a fresh browser profile for each test."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HERE = Path(__file__).parent
NOW = datetime.fromisoformat('2026-11-20T10:32:00+09:00')


@pytest.fixture(scope='session')
def base_url() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    # NiceGUI behaves differently when it finds itself inside pytest.
    outside = {name: value for name, value in os.environ.items() if not name.startswith('PYTEST')}
    command = [sys.executable, str(HERE / 'page_server.py'), str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=outside)
    url = f'http://127.0.0.1:{port}'
    try:
        wait_until_healthy(url)
        yield url
    finally:
        server.terminate()
        server.wait(10)


def wait_until_healthy(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f'{url}/healthz', timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError('the sample page did not start')


@pytest.fixture(scope='session')
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path='/usr/bin/chromium', args=['--no-sandbox'])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, base_url: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP', timezone_id='Asia/Tokyo')
    context.set_default_timeout(10_000)
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
