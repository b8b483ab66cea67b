"""The place of a request: by its name, by the keyboard alone, and by a citizen's finger on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from watching import ready

NewPage = Callable[..., Page]
PARK = ('36.5691', '136.629')
"""見本町公園 in the sample city's gazetteer."""


def test_by_keyboard_alone_a_place_is_named_pinned_and_moved(signed_in: NewPage) -> None:
    page = signed_in()
    page.goto('/apps/road_requests/new')
    ready(page)
    place = page.locator('.ef-location')
    place.get_by_label('場所の名前').focus()
    page.keyboard.type('みほんちょうこうえん')
    expect(place.get_by_role('option')).to_have_text(['見本町公園施設'])
    page.keyboard.press('ArrowDown')
    page.keyboard.press('Enter')
    expect(place.get_by_label('緯度')).to_have_value(PARK[0])
    expect(place.get_by_label('経度')).to_have_value(PARK[1])
    place.get_by_role('button', name='地図で選ぶ').focus()
    page.keyboard.press('Enter')
    expect(place.locator('.ef-map')).to_be_focused()
    pin = place.locator('.map-mine')
    pin.focus()
    page.keyboard.press('ArrowUp')
    expect(place.get_by_role('status').filter(has_text='動かしました')).to_have_text(re.compile(r'^ピンを北へ\d+m動かし'))
    expect(place.get_by_label('緯度')).to_have_value(re.compile(r'^36\.569[2-9]'))
    expect(place.get_by_label('経度')).to_have_value(re.compile(r'^136\.629'))


def test_a_point_outside_the_city_is_told_with_the_way_out(signed_in: NewPage) -> None:
    page = signed_in()
    page.goto('/apps/road_requests/new')
    ready(page)
    place = page.locator('.ef-location')
    place.get_by_label('場所の名前').fill('35.68, 139.76')
    expect(place.get_by_label('経度')).to_have_value('139.76')
    page.keyboard.press('Tab')
    page.get_by_label('内容').first.focus()
    told = place.locator('.ef-outside')
    expect(told).to_contain_text(re.compile(r'市の範囲から\d+km離れています'))
    expect(told).to_contain_text('このまま保存できます')
    place.get_by_role('button', name='位置を消す').click()
    expect(told).to_be_hidden()
    expect(place.get_by_label('緯度')).to_have_value('')


def test_a_citizen_sets_the_pin_on_a_phone_in_easy_words(new_page: NewPage) -> None:
    page = new_page('phone')
    page.goto('/public/forms/douro?lang=easy')
    place = page.locator('.ef-location')
    expect(place.get_by_label('緯度')).to_be_hidden()
    place.get_by_role('button', name='地図で えらぶ').click()
    expect(place.locator('.ef-map.map-face')).to_be_in_viewport()
    before = place.locator('.map-mine')
    expect(before).to_have_count(0)
    place.locator('.ef-map').click(position={'x': 150, 'y': 120})
    expect(place.locator('.map-mine')).to_have_count(1)
    expect(place.get_by_role('status').filter(has_text='ピン')).to_have_text('ピンを 立てました。')
    place.get_by_text('数字で 入れる').click()
    expect(place.get_by_label('緯度')).to_have_value(re.compile(r'^36\.\d+$'))
    page.get_by_role('button', name='ピンを けす').click()
    expect(place.get_by_label('緯度')).to_have_value('')


def test_without_a_line_the_map_stays_away_and_the_words_are_kept(signed_in: NewPage, watch: object) -> None:
    watch.expected = ('Failed to load resource',)  # type: ignore[attr-defined]
    page = signed_in()
    page.goto('/apps/road_requests/new')
    ready(page)
    place = page.locator('.ef-location')
    place.wait_for()
    page.route('**/map_face.js', lambda route: route.abort())
    place.get_by_label('場所の名前').fill('橋のたもと')
    place.get_by_role('button', name='地図で選ぶ').click()
    expect(place.get_by_role('status').filter(has_text='開けません')).to_be_visible()
    expect(place.get_by_role('button', name='地図で選ぶ')).to_be_visible()
    expect(place.get_by_label('場所の名前')).to_have_value('橋のたもと')
