"""A place is found in one line by keyboard and by touch; what follows from it is filled in, and what stops is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from city import City
from playwright.sync_api import Browser, Page, expect
from watching import SIZES, Watch

NewPage = Callable[..., Page]
PLACE = re.compile('^場所 ')
NEW = '/apps/road_requests/new'
COMPOSING = """box => box.dispatchEvent(new KeyboardEvent(
    'keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""


@pytest.fixture
def phone(chromium: Browser, city: City, watch: Watch) -> Iterator[Page]:
    """A phone that is touched, of somebody without an account."""
    width, height = SIZES['phone']
    context = chromium.new_context(
        base_url=city.url, viewport={'width': width, 'height': height}, locale='ja-JP', has_touch=True
    )
    watch.follow(context)
    yield context.new_page()
    context.close()


def suggestion(page: Page, name: str) -> object:
    return page.locator('.ef-suggestion', has_text=name)


def test_a_place_is_chosen_by_keyboard_and_the_rest_is_filled_in(signed_in: NewPage) -> None:
    page = signed_in()
    page.goto(NEW)
    box = page.get_by_role('combobox', name=PLACE)
    box.press_sequentially('みほん 1')
    expect(page.locator('.ef-suggestion')).to_have_count(7)
    box.press('ArrowDown')
    expect(page.locator('.ef-suggestion.is-active')).to_have_text('見本町1丁目町名')
    box.press('ArrowUp')
    expect(page.locator('.ef-suggestion.is-active')).to_have_count(0)
    box.press('ArrowUp')
    expect(page.locator('.ef-suggestion').last).to_have_attribute('aria-selected', 'true')
    box.press('ArrowUp')
    box.evaluate(COMPOSING)
    expect(box).to_have_value('みほん 1')
    expect(box).to_have_attribute('aria-expanded', 'true')
    box.press('Escape')
    expect(box).to_have_attribute('aria-expanded', 'false')
    expect(box).to_have_value('みほん 1')
    box.fill('見本南')
    expect(suggestion(page, '見本南')).to_have_count(1)
    box.press('ArrowDown')
    box.press('Enter')
    expect(box).to_have_value('見本南')
    expect(box).to_have_attribute('aria-expanded', 'false')
    expect(box).to_be_focused()
    expect(page.get_by_role('textbox', name='緯度')).to_have_value('36.563')
    road, district = page.get_by_role('group', name='道路区分'), page.get_by_role('group', name='地区')
    expect(road.get_by_label('市道')).to_be_checked()
    expect(road.locator('.ef-auto')).to_have_text('自動位置から0 m')
    expect(district.get_by_label('北部')).to_be_checked()
    district.get_by_text('東部').click()
    expect(district.locator('.ef-auto')).to_have_count(0)
    box.fill('手本四つ角')
    expect(suggestion(page, '手本四つ角')).to_have_count(1)
    box.press('ArrowDown')
    box.press('Enter')
    expect(page.get_by_role('textbox', name='緯度')).to_have_value('36.551')
    expect(road.locator('.ef-auto')).to_have_text('自動位置から0 m')
    expect(district.get_by_label('東部')).to_be_checked()


def test_what_stops_is_said_beside_its_cause_and_goes_with_it(signed_in: NewPage) -> None:
    page = signed_in()
    page.goto(NEW)
    road = page.get_by_role('group', name='道路区分')
    road.get_by_text('国道').click()
    stop = page.get_by_role('alert').filter(has_text='市の道路ではありません')
    expect(stop).to_contain_text('登録したあと、「他機関へ引き継ぐ」に進めます。')
    expect(stop.get_by_role('link')).to_have_attribute('href', 'tel:09000000902')
    road.get_by_text('市道').click()
    expect(stop).to_have_count(0)
    page.get_by_role('textbox', name='内容').first.fill('道路が陥没している')
    expect(page.get_by_role('alert').filter(has_text='すぐ電話で')).to_be_visible()


def test_a_citizen_touches_a_place_and_goes_on_without_a_line(phone: Page, watch: Watch) -> None:
    watch.expected = ('Failed to load resource: net::ERR_INTERNET_DISCONNECTED',)
    phone.goto('/public/forms/douro')
    box = phone.get_by_role('combobox', name=PLACE)
    box.tap()
    box.press_sequentially('みほんおお')
    one = phone.locator('.ef-suggestion', has_text='見本大橋')
    expect(one).to_be_visible()
    assert (one.bounding_box() or {'height': 0})['height'] >= 44
    one.tap()
    expect(box).to_have_value('見本大橋')
    expect(phone.get_by_role('button', name='位置を消す')).to_be_visible()
    expect(phone.get_by_role('listbox')).to_be_hidden()
    phone.context.set_offline(True)
    with phone.expect_event('requestfailed'):
        box.press_sequentially(' の上')
    expect(box).to_have_value('見本大橋 の上')
    expect(phone.get_by_role('listbox')).to_be_hidden()
