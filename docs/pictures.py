"""Makes the README's pictures: starts the sample city, opens it in Chromium, photographs it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / 'docs' / 'images'
ADDRESS = 'http://127.0.0.1:8765'
PICTURES = {
    'home': ('/', (1280, 800)),
    'list': ('/apps/road_requests', (1280, 800)),
    'form': ('/apps/inspections/new', (1280, 800)),
    'queue': ('/apps/counter_queue', (1280, 800)),
    'phone': ('/apps/road_requests/new', (360, 740)),
}


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, 'main.py', 'serve', '--demo', '--data', folder, '--port', ADDRESS.rpartition(':')[2]]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            _wait_until_it_answers()
            _photograph()
        finally:
            server.terminate()
            server.wait()


def _wait_until_it_answers(seconds: int = 120) -> None:
    for _ in range(seconds):
        try:
            urllib.request.urlopen(f'{ADDRESS}/healthz', timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(1)
    raise TimeoutError('the server did not answer')


def _photograph() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which('chromium'), args=['--no-sandbox'])
        page = browser.new_context(base_url=ADDRESS, locale='ja-JP', timezone_id='Asia/Tokyo').new_page()
        page.goto('/sign-in')
        page.click('button[data-account=shokuin]')
        for name, (address, (width, height)) in PICTURES.items():
            page.set_viewport_size({'width': width, 'height': height})
            _open(page, address)
            page.screenshot(path=IMAGES / f'{name}.png')
        browser.close()


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function('window.did_handshake === true')
    page.locator('main h1').first.wait_for()
    page.wait_for_timeout(1500)


if __name__ == '__main__':
    main()
