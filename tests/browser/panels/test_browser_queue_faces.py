"""What visitors and supervisors see of the queue: the phone page, the ticket on paper, the display, the statistics."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from asking import act, opened, visit, wait_for_app
from city import ROOT, City
from playwright.sync_api import Page, WebSocketRoute, expect
from test_browser_queue import HOUSING, SUPPORT, console, nobody_waits
from watching import Watch

SignedIn = Callable[..., Page]
NewPage = Callable[..., Page]
MANUAL = ROOT / 'docs' / 'ja' / '窓口の番号札.md'
CHECKS = (ROOT / 'tests' / 'browser' / 'page_checks.js').read_text('utf-8')
PHONE, PAPER = '.issued-phone a', '/api/v1/apps/counter_queue/records/{}/tickets'

__all__ = ['nobody_waits']


@pytest.fixture(autouse=True)
def _empty(nobody_waits: Iterator[None]) -> None:
    """Every test begins with empty lists."""


def received(page: Page, *items: str) -> tuple[str, str, list[str]]:
    """A reception on the screen: address of the phone page, record, numbers."""
    opened(page, '/apps/counter_queue/new')
    for each in items:
        page.get_by_text(each, exact=True).click()
    page.get_by_role('button', name='登録する').click()
    page.locator('.issued-name').first.wait_for()
    address = page.locator(PHONE).get_attribute('href') or ''
    record = (page.get_by_role('link', name='この受付を見る').get_attribute('href') or '').rpartition('/')[2]
    return address, record, page.locator('.issued-name').all_inner_texts()


def card(page: Page, number: str) -> Any:
    return page.locator('.ticket').filter(has_text=number)


# The phone page


def test_a_phone_follows_two_tickets_from_waiting_to_done(signed_in: SignedIn, new_page: NewPage) -> None:
    clerk, phone = signed_in(size='tablet'), new_page('phone')
    visit(clerk, '緊急修理')
    address, record, (housing, support) = received(clerk, '緊急修理', '支援金')
    phone.goto(f'{address}?lang=en')
    expect(card(phone, housing)).to_contain_text('Housing Policy Section')
    phone.goto(f'{address}?lang=ja')
    expect(card(phone, housing)).to_contain_text('前に1人')
    expect(card(phone, housing)).to_contain_text(re.compile(r'見込み \d+分以内|見込み \d+〜\d+分'))
    expect(card(phone, support)).to_contain_text('次にお呼びします')
    act(clerk, 'counter_queue', record, 'call', ticket=support, counter='3番')
    called = phone.locator('.ticket').first
    expect(called).to_contain_text(support)
    expect(called).to_contain_text('3番窓口へお越しください')
    assert phone.title().startswith('★')
    expect(card(phone, housing)).to_contain_text(f'いまは{SUPPORT}にいらっしゃる')
    for move in ('arrive', 'finish'):
        act(clerk, 'counter_queue', record, move, ticket=support, counter='3番')
    expect(card(phone, support)).to_contain_text('終わりました')
    expect(card(phone, housing)).to_contain_text('前に1人')
    seen = phone.content()
    assert '緊急修理' not in seen and '支援金' not in seen and '見本' not in seen and record not in seen


def test_who_was_not_there_is_told_what_to_do_in_every_language(signed_in: SignedIn, new_page: NewPage) -> None:
    clerk, phone = signed_in(), new_page('phone')
    address, record, (number,) = received(clerk, '緊急修理')
    act(clerk, 'counter_queue', record, 'call', ticket=number, counter='1番')
    for _ in range(2):
        act(clerk, 'counter_queue', record, 'recall', ticket=number)
    act(clerk, 'counter_queue', record, 'absent', ticket=number)
    phone.goto(f'{address}?lang=ja')
    expect(card(phone, number)).to_contain_text('この番号を見せてください')
    phone.get_by_role('link', name='やさしい日本語').click()
    expect(card(phone, number)).to_contain_text('この番号を 見せて ください')
    phone.get_by_role('link', name='English').click()
    expect(card(phone, number)).to_contain_text('Please show this number to the staff')
    assert phone.evaluate('document.documentElement.lang') == 'en'
    found = [each for each in phone.evaluate(CHECKS) if not each.startswith(('lang is en', 'title'))]
    assert not found, 'contrast, names, sizes to touch'
    assert phone.evaluate('document.documentElement.scrollWidth <= innerWidth')


def test_a_phone_whose_network_passes_no_sockets_still_hears_of_its_call(
    signed_in: SignedIn, new_page: NewPage, watch: Watch
) -> None:
    watch.expected = ('WebSocket connection to',)
    clerk, phone = signed_in(), new_page('phone')
    address, record, (number,) = received(clerk, '緊急修理')
    phone.route_web_socket(re.compile('/public/q/'), lambda route: route.close())
    phone.goto(f'{address}?lang=ja')
    expect(card(phone, number)).to_contain_text('お待ちください')
    act(clerk, 'counter_queue', record, 'call', ticket=number, counter='1番')
    expect(card(phone, number)).to_contain_text('1番窓口へ', timeout=20_000)


def test_a_phone_that_hears_nothing_keeps_its_number_and_says_so(
    signed_in: SignedIn, new_page: NewPage, watch: Watch
) -> None:
    watch.expected = ('WebSocket connection to', 'Failed to load resource')
    phone = new_page('phone')
    address, _, (number,) = received(signed_in(), '緊急修理')
    phone.clock.install()
    dead = False

    def line(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        server.on_message(lambda message: None if dead else route.send(message))

    phone.route_web_socket(re.compile('/public/q/'), line)
    phone.goto(f'{address}?lang=ja')
    expect(card(phone, number)).to_contain_text('お待ちください')
    dead = True
    phone.route('**/state', lambda route: route.abort())
    phone.clock.run_for(40_000)
    expect(phone.locator('#lost')).to_contain_text('つながっていません')
    expect(card(phone, number)).to_be_visible()
    expect(phone.locator('.ticket-big, .ticket-span, .ticket-state').first).to_be_hidden()
    dead = False
    phone.unroute('**/state')
    phone.clock.run_for(5_000)
    phone.clock.resume()
    expect(phone.locator('#lost')).to_be_hidden(timeout=20_000)


def test_a_phone_sounds_and_shakes_after_it_was_allowed_to(signed_in: SignedIn, new_page: NewPage) -> None:
    clerk, phone = signed_in(), new_page('phone')
    address, record, (number,) = received(clerk, '緊急修理')
    phone.add_init_script('window.shaken = 0; navigator.vibrate = () => { window.shaken += 1; return true }')
    phone.goto(f'{address}?lang=ja')
    phone.get_by_role('button', name='呼ばれたら音と振動で知らせる').click()
    expect(phone.get_by_text('呼ばれると、音と振動で知らせます。')).to_be_visible()
    before = phone.evaluate('window.shaken')
    act(clerk, 'counter_queue', record, 'call', ticket=number, counter='1番')
    phone.wait_for_function('(before) => window.shaken > before', arg=before)


def test_an_address_that_is_no_tickets_tells_so_in_plain_words(new_page: NewPage, watch: Watch) -> None:
    watch.expected = ('Failed to load resource',)
    phone = new_page('phone')
    answer = phone.goto('/public/q/ABCDEFGHJKLM')
    assert answer is not None and answer.status == 404
    expect(phone.get_by_role('heading').first).to_contain_text('この整理券は見られません')
    expect(phone.get_by_text('This ticket cannot be shown')).to_be_visible()


# The ticket on paper


@pytest.mark.parametrize(('paper', 'width', 'sheets'), [('80', 80, 2), ('58', 58, 2), ('a4', 210, 1)])
def test_both_tickets_of_a_visit_come_onto_paper(signed_in: SignedIn, paper: str, width: int, sheets: int) -> None:
    page = signed_in()
    _, record, numbers = received(page, '緊急修理', '支援金')
    page.goto(f'{PAPER.format(record)}?paper={paper}')
    assert page.locator('.number').all_inner_texts() == numbers
    text = page.locator('.ticket').first.inner_text()
    assert HOUSING in text and '受付' in text and '見込み' in text and numbers[1] in text
    assert page.locator('.qr').count() == 2
    assert '緊急修理' not in page.content()
    boxes = re.findall(rb'/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)', page.pdf(prefer_css_page_size=True))
    assert [round(float(each[0]) / 72 * 25.4) for each in boxes] == [width] * sheets
    inside = page.evaluate(
        """() => {
            const all = (name) => [...document.querySelectorAll(name)]
            return all('.number').every((each) => each.scrollWidth <= each.clientWidth)
                && all('.ticket').every((each) => each.scrollHeight <= each.clientHeight)
        }"""
    )
    assert inside, 'everything fits on the paper'


def test_a_device_remembers_its_paper(signed_in: SignedIn) -> None:
    page = signed_in()
    _, record, _ = received(page, '緊急修理')
    page.goto(PAPER.format(record))
    expect(page.locator('html')).to_have_attribute('data-paper', '80')
    page.get_by_role('link', name='レシート 58mm').click()
    page.goto(PAPER.format(record))
    expect(page.locator('html')).to_have_attribute('data-paper', '58')


def test_one_press_after_the_reception_prints(signed_in: SignedIn) -> None:
    page = signed_in()
    page.add_init_script('window.print = () => { top.printed = (top.printed ?? 0) + 1 }')
    received(page, '緊急修理')
    page.get_by_role('button', name='整理券を印刷').click()
    page.wait_for_function('window.printed === 1')


# The display


@pytest.mark.parametrize(('width', 'height', 'least'), [(1920, 1080, 100), (1280, 800, 74)])
def test_the_number_on_a_display_is_read_at_five_metres(
    signed_in: SignedIn, new_page: NewPage, width: int, height: int, least: int
) -> None:
    """A 40-inch display is 498 mm high; 1/200 of the distance (25 mm) is read with ease, these are over 46 mm."""
    clerk, display = signed_in(), new_page()
    made = visit(clerk, '緊急修理')
    display.set_viewport_size({'width': width, 'height': height})
    display.goto('/public/counter_queue')
    expect(display.locator('.estimate').first).to_contain_text('見込み')
    console(clerk, f'{HOUSING}/1番').locator('.button.next').click()
    display.locator('.call-number').first.wait_for()
    capital = display.evaluate(
        """() => {
            const number = document.querySelector('.call-number')
            const pen = document.createElement('canvas').getContext('2d')
            const look = getComputedStyle(number)
            pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`
            const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = pen.measureText('8')
            return up + down
        }"""
    )
    assert capital >= least
    assert made['id'] not in display.content()


def test_many_calls_at_once_all_stand_on_the_display(signed_in: SignedIn, new_page: NewPage) -> None:
    clerk, display = signed_in(), new_page()
    display.set_viewport_size({'width': 1280, 'height': 800})
    display.goto('/public/counter_queue')
    for _ in range(7):
        made = visit(clerk, '緊急修理')
        number = made['values']['整理券'].split()[0]
        act(clerk, 'counter_queue', made['id'], 'call', ticket=number, counter='1番')
    expect(display.locator('.call')).to_have_count(7)
    display.wait_for_timeout(300)
    assert display.evaluate('document.documentElement.scrollHeight <= innerHeight')
    lowest = display.locator('.call').last.bounding_box()
    assert lowest and lowest['y'] + lowest['height'] <= 800


# By YAML alone


def test_three_sections_are_a_file_away(signed_in: SignedIn, new_page: NewPage, city: City) -> None:
    """The example of the manual: three numbers, printed at once, and a display with three columns."""
    file = city.definitions / 'general_counter.yaml'
    found = re.search(r'```yaml\n(.*?)```', MANUAL.read_text('utf-8'), re.DOTALL)
    assert found
    file.write_text(found[1], 'utf-8')
    try:
        page, display = signed_in(size='tablet'), new_page()
        page.add_init_script('window.print = () => { top.printed = (top.printed ?? 0) + 1 }')
        wait_for_app(page, 'general_counter')
        opened(page, '/apps/general_counter/new')
        for item in ('住民票', '証明', '手当'):
            page.get_by_text(item, exact=True).click()
        page.get_by_role('button', name='登録する').click()
        expect(page.locator('.issued-name')).to_have_text(['市-1', '税-1', '福-1'])
        page.wait_for_function('window.printed === 1')
        display.set_viewport_size({'width': 1920, 'height': 1080})
        display.goto('/public/general_counter')
        expect(display.locator('.section')).to_have_count(3)
        record = (page.get_by_role('link', name='この受付を見る').get_attribute('href') or '').rpartition('/')[2]
        act(page, 'general_counter', record, 'call', ticket='福-1', counter='4番')
        expect(display.locator('.call')).to_contain_text('4番窓口へ')
        assert display.evaluate('document.documentElement.scrollHeight <= innerHeight')
    finally:
        file.unlink()


# The statistics


def test_every_cell_of_the_statistics_is_the_cell_in_excel(signed_in: SignedIn) -> None:
    page = signed_in('leader')
    opened(page, '/apps/counter_queue/queue/statistics?span=month')
    page.locator('.queue-table').first.wait_for()
    shown: dict[str, list[list[str]]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('table.figures')].map((table) => {
            const heads = [...table.querySelectorAll('thead th:not(.figure-span)')]
            const lines = [...table.querySelectorAll('tbody tr, tfoot tr')]
            const told = heads.map((each) => each.getAttribute('aria-label') ?? each.textContent)
            return [table.dataset.table, [told, ...lines.map((line) => [...line.children].map((e) => e.textContent))]]
        }))"""
    )
    with page.expect_download() as download:
        page.get_by_role('link', name='この統計をExcelで書き出す').click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert [*shown] == book.sheetnames
    for title, told in shown.items():
        rows = book[title].iter_rows(4, 3 + len(told), 1, len(told[0]), values_only=True)
        for on_screen, in_file in zip(told, rows, strict=True):
            assert [number_of(each) for each in on_screen] == [number_of(each) for each in in_file], title


def number_of(cell: object) -> object:
    """'1,234' and 1234, '' and None are the same cell."""
    if cell is None or isinstance(cell, int | float):
        return cell
    text = str(cell).replace(',', '')
    if not text:
        return None
    return float(text) if re.fullmatch(r'-?\d+(\.\d+)?', text) else str(cell)


def test_the_sum_of_the_statistics_stands_on_the_page(signed_in: SignedIn) -> None:
    page = signed_in()
    visit(page, '緊急修理', '支援金')
    opened(page, '/apps/counter_queue/queue/statistics')
    text = page.locator('.total-sum').inner_text()
    tickets, *parts = (int(each.replace(',', '')) for each in re.findall(r'[\d,]+', text))
    assert tickets == sum(parts) and parts[3] >= 2
    page.get_by_role('link', name='前の日').click()
    expect(page.locator('.span-title')).not_to_have_text('')
    page.get_by_role('link', name='年度', exact=True).click()
    expect(page.locator('.span-title')).to_contain_text('年度')


def test_a_day_is_walked_through_by_keyboard(signed_in: SignedIn) -> None:
    page = signed_in()
    made = visit(page, '緊急修理')
    number = made['values']['整理券'].split()[0]
    act(page, 'counter_queue', made['id'], 'call', ticket=number, counter='1番')
    opened(page, '/apps/counter_queue/queue/replay')
    here, hall = page.locator('.replay-where'), page.locator('.replay-section').first
    slider = page.locator('.replay-slider')
    at = int(slider.get_attribute('max') or 0) + 1
    expect(here).to_contain_text(f'うち{at}手目')
    while f'{number} 呼出' not in here.inner_text():  # the sample day has steps of the next minutes
        slider.press('ArrowLeft')
        at -= 1
        expect(here).to_contain_text(f'うち{at}手目')
    expect(hall).to_contain_text(f'{number}(1番)')
    slider.press('ArrowLeft')
    expect(here).to_contain_text(f'{number} 発券')
    expect(hall).not_to_contain_text(f'{number}(1番)')
    page.get_by_role('button', name='次の1手').click()
    expect(here).to_contain_text(f'{number} 呼出')
    expect(page.locator('.replay-step[aria-current=step]')).to_contain_text(f'{number} 呼出')


def test_a_supervisor_who_serves_nobody_finds_the_figures(signed_in: SignedIn) -> None:
    page = signed_in('kacho')
    opened(page, '/apps/counter_queue')
    expect(page.locator('.console')).to_have_count(0)
    page.get_by_role('link', name='統計').click()
    expect(page.get_by_role('heading', name='窓口受付の統計')).to_be_visible()
