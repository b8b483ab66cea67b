"""Everybody's pages of the requests: the list with its map, and the likely same ones beside the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from watching import SIZES

NewPage = Callable[..., Page]
FORM = '/public/forms/douro'


def a_report(page: Page) -> dict[str, Any]:
    """One of the sample city that stands alone on the map, and is not so long ago that nobody would mean it."""
    answer = page.request.get(f'{FORM}/reports/pins?box=30,130,45,145&zoom=22').json()
    alone = (each for each in answer['pins'] if 'report' in each)
    found: dict[str, Any] = next(each for each in alone if near(page, each)['near'])
    return found


def near(page: Page, pin: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.get(f'{FORM}/reports/near?lat={pin["lat"]}&lon={pin["lon"]}').json()
    return answer


@pytest.mark.parametrize('size', SIZES)
def test_the_list_and_the_map_tell_the_same_on_every_screen(new_page: NewPage, size: str) -> None:
    page = new_page(size)
    page.goto(f'{FORM}/reports')
    expect(page.locator('.map-face .map-pin, .map-face .map-cluster').first).to_be_visible()
    whole = page.locator('.count').inner_text()
    page.get_by_label('種別').select_option('側溝')
    page.get_by_role('button', name='この条件で見る').click()
    expect(page.locator('.count')).not_to_have_text(whole)
    expect(page.locator('.report h2').first).to_contain_text('側溝')
    expect(page.locator('.report h2', has_text='舗装')).to_have_count(0)
    assert page.evaluate('document.documentElement.scrollWidth') <= SIZES[size][0]


def test_who_sets_a_pin_near_a_report_sees_it_and_says_me_too(new_page: NewPage) -> None:
    page = new_page('phone')
    pin = a_report(page)
    page.goto(FORM)
    page.locator('.ef-form').wait_for()
    page.get_by_text(pin['report']['category'], exact=True).click()
    page.get_by_text('緯度と経度を数字で入れる').click()
    page.get_by_label('緯度').fill(str(pin['lat'] + 0.0001))
    page.get_by_label('経度').fill(str(pin['lon']))
    page.get_by_label('経度').press('Tab')
    page.get_by_role('button', name='もう知らせがあります').click()
    near = page.locator('.near-reports')
    expect(near.get_by_role('heading', name='もう知らせがあります')).to_be_focused()
    mine = near.locator('.report', has_text=pin['report']['number'])
    mine.get_by_role('button', name='わたしも困っています').click()
    expect(mine).to_contain_text('お知らせいただきました ほかに1人が困っています')
