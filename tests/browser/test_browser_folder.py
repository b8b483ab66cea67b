"""Behind a proxy, under a folder of another address: every link, redirect, file and save stays in the folder."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from city import City
from folder_proxy import FolderProxy
from playwright.sync_api import Browser, Page, Response, expect
from watching import PATIENCE, SIZES, ready

PIXEL = base64.b64decode(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
)


@pytest.fixture
def proxy(city: City) -> Iterator[FolderProxy]:
    started = FolderProxy(city.url)
    yield started
    started.close()


@pytest.fixture
def page(chromium: Browser, proxy: FolderProxy) -> Iterator[Page]:
    width, height = SIZES['desk']
    context = chromium.new_context(viewport={'width': width, 'height': height}, locale='ja-JP')
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_a_working_day_stays_in_the_folder(page: Page, proxy: FolderProxy, tmp_path: Path) -> None:
    answers: list[tuple[int, str]] = []

    def answered(response: Response) -> None:
        if response.url.startswith('http'):
            answers.append((response.status, urlsplit(response.url).path))

    page.on('response', answered)
    page.goto(f'{proxy.origin}/city/apps/road_requests?view=すべて')
    page.click('button[data-account=shokuin]')
    ready(page)
    expect(page.locator('h1')).to_have_text('道路要望')
    page.locator('.records tbody a').first.click()
    page.locator('.timeline li').first.wait_for()
    page.locator('#rail').get_by_role('link', name='道路要望').click()
    page.get_by_role('link', name='新しく登録する').click()
    page.locator('.ef-form').get_by_text('側溝', exact=True).click()
    page.locator('main').get_by_role('combobox', name='場所 ※必須').fill('見本町1丁目 橋のたもと')
    page.locator('main').get_by_role('textbox', name='内容 ※必須').fill('側溝のふたがずれている。')
    photo = tmp_path / 'hole.png'
    photo.write_bytes(PIXEL)
    page.locator('input[type=file]').first.set_input_files(photo)
    page.locator('.photo img, img[src*="/api/v1/files/"], img[src^="blob:"]').first.wait_for()
    page.get_by_role('button', name='登録する', exact=True).click()
    expect(page.get_by_role('heading', name='登録しました')).to_be_visible()
    page.get_by_role('link', name='登録した内容を見る').click()
    page.wait_for_url('**/city/apps/road_requests/records/*')
    page.wait_for_function('document.querySelector(".photos img").naturalWidth > 0')
    page.get_by_role('button', name='サインアウト').click()
    page.wait_for_url('**/city/sign-in*')
    lost = [each for each in answers if each[0] >= 400 or not each[1].startswith('/city/')]
    assert not lost
