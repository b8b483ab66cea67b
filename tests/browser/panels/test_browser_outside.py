"""Work for a contractor by a link, a text for an answer, the way of the day: as a clerk and a contractor see them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from watching import Watch

NewPage = Callable[..., Page]
CHECKS = (Path(__file__).parents[1] / 'page_checks.js').read_text('utf-8')
OVERFLOW = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'


def photo() -> bytes:
    file = BytesIO()
    Image.new('RGB', (640, 480), 'gray').save(file, 'PNG')
    return file.getvalue()


def open_first(page: Page, address: str) -> None:
    """The first record of a list."""
    page.goto(address)
    page.locator('.records tbody tr a').first.click()
    page.wait_for_url('**/records/**')
    page.locator('.workflow').wait_for()


def test_a_task_is_given_by_a_link_answered_on_a_phone_and_checked(
    signed_in: NewPage, new_page: NewPage, watch: Watch
) -> None:
    page = signed_in()
    open_first(page, '/apps/road_requests')
    page.get_by_role('button', name='工事を依頼する').click()
    page.wait_for_url('**/work_orders/records/**')
    page.get_by_role('button', name='依頼する', exact=True).click()
    form = page.locator('dialog')
    form.get_by_label('委託先', exact=False).first.fill('見本建設')
    form.get_by_label('依頼内容').fill('側溝のふたを替えてください。')
    form.get_by_role('button', name='依頼する').click()
    page.get_by_role('button', name='返信用リンクを作る').click()
    address = page.locator('.reply-link-box input').input_value()

    watch.expected = ('Failed to load resource: the server responded with a status of 410',)
    phone = new_page('phone')
    phone.goto(address)
    phone.locator('label', has_text='終わりました').first.click()
    phone.locator('textarea').fill('ふたを替えました。')
    file = {'name': 'a.png', 'mimeType': 'image/png', 'buffer': photo()}
    phone.locator('input[type=file]').first.set_input_files(file)
    phone.locator('.ef-photo').first.wait_for()
    assert not phone.evaluate(OVERFLOW)
    # The title of a page for outside is the app's alone, and its way past the head shows only when it has the focus.
    seen = [each for each in phone.evaluate(CHECKS) if not each.startswith('title') and 'a.skip' not in each]
    assert seen == []
    assert '見本建設' not in phone.locator('main').inner_text()
    phone.get_by_role('button', name='この内容で送る').click()
    expect(phone.get_by_role('heading', name='送りました')).to_be_focused()
    phone.goto(address)
    expect(phone.get_by_role('heading', level=1)).to_have_text('返信はもう届いています')

    expect(page.locator('.stage.now')).to_contain_text('報告あり')
    expect(page.locator('.timeline')).to_contain_text('見本建設(リンク)')
    expect(page.locator('.reply-link')).to_contain_text('見本建設から')
    expect(page.locator('.fact', has_text='施工後の写真').locator('img')).to_have_count(1)
    page.get_by_role('button', name='確認済みにする').click()
    page.locator('dialog').get_by_role('button', name='確認済みにする').click()
    page.get_by_role('link', name='を開いて終わりにする').click()
    page.wait_for_url('**/road_requests/records/**')
    expect(page.locator('.made')).to_contain_text('工事依頼はすべて終わりました')


def test_a_text_is_put_into_the_answer_by_keyboard_and_stays_to_be_edited(signed_in: NewPage) -> None:
    page = signed_in()
    open_first(page, '/apps/road_requests')
    page.get_by_role('button', name='完了にする').first.press('Enter')
    box = page.locator('dialog textarea').first
    box.fill('済。')
    box.press('Home')
    page.keyboard.press('Tab')
    expect(page.get_by_role('button', name='文例から入れる')).to_be_focused()
    page.keyboard.press('Enter')
    texts = page.locator('.ef-reply')
    expect(texts.first).to_be_focused()
    page.keyboard.press('ArrowDown')
    expect(texts.nth(1)).to_be_focused()
    wanted = texts.nth(1).locator('span').inner_text()
    page.keyboard.press('Enter')
    expect(box).to_be_focused()
    expect(box).to_have_value(f'{wanted}済。')
    page.keyboard.type('また見ます。')
    expect(box).to_have_value(f'{wanted}また見ます。済。')


@pytest.mark.parametrize('size', ['desk', 'phone'])
def test_the_way_of_the_day_is_changed_by_buttons_and_printed_whole(
    signed_in: NewPage, size: str
) -> None:
    page = signed_in(size=size)
    page.goto('/apps/road_requests/route')
    titles = page.locator('.route-title')
    titles.nth(1).wait_for()
    assert not page.evaluate(OVERFLOW)
    first, second, count = titles.first.inner_text(), titles.nth(1).inner_text(), titles.count()
    page.locator('.route-stop').first.get_by_role('button', name='1つ後へ').press('Enter')
    expect(titles.first).to_have_text(second)
    expect(titles.nth(1)).to_have_text(first)
    expect(page.locator('.route-stop').nth(1).locator('button:focus')).to_have_count(1)
    page.reload()
    expect(titles.first).to_have_text(second)
    page.locator('.route-stop').first.get_by_role('button', name='道順から外す').click()
    expect(titles).to_have_count(count - 1)
    page.get_by_role('button', name='近い順に並べ直す').click()
    expect(page.get_by_role('button', name='近い順に並べ直す')).to_have_count(0)
    page.emulate_media(media='print')
    expect(page.locator('.route-check').first).to_be_visible()
    expect(page.locator('.route-buttons').first).to_be_hidden()
