"""The way out on a shared PC: nothing half-typed stays, nothing unsent is lost, and both are said before."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from watching import Watch, ready

SignedIn = Callable[..., Page]
PLACE = re.compile('^場所 ?※')
KEPT = """(store) => new Promise((resolve) => {
  const opening = indexedDB.open('madoguchi-form')
  opening.onsuccess = () => {
    const all = opening.result.transaction(store).objectStore(store).getAll()
    all.onsuccess = () => resolve(all.result)
  }
})"""


def kept(page: Page, store: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(KEPT, store)
    return found


def begin(page: Page) -> None:
    page.goto('/apps/road_requests/new')
    ready(page)
    page.locator('.ef-bar').wait_for()
    page.get_by_label('舗装').check()
    page.get_by_label(PLACE).fill('見本町1丁目')
    expect(page.locator('.ef-state')).to_contain_text('下書き保存済み')


def sign_out(page: Page) -> None:
    page.get_by_role('button', name='サインアウト').click()


def test_what_was_typed_is_told_and_then_gone_from_the_device(signed_in: SignedIn) -> None:
    page = signed_in()
    begin(page)
    sign_out(page)
    question = page.get_by_role('dialog', name='サインアウトしますか')
    expect(question).to_contain_text('保存していない入力が1件あります')
    question.get_by_role('button', name='やめる').click()
    assert len(kept(page, 'drafts')) == 1
    expect(page.get_by_label(PLACE)).to_have_value('見本町1丁目')
    sign_out(page)
    question.get_by_role('button', name='サインアウトする').click()
    page.wait_for_url('**/sign-in*')
    assert kept(page, 'drafts') == []


def test_what_was_not_sent_yet_is_told_and_stays(signed_in: SignedIn, watch: Watch) -> None:
    watch.expected = ('Failed to load resource',)
    page = signed_in()
    page.route('**/api/v1/apps/road_requests/records', lambda route: route.abort())
    begin(page)
    page.get_by_label(re.compile('^内容 ?※')).fill('穴があいている。')
    page.get_by_role('button', name='登録する').click()
    expect(page.locator('.ef-state')).to_contain_text('未送信 1件')
    sign_out(page)
    question = page.get_by_role('dialog', name='サインアウトしますか')
    expect(question).to_contain_text('未送信が1件あります(道路要望)')
    question.get_by_role('button', name='サインアウトする').click()
    page.wait_for_url('**/sign-in*')
    (entry,) = kept(page, 'outbox')
    assert entry['body']['values']['場所'] == '見本町1丁目'
    assert kept(page, 'drafts') == []


def test_who_leaves_nothing_behind_is_asked_nothing(signed_in: SignedIn) -> None:
    page = signed_in()
    sign_out(page)
    page.wait_for_url('**/sign-in*')
