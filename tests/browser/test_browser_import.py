"""A clerk's file on the screen: chosen, matched, checked, taken in without its bad row, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

_WIDER = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Title rows, a header of its own words for one column, a total; one of three rows cannot be taken in."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = '要望'
    for row in (
        ['令和8年度 要望一覧'],
        ['種別', '場所', 'どんな要望か'],
        ['舗装', '取込町1番地', '穴'],
        ['側溝', '取込町2番地', 'ふた'],
        ['あれ', '取込町3番地', '石'],
        ['計', None, None],
    ):
        sheet.append(row)
    path = tmp_path / '取込要望.xlsx'
    book.save(path)
    return path


@pytest.mark.parametrize('size', ['desk', 'tablet'])
def test_four_steps_and_the_way_back(signed_in: Callable[..., Page], file: Path, size: str) -> None:
    page = signed_in('leader', size=size)
    page.goto('/apps/road_requests')
    page.get_by_role('link', name='取り込み').click()
    page.set_input_files('#import-file', file)
    expect(page.get_by_text('3行を取り込みます。')).to_be_visible()
    assert not page.evaluate(_WIDER), 'nothing scrolls sideways'
    page.get_by_label('C列 どんな要望か の取り込み先').select_option('内容')
    page.get_by_role('button', name='内容を確かめる').click()
    expect(page.get_by_role('row', name='要望!A5')).to_contain_text('選択肢にありません')
    assert not page.evaluate(_WIDER), 'nothing scrolls sideways'
    page.get_by_role('button', name='誤りのある行を除いて2件を取り込む').click()
    expect(page.get_by_text('2件を登録し、0件を変更しました。')).to_be_visible()
    page.get_by_role('button', name='取り込みの一覧').click()
    newest = page.locator('.import-one').first
    expect(newest).to_contain_text('取込要望.xlsx')
    newest.get_by_role('button', name='取り消す').click()
    expect(newest).to_contain_text('2件を取り込む前に戻します。')
    newest.get_by_role('button', name='取り消す').click()
    expect(page.get_by_text('の取り込みを取り消しました。')).to_be_visible()
    page.goto('/apps/road_requests?view=すべて')
    expect(page.get_by_text('取込町1番地')).to_have_count(0)


def test_a_column_chosen_by_keyboard_keeps_the_focus(signed_in: Callable[..., Page], file: Path) -> None:
    page = signed_in('leader')
    page.goto('/apps/road_requests/import')
    page.set_input_files('#import-file', file)
    column = page.get_by_label('C列 どんな要望か の取り込み先')
    column.evaluate('box => { box.dataset.drawn = "before" }')
    column.focus()
    page.keyboard.press('ArrowDown')
    expect(column).not_to_have_attribute('data-drawn', 'before')
    expect(column).to_be_focused()
