"""Looks in a real browser: checklists, rows, lookups, photos; sizes, labels, and nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
FORMS = ('request', 'inspection', 'everything')
SIZES = ((1280, 800), (800, 1280), (360, 740), (320, 640))


def received(page: Page, base_url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.request.get(f'{base_url}/test/received').json()
    return found


def fill_everything(page: Page) -> None:
    """Open what a form shows only on demand, so that sizes and labels are checked there too."""
    if page.get_by_text('行を追加する').count():
        for button in page.get_by_text('行を追加する').all():
            button.click()
    if page.locator('.ef-check').count():
        page.locator('.ef-check').first.get_by_label('異常あり').check()
    other = page.get_by_label('その他', exact=True)
    if other.count():
        other.first.check()
    page.get_by_role('button', name='保存する').click()


@pytest.mark.parametrize('name', FORMS)
@pytest.mark.parametrize('size', SIZES, ids=lambda size: f'{size[0]}x{size[1]}')
def test_targets_are_large_and_nothing_hangs_over(
    open_form: Open, page: Page, name: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({'width': size[0], 'height': size[1]})
    open_form(name)
    fill_everything(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.ef-form :is(button, select, textarea, input, .ef-choice, a)')]
            .filter((each) => each.offsetParent && !each.matches('.ef-picker-native, [type=radio], [type=checkbox]'))
            .map((each) => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
            .filter(([, box]) => box.height < 44 || box.width < 44)
            .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    )
    assert small == []
    assert page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')
    letters = page.evaluate(
        """() => {
            const isText = (node) => node.nodeType === 3 && node.textContent.trim()
            const hasText = (each) => [...each.childNodes].some(isText)
            return [...document.querySelectorAll('.ef-form *')]
                .filter((each) => each.offsetParent && hasText(each))
                .map((each) => [parseFloat(getComputedStyle(each).fontSize), String(each.className)])
                .filter(([size, kind]) => size < (kind.includes('ef-need') ? 14 : 16))
        }"""
    )
    assert letters == []


@pytest.mark.parametrize('name', FORMS)
def test_every_control_has_a_name_and_every_reference_leads_somewhere(open_form: Open, page: Page, name: str) -> None:
    open_form(name)
    fill_everything(page)
    nameless = page.evaluate(
        """() => {
            const isNamed = (each) => each.labels?.length || each.getAttribute('aria-label')
                || each.getAttribute('aria-labelledby') || each.textContent.trim()
            return [...document.querySelectorAll('.ef-form :is(input, select, textarea, button)')]
                .filter((each) => each.offsetParent && each.getAttribute('aria-hidden') !== 'true' && !isNamed(each))
                .map((each) => each.outerHTML.slice(0, 160))
        }"""
    )
    assert nameless == []
    lost = page.evaluate(
        """() => ['aria-describedby', 'aria-labelledby', 'for']
            .flatMap((name) => [...document.querySelectorAll(`.ef-form [${name}]`)].map((each) => [each, name]))
            .flatMap(([each, name]) => each.getAttribute(name).split(' ').filter(Boolean))
            .filter((id) => !document.getElementById(id))"""
    )
    assert lost == []
    ids: list[str] = page.evaluate("() => [...document.querySelectorAll('.ef-form [id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))
    assert page.locator('.ef-form [placeholder]').count() == 0


@pytest.mark.parametrize('name', FORMS)
def test_nothing_is_asked_of_another_host(open_form: Open, page: Page, base_url: str, name: str) -> None:
    asked: list[str] = []
    page.on('request', lambda request: asked.append(request.url))
    open_form(name)
    fill_everything(page)
    outside = [url for url in asked if not url.startswith((base_url, base_url.replace('http', 'ws'), 'data:', 'blob:'))]
    assert outside == []
    assert len(asked) > 10


def test_the_form_stands_on_a_page_without_nicegui_under_a_strict_policy(page: Page, base_url: str) -> None:
    """script-src without unsafe-eval and without unsafe-inline; style-src without unsafe-inline."""
    complaints: list[str] = []
    page.on('console', lambda message: complaints.append(message.text) if message.type == 'error' else None)
    page.goto(f'{base_url}/plain/request')
    page.locator('.ef-bar').wait_for()
    page.get_by_label('舗装').check()
    page.get_by_label('場所').fill('見本町')
    page.locator('textarea').first.fill('穴')
    page.get_by_role('button', name='保存する').click()
    expect(page.locator('.ef-state')).to_contain_text('保存しました')
    assert [text for text in complaints if 'Content Security Policy' in text] == []


def test_a_checklist_is_filled_row_by_row_and_in_one_go(open_form: Open, page: Page, base_url: str) -> None:
    open_form('inspection')
    page.get_by_role('button', name='施設').first.click()
    dialog = page.get_by_role('dialog')
    dialog.get_by_role('searchbox').fill('第二')
    expect(dialog.get_by_role('button', name='見本第二小学校')).to_be_visible()
    expect(dialog.get_by_role('button', name='例示中央公園')).to_have_count(0)
    page.keyboard.press('ArrowDown')
    page.keyboard.press('Enter')
    expect(dialog).to_have_count(0)
    expect(page.get_by_role('button', name='施設').first).to_be_focused()
    expect(page.get_by_text('所在地: 見本町2-1')).to_be_visible()
    expect(page.get_by_text('教育総務課')).to_be_visible()
    expect(page.get_by_label('児童への連絡')).to_be_visible()
    expect(page.get_by_text('前回 異常あり、北側の雨どい')).to_be_visible()
    roof = page.get_by_role('group', name='屋根や屋上に水たまりや破れがないか')
    roof.get_by_label('異常あり').check()
    expect(page.locator('.ef-progress')).to_contain_text('0/5')
    expect(page.locator('.ef-calculated')).to_have_text('1')
    roof.get_by_label('不具合箇所').fill('北側')
    roof.get_by_label('対応').select_option('修繕')
    expect(page.locator('.ef-progress')).to_contain_text('1/5')
    page.get_by_role('button', name='未記入の4行をすべて「異常なし」にする').click()
    expect(page.locator('.ef-progress')).to_contain_text('5/5')
    page.get_by_role('button', name='元に戻す').click()
    expect(page.locator('.ef-progress')).to_contain_text('1/5')
    page.get_by_role('button', name='未記入の4行をすべて「異常なし」にする').click()
    page.get_by_role('button', name='保存する').click()
    expect(page.locator('.ef-state')).to_contain_text('保存しました')
    (sent,) = received(page, base_url)
    rows = {row['_row']: row for row in sent['values']['点検表']}
    assert rows['屋根'] == {'_row': '屋根', '結果': '有', '不具合箇所': '北側', '対応': '修繕'}
    assert [row['結果'] for row in sent['values']['点検表']] == ['無', '有', '無', '無', '無']
    assert (sent['values']['施設'], sent['values']['所管課']) == ('f2', '教育総務課')


def test_the_message_of_a_line_names_the_line(open_form: Open, page: Page) -> None:
    open_form('inspection')
    page.get_by_role('group', name='屋根や屋上に水たまりや破れがないか').get_by_label('異常あり').check()
    page.get_by_role('button', name='保存する').click()
    line = page.locator('.ef-summary').get_by_role(
        'link', name='「屋根や屋上に水たまりや破れがないか」 不具合箇所を入力してください。'
    )
    line.click()
    expect(page.get_by_label('不具合箇所')).to_be_focused()


def test_a_lookup_dialog_closes_by_escape_and_gives_the_focus_back(open_form: Open, page: Page) -> None:
    open_form('inspection')
    button = page.get_by_role('button', name='施設').first
    button.focus()
    page.keyboard.press('Enter')
    expect(page.get_by_role('searchbox')).to_be_focused()
    page.keyboard.press('Escape')
    expect(page.get_by_role('dialog')).to_have_count(0)
    expect(button).to_be_focused()


def test_rows_are_added_filled_and_removed(open_form: Open, page: Page, base_url: str) -> None:
    open_form('everything')
    add = page.get_by_role('button', name='物資に行を追加する')
    add.click()
    first = page.get_by_role('group', name='物資 1行目')
    expect(first.get_by_label('品目')).to_be_focused()
    first.get_by_label('品目').fill('毛布')
    first.get_by_label('数量').fill('２０')
    add.click()
    page.get_by_role('group', name='物資 2行目').get_by_label('品目').fill('水')
    page.get_by_role('button', name='物資 2行目を消す').click()
    expect(page.get_by_role('group', name='物資 2行目')).to_have_count(0)
    page.get_by_role('button', name='保存する').click()
    expect(page.locator('.ef-state')).to_contain_text('保存しました')
    (sent,) = received(page, base_url)
    (row,) = sent['values']['物資']
    assert (row['品目'], row['数量']) == ('毛布', 20)


def test_a_move_adds_a_line_to_the_history_that_cannot_be_changed_later(
    open_form: Open, page: Page, base_url: str
) -> None:
    stored = {
        '居場所': '見本体育館',
        '時刻': '09:05',
        '移動履歴': [{'_row': '1', '_by': 'taro', '_at': 'x', '移動日': '2026-11-01', '移動先': '見本体育館'}],
    }
    page.request.post(f'{base_url}/test/record/1', data=stored)
    open_form('everything', record='1')
    old = page.get_by_role('group', name='移動履歴 1行目')
    expect(old.locator('input')).to_have_count(0)
    expect(page.get_by_role('button', name='移動履歴 1行目を消す')).to_have_count(0)
    page.get_by_label('例示公民館').check()
    expect(page.get_by_text('移動履歴を確認してください。')).to_be_visible()
    new = page.get_by_role('group', name='移動履歴 2行目')
    expect(new.get_by_label('移動元')).to_have_value('見本体育館')
    expect(new.get_by_label('移動先')).to_have_value('例示公民館')
    expect(page.get_by_role('group', name='時刻').get_by_label('時刻 時')).to_have_value('')


def test_the_other_looks_give_the_values_of_the_contract(
    open_form: Open, page: Page, base_url: str, context: BrowserContext
) -> None:
    context.grant_permissions(['geolocation'])
    context.set_geolocation({'latitude': 36.5613, 'longitude': 136.6562})
    open_form('everything')
    page.get_by_label('見本体育館').check()
    start = page.get_by_role('group', name='開始')
    start.get_by_role('button', name='今日').click()
    start.get_by_label('開始 時').fill('９時５分')
    page.get_by_label('建築年').fill('昭和55年頃')
    page.get_by_label('公開しない').check()
    page.get_by_label('通訳').check()
    page.get_by_label('車いす').check()
    page.get_by_label('郵便番号').fill('〒９２０ー０９６２')
    page.get_by_label('単価').fill('１，２３４.５')
    page.get_by_label('場所の名前').fill('見本公園')
    page.get_by_role('button', name='現在地').click()
    expect(page.get_by_text('現在地を入れました')).to_be_visible()
    expect(page.get_by_label('建築年')).to_have_value('昭和55年頃')
    page.get_by_role('button', name='保存する').click()
    expect(page.locator('.ef-state')).to_contain_text('保存しました')
    values = received(page, base_url)[0]['values']
    assert values['居場所'] == '見本体育館'
    assert values['開始'].endswith('T09:05:00+09:00')
    assert values['建築年'] == '1980~'
    assert values['公開'] is False
    assert values['配慮'] == ['車いす', '通訳']
    assert values['郵便番号'] == '920-0962'
    assert values['単価'] == 1234.5
    assert values['位置'] == {'lat': 36.5613, 'lon': 136.6562, 'place': '見本公園'}
    assert '受付番号' not in values


def test_a_chosen_answer_can_be_taken_back_where_none_is_needed(open_form: Open, page: Page) -> None:
    open_form('everything')
    page.get_by_label('公開してよい').check()
    page.get_by_label('公開してよい').click()
    expect(page.get_by_label('公開してよい')).not_to_be_checked()


@pytest.mark.parametrize('size', [(1280, 800), (800, 1280), (360, 740)])
def test_the_bar_hides_no_part_of_what_is_typed_into(open_form: Open, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({'width': size[0], 'height': size[1]})
    open_form()
    box = page.locator('textarea').first
    space = page.evaluate("""(box) => {
      const top = document.querySelector('.ef-bar').getBoundingClientRect().top
      scrollTo(0, box.getBoundingClientRect().top + scrollY - top + 40)  // only its first line is above the bar
      return top
    }""", box.element_handle())
    box.focus()
    page.wait_for_timeout(100)
    inside = box.bounding_box()
    assert inside and inside['y'] + inside['height'] <= space


def test_on_a_phone_both_coordinates_stand_side_by_side(open_form: Open, page: Page) -> None:
    page.set_viewport_size({'width': 360, 'height': 740})
    open_form('everything')
    lat, lon = page.get_by_label('緯度').bounding_box(), page.get_by_label('経度').bounding_box()
    assert lat and lon and lat['y'] == lon['y'] and lon['x'] + lon['width'] <= 360


def test_a_partly_known_date_says_what_may_be_typed(open_form: Open, page: Page) -> None:
    open_form('everything')
    expect(page.get_by_label('建築年')).to_have_accessible_description(re.compile('昭和55年頃'))
