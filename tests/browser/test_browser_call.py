"""A request is taken on the telephone: counted by touch and by keyboard alone, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from city import City
from keystrokes import Counted
from playwright.sync_api import Browser, Page, expect
from watching import PATIENCE, Watch, ready

SignedIn = Callable[..., Page]
CALL = '/apps/road_requests/call'
MOST, SECONDS = 12, 60
"""What was promised for one call."""
IN_THE_FIELD = 5
NUMBER = '09000000077'


@pytest.fixture
def touched(chromium: Browser, city: City, watch: Watch) -> Iterator[Callable[..., Page]]:
    """A page on a device without keys, somebody signed in."""
    contexts = []

    def made(width: int = 800, height: int = 1280) -> Page:
        viewport = {'width': width, 'height': height}
        context = chromium.new_context(
            base_url=city.url, viewport=viewport, has_touch=True, locale='ja-JP', timezone_id='Asia/Tokyo'
        )
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        contexts.append(context)
        page = context.new_page()
        page.goto('/sign-in')
        page.tap('button[data-account=shokuin]')
        ready(page)
        return page

    yield made
    for each in contexts:
        each.close()


def opened(page: Page) -> Counted:
    """The phone screen, the number waiting to be typed."""
    page.goto(CALL)
    expect(number(page)).to_be_focused()
    return Counted(page)


def number(page: Page) -> Any:
    return page.get_by_label('電話番号')


def place(page: Page) -> Any:
    return page.get_by_role('combobox', name='場所')


def earlier(page: Page, caller: str, **more: str) -> None:
    """A request of that caller is there already."""
    values = {
        '電話番号': caller, '氏名': '見本 太郎', '受付方法': '電話', '種別': '側溝', '危険度': '通常',
        '場所': '例示町1丁目', '内容': '側溝のふたがずれている。', **more,
    }  # fmt: skip
    answer = page.evaluate(
        """async values => {
            const request_id = String(Math.random()).padEnd(12, '0')
            const body = JSON.stringify({request_id, values})
            const headers = {'Content-Type': 'application/json'}
            return (await fetch('/api/v1/apps/road_requests/records', {method: 'POST', body, headers})).status
        }""",
        values,
    )
    assert answer == 201


def told(page: Page) -> str:
    """The number that is read out to the caller, once it is there and the next call may begin."""
    line = page.locator('.ef-done-number')
    expect(line).to_contain_text('道-')
    expect(number(page)).to_be_focused()
    expect(number(page)).to_have_value('')
    return str(line.inner_text())


def test_by_touch_a_call_takes_at_most_twelve_interactions_and_a_minute(touched: Callable[..., Page]) -> None:
    page = touched()
    earlier(page, NUMBER)
    counted = opened(page)
    counted.types(NUMBER)
    counted.tap(page.get_by_role('button', name='「見本 太郎」を引き継ぐ'))
    counted.tap(place(page))
    counted.types('みほんちょう2', reading='mihontyou2')
    counted.tap(page.get_by_role('option', name='見本町2丁目'))
    counted.tap(page.get_by_text('舗装', exact=True))
    counted.tap(page.get_by_label('内容'))
    counted.types('車道に直径30cmほどの穴があいている。', reading='syadounityokkei30cmhodonoanagaaiteiru.')
    expect(page.locator('.ef-facts')).to_contain_text('期限')
    counted.tap(page.get_by_role('button', name='保存して印刷'))
    said = told(page)
    expect(page.frame_locator('iframe').get_by_text(said).first).to_be_attached()
    print(f'\nreception by touch: {counted}')
    assert len(counted.deeds) <= MOST
    assert counted.seconds <= SECONDS


def test_by_keyboard_alone_as_well(signed_in: SignedIn) -> None:
    page = signed_in()
    earlier(page, '09000000078')
    counted = opened(page)
    counted.types('09000000078')
    expect(page.get_by_role('button', name='「見本 太郎」を引き継ぐ')).to_be_visible()
    counted.press('F2')
    counted.press('Enter')
    counted.types('れいじちょう3', reading='reijityou3')
    expect(page.get_by_role('option', name='例示町3丁目')).to_be_visible()
    counted.press('ArrowDown')
    counted.press('Enter')
    counted.press('Enter')
    counted.press('4')
    counted.press('Enter')
    counted.types('街灯が消えていて暗い。', reading='gaitougakieteitekurai.')
    counted.press('Control+Enter')
    first = told(page)
    print(f'\nreception by keyboard: {counted}')
    assert len(counted.deeds) <= MOST
    assert counted.seconds <= SECONDS
    assert number_of(page, first)['氏名'] == '見本 太郎'


def test_a_second_caller_about_the_same_thing_is_joined_to_the_first_by_one_key(signed_in: SignedIn) -> None:
    page = signed_in()
    earlier(page, '09000000085', 種別='照明', 場所='抜け道の見本坂の上')
    counted = opened(page)
    counted.types('09000000079')
    counted.press('Enter')
    counted.types('抜け道の見本坂の上', reading='nukemitinomihonzakanoue')
    likely = page.locator('.ef-beside-one', has_text='抜け道の見本坂の上')
    expect(likely.locator('kbd')).to_have_text('F8')
    counted.press('F8')
    expect(page.locator('.ef-done-words')).to_have_text('前の要望とまとめました。')
    follower = number_of(page, told(page))
    print(f'\na second caller: {counted}')
    assert len(counted.deeds) <= MOST / 3
    assert (follower['状態'], follower['種別'], follower['電話番号']) == ('重複', '照明', '090-0000-0079')


def number_of(page: Page, receipt: str) -> dict[str, Any]:
    """The values of the record with that number."""
    found: dict[str, Any] = page.evaluate(
        """async number => {
            const filter = `filter.${encodeURIComponent('受付番号')}=${encodeURIComponent(number)}`
            const answer = await (await fetch(`/api/v1/apps/road_requests/records?${filter}`)).json()
            return answer.records[0].values
        }""",
        receipt,
    )
    return found


def test_without_a_line_the_next_call_begins_and_one_put_aside_is_taken_up_again(
    signed_in: SignedIn, watch: Watch
) -> None:
    watch.expected = ('Failed to load resource', 'WebSocket connection to')
    page = signed_in()
    opened(page)
    page.keyboard.insert_text('09000000081')
    page.get_by_role('button', name='別の電話').click()
    expect(number(page)).to_have_value('')
    page.keyboard.insert_text('09000000082')
    place(page).fill('試し台')
    place(page).press('Tab')
    page.get_by_text('除雪', exact=True).click()
    page.get_by_label('内容').fill('雪で車が通れない。')
    page.context.set_offline(True)
    page.keyboard.press('Control+Shift+Enter')
    expect(page.locator('.ef-state')).to_contain_text('未送信 1件')
    expect(number(page)).to_have_value('')
    page.get_by_role('button', name='09000000081 の続き').click()
    expect(number(page)).to_have_value('09000000081')
    page.context.set_offline(False)
    expect(page.locator('.ef-done-number')).to_contain_text('道-', timeout=60_000)
    expect(number(page)).to_have_value('09000000081')


def test_a_page_that_is_loaded_anew_goes_on_with_the_call(signed_in: SignedIn) -> None:
    page = signed_in()
    opened(page)
    page.keyboard.insert_text('09000000086')
    expect(page.locator('.ef-state')).to_contain_text('下書き保存済み')
    page.reload()
    expect(number(page)).to_have_value('09000000086')
    expect(number(page)).to_be_focused()


def test_another_call_about_an_earlier_request_is_one_tap(touched: Callable[..., Page]) -> None:
    page = touched(1280, 800)
    earlier(page, '09000000083')
    counted = opened(page)
    counted.types('09000000083')
    counted.tap(page.get_by_role('button', name='また電話がありました'))
    expect(page.locator('.ef-done-words')).to_contain_text('1回目')
    expect(number(page)).to_have_value('')
    assert len(counted.deeds) == 2


def test_in_the_field_completing_takes_at_most_five_interactions(touched: Callable[..., Page]) -> None:
    page = touched(360, 740)
    earlier(page, '09000000084', 場所='完了の見本', 内容='側溝のふたを直す。')
    page.goto('/apps/road_requests?q=完了の見本')
    title = page.get_by_role('link', name='道-')
    expect(title).to_be_visible()
    counted = Counted(page)
    counted.tap(title)
    done = page.get_by_role('button', name='完了にする')
    expect(done).to_be_visible()
    counted.tap(done)
    dialog = page.get_by_role('dialog')
    expect(dialog.get_by_label('対応内容')).to_be_focused()
    counted.types('ふたを交換した。', reading='hutawokoukansita.')
    counted.tap(dialog.get_by_role('button', name='完了にする'))
    expect(page.locator('.stage.now')).to_contain_text('完了')
    print(f'\ncompletion on a phone: {counted}')
    assert len(counted.deeds) <= IN_THE_FIELD
