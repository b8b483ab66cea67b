"""What a person waits for: a real Chromium and the real server, from a press to the new rows on screen."""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.screens.road_office import APP, ROOT

RUNS = 7
START_SECONDS = 60
LIST = f'/apps/{APP}?view=すべて&filter.年度='
SHOWN = '[".records tbody a", ".list-count"].map((each) => document.querySelector(each)?.textContent).join()'
_typed = count(1)


def measured(folder: Path) -> dict[str, float]:
    """Task -> median milliseconds, over the records of `folder`, which nobody else may have open."""
    with served(folder) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which('chromium'), args=['--no-sandbox'])
        try:
            return _measured(browser, url)
        finally:
            browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the real server over this folder, on 127.0.0.1; ended by its own process id."""
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    run = [sys.executable, str(ROOT / 'main.py'), 'serve', '--demo', '--data', str(folder), '--port', str(port)]
    process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f'http://127.0.0.1:{port}'
    try:
        until = time.monotonic() + START_SECONDS
        while not _answers(url):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError('the server did not start')
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(f'{url}/healthz', timeout=1).close()
    except OSError:
        return False
    return True


def _measured(browser: Browser, url: str) -> dict[str, float]:
    page = browser.new_context(base_url=url, viewport={'width': 1280, 'height': 800}, locale='ja-JP').new_page()
    page.set_default_timeout(20_000)
    page.goto('/sign-in')
    page.click('button[data-account=shokuin]')
    page.wait_for_function('window.did_handshake === true')
    figures = {
        'open from the home page': _median(lambda: _open(page)),
        'sort': _median(lambda: _changes(page, lambda: _sort(page)), page),
        'filter': _median(lambda: _changes(page, lambda: _filter(page)), page),
        'next page': _median(lambda: _changes(page, lambda: _turn(page)), page),
        'search': _median(lambda: _changes(page, lambda: _search(page)), page),
        'save a new record': _median(lambda: _save(page)),
    }
    page.context.close()
    return figures


def _median(task: Callable[[], float], at_list: Page | None = None) -> float:
    """The first run warms up. at_list: a page to be put on the whole list before."""
    if at_list is not None:
        _whole_list(at_list)
    task()
    return statistics.median(task() for _ in range(RUNS))


def _open(page: Page) -> float:
    """Through the shell: the page stays, only the list is put into it."""
    page.goto('/')
    page.wait_for_function('window.did_handshake === true')
    page.locator('main h1').first.wait_for()
    link = page.locator(f'main a[href="/apps/{APP}"]').first
    link.wait_for()
    start = time.perf_counter()
    link.click()
    page.locator('.records tbody a').first.wait_for()
    return (time.perf_counter() - start) * 1e3


def _whole_list(page: Page) -> None:
    page.goto(LIST)
    page.wait_for_function('window.did_handshake === true')
    page.locator('.records tbody a').first.wait_for()


def _changes(page: Page, do: Callable[[], None]) -> float:
    """From the press until the list begins with another record, or counts others."""
    before = page.evaluate(SHOWN)
    start = time.perf_counter()
    do()
    page.wait_for_function(f'before => {SHOWN} !== before', arg=before, polling='raf')
    return (time.perf_counter() - start) * 1e3


def _sort(page: Page) -> None:
    page.get_by_role('columnheader', name='受付日').get_by_role('button').click()


def _turn(page: Page) -> None:
    """To the next page, and back from the last; by key, because a press would first scroll to the foot of the list."""
    step = page.get_by_role('link', name='次へ')
    (step if step.count() else page.get_by_role('link', name='前へ')).press('Enter')


def _filter(page: Page) -> None:
    box = page.get_by_label('種別')
    box.select_option('側溝' if box.input_value() != '側溝' else '照明')


def _search(page: Page) -> None:
    box = page.get_by_role('searchbox')
    box.fill(('見本町', '架空新町', '仮橋町', '手本通', '写し町')[next(_typed) % 5])
    box.press('Enter')


def _save(page: Page) -> float:
    """From the press until the form says that the record is stored."""
    page.goto(f'/apps/{APP}/new')
    page.get_by_label('舗装').check()
    page.get_by_role('combobox', name='場所').first.fill('見本町1丁目 公園の前')
    page.get_by_role('textbox', name='内容').first.fill('穴があいている。')
    with page.expect_response(lambda each: each.request.method == 'POST' and '/records' in each.url):
        start = time.perf_counter()
        page.get_by_role('button', name='登録する').click()
    return (time.perf_counter() - start) * 1e3
