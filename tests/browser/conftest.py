"""One server, one Chromium for the whole run; every page is watched for requests to other hosts and for errors."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from city import City, start_city
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from watching import PATIENCE, SIZES, Watch, ready

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests and put them last: beside Playwright's running event loop no async test can start."""
    for item in items:
        if _in_browser(item):
            item.add_marker(pytest.mark.browser)
    items.sort(key=_in_browser)


def _in_browser(item: pytest.Item) -> bool:
    return Path(item.path).is_relative_to(Path(__file__).parent)


@pytest.fixture(scope='session')
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The sample city on a free port."""
    started = start_city(tmp_path_factory.mktemp('city'))
    yield started
    started.close()


@pytest.fixture(scope='session')
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which('chromium'), args=['--no-sandbox'])
        yield browser
        browser.close()


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
        context.set_default_timeout(PATIENCE)
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
