"""Sheets as they come out of the printer: real PDFs of Chromium, their pages, words and pictures, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from unicodedata import normalize
from urllib.parse import quote
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from watching import ready

SignedIn = Callable[..., Page]
UPRIGHT, ACROSS = (595, 842), (842, 595)
LONG = ''.join(f'{number:04}番目の文です。' for number in range(1, 401))
"""4,000 characters of which every ten can be found again."""


def printed(page: Page) -> list[str]:
    """What stands on each page, as read from the PDF, without spaces; every page is A4 as the sheet wants it."""
    page.wait_for_load_state('load')
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = {(round(each.mediabox.width), round(each.mediabox.height)) for each in paper.pages}
    assert sizes == {ACROSS if page.locator('body.landscape').count() else UPRIGHT}
    assert overflowing(page) == []
    return [re.sub(r'\s', '', normalize('NFKC', each.extract_text())) for each in paper.pages]


def overflowing(page: Page) -> list[str]:
    """Parts of a sheet that stick out of it, or out of the cell they stand in."""
    page.emulate_media(media='print')
    width = 1018 if page.locator('body.landscape').count() else 690
    page.set_viewport_size({'width': width, 'height': 900})
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.sheet *:not(svg *)')]
          .filter((part) => getComputedStyle(part).display !== 'inline')
          .filter((part) => part.getBoundingClientRect().right > innerWidth + 1 || part.scrollWidth > part.clientWidth)
          .map((part) => `${part.tagName} ${part.textContent.slice(0, 30)}`)"""
    )
    return found


def jpeg(colour: str) -> bytes:
    written = BytesIO()
    Image.new('RGB', (1600, 1200), colour).save(written, 'JPEG')
    return written.getvalue()


def requested(page: Page, **values: Any) -> str:
    """A new request; its id."""
    told = {'受付方法': '電話', '種別': '舗装', '危険度': '通常', '場所': '見本町1丁目', '内容': '穴', **values}
    body = {'request_id': f'sheet-{uuid4()}', 'values': told}
    origin = {'Origin': page.url.rstrip('/')}
    made = page.request.post('/api/v1/apps/road_requests/records', data=body, headers=origin)
    assert made.status == 201, made.text()
    return str(made.json()['id'])


def photos(page: Page, count: int) -> list[Any]:
    origin = {'Origin': page.url.rstrip('/')}
    colours = [f'hsl({36 * number}, 80%, 50%)' for number in range(count)]
    files = [{'name': f'{each}.jpg', 'mimeType': 'image/jpeg', 'buffer': jpeg(each)} for each in colours]
    return [page.request.post('/api/v1/files', multipart={'file': each}, headers=origin).json() for each in files]


def test_a_request_sheet_opens_from_the_record_and_prints_itself(signed_in: SignedIn) -> None:
    page = signed_in()
    record = requested(page, 氏名='見本 一子', 位置={'lat': 36.5675, 'lon': 136.63, 'place': ''})
    page.goto(f'/apps/road_requests/records/{record}')
    ready(page)
    names = [re.compile(each) for each in ('要望票', '工事指示書', 'Excel')]
    expect(page.locator('.sheet-links a')).to_have_text(names)
    page.context.add_init_script('window.print = () => { document.documentElement.dataset.printed = "yes" }')
    with page.context.expect_page() as opened:
        page.get_by_role('link', name='要望票を印刷').click()
    sheet = opened.value
    expect(sheet.locator('html')).to_have_attribute('data-printed', 'yes')
    pages = printed(sheet)
    assert len(pages) <= 2
    wanted = ('道路要望票', '見本一子', '補佐', '略図', '北', '現地のメモ', f'1/{len(pages)}道路要望票道-R', '機密性2')
    assert [each for each in wanted if each not in ''.join(pages)] == []


def without_margins(words: str) -> str:
    """A sentence may go on over the end of a page; what stands in the margins is read first."""
    return re.sub(r'^.*?\d+/\d+道路要望票道-R\d+-\d{5}', '', words)


def test_a_long_text_and_ten_photos_are_all_on_the_paper(signed_in: SignedIn) -> None:
    page = signed_in()
    record = requested(page, 内容=LONG, 写真=photos(page, 10))
    page.goto(f'/apps/road_requests/records/{record}/sheets/{quote("要望票")}')
    expect(page.locator('.photos img')).to_have_count(10)
    sheets = printed(page)
    words = ''.join(sheets)
    running = ''.join(without_margins(each) for each in sheets)
    missing = [number for number in range(1, 401) if f'{number:04}番目の文です。' not in running]
    assert not missing
    assert all(f'写真{number}/10' in words for number in range(1, 11))
    assert len(sheets) in {5, 6}
    assert all(f'{number}/{len(sheets)}道路要望票' in each for number, each in enumerate(sheets, start=1))
    drawn: list[int] = page.locator('.photos img').evaluate_all('all => all.map(each => each.naturalWidth)')
    assert drawn == [1600] * 10


def test_a_list_is_printed_with_every_row_and_its_heads_on_every_page(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto('/apps/road_requests?view=すべて')
    ready(page)
    count = page.locator('.list-count')
    expect(count).to_have_text(re.compile(r'^\d+件$'))
    found = int((count.text_content() or '').removesuffix('件'))
    address = page.locator('.list-foot').get_by_role('link', name='要望の一覧を印刷').get_attribute('href')
    page.goto(str(address).replace('print=1', ''))
    expect(page.locator('.list tbody tr')).to_have_count(found + 1)
    sheets = printed(page)
    assert len(sheets) >= 3
    assert all('受付番号受付日種別場所' in each for each in sheets)
    assert f'要望の一覧{found}件' in sheets[0] and '計' in sheets[-1]


@pytest.mark.parametrize('size', ['desk', 'phone'])
def test_ticked_records_are_printed_in_one_go(signed_in: SignedIn, size: str) -> None:
    page = signed_in(size=size)
    page.goto('/apps/road_requests?view=すべて')
    ready(page)
    boxes = page.locator('.records tbody input[type=checkbox]')
    for number in range(3):
        boxes.nth(number).check()
    expect(page.locator('.bulk-bar')).to_contain_text('3件を選択中')
    link = page.locator('.bulk-bar').get_by_role('link', name='要望票を印刷')
    expect(link).to_be_in_viewport()
    page.goto(str(link.get_attribute('href')).replace('print=1', ''))
    expect(page.locator('.sheet')).to_have_count(3)
    numbers = page.locator('.number').all_text_contents()
    words = printed(page)
    first_pages = [next(place for place, each in enumerate(words) if number in each) for number in numbers]
    assert first_pages == sorted(set(first_pages)) and len(first_pages) == 3
