"""Signing in and out, at the three sizes that staff use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from watching import SIZES, Watch, ready

NewPage = Callable[..., Page]


@pytest.mark.parametrize('size', SIZES)
def test_somebody_types_their_id_and_sees_their_work(new_page: NewPage, size: str) -> None:
    page = new_page(size)
    page.goto('/')
    page.wait_for_url('**/sign-in*')
    page.get_by_label('利用者ID').fill('shokuin')
    page.get_by_label('パスワード').fill('mihon-data-1')
    page.get_by_role('button', name='サインイン', exact=True).click()
    ready(page)
    expect(page.locator('h1')).to_contain_text('見本 太郎さん')
    expect(page.get_by_role('heading', name='わたしの仕事')).to_be_visible()
    expect(page).to_have_title('ホーム - 窓口')


def test_a_wrong_password_says_so_and_lets_nobody_in(new_page: NewPage, watch: Watch) -> None:
    watch.expected = ('Failed to load resource: the server responded with a status of 401',)
    page = new_page()
    page.goto('/sign-in')
    page.get_by_label('利用者ID').fill('shokuin')
    page.get_by_label('パスワード').fill('wrong-password')
    page.get_by_role('button', name='サインイン', exact=True).click()
    expect(page.get_by_role('alert')).to_contain_text('利用者IDかパスワードがちがいます')
    page.goto('/apps/road_requests')
    page.wait_for_url('**/sign-in*')


def test_a_used_link_of_the_set_up_says_so_and_leads_on(new_page: NewPage, watch: Watch) -> None:
    watch.expected = ('Failed to load resource: the server responded with a status of 403',)
    page = new_page()
    page.goto('/set-up/used')
    expect(page.locator('h1')).to_have_text('このリンクは使えません')
    page.get_by_role('link', name='サインインへ').click()
    expect(page.get_by_label('利用者ID')).to_be_visible()


def test_a_socket_to_another_host_would_be_noticed(new_page: NewPage, watch: Watch) -> None:
    watch.expected = ('WebSocket connection to',)
    page = new_page()
    with page.expect_websocket():
        page.evaluate("() => void new WebSocket('ws://127.0.0.1:9/elsewhere')")
    assert watch.outside == ['ws://127.0.0.1:9/elsewhere']
    watch.outside.clear()


def test_a_link_from_a_mail_still_arrives_after_signing_in(new_page: NewPage) -> None:
    page = new_page()
    page.goto('/apps/road_requests?view=すべて&q=橋')
    page.get_by_label('利用者ID').fill('shokuin')
    page.get_by_label('パスワード').fill('mihon-data-1')
    page.get_by_role('button', name='サインイン', exact=True).click()
    ready(page)
    expect(page).to_have_title('道路要望 すべて - 窓口')
    expect(page.get_by_role('searchbox')).to_have_value('橋')


def test_signing_out_closes_the_door(signed_in: NewPage) -> None:
    page = signed_in('leader')
    page.get_by_role('button', name='サインアウト').click()
    page.wait_for_url('**/sign-in*')
    page.goto('/apps/road_requests')
    page.wait_for_url('**/sign-in*')


def test_the_drawer_of_a_phone_opens_and_closes_with_the_keyboard(signed_in: NewPage) -> None:
    page = signed_in(size='phone')
    rail = page.locator('#rail')
    expect(rail).to_be_hidden()
    opener = page.get_by_role('button', name='アプリの一覧を開く')
    opener.focus()
    page.keyboard.press('Enter')
    expect(rail).to_be_visible()
    assert page.evaluate('document.getElementById("rail").contains(document.activeElement)')
    page.keyboard.press('Escape')
    expect(rail).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    page.get_by_role('link', name='道路要望').first.click()
    expect(page.locator('h1')).to_have_text('道路要望')
    expect(rail).to_be_hidden()
