"""A request from the first to the last step: taking actions, what they ask, the way back, others at the same time."""

from __future__ import annotations

from collections.abc import Callable

from asking import act, opened, road
from playwright.sync_api import Page, expect
from watching import Watch

SignedIn = Callable[..., Page]


def press(page: Page, name: str) -> None:
    page.locator('.workflow').get_by_role('button', name=name).click()


def test_a_request_goes_from_reception_to_done(signed_in: SignedIn) -> None:
    page = signed_in(size='tablet')
    opened(page, f'/apps/road_requests/records/{road(page)["id"]}')
    now = page.locator('.stage.now .stage-name')
    expect(now).to_have_text('受付')
    press(page, '現地確認済みにする')
    dialog = page.get_by_role('dialog', name='現地確認済みにする')
    dialog.get_by_role('button', name='現地確認済みにする').click()
    expect(now).to_have_text('現地確認')
    press(page, '完了にする')
    dialog = page.get_by_role('dialog', name='完了にする')
    dialog.get_by_role('button', name='完了にする').click()
    expect(dialog.get_by_role('alert').or_(dialog.locator('.ef-summary')).first).to_be_visible()
    dialog.get_by_label('対応内容').fill('アスファルトで補修した。')
    dialog.get_by_role('button', name='完了にする').click()
    expect(now).to_have_text('完了')
    expect(page.locator('.record-main')).to_contain_text('アスファルトで補修した。')
    expect(page.locator('.closed-action')).to_contain_text('再開する')


def test_the_last_action_is_taken_back_and_stays_in_the_history(signed_in: SignedIn) -> None:
    page = signed_in()
    opened(page, f'/apps/road_requests/records/{road(page)["id"]}')
    press(page, '取り下げる')
    page.get_by_role('dialog').get_by_role('button', name='取り下げる').click()
    expect(page.locator('.stage.now .stage-name')).to_have_text('取下げ')
    expect(page.locator('.last-action')).to_contain_text('「取り下げる」を行いました')
    page.get_by_role('button', name='元に戻す').click()
    expect(page.locator('.stage.now .stage-name')).to_have_text('受付')
    expect(page.locator('.timeline')).to_contain_text('取り下げる')


def test_giving_up_changes_nothing(signed_in: SignedIn) -> None:
    page = signed_in()
    opened(page, f'/apps/road_requests/records/{road(page)["id"]}')
    press(page, '取り下げる')
    page.get_by_role('dialog').get_by_role('button', name='やめる').click()
    expect(page.get_by_role('dialog')).to_have_count(0)
    press(page, '取り下げる')
    page.get_by_role('dialog').wait_for()
    page.keyboard.press('Escape')
    expect(page.get_by_role('dialog')).to_have_count(0)
    expect(page.locator('.stage.now .stage-name')).to_have_text('受付')


def test_a_colleagues_action_appears_but_never_closes_an_open_dialog(signed_in: SignedIn, watch: Watch) -> None:
    watch.expected = ('Failed to load resource: the server responded with a status of 422',)
    page, other = signed_in(), signed_in('leader')
    made = road(page)
    opened(page, f'/apps/road_requests/records/{made["id"]}')
    press(page, '現地確認済みにする')
    dialog = page.get_by_role('dialog')
    dialog.get_by_role('button', name='現地確認済みにする').wait_for()
    act(other, 'road_requests', made['id'], '取り下げる')
    expect(page.locator('.live-news')).to_contain_text('例示 花子さんが変更しました')
    dialog.get_by_role('button', name='現地確認済みにする').click()
    expect(dialog).to_contain_text('取下げ')
    dialog.get_by_role('button', name='やめる').click()
    expect(page.locator('.stage.now .stage-name')).to_have_text('取下げ')
