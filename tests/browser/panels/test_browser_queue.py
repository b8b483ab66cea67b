"""The counter queue from reception to done: numbers, consoles that agree, the display in the waiting room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from asking import opened, visit
from playwright.sync_api import Locator, Page, WebSocketRoute, expect
from watching import Watch

SignedIn = Callable[..., Page]
A_MOMENT = 600
"""Milliseconds between two presses in one place that are both meant; quicker ones are a double tap."""

HOUSING, SUPPORT = '住宅政策課', '生活支援課'


def console(page: Page, place: str) -> Page:
    """The console at a counter like 住宅政策課/1番."""
    opened(page, '/apps/counter_queue')
    page.get_by_label('わたしの窓口').select_option(place)
    page.locator('.button.next').wait_for()
    return page


def room_list(page: Page, title: str) -> Locator:
    """One of the lists beside the desk, by its heading."""
    return page.locator('.room-list', has=page.get_by_role('heading', name=re.compile(f'^{title}')))


def at_desk(page: Page) -> str:
    return page.locator('.at-desk-number').first.inner_text()


@pytest.fixture(autouse=True)
def nobody_waits(signed_in: SignedIn) -> Iterator[None]:
    """Every test begins with empty lists: whoever is still there is sent home."""
    page = signed_in()
    opened(page, '/apps/counter_queue')
    page.evaluate(
        """async () => {
            const ask = async (address, body) => (await fetch(address, body)).json()
            const query = encodeURIComponent('今日の受付')
            const { records } = await ask(`/api/v1/apps/counter_queue/records?view=${query}&limit=200`)
            for (const { id } of records) {
                const address = `/api/v1/apps/counter_queue/records/${id}/actions`
                const { actions } = await ask(address)
                const done = new Set()
                for (const word of ['finish', 'cancel'])
                    for (const each of actions.filter((one) => one.name === word && !one.closed)) {
                        const ticket = each.given.ticket
                        if (done.has(ticket)) continue
                        done.add(ticket)
                        const body = JSON.stringify({ request_id: crypto.randomUUID(), values: { ticket } })
                        const headers = { 'content-type': 'application/json' }
                        await ask(`${address}/${word}`, { method: 'POST', headers, body })
                    }
            }
        }"""
    )
    page.close()
    yield


def test_reception_reads_out_the_numbers_of_both_sections(signed_in: SignedIn) -> None:
    page = signed_in(size='tablet')
    opened(page, '/apps/counter_queue/new')
    page.get_by_text('緊急修理', exact=True).click()
    page.get_by_text('支援金', exact=True).click()
    page.get_by_role('button', name='登録する').click()
    numbers = page.locator('.issued-name')
    expect(numbers).to_have_count(2)
    assert [re.sub(r'\d+', 'n', each) for each in numbers.all_inner_texts()] == ['住-n', '生-n']
    assert all(box['height'] > 60 for box in (numbers.nth(each).bounding_box() for each in (0, 1)) if box)
    page.get_by_role('button', name='次の受付').click()
    expect(page.get_by_role('checkbox', name='緊急修理')).not_to_be_checked()


def test_a_person_is_called_served_and_done_and_every_console_sees_it(signed_in: SignedIn) -> None:
    clerk, other = signed_in(), signed_in('leader', size='tablet')
    visit(clerk, '緊急修理')
    console(clerk, f'{HOUSING}/1番')
    console(other, f'{HOUSING}/2番')
    expect(other.locator('.room-title').first).to_contain_text('1')
    clerk.locator('.button.next').click()
    number = at_desk(clerk)
    line = other.locator('.ticket').filter(has_text=number)
    expect(line).to_contain_text('呼出中')
    expect(line).to_contain_text('1番')
    expect(line).to_contain_text('見本 太郎')
    expect(other.locator('.room-list').first).to_contain_text('待っている人はいません')
    clerk.get_by_role('button', name='対応を始める').click()
    expect(line).to_contain_text('対応中')
    clerk.wait_for_timeout(A_MOMENT)
    clerk.get_by_role('button', name='終える').click()
    expect(clerk.locator('.at-desk')).to_have_count(0)
    expect(line).to_have_count(0)


def test_two_clerks_who_call_at_once_get_two_people(signed_in: SignedIn) -> None:
    one, two = signed_in(), signed_in('leader')
    for _ in range(2):
        visit(one, '緊急修理')
    console(one, f'{HOUSING}/1番')
    console(two, f'{HOUSING}/2番')
    for page in (one, two):
        page.locator('.button.next').dispatch_event('click')
    for page in (one, two):
        page.locator('.at-desk-number').wait_for()
    assert at_desk(one) != at_desk(two)


def test_a_double_tap_calls_one_person_and_does_not_finish_with_them(signed_in: SignedIn) -> None:
    page = signed_in()
    for _ in range(2):
        visit(page, '緊急修理')
    console(page, f'{HOUSING}/1番')
    page.locator('.button.next').dblclick()
    page.locator('.at-desk').wait_for()
    page.wait_for_timeout(1000)
    expect(page.locator('.at-desk')).to_have_count(1)
    page.get_by_role('button', name='対応を始める').dblclick()
    expect(page.locator('.at-desk-status')).to_contain_text('対応中')
    page.wait_for_timeout(500)
    expect(page.locator('.at-desk-status')).to_contain_text('対応中')


def test_calling_when_nobody_waits_says_so(signed_in: SignedIn) -> None:
    page = console(signed_in(), f'{SUPPORT}/3番')
    expect(page.locator('.next-number')).to_have_text('お待ちの方はいません')
    page.locator('.button.next').click()
    expect(page.get_by_role('alert')).to_contain_text('待っている人はいません')


def test_a_wrong_call_is_taken_back_and_the_person_waits_again(signed_in: SignedIn) -> None:
    page = signed_in()
    visit(page, '緊急修理')
    console(page, f'{HOUSING}/1番')
    page.locator('.button.next').click()
    number = at_desk(page)
    page.get_by_role('button', name='元に戻す').click()
    expect(page.locator('.at-desk')).to_have_count(0)
    expect(page.locator('.tickets').first).to_contain_text(number)


def test_hold_resume_and_transfer_keep_the_place(signed_in: SignedIn) -> None:
    page = signed_in()
    visit(page, '緊急修理')
    visit(page, '緊急修理')
    console(page, f'{HOUSING}/1番')
    page.locator('.button.next').click()
    first = at_desk(page)
    page.get_by_role('button', name='保留にする').click()
    held = room_list(page, '保留')
    held.locator('summary').click()
    held.get_by_role('button', name='列に戻す').click()
    expect(page.locator('.ticket-number').first).to_have_text(first)
    page.locator('.button.next').click()
    expect(page.locator('.at-desk-number')).to_have_text(first)
    page.get_by_role('button', name='ほかの課へ回す').click()
    page.get_by_role('dialog').get_by_role('button', name=SUPPORT, exact=True).click()
    page.locator('.room-tab').filter(has_text=SUPPORT).click()
    expect(page.locator('.ticket-number').first).to_have_text(first)


def test_absent_waits_for_the_third_call_and_says_why(signed_in: SignedIn) -> None:
    page = signed_in()
    visit(page, '緊急修理')
    console(page, f'{HOUSING}/1番')
    page.locator('.button.next').click()
    expect(page.locator('.at-desk-closed')).to_contain_text('3回')
    for times in (2, 3):
        page.wait_for_timeout(A_MOMENT)
        page.get_by_role('button', name='もう一度呼ぶ').click()
        expect(page.locator('.at-desk-status')).to_contain_text(f'{times}回呼びました')
    page.get_by_role('button', name='不在にする').click()
    expect(room_list(page, '不在')).to_contain_text('住-')


def test_the_browser_remembers_the_counter(signed_in: SignedIn) -> None:
    page = console(signed_in(), f'{SUPPORT}/4番')
    opened(page, '/apps/counter_queue')
    expect(page.get_by_label('わたしの窓口')).to_have_value(f'{SUPPORT}/4番')


def test_the_display_shows_a_call_without_anybody_signed_in(
    signed_in: SignedIn, new_page: Callable[..., Page]
) -> None:
    clerk, display = signed_in(), new_page()
    visit(clerk, '緊急修理')
    display.goto('/public/counter_queue')
    expect(display.locator('.section').first).to_contain_text(re.compile(r'お待ち\s*1\s*人'))
    console(clerk, f'{HOUSING}/1番')
    clerk.locator('.button.next').click()
    call = display.locator('.call.fresh')
    expect(call).to_contain_text(at_desk(clerk))
    expect(call).to_contain_text('1番窓口へ')
    box = display.locator('.call-number').first.bounding_box()
    assert box and box['height'] > 100, 'readable from afar'
    assert '緊急修理' not in display.content() and '見本' not in display.content()


def test_a_display_that_lost_its_line_says_so_and_comes_back_by_itself(
    signed_in: SignedIn, new_page: Callable[..., Page], watch: Watch
) -> None:
    watch.expected = ('WebSocket connection to',)
    visit(signed_in(), '緊急修理')
    display = new_page()
    lines: list[WebSocketRoute] = []
    cut = False

    def line(route: WebSocketRoute) -> None:
        lines.append(route)
        if cut:
            route.close()
        else:
            route.connect_to_server()

    display.route_web_socket(re.compile('/public/.*/live'), line)
    display.goto('/public/counter_queue')
    expect(display.locator('.section').first).to_be_visible()
    cut = True
    for each in lines:
        each.close()
    expect(display.locator('#lost')).to_be_visible(timeout=20_000)
    expect(display.locator('#board')).to_be_hidden()
    cut = False
    expect(display.locator('.section').first).to_be_visible(timeout=20_000)
    expect(display.locator('#lost')).to_be_hidden()


def test_an_app_without_a_queue_has_no_display(new_page: Callable[..., Page], watch: Watch) -> None:
    watch.expected = ('Failed to load resource',)
    page = new_page()
    answer = page.goto('/public/road_requests')
    assert answer is not None and answer.status == 404
