"""Who sits at which counter: several clerks with one tablet, handed on by PIN, and every other console sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from asking import opened, visit
from playwright.sync_api import Page, expect
from test_browser_operator import choose_pin, sign_in
from test_browser_queue import HOUSING, SUPPORT, at_desk, console, nobody_waits

SignedIn = Callable[..., Page]
AT_ONCE = 5_000
"""Milliseconds; a console that looked again only every minute would not make it."""

WATCHED = f'{SUPPORT}/4番'

__all__ = ['nobody_waits']


def test_who_sits_down_or_leaves_is_on_the_other_consoles_at_once(signed_in: SignedIn) -> None:
    other = console(signed_in('leader', size='desk'), f'{HOUSING}/2番')
    counter = other.get_by_label('わたしの窓口').locator(f'option[value="{WATCHED}"]')
    expect(counter).to_have_text(re.compile(r'4番\s*$'), timeout=AT_ONCE)
    page = console(signed_in(size='desk'), WATCHED)
    expect(counter).to_contain_text('(見本 太郎)', timeout=AT_ONCE)
    page.get_by_label('わたしの窓口').select_option(f'{SUPPORT}/3番')
    expect(counter).not_to_contain_text('見本', timeout=AT_ONCE)
    page.get_by_label('わたしの窓口').select_option(WATCHED)
    expect(counter).to_contain_text('(見本 太郎)', timeout=AT_ONCE)
    page.close()
    expect(counter).not_to_contain_text('見本', timeout=AT_ONCE)


def test_a_tablet_handed_on_by_pin_works_under_the_next_name(signed_in: SignedIn) -> None:
    page = signed_in('kanri', size='tablet')
    opened(page, '/accounts/devices')
    page.get_by_label('端末の名前').fill('総合窓口のタブレット')
    page.get_by_role('button', name='この端末を共用にする').click()
    page.wait_for_url(re.compile('/sign-in'))
    sign_in(page, 'shokuin')
    choose_pin(page, 'mihon-data-1', '2580')
    sign_in(page, 'leader')
    visit(page, '緊急修理')
    console(page, f'{HOUSING}/1番')
    clerk = page.get_by_label('担当者', exact=True)
    expect(clerk.locator('option:checked')).to_have_text('例示 花子')
    page.get_by_role('button', name='担当者を切り替える(いまは例示 花子さん)').click()
    dialog = page.get_by_role('dialog', name='担当者を切り替える')
    dialog.get_by_role('button', name='見本 太郎').click()
    dialog.get_by_label('見本 太郎さんのPIN').fill('2580')
    page.keyboard.press('Enter')
    expect(clerk.locator('option:checked')).to_have_text('見本 太郎')
    page.locator('.button.next').click()
    number = at_desk(page)
    page.get_by_role('link', name='受付の内容を見る').click()
    flow = page.locator('.timeline, .flow, table').filter(has_text=number).last
    expect(flow).to_contain_text('見本 太郎')


def test_words_of_their_own_are_added_while_serving_and_go_to_the_section_that_takes_them(
    signed_in: SignedIn,
) -> None:
    page = signed_in(size='tablet')
    visit(page, '緊急修理')
    console(page, f'{HOUSING}/1番')
    page.locator('.button.next').click()
    page.get_by_role('button', name='用件を足す').click()
    dialog = page.get_by_role('dialog')
    dialog.get_by_label('その他', exact=True).fill('食事の相談')
    dialog.get_by_role('radio', name=SUPPORT).check()
    dialog.get_by_role('button', name='用件を足す').click()
    expect(page.locator('.room-tab').filter(has_text=SUPPORT)).to_contain_text('1')
    page.locator('.room-tab').filter(has_text=SUPPORT).click()
    expect(page.locator('.ticket-items').first).to_contain_text('その他(食事の相談)')


@pytest.fixture(autouse=True)
def _empty(nobody_waits: Iterator[None]) -> None:
    """Every test begins with empty lists."""
