"""The server goes away and comes back while somebody types."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sample_server import SampleServer

pytestmark = pytest.mark.browser


def open_on(page: Page, server: SampleServer) -> None:
    page.goto(f'{server.url}/form/request')
    page.locator('.ef-bar').wait_for()


def test_what_was_saved_while_the_server_was_away_arrives_once(page: Page, own_server: SampleServer) -> None:
    open_on(page, own_server)
    page.get_by_label('舗装').check()
    own_server.stop()
    page.get_by_label('場所').fill('見本町1丁目')
    page.locator('textarea').first.fill('道路に穴があります。')
    page.get_by_role('button', name='保存する').click()
    expect(page.locator('.ef-state')).to_contain_text('未送信 1件')
    own_server.start()
    page.wait_for_timeout(20_000)  # long enough for NiceGUI to reload the page and for a second, wrong sending
    received = page.request.get(f'{own_server.url}/test/received').json()
    assert len({sent['request_id'] for sent in received}) == 1
    assert received[0]['values']['場所'] == '見本町1丁目'
    expect(page.locator('.ef-state')).not_to_contain_text('未送信')


def test_what_was_half_typed_is_offered_again(page: Page, own_server: SampleServer) -> None:
    page.on('dialog', lambda dialog: dialog.accept())
    open_on(page, own_server)
    page.get_by_label('場所').fill('見本町')
    own_server.stop()
    page.get_by_label('場所').press_sequentially('1丁目')
    page.get_by_label('側溝').check()
    expect(page.locator('.ef-state')).to_contain_text('下書き保存済み')
    own_server.start()
    page.reload()
    page.get_by_role('button', name='続きから入力する').click()
    expect(page.get_by_label('場所')).to_have_value('見本町1丁目')
    expect(page.get_by_label('側溝')).to_be_checked()
