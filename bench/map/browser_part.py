"""What a person waits for: a real Chromium and the real server, until the pins are on the map."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.screens.browser_part import served
from bench.screens.road_office import APP

RUNS = 7
_ways = cycle(('拡大する', '縮小する'))
SHOWN = '[...document.querySelectorAll(".map-pin")].map((each) => each.dataset.pin).join()'
_EVERY = """async ({ count, box }) => {
  const { openMap } = await import('madoguchi-map/map_face.js')
  const place = document.createElement('div')
  place.style.cssText = 'position: fixed; inset: 0; z-index: 9'
  document.body.append(place)
  const face = await openMap(place, { settings: { tiles: null, box, places: '' } })
  const [south, west, north, east] = box
  const pins = Array.from({ length: count }, (_, at) => ({
    id: `${at}`, lat: south + ((at * 0.618) % 1) * (north - south), lon: west + ((at * 0.414) % 1) * (east - west),
    title: `見本 ${at}`, sign: '受', shape: 'circle', color: 'blue',
  }))
  const begin = performance.now()
  face.showPins(pins)
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  const took = performance.now() - begin
  face.close()
  place.remove()
  return took
}"""


def measured(folder: Path) -> dict[str, float]:
    """Task -> median milliseconds, over the records of `folder`, which nobody else may have open."""
    with served(folder) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which('chromium'), args=['--no-sandbox'])
        try:
            return _measured(browser, url)
        finally:
            browser.close()


def _measured(browser: Browser, url: str) -> dict[str, float]:
    page = browser.new_context(base_url=url, viewport={'width': 1280, 'height': 800}, locale='ja-JP').new_page()
    page.set_default_timeout(20_000)
    page.goto('/sign-in')
    page.click('button[data-account=shokuin]')
    page.wait_for_function('window.did_handshake === true')
    box = [36.54, 136.62, 36.58, 136.68]
    figures = {
        'open the map of the open ones from the list': _median(lambda: _open(page)),
        'zoom in, or out': _median(lambda: _changes(page, lambda: _zoom(page))),
        'filter': _median(lambda: _changes(page, lambda: _filter(page))),
        'the plain way: 400 pins drawn': page.evaluate(_EVERY, {'count': 400, 'box': box}),
        'the plain way: 4,000 pins drawn': page.evaluate(_EVERY, {'count': 4_000, 'box': box}),
    }
    page.context.close()
    return figures


def _median(task: Callable[[], float]) -> float:
    """The first run warms up."""
    task()
    return statistics.median(task() for _ in range(RUNS))


def _open(page: Page) -> float:
    """Through the shell, as somebody comes from the list, with the whole city before them."""
    page.goto(f'/apps/{APP}')
    page.wait_for_function('window.did_handshake === true')
    page.locator('.records tbody a').first.wait_for()
    page.evaluate('sessionStorage.clear()')
    start = time.perf_counter()
    page.get_by_role('link', name='地図', exact=True).click()
    page.locator('.map-pin').first.wait_for()
    return (time.perf_counter() - start) * 1e3


def _changes(page: Page, do: Callable[[], None]) -> float:
    """From the press until other pins are on the map."""
    before = page.evaluate(SHOWN)
    start = time.perf_counter()
    do()
    page.wait_for_function(f'before => {SHOWN} !== before && {SHOWN} !== ""', arg=before, polling='raf')
    return (time.perf_counter() - start) * 1e3


def _zoom(page: Page) -> None:
    page.get_by_role('button', name=next(_ways)).press('Enter')


def _filter(page: Page) -> None:
    box = page.get_by_label('種別')
    box.select_option('側溝' if box.input_value() != '側溝' else '照明')
