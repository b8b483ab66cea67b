"""A definition file dropped into the folder of the running server becomes an app; a broken one is told to leaders."""

from __future__ import annotations

from collections.abc import Callable

from city import City
from playwright.sync_api import Page, expect

SignedIn = Callable[..., Page]

LOST = """
title: 拾得物
description: 窓口に届いた落とし物です。
icon: inventory_2
group: 窓口
record_title: [品物]
sections:
  - title: 届いたもの
    fields:
      - {name: 品物, type: text, required: true}
      - {name: 拾った場所, type: text}
views:
  - {name: すべて, columns: [品物, 拾った場所]}
"""


def test_a_file_in_the_folder_becomes_an_app(signed_in: SignedIn, city: City) -> None:
    page = signed_in()
    file = city.definitions / 'lost_property.yaml'
    file.write_text(LOST, 'utf-8')
    try:
        entry = page.locator('#rail').get_by_role('link', name='拾得物')
        expect(page.locator('.home-apps').get_by_role('link', name='拾得物')).to_be_visible(timeout=15_000)
        entry.click()
        expect(page.locator('h1')).to_have_text('拾得物')
        page.get_by_role('link', name='新しく登録する').click()
        page.get_by_label('品物').fill('青い傘')
        page.get_by_role('button', name='登録する', exact=True).click()
        expect(page.get_by_role('heading', name='登録しました')).to_be_visible()
        page.get_by_role('link', name='一覧へ戻る').click()
        expect(page.locator('.records tbody')).to_contain_text('青い傘')
    finally:
        file.unlink()


def test_a_broken_file_leaves_the_app_and_is_told_to_leaders(signed_in: SignedIn, city: City) -> None:
    file = city.definitions / 'repairs.yaml'
    good = file.read_text('utf-8')
    page = signed_in('leader')
    try:
        file.write_text(good.replace('type: date', 'type: dat', 1), 'utf-8')
        page.goto('/problems')
        expect(page.get_by_role('heading', name='repairs.yaml')).to_be_visible()
        expect(page.locator('.problem').first).to_contain_text('行目')
        expect(page.locator('.problem').filter(has_text='「dat」').first).to_contain_text('「date」')
        page.goto('/apps/repairs')
        expect(page.locator('h1')).to_have_text('是正対応')
        expect(page.locator('.records tbody tr').first).to_be_visible()
        page.goto('/problems')
    finally:
        file.write_text(good, 'utf-8')
    expect(page.get_by_text('誤りはありません')).to_be_visible()


def test_staff_are_not_shown_the_mistakes(signed_in: SignedIn, watch) -> None:  # type: ignore[no-untyped-def]
    watch.expected = ('Failed to load resource: the server responded with a status of 403',)
    page = signed_in('shokuin')
    page.goto('/problems')
    expect(page.locator('h1')).to_have_text('この操作はできません')
