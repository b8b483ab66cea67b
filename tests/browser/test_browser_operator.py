"""A shared tablet goes from hand to hand, and an untouched screen covers itself; what is half typed stays."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from watching import SIZES, Watch, ready

SignedIn = Callable[..., Page]
PLACE, CONTENT = re.compile('^場所 ?※'), re.compile('^内容 ?※')
REFUSED = ('Failed to load resource: the server responded with a status of 401',)


def begin(page: Page) -> None:
    """Half a road request."""
    page.goto('/apps/road_requests/new')
    ready(page)
    page.locator('.ef-bar').wait_for()
    page.get_by_label('舗装').check()
    page.get_by_label(PLACE).fill('見本町1丁目')
    expect(page.locator('.ef-state')).to_contain_text('下書き保存済み')


def sign_in(page: Page, account: str) -> None:
    page.goto('/sign-in')
    page.click(f'button[data-account={account}]')
    ready(page)


def choose_pin(page: Page, password: str, pin: str) -> None:
    page.goto('/me')
    ready(page)
    part = page.get_by_role('region', name='PIN')
    part.get_by_label('いまのパスワード').fill(password)
    part.get_by_label('新しいPIN').fill(pin)
    part.get_by_role('button', name='PINを決める').click()
    expect(page.get_by_text('PINを決めました')).to_be_visible()


def test_the_next_person_goes_on_by_pin_with_what_is_half_typed(signed_in: SignedIn, watch: Watch) -> None:
    watch.expected = REFUSED
    page = signed_in('kanri', size='tablet')
    page.goto('/accounts/devices')
    ready(page)
    page.get_by_label('端末の名前').fill('1階窓口のタブレット')
    page.get_by_role('button', name='この端末を共用にする').click()
    page.wait_for_url(re.compile('/sign-in'))
    sign_in(page, 'shokuin')
    choose_pin(page, 'mihon-data-1', '2580')
    sign_in(page, 'leader')
    begin(page)
    button = page.get_by_role('button', name='担当者を切り替える(いまは例示 花子さん)')
    button.focus()
    page.keyboard.press('Enter')
    dialog = page.get_by_role('dialog', name='担当者を切り替える')
    dialog.get_by_role('button', name='見本 太郎').click()
    for digit in '2581':
        dialog.get_by_role('button', name=digit, exact=True).click()
    dialog.get_by_role('button', name='この人で続ける').click()
    expect(dialog.get_by_role('alert')).to_have_text('PINかパスワードがちがいます。')
    sizes = dialog.locator('.operator-key').evaluate_all(
        '(keys) => keys.map((key) => key.getBoundingClientRect().height)'
    )
    assert min(sizes) >= 44
    dialog.get_by_label('見本 太郎さんのPIN').fill('2580')
    page.keyboard.press('Enter')
    expect(dialog).to_have_count(0)
    expect(page.get_by_role('button', name='担当者を切り替える(いまは見本 太郎さん)')).to_be_visible()
    expect(page.get_by_label(PLACE)).to_have_value('見本町1丁目')
    page.get_by_label(CONTENT).fill('穴があいている。')
    page.get_by_role('button', name='登録する').click()
    page.get_by_role('link', name='登録した内容を見る').click()
    expect(page.locator('.timeline')).to_contain_text('見本 太郎')
    expect(page.locator('.timeline')).not_to_contain_text('例示 花子')
    assert page.evaluate(DRAFTS) == 0, 'neither of them leaves a draft behind'


DRAFTS = """() => new Promise((resolve) => {
  const opening = indexedDB.open('madoguchi-form')
  opening.onsuccess = () => {
    const all = opening.result.transaction('drafts').objectStore('drafts').count()
    all.onsuccess = () => resolve(all.result)
  }
})"""


def refused_in_time(page: Page) -> bool:
    """Whether the server answers nothing any more; it is told while the cover is drawn already."""
    for _ in range(100):
        if page.request.get('/api/v1/apps').status == 401:
            return True
        page.wait_for_timeout(100)
    return False


def test_an_untouched_screen_covers_itself_and_keeps_its_input(signed_in: SignedIn, watch: Watch) -> None:
    watch.expected = (*REFUSED, 'WebSocket connection to')  # the leap of the clock breaks the socket's heartbeat
    page = signed_in()
    page.clock.install()
    begin(page)
    page.clock.fast_forward('14:00')
    expect(page.locator('.operator-dialog')).to_have_count(0)
    page.clock.fast_forward('01:10')
    dialog = page.get_by_role('dialog', name='画面をロックしました')
    expect(dialog).to_be_visible()
    page.keyboard.press('Escape')
    expect(dialog).to_be_visible()
    assert refused_in_time(page), 'the cover is not the lock'
    dialog.get_by_label(re.compile('見本 太郎さんの')).fill('mihon-data-1')
    page.keyboard.press('Enter')
    expect(dialog).to_have_count(0)
    expect(page.get_by_label(PLACE)).to_have_value('見本町1丁目')
    assert page.request.get('/api/v1/apps').status == 200


def test_a_locked_page_that_is_loaded_anew_asks_first_and_then_goes_on(signed_in: SignedIn, watch: Watch) -> None:
    # What the page still asks between the lock and the reload is refused by the server, and the browser says so.
    watch.expected = (*REFUSED, 'Failed to load resource: net::', 'WebSocket connection to')
    page = signed_in('leader')
    page.goto('/apps/road_requests')
    ready(page)
    page.get_by_role('button', name='画面をロックする').click()
    expect(page.get_by_role('dialog', name='画面をロックしました')).to_be_visible()
    page.wait_for_timeout(300)
    page.reload()
    expect(page).to_have_url(re.compile('/sign-in/locked'))
    page.get_by_label('例示 花子さんのパスワード').fill('mihon-data-2')
    page.keyboard.press('Enter')
    expect(page.locator('h1')).to_have_text('道路要望')


def test_the_lock_fits_the_smallest_screen(signed_in: SignedIn) -> None:
    page = signed_in('leader', size='phone')
    page.get_by_role('button', name='画面をロックする').first.click()
    expect(page.get_by_role('dialog', name='画面をロックしました')).to_be_visible()
    for width, height in SIZES.values():
        page.set_viewport_size({'width': width, 'height': height})
        assert page.evaluate('document.querySelector(".operator-dialog").scrollWidth <= innerWidth')
