"""From the sign-in page to a saved record without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

LONGEST_WAY = 120
"""Presses of Tab before we say that somebody would have given up."""


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element with that name (a part of it) has the focus, which must be plain to see."""
    for _ in range(LONGEST_WAY):
        page.keyboard.press('Tab')
        name = page.evaluate(
            """() => {
                const at = document.activeElement
                const labels = [...(at.labels || [])].map((each) => each.innerText).join(' ')
                return `${at.getAttribute('aria-label') || ''} ${labels} ${at.innerText || ''}`
            }"""
        )
        if wanted in name:
            drawn = page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
            boxed = page.evaluate(
                'getComputedStyle(document.activeElement.closest("label") || document.body).outlineStyle'
            )
            assert 'none' not in {drawn} or boxed != 'none', f'the focus on «{wanted}» cannot be seen'
            return
    raise AssertionError(f'«{wanted}» cannot be reached with Tab')


def test_the_whole_way_by_keyboard(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto('/sign-in')
    tab_to(page, '利用者ID')
    page.keyboard.type('shokuin')
    tab_to(page, 'パスワード')
    page.keyboard.type('mihon-data-1')
    page.keyboard.press('Enter')
    page.wait_for_function('window.did_handshake === true')
    tab_to(page, '道路要望')
    page.keyboard.press('Enter')
    expect(page.locator('h1')).to_have_text('道路要望')
    expect(page.locator('h1')).to_be_focused()
    tab_to(page, '新しく登録する')
    page.keyboard.press('Enter')
    page.get_by_role('button', name='登録する').wait_for()
    tab_to(page, '舗装')
    page.keyboard.press('Space')
    tab_to(page, '場所')
    page.keyboard.type('見本町2丁目 交差点')
    tab_to(page, '内容')
    page.keyboard.type('穴があいています。')
    tab_to(page, '登録する')
    page.keyboard.press('Enter')
    expect(page.get_by_role('heading', name='登録しました')).to_be_focused()
    expect(page.locator('.done-title')).to_contain_text(re.compile(r'道-R\d+-\d{5} 舗装 見本町2丁目 交差点'))


def test_the_skip_link_leads_past_the_rail(signed_in: Callable[..., Page]) -> None:
    page = signed_in()
    page.goto('/apps/road_requests')
    page.locator('.records tbody tr').first.wait_for()
    page.keyboard.press('Tab')
    expect(page.get_by_role('link', name='本文へ移動')).to_be_focused()
    page.keyboard.press('Enter')
    page.keyboard.press('Tab')
    assert page.evaluate('document.getElementById("main").contains(document.activeElement)')
