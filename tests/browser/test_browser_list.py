"""A list: open, narrow, sort, page, search, keep a condition, take the Excel file, see what others change."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

SignedIn = Callable[..., Page]
ALL = '/apps/road_requests?view=すべて'


def rows(page: Page) -> list[str]:
    """The numbers of the records on the page, top to bottom."""
    page.locator('.records tbody tr').first.wait_for()
    return page.locator('.records tbody tr td:first-child a').all_inner_texts()


def count(page: Page) -> int:
    shown = page.locator('.list-count')
    expect(shown).to_have_text(re.compile('件'))
    return int(re.sub(r'\D', '', shown.inner_text()))


def test_the_fiscal_year_is_chosen_and_can_be_widened(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto(ALL)
    this_year = count(page)
    assert page.get_by_label('年度').input_value() != ''
    page.get_by_label('年度').select_option(label='すべて')
    expect(page.locator('.list-count')).not_to_have_text(f'{this_year:,}件')
    assert count(page) > this_year
    page.reload()
    assert count(page) > this_year


def test_the_open_ones_are_really_open(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto('/apps/road_requests')
    assert rows(page)
    states = set(page.locator('.records td .chip').all_inner_texts())
    assert states <= {'受付', '現地確認', '対応中'}


def test_sorting_turns_at_each_press_and_says_so(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto(ALL)
    before = rows(page)
    head = page.get_by_role('columnheader', name='受付番号')
    expect(head).to_have_attribute('aria-sort', 'descending')
    head.get_by_role('button').click()
    expect(head).to_have_attribute('aria-sort', 'ascending')
    page.wait_for_function('first => document.querySelector(".records tbody a").textContent !== first', arg=before[0])
    after = rows(page)
    assert after == sorted(after) and after[0] < before[0]


def test_the_next_page_has_other_records_and_back_returns(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto(f'{ALL}&filter.年度=')
    first = rows(page)
    assert len(first) == 50
    page.get_by_role('link', name='次へ').click()
    page.wait_for_function('first => document.querySelector(".records tbody a").textContent !== first', arg=first[0])
    second = rows(page)
    assert not set(first) & set(second)
    page.go_back()
    page.wait_for_function('first => document.querySelector(".records tbody a").textContent === first', arg=first[0])
    assert rows(page) == first


@pytest.mark.parametrize('typed', ['みほん', 'ミホン', 'ﾐﾎﾝ'])
def test_search_finds_the_reading_in_any_kana(signed_in: SignedIn, typed: str) -> None:
    page = signed_in()
    page.goto(f'{ALL}&filter.年度=')
    everything = count(page)
    page.get_by_role('searchbox').fill(typed)
    page.keyboard.press('Enter')
    expect(page.locator('.list-count')).not_to_have_text(f'{everything:,}件')
    assert 0 < count(page) < everything


def test_enter_that_confirms_a_conversion_does_not_search(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto(ALL)
    before = page.url
    box = page.get_by_role('searchbox')
    box.focus()
    session = page.context.new_cdp_session(page)
    session.send('Input.imeSetComposition', {'text': 'みほん', 'selectionStart': 3, 'selectionEnd': 3})
    session.send(
        'Input.dispatchKeyEvent', {'type': 'rawKeyDown', 'key': 'Enter', 'code': 'Enter', 'windowsVirtualKeyCode': 229}
    )
    session.send('Input.insertText', {'text': '見本'})
    page.wait_for_timeout(300)
    assert page.url == before
    expect(box).to_have_value('見本')
    page.keyboard.press('Enter')
    page.wait_for_url(re.compile(r'[?&]s='))


def test_nothing_found_says_what_to_do(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto(f'{ALL}&q=どこにもない言葉')
    expect(page.get_by_text('この条件に合う記録はありません。')).to_be_visible()
    page.get_by_role('link', name='条件を消す').click()
    assert rows(page)


def test_a_condition_kept_under_a_name_comes_back(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto(ALL)
    page.get_by_label('種別').select_option(label='側溝')
    page.wait_for_url(re.compile('filter'))
    page.get_by_role('button', name='この条件を保存する').click()
    page.get_by_label('条件の名前').fill('側溝だけ')
    page.get_by_role('button', name='保存する', exact=True).click()
    page.goto('/apps/road_requests')
    page.get_by_role('link', name='側溝だけ').click()
    expect(page.get_by_label('種別')).to_have_value('側溝')
    page.get_by_role('button', name='保存した条件「側溝だけ」を消す').click()
    expect(page.get_by_role('link', name='側溝だけ')).to_have_count(0)


def test_the_excel_file_holds_every_record_of_the_condition(signed_in: SignedIn, tmp_path: Path) -> None:
    page = signed_in()
    page.goto(f'{ALL}&filter.年度=&filter.種別=側溝')
    wanted = count(page)
    page.get_by_role('button', name='この条件の記録を書き出す').click()
    page.get_by_label('書き出す目的').select_option('その他')
    page.get_by_role('button', name='書き出す', exact=True).click()
    expect(page.locator('dialog .notice.error')).to_contain_text('書き出す目的')
    page.get_by_label('書き出す目的', exact=True).select_option('集計・統計の作成')
    page.get_by_role('button', name='書き出す', exact=True).click()
    with page.expect_download() as download:
        page.get_by_role('link', name='ファイルを受け取る').click()
    path = tmp_path / 'list.xlsx'
    download.value.save_as(path)
    assert download.value.suggested_filename.startswith('道路要望_')
    sheet = load_workbook(path)['データ']
    assert sheet.max_row - 1 == wanted
    expect(page.locator('dialog')).to_have_count(0)


def test_a_row_opens_its_record_by_a_press_anywhere(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto(ALL)
    number = rows(page)[0]
    page.locator('.records tbody tr').first.locator('td').nth(3).click()
    expect(page.locator('h1')).to_contain_text(number)


def test_what_another_person_changes_appears_in_its_row(signed_in: SignedIn) -> None:
    watching = signed_in('leader')
    watching.goto(ALL)
    number = rows(watching)[0]
    working = signed_in('shokuin')
    working.goto(ALL)
    working.get_by_role('link', name=number).click()
    working.get_by_role('link', name='編集する').click()
    place = working.get_by_label(re.compile('^場所.*必須'))
    place.fill('見本町9丁目 変えた場所')
    working.get_by_role('button', name='保存する').click()
    working.wait_for_url(re.compile(r'/records/[^/]+$'))
    row = watching.locator('.records tbody tr').first
    expect(row).to_contain_text('見本町9丁目 変えた場所')
    expect(row).to_contain_text('更新')


def test_who_searches_is_told_of_other_years_and_other_lists(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto(f'{ALL}&q=見本')
    this_year = count(page)
    page.get_by_role('link', name='すべての年度でさがす').click()
    expect(page.locator('.list-count')).not_to_have_text(f'{this_year:,}件')
    assert count(page) > this_year
    page.goto('/apps/road_requests?q=どこにもない言葉')
    page.get_by_role('link', name='「すべて」からさがす').click()
    expect(page.get_by_role('link', name='すべて', exact=True)).to_have_attribute('aria-current', 'page')
    expect(page.get_by_role('searchbox')).to_have_value('どこにもない言葉')


def test_words_go_along_to_the_next_list_and_the_way_back_finds_them(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto('/apps/road_requests')
    page.get_by_role('searchbox').fill('見本')
    page.keyboard.press('Enter')
    page.wait_for_url(re.compile(r'[?&]s='))
    everything = page.get_by_role('link', name='すべて', exact=True)
    everything.click()
    expect(everything).to_have_attribute('aria-current', 'page')
    expect(page.get_by_role('columnheader', name='受付番号')).to_have_attribute('aria-sort', 'descending')
    expect(page.get_by_role('searchbox')).to_have_value('見本')
    found = rows(page)
    assert found == sorted(found, reverse=True)
    page.locator('.records tbody a').first.click()
    page.locator('.timeline li').first.wait_for()
    page.locator('.crumbs').get_by_role('link', name='道路要望').click()
    expect(page.get_by_role('searchbox')).to_have_value('見本')
    assert rows(page) == found


def test_the_entry_of_the_open_app_is_in_sight_above_who_is_signed_in(signed_in: SignedIn) -> None:
    page = signed_in()
    page.goto('/apps/road_requests')
    page.wait_for_function(
        """() => {
            const entry = document.querySelector('#rail [aria-current]').getBoundingClientRect()
            const foot = document.querySelector('.rail-foot').getBoundingClientRect()
            return entry.top >= 0 && entry.bottom <= foot.top
        }"""
    )
