"""What comes onto paper: a record on upright A4, a list on A4 across, and no frame of the program around them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from watching import ready

SignedIn = Callable[..., Page]
UPRIGHT, ACROSS = (595, 842), (842, 595)


def pages(page: Page) -> list[tuple[int, int]]:
    """The sizes of the printed pages in points."""
    paper = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb'/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]', paper)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize('app', ['road_requests', 'inspections'])
def test_a_record_comes_onto_upright_paper(signed_in: SignedIn, app: str) -> None:
    page = signed_in('leader')
    page.goto(f'/apps/{app}')
    page.locator('.records tbody a').first.click()
    page.locator('.timeline li').first.wait_for()
    printed = pages(page)
    assert set(printed) == {UPRIGHT} and len(printed) <= 3
    page.emulate_media(media='print')
    expect(page.locator('h1')).to_be_visible()
    for left_out in ('#rail', '.sample-banner', '.crumbs', '.page-actions'):
        expect(page.locator(left_out)).to_be_hidden()


def test_a_list_comes_onto_paper_with_its_condition(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto('/apps/road_requests?view=すべて')
    ready(page)
    page.locator('.records tbody tr').nth(49).wait_for()
    printed = pages(page)
    assert set(printed) == {ACROSS} and 2 <= len(printed) <= 4, 'other tests may have added long lines'
    page.emulate_media(media='print')
    expect(page.locator('.list-paper')).to_have_text(re.compile(r'^すべて、年度 令和\d+年度、\d+件のうち 1〜50件目$'))
    expect(page.locator('.toolbar')).to_be_hidden()


def test_a_summary_comes_onto_one_page(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto('/apps/road_requests?view=月別集計')
    page.locator('.figures').wait_for()
    assert pages(page) == [ACROSS]
