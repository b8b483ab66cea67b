"""Reception in a hurry and on bad wifi: the send button at once, one ticket however often it is pressed, a display that
says when it is behind; and what clerks do besides calling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from asking import opened, visit
from playwright.sync_api import Page, WebSocketRoute, expect
from test_browser_queue import HOUSING, SUPPORT, at_desk, console, nobody_waits, room_list
from watching import Watch

SignedIn = Callable[..., Page]
AT_ONCE = 300
"""Milliseconds from a tick until the button may be pressed."""

__all__ = ['nobody_waits']


@pytest.mark.parametrize('size', ['tablet', 'desk', 'phone'])
def test_the_send_button_is_there_before_any_tick_and_usable_at_once_after_it(
    signed_in: SignedIn, size: str
) -> None:
    page = signed_in(size=size)
    opened(page, '/apps/counter_queue/new')
    send = page.get_by_role('button', name='登録する')
    expect(send).to_be_visible()
    expect(send).to_be_enabled()
    took = page.evaluate(
        """() => new Promise((done) => {
            const tick = [...document.querySelectorAll('label')].find((each) => each.textContent.trim() === '緊急修理')
            const send = [...document.querySelectorAll('button')].find((each) => each.textContent.includes('登録する'))
            const begun = performance.now()
            tick.click()
            const look = () => {
                const box = send.getBoundingClientRect()
                const isTicked = document.querySelector('input:checked, [role=checkbox][aria-checked=true]')
                if (isTicked && !send.disabled && box.height > 0) done(performance.now() - begun)
                else requestAnimationFrame(look)
            }
            requestAnimationFrame(look)
        })"""
    )
    assert took < AT_ONCE
    reach = page.evaluate(
        """() => {
            const ticks = [...document.querySelectorAll('.ef-group label')].map((each) => each.getBoundingClientRect())
            return [Math.min(...ticks.map((each) => each.height)), document.documentElement.scrollWidth - innerWidth]
        }"""
    )
    assert reach[0] >= 64 and reach[1] <= 0, 'ticks for a thumb, and nothing beside the screen'


@pytest.mark.parametrize(('size', 'seconds'), [('tablet', 20), ('desk', 2), ('phone', 2)])
def test_without_a_line_ticks_are_kept_and_three_presses_make_one_ticket(
    signed_in: SignedIn, watch: Watch, size: str, seconds: int
) -> None:
    watch.expected = ('Failed to load resource', 'WebSocket connection to')
    page = signed_in(size=size)
    opened(page, '/apps/counter_queue/new')
    page.get_by_text('緊急修理', exact=True).click()
    page.get_by_text('支援金', exact=True).click()
    before = tickets_of_today(page)
    page.context.set_offline(True)
    send = page.get_by_role('button', name='登録する')
    for _ in range(3):
        send.click(no_wait_after=True)
        page.wait_for_timeout(seconds * 1000 / 3)
    expect(page.get_by_role('checkbox', name='緊急修理')).to_be_checked()
    expect(page.get_by_role('checkbox', name='支援金')).to_be_checked()
    page.context.set_offline(False)
    expect(page.locator('.issued-name')).to_have_count(2, timeout=30_000)
    assert tickets_of_today(page) == before + 1


def tickets_of_today(page: Page) -> int:
    """Visits in the list of today."""
    found: Any = page.evaluate(
        """async () => {
            const view = encodeURIComponent('今日の受付')
            return (await (await fetch(`/api/v1/apps/counter_queue/records?view=${view}&limit=1`)).json()).total
        }"""
    )
    assert isinstance(found, int)
    return found


def test_a_display_on_a_dead_line_says_it_is_behind_though_nobody_closed_it(
    signed_in: SignedIn, new_page: Callable[..., Page]
) -> None:
    """An access point that swallows everything: the socket looks open, the numbers are old."""
    visit(signed_in(), '緊急修理')
    display, dead = new_page(), False

    def line(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        server.on_message(lambda message: None if dead else route.send(message))

    display.clock.install()
    display.route_web_socket(re.compile('/public/.*/live'), line)
    display.goto('/public/counter_queue')
    expect(display.locator('.section').first).to_be_visible()
    dead = True
    display.clock.run_for(20_000)
    expect(display.locator('#lost')).to_be_visible()
    expect(display.locator('#board')).to_be_hidden()
    dead = False
    display.clock.run_for(3_000)
    display.clock.resume()
    expect(display.locator('.section').first).to_be_visible(timeout=20_000)
    expect(display.locator('#lost')).to_be_hidden()


def test_a_note_with_signs_is_shown_as_written_and_two_lines_stay_two(signed_in: SignedIn) -> None:
    page = signed_in()
    opened(page, '/apps/counter_queue/new')
    page.get_by_text('緊急修理', exact=True).click()
    page.get_by_role('textbox', name=re.compile('^その他')).fill('<b>太字</b>の相談')
    page.get_by_role('textbox', name=re.compile('^メモ')).fill('車いすの方\n<i>付き添い</i>あり')
    page.get_by_role('button', name='登録する').click()
    page.locator('.issued-name').first.wait_for()
    console(page, f'{HOUSING}/1番')
    expect(page.locator('.ticket-items').first).to_contain_text('<b>太字</b>の相談')
    assert page.locator('.ticket-items b').count() == 0
    page.locator('.button.next').click()
    page.get_by_role('link', name='受付の内容を見る').click()
    expect(page.locator('body')).to_contain_text('<i>付き添い</i>あり')
    shown = page.locator('body').inner_text()
    assert '車いすの方\n<i>付き添い</i>あり' in shown and '<br' not in shown


def test_somebody_without_a_number_is_received_at_the_counter(signed_in: SignedIn) -> None:
    page = console(signed_in(), f'{SUPPORT}/3番')
    page.get_by_role('button', name='整理券なしで受け付ける').click()
    dialog = page.get_by_role('dialog')
    dialog.get_by_label('支援金').check()
    dialog.get_by_role('button', name='整理券なしで受け付ける').click()
    expect(page.locator('.at-desk-status')).to_contain_text('対応中')
    assert at_desk(page).startswith('生-')


def test_an_item_is_added_while_serving_and_papers_are_collected_later(signed_in: SignedIn) -> None:
    page = signed_in()
    visit(page, '緊急修理')
    console(page, f'{HOUSING}/1番')
    page.locator('.button.next').click()
    number = at_desk(page)
    page.get_by_role('button', name='用件を足す').click()
    dialog = page.get_by_role('dialog')
    dialog.get_by_label('支援金').check()
    expect(dialog.get_by_label('緊急修理')).to_have_count(0)
    dialog.get_by_role('button', name='用件を足す').click()
    expect(page.locator('.room-tab').filter(has_text=SUPPORT)).to_contain_text('1')
    page.get_by_role('button', name='後で受取り').click()
    page.get_by_role('dialog').get_by_role('button', name='30分後').click()
    expect(room_list(page, '受取待ち')).to_contain_text(number)
    room_list(page, '受取待ち').get_by_role('button', name=f'{number} 呼び出す').click()
    expect(page.locator('.at-desk-number')).to_have_text(number)


def test_the_end_of_the_day_is_shown_before_it_happens(signed_in: SignedIn) -> None:
    page = signed_in()
    visit(page, '緊急修理')
    console(page, f'{HOUSING}/1番')
    page.get_by_role('button', name='閉庁の処理').click()
    dialog = page.get_by_role('dialog')
    expect(dialog.locator('.left-over li').first).to_contain_text('閉庁で終了')
    expect(page.locator('.ticket')).not_to_have_count(0)
    dialog.get_by_role('button', name='きょうの受付を閉じる').click()
    expect(page.locator('.room-list').first).to_contain_text('待っている人はいません')


def test_two_calls_at_once_are_spoken_one_after_the_other(signed_in: SignedIn, new_page: Callable[..., Page]) -> None:
    """Neither words nor chime of the second begin before the first has been said, twice as the definition wants."""
    clerk, display = signed_in(), new_page()
    for item in ('緊急修理', '支援金'):
        visit(clerk, item)
    display.add_init_script(
        """window.said = []; window.cut = 0; let speaking = 0
        speechSynthesis.speak = (words) => {
            if (speaking) window.cut += 1
            speaking += 1
            window.said.push(words.text)
            setTimeout(() => { speaking -= 1; words.onend() }, 400)
        }
        speechSynthesis.cancel = () => { window.cut += 1 }
        const start = OscillatorNode.prototype.start
        OscillatorNode.prototype.start = function (...at) {
            if (speaking) window.cut += 1
            if (window.said.at(-1) !== 'chime') window.said.push('chime')
            start.apply(this, at)
        }"""
    )
    display.goto('/public/counter_queue')
    display.get_by_role('button', name='音を出す').click()
    display.evaluate('window.said = []')
    for page, place in ((clerk, f'{HOUSING}/1番'), (signed_in('leader'), f'{SUPPORT}/3番')):
        console(page, place).locator('.button.next').click()
    display.wait_for_function('window.said.length >= 6')
    first, second = display.evaluate('window.said')[1], display.evaluate('window.said')[4]
    assert display.evaluate('window.said') == ['chime', first, first, 'chime', second, second]
    assert display.evaluate('window.cut') == 0
    assert re.fullmatch(r'じゅうたく、\d+番の方、1番窓口へお越しください。', first), first
    assert re.fullmatch(r'せいかつ、\d+番の方、3番窓口へお越しください。', second), second


@pytest.fixture(autouse=True)
def _empty(nobody_waits: Iterator[None]) -> None:
    """Every test begins with empty lists."""
