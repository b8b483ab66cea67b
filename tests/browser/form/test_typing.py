"""Typing in a real browser: conversion, keys, width, era dates, names and their reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def compose(cdp: CDPSession, steps: list[str], committed: str) -> None:
    """A Japanese conversion as the browser sees it: the text under conversion step by step, then what was confirmed."""
    for step in steps:
        cdp.send('Input.imeSetComposition', {'text': step, 'selectionStart': len(step), 'selectionEnd': len(step)})
    cdp.send('Input.insertText', {'text': committed})


def press_converting_enter(cdp: CDPSession) -> None:
    """The Enter that confirms a conversion: browsers mark it with the key code 229."""
    key = {'key': 'Process', 'code': 'Enter', 'windowsVirtualKeyCode': 229, 'nativeVirtualKeyCode': 229}
    cdp.send('Input.dispatchKeyEvent', {'type': 'rawKeyDown', **key})
    cdp.send('Input.dispatchKeyEvent', {'type': 'keyUp', **key})


def test_the_enter_of_a_conversion_neither_submits_nor_moves(open_form: Open, page: Page, base_url: str) -> None:
    open_form()
    cdp = page.context.new_cdp_session(page)
    place = page.get_by_label('場所')
    place.click()
    cdp.send('Input.imeSetComposition', {'text': 'みほん', 'selectionStart': 3, 'selectionEnd': 3})
    press_converting_enter(cdp)
    page.evaluate(
        """() => document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    expect(place).to_be_focused()
    cdp.send('Input.insertText', {'text': '見本町'})
    expect(place).to_be_focused()
    expect(place).to_have_value('見本町')
    assert page.request.get(f'{base_url}/test/received').json() == []
    expect(page.locator('.ef-summary')).to_have_count(0)


def test_enter_goes_on_to_the_next_field_and_submits_nothing(open_form: Open, page: Page) -> None:
    open_form()
    page.get_by_label('電話番号').focus()
    page.keyboard.press('Enter')
    expect(page.get_by_label('氏名')).to_be_focused()
    expect(page.locator('.ef-summary')).to_have_count(0)


def test_ctrl_enter_saves_from_anywhere(open_form: Open, page: Page) -> None:
    open_form()
    page.get_by_label('氏名').focus()
    page.keyboard.press('Control+Enter')
    expect(page.locator('.ef-summary')).to_be_focused()


def test_the_reading_of_a_name_is_filled_in_while_it_is_converted(open_form: Open, page: Page) -> None:
    open_form()
    cdp = page.context.new_cdp_session(page)
    page.get_by_label('氏名').click()
    compose(cdp, ['ｍ', 'み', 'みほ', 'みほん', '見本'], '見本')
    page.keyboard.type('\u3000')
    compose(cdp, ['た', 'たろ', 'たろう', '太郎'], '太郎')
    expect(page.get_by_label('氏名')).to_have_value('見本\u3000太郎')
    expect(page.get_by_label('フリガナ')).to_have_value('ミホン\u3000タロウ')
    page.get_by_label('フリガナ').fill('ミモト')
    page.get_by_label('氏名').click()
    compose(cdp, ['じ', '二'], '二')
    expect(page.get_by_label('フリガナ')).to_have_value('ミモト')


def test_a_conversion_is_not_disturbed_while_a_draft_is_written(open_form: Open, page: Page) -> None:
    open_form()
    cdp = page.context.new_cdp_session(page)
    page.get_by_label('場所').click()
    cdp.send('Input.imeSetComposition', {'text': 'どうろ', 'selectionStart': 3, 'selectionEnd': 3})
    expect(page.locator('.ef-state')).to_contain_text('下書き保存済み')
    cdp.send('Input.imeSetComposition', {'text': '道路', 'selectionStart': 2, 'selectionEnd': 2})
    cdp.send('Input.insertText', {'text': '道路'})
    expect(page.get_by_label('場所')).to_have_value('道路')


def test_full_width_digits_are_taken_and_what_was_understood_is_shown(open_form: Open, page: Page) -> None:
    open_form()
    page.get_by_label('人数').fill('１２')
    expect(page.get_by_label('人数')).to_have_value('１２')
    page.get_by_label('人数').blur()
    expect(page.get_by_label('人数')).to_have_value('12')
    expect(page.get_by_text('「１２」を 12人 と読み取りました。')).to_be_visible()
    page.get_by_label('人数').fill('三つ')
    page.get_by_label('人数').blur()
    expect(page.get_by_text('「三つ」は数字として読めません。')).to_be_visible()
    expect(page.get_by_label('人数')).to_have_value('三つ')
    page.get_by_label('電話番号').fill('０９０ー００００ー０００１')
    page.get_by_label('電話番号').blur()
    expect(page.get_by_label('電話番号')).to_have_value('090-0000-0001')


def test_a_date_is_typed_in_boxes_or_whole(open_form: Open, page: Page) -> None:
    open_form()
    received = page.get_by_role('group', name='現地確認日')
    year = received.get_by_label('現地確認日 年')
    year.fill('Ｒ８．１１．２０')
    received.get_by_label('月').focus()
    page.get_by_label('場所').focus()
    expect(year).to_have_value('8')
    expect(received.get_by_label('月')).to_have_value('11')
    expect(received.get_by_text('2026年11月20日(金)')).to_be_visible()
    received.get_by_label('現地確認日 日').fill('31')
    page.get_by_label('場所').focus()
    expect(received.get_by_text('11月は30日までです')).to_be_visible()


def test_a_rule_between_answers_speaks_when_the_field_is_left(open_form: Open, page: Page) -> None:
    open_form()
    checked = page.get_by_role('group', name='現地確認日')
    checked.get_by_label('現地確認日 年').fill('2026/12/24')
    page.get_by_label('場所').focus()
    expect(checked.get_by_text('＊現地確認日は今日までにしてください。')).to_be_visible()


def test_the_whole_form_is_filled_and_saved_by_keyboard(open_form: Open, page: Page, base_url: str) -> None:
    open_form()
    page.get_by_label('電話番号').focus()
    page.keyboard.type('090-0000-0001')
    page.keyboard.press('Tab')
    page.keyboard.press('Tab')
    page.keyboard.press('Tab')
    page.keyboard.press('Tab')
    page.keyboard.press('Space')
    page.keyboard.press('ArrowRight')
    expect(page.get_by_label('側溝')).to_be_checked()
    page.keyboard.press('Tab')
    page.keyboard.press('Tab')
    page.keyboard.type('sample')
    page.keyboard.press('Tab')
    page.keyboard.press('Tab')
    page.keyboard.type('hole')
    page.keyboard.press('Control+Enter')
    expect(page.locator('.ef-state')).to_contain_text('保存しました')
    (sent,) = page.request.get(f'{base_url}/test/received').json()
    values: dict[str, Any] = sent['values']
    assert (values['電話番号'], values['種別'], values['場所'], values['内容']) == (
        '090-0000-0001',
        '側溝',
        'sample',
        'hole',
    )


def test_a_message_that_appears_on_leaving_a_field_does_not_move_the_button_from_under_the_finger(
    open_form: Open, page: Page
) -> None:
    open_form('everything')
    page.get_by_role('button', name='物資に行を追加する').click()
    page.get_by_role('group', name='物資 1行目').get_by_label('数量').fill('２０')
    page.get_by_role('button', name='物資に行を追加する').click()
    expect(page.get_by_role('group', name='物資 2行目')).to_be_visible()
    expect(page.get_by_text('「２０」を 20個 と読み取りました。')).to_be_visible()


def test_a_postal_code_puts_the_town_into_the_address_once(open_form: Open) -> None:
    page = open_form('everything')
    code, address = page.get_by_label('郵便番号'), page.get_by_label('住所', exact=False).first
    code.fill('９９９－０００１')
    code.blur()
    expect(code).to_have_value('999-0001')
    expect(address).to_have_value('見本県見本市広見')
    address.fill('見本県見本市広見1-2-3 見本荘')
    code.fill('9990002')
    page.get_by_role('button', name='見本県見本市西見本').click()
    expect(address).to_have_value('見本県見本市西見本1-2-3 見本荘')
    address.fill('例示町5')
    code.fill('9990001')
    expect(page.get_by_text('住所はそのままです。')).to_be_visible()
    expect(address).to_have_value('例示町5')


def test_two_coordinates_pasted_into_one_box_fill_both(open_form: Open) -> None:
    page = open_form('everything')
    pasted = {
        '緯度': ('36.59, 136.66', '36.59', '136.66'),
        '経度': ('北緯３６．５８　東経１３６．６７', '36.58', '136.67'),
        '場所の名前': ('36.57、136.68', '36.57', '136.68'),
    }
    for box, (text, lat, lon) in pasted.items():
        page.get_by_label(box).fill('')
        page.get_by_label(box).fill(text)
        expect(page.get_by_label('緯度')).to_have_value(lat)
        expect(page.get_by_label('経度')).to_have_value(lon)
    expect(page.get_by_label('場所の名前')).to_have_value('')


def test_a_result_that_cannot_be_calculated_says_so_until_it_can(open_form: Open) -> None:
    page = open_form('estimate')
    result = page.get_by_role('status', name='一人分')
    page.get_by_label('金額').fill('1000')
    page.get_by_label('人数').fill('0')
    page.get_by_label('品名').click()
    expect(result).to_have_text('計算できません')
    page.get_by_label('人数').fill('4')
    page.get_by_label('品名').click()
    expect(result).to_have_text('250円')
