"""Boards, summaries, months and maps: what they show, where their figures lead, how they look at every size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asking import act, opened, road, submit, wait_for_app
from city import City
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from watching import SIZES

SignedIn = Callable[..., Page]
CHECKS = (Path(__file__).parents[1] / 'page_checks.js').read_text('utf-8')
BOARD, SUMMARY = '/apps/road_requests?view=進みぐあい', '/apps/road_requests?view=月別集計'
EVENTS = """
title: 行事予定
record_title: [行事]
sections:
  - title: 行事
    fields:
      - {name: 行事, type: text, required: true}
      - {name: 日, type: date, required: true}
      - {name: 会場, type: location}
views:
  - {name: すべて, columns: [行事, 日]}
  - {name: 月, type: calendar, by: 日, columns: [行事]}
  - {name: 地図, type: map, by: 会場, columns: [行事]}
"""


@pytest.fixture(scope='module')
def events(city: City) -> Iterator[str]:
    """An app with a calendar and a map."""
    file = city.definitions / 'events.yaml'
    file.write_text(EVENTS, 'utf-8')
    yield 'events'
    file.unlink()


def lane(page: Page, name: str) -> int:
    return int(page.locator('.lane').filter(has_text=name).first.locator('.count').inner_text().split()[0])


def test_a_card_moves_by_its_menu_and_on_every_other_board(signed_in: SignedIn) -> None:
    page, other = signed_in(), signed_in('leader', size='tablet')
    made = road(page, 場所='板書町1丁目')
    number = made['title'].split()[0]
    for each in (page, other):
        opened(each, BOARD)
        each.locator('.lane-item').filter(has_text=number).wait_for()
    before = lane(page, '対応中')
    page.get_by_label(f'{number} 操作').click()
    page.get_by_role('button', name='対応を始める').click()
    page.get_by_role('dialog').get_by_role('button', name='対応を始める').click()
    for each in (page, other):
        moved = each.locator('.lane').filter(has=each.locator('.lane-title', has_text='対応中'))
        expect(moved.locator('.lane-item').first).to_contain_text(number)
        expect(moved.locator('.count')).to_contain_text(str(before + 1))
    page.get_by_role('button', name='元に戻す').click()
    first = other.locator('.lane').filter(has=other.locator('.lane-title', has_text='受付'))
    expect(first.locator('.lane-item').first).to_contain_text(number)


def test_a_card_that_is_done_leaves_the_board(signed_in: SignedIn) -> None:
    page = signed_in()
    made = road(page)
    number = made['title'].split()[0]
    opened(page, BOARD)
    page.locator('.lane-item').filter(has_text=number).wait_for()
    act(page, 'road_requests', made['id'], '取り下げる')
    expect(page.locator('.lane-item').filter(has_text=number)).to_have_count(0)


def test_a_full_lane_counts_what_it_does_not_show_and_leads_there(signed_in: SignedIn) -> None:
    page = signed_in()
    for _ in range(51):
        road(page, 種別='照明')
    opened(page, BOARD)
    first = page.locator('.lane').first
    expect(first.locator('.lane-item')).to_have_count(50)
    total = lane(page, '受付')
    more = first.get_by_role('link', name=re.compile('^ほか'))
    expect(more).to_have_text(f'ほか {total - 50:,}件')
    more.click()
    expect(page.locator('.list-count')).to_contain_text(f'{total:,}件')


def test_every_figure_leads_to_as_many_records(signed_in: SignedIn) -> None:
    page = signed_in()
    road(page)
    opened(page, SUMMARY)
    page.locator('.figures').wait_for()
    addresses: list[tuple[str, str]] = page.locator('.figures .figure a').evaluate_all(
        '(links) => links.map((each) => [each.innerText, each.getAttribute("href")])'
    )
    assert len(addresses) > 5
    for figure, address in [*addresses[:3], *addresses[-3:]]:
        page.goto(address)
        expect(page.locator('.behind-title')).to_contain_text(f'{figure}件')
        rows = page.locator('.records tbody tr')
        rows.first.wait_for()
        assert rows.count() == min(50, int(figure.replace(',', '')))
    page.get_by_role('link', name='集計の表へ戻る').click()
    expect(page.locator('.figures')).to_be_visible()


def test_the_excel_sheet_of_a_summary_is_equal_to_the_screen(signed_in: SignedIn, tmp_path: Path) -> None:
    page = signed_in()
    opened(page, SUMMARY)
    page.locator('.figures').wait_for()
    shown: list[list[str]] = page.locator('.figures tr').evaluate_all(
        '(rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))'
    )
    with page.expect_download() as download:
        page.get_by_role('link', name='この集計をExcelで書き出す').click()
    file = tmp_path / 'summary.xlsx'
    download.value.save_as(file)
    sheet = load_workbook(file).active
    assert sheet is not None
    written = [list(row) for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert len(written) == len(shown)
    for screen, cells in zip(shown, written, strict=True):
        assert screen == [_as_shown(screen[0], cell, at, len(cells)) for at, cell in enumerate(cells)]


def _as_shown(name: str, cell: object, at: int, count: int) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ''
    is_share = name == '構成比' or at == count - 1
    return f'{cell:.1%}' if is_share else f'{cell:,}'


def test_a_year_is_chosen_in_the_address(signed_in: SignedIn) -> None:
    page = signed_in()
    opened(page, SUMMARY)
    expect(page.locator('.figures tbody tr')).to_have_count(12)
    page.get_by_label('年度', exact=True).select_option(label='すべて')
    expect(page.locator('.figures tbody th').first).to_contain_text(re.compile(r'\d{4}年\d+月'))
    page.go_back()
    expect(page.locator('.figures tbody tr')).to_have_count(12)


def test_a_month_and_a_map_show_the_records_of_their_days_and_places(signed_in: SignedIn, events: str) -> None:
    page = signed_in('leader')
    wait_for_app(page, events)
    for number, (lat, lon) in enumerate(((36.56, 136.65), (36.57, 136.66))):
        submit(page, events, 行事=f'見本行事{number}', 日='2026-05-05', 会場={'lat': lat, 'lon': lon})
    submit(page, events, 行事='場所なし', 日='2026-05-06')
    opened(page, f'/apps/{events}?view=月&month=2026-05')
    page.get_by_role('link', name=re.compile('5月5日.* 2件')).click()
    expect(page.locator('.calendar-day li')).to_have_count(2)
    page.get_by_role('link', name='次の月').click()
    expect(page.get_by_role('heading', name='令和8年6月')).to_be_visible()
    opened(page, f'/apps/{events}?view=地図')
    expect(page.locator('.map-pin:not(.map-cluster)')).to_have_count(2)
    page.locator('.map-list').get_by_role('link', name='見本行事1').click()
    expect(page.locator('h1')).to_have_text('見本行事1')


LOOKS = {
    'board': BOARD,
    'summary': SUMMARY,
    'behind a figure': f'{SUMMARY}&all=1',
    'month': '/apps/events?view=月&month=2026-05',
    'map': '/apps/events?view=地図',
    'effect': '/apps/inspections?view=月別集計',
    'queue': '/apps/counter_queue',
    'repairs board': '/apps/repairs?view=進みぐあい',
}


@pytest.mark.parametrize('size', SIZES)
@pytest.mark.parametrize('name', LOOKS)
def test_looks(signed_in: SignedIn, events: str, name: str, size: str) -> None:
    page = signed_in('leader', size=size)
    wait_for_app(page, events)
    opened(page, LOOKS[name])
    page.wait_for_load_state('networkidle')
    page.wait_for_timeout(400)
    assert page.evaluate(CHECKS) == []
    page.set_viewport_size({'width': 640, 'height': 400})
    page.wait_for_timeout(100)
    assert [each for each in page.evaluate(CHECKS) if 'sideways' in each] == []


@pytest.mark.parametrize('size', SIZES)
def test_the_public_display_fits(new_page: Callable[..., Page], size: str) -> None:
    page = new_page(size)
    page.goto('/public/counter_queue')
    page.locator('.section').first.wait_for()
    assert page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')
    assert page.evaluate('document.documentElement.lang') == 'ja'
