"""A map and the list beside it, by mouse and by keyboard alone, with tiles and without; it asks no other host."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pytest
from asking import opened, submit, wait_for_app
from city import City
from PIL import Image
from playwright.sync_api import Page, Route, expect

SignedIn = Callable[..., Page]
APP, MAP = 'benches', '/apps/benches?view=地図'
BENCHES = """
title: ベンチ
record_title: [名前]
sections:
  - title: ベンチ
    fields:
      - {name: 名前, type: text, required: true}
      - {name: 場所, type: location}
      - name: 傷み
        type: select_one
        default: '"よい"'
        choices: [{value: よい, color: green}, {value: わるい, color: red}]
views:
  - {name: すべて, columns: [名前, 傷み]}
  - name: 地図
    type: map
    by: 場所
    sign: 傷み
    columns: [名前, 傷み]
    filters: [傷み]
    sort: [名前]
    layers: [{title: 地区, file: districts.geojson, line: dashed, text: 地区}]
"""


@pytest.fixture(scope='module', autouse=True)
def benches(city: City) -> Iterator[None]:
    """An app of its own, so that nobody else's records are on its map."""
    file = city.definitions / f'{APP}.yaml'
    file.write_text(BENCHES, 'utf-8')
    yield
    file.unlink()


def bench(page: Page, name: str, place: tuple[float, float] | None = None, **more: str) -> None:
    where = {'場所': {'lat': place[0], 'lon': place[1], 'place': ''}} if place else {}
    submit(page, APP, 名前=name, **where, **more)



def test_map_and_list_follow_the_filters_and_each_other(signed_in: SignedIn) -> None:
    page = signed_in('leader')
    wait_for_app(page, APP)
    for number, place in enumerate([(36.55, 136.63), (36.5501, 136.6301), (36.575, 136.675)]):
        bench(page, f'公園{number}', place, 傷み='わるい' if number == 2 else 'よい')
    bench(page, '公園の倉庫')
    opened(page, MAP)
    page.get_by_role('searchbox').fill('公園')
    page.get_by_role('searchbox').press('Enter')
    page.wait_for_url(re.compile('[?&]s='))
    listed = page.locator('.map-row')
    expect(listed).to_have_count(4)
    expect(page.get_by_role('button', name=re.compile('^2件'))).to_have_count(1)
    expect(page.locator('.map-legend')).to_contain_text('わるい')
    expect(page.locator('path.map-area')).to_have_count(3)

    page.get_by_role('checkbox', name='地区').uncheck()
    expect(page.locator('path.map-area')).to_have_count(0)
    page.get_by_role('button', name='場所のない1件は地図に出ません。見る').click()
    expect(listed).to_have_text([re.compile('倉庫')])
    page.get_by_role('button', name='すべてに戻す').click()
    expect(listed).to_have_count(4)

    page.get_by_role('button', name=re.compile('^2件')).click()
    expect(page.get_by_role('button', name=re.compile('^公園[01]'))).to_have_count(2)
    page.get_by_role('checkbox', name='この範囲だけ').check()
    expect(listed).to_have_count(2)
    page.get_by_role('button', name='全体を表示').click()
    expect(listed).to_have_count(3)
    page.get_by_role('checkbox', name='この範囲だけ').uncheck()
    expect(listed).to_have_count(4)

    listed.filter(has_text='公園2').hover()
    expect(page.locator('.map-pin.is-marked')).to_have_attribute('aria-label', re.compile('^公園2'))
    page.get_by_role('link', name='すべて', exact=True).click()
    expect(page.locator('.records tbody tr')).to_have_count(4)
    expect(page.get_by_role('searchbox')).to_have_value('公園')
    page.go_back()
    expect(listed).to_have_count(4)
    page.get_by_label('傷み').select_option('わるい')
    expect(listed).to_have_count(1)
    expect(page.locator('.map-pin')).to_have_count(1)

    other = signed_in('shokuin')
    bench(other, '公園9', (36.552, 136.64), 傷み='わるい')
    expect(listed).to_have_count(2)


def test_by_keyboard_alone_from_the_map_to_a_record_and_back(signed_in: SignedIn) -> None:
    page = signed_in('leader')
    wait_for_app(page, APP)
    bench(page, '広場', (36.60, 136.60))
    opened(page, f'{MAP}&q=広場')
    place = page.locator('.map-canvas')
    expect(page.locator('.map-pin')).to_have_count(1)
    place.focus()
    page.keyboard.press('ArrowRight')
    page.keyboard.press('-')
    while page.evaluate('!document.activeElement.matches(".map-pin")'):
        page.keyboard.press('Tab')
    page.keyboard.press('Enter')
    card = page.get_by_role('region', name='選んだ記録')
    expect(card.get_by_role('link', name='広場')).to_be_focused()
    page.keyboard.press('Escape')
    expect(card).to_have_count(0)
    expect(page.locator('.map-pin')).to_be_focused()
    page.keyboard.press('Enter')
    expect(card.get_by_role('link', name='広場')).to_be_focused()
    page.keyboard.press('Enter')
    expect(page.locator('h1')).to_have_text('広場')


def test_tiles_come_from_our_own_server_and_name_their_source(signed_in: SignedIn, city: City) -> None:
    page = signed_in('leader')
    wait_for_app(page, APP)
    drawn = io.BytesIO()
    Image.new('RGB', (256, 256), '#e8efe0').save(drawn, 'PNG')
    tiles = {'address': f'{city.url}/tiles/{{z}}/{{x}}/{{y}}', 'min': 8, 'max': 16, 'attribution': '国土地理院 <b>'}

    def told(route: Route) -> None:
        route.fulfill(json={'tiles': tiles, 'box': [36.5, 136.6, 36.6, 136.7], 'places': ''})

    page.route('**/api/v1/map', told)
    page.route('**/tiles/**', lambda route: route.fulfill(body=drawn.getvalue(), content_type='image/png'))
    opened(page, MAP)
    expect(page.locator('img.leaflet-tile-loaded').first).to_be_visible()
    expect(page.locator('.leaflet-control-attribution')).to_have_text('国土地理院 <b>')
    expect(page.locator('.map-face-square')).to_have_count(0)


def test_on_a_phone_the_map_and_the_list_take_turns(signed_in: SignedIn) -> None:
    page = signed_in('leader', size='phone')
    wait_for_app(page, APP)
    bench(page, '橋のたもと', (36.58, 136.66))
    opened(page, f'{MAP}&q=橋のたもと')
    expect(page.locator('.map-pin')).to_be_visible()
    expect(page.locator('.map-row')).to_be_hidden()
    page.get_by_role('button', name='一覧', exact=True).click()
    expect(page.locator('.map-canvas')).to_be_hidden()
    page.get_by_role('button', name='橋のたもと 地図で示す').click()
    expect(page.get_by_role('region', name='選んだ記録')).to_contain_text('橋のたもと')
    expect(page.locator('.map-pin.is-marked')).to_have_count(1)
