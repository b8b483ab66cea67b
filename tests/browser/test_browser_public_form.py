"""A citizen applies on a phone without an account, looks the application up, and takes it back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from city import City
from playwright.sync_api import Page, expect
from watching import SIZES, Watch

NewPage = Callable[..., Page]
FORM = '/public/forms/kouza'

COURSE = """\
title: 見本の講座
sections:
  - title: 申込者
    easy_title: あなたのこと
    fields:
      - {name: 氏名, type: person_name, required: true, privacy: personal, easy_label: なまえ}
      - {name: 電話番号, type: phone, required: true, privacy: personal}
      - {name: 参加のしかた, type: select_one, required: true, look: buttons, choices: [会場, オンライン]}
      - {name: メール, type: email, relevant: '参加のしかた = "オンライン"', required: true}
      - {name: 受付方法, type: select_one, choices: [ウェブ, 窓口], default: '"窓口"'}
      - {name: 内部メモ, type: text}
numbering: [{field: 受付番号, format: '講{seq:4}'}]
workflow:
  statuses: [{name: 受付}, {name: 取消し, done: true}]
  actions: [{name: 取り消す, from: [受付], to: 取消し}]
public_form:
  address: kouza
  fields: [氏名, 電話番号, 参加のしかた, メール]
  sets: {受付方法: '"ウェブ"'}
  intro: 見本の講座です。
  easy_intro: みほんの べんきょうかい です。
  shows: [状態]
  cancel: 取り消す
"""


@pytest.fixture(scope='module', autouse=True)
def course(city: City) -> None:
    (Path(city.definitions) / 'public_course.yaml').write_text(COURSE, 'utf-8')


@pytest.fixture
def at_form(new_page: NewPage, watch: Watch) -> Callable[..., Page]:
    """The form, once the server has read its definition."""

    def made(size: str = 'phone', address: str = FORM) -> Page:
        watch.expected = ('Failed to load resource: the server responded with a status of 404',)
        page = new_page(size)
        for _ in range(100):
            if (page.goto(address) or page).status == 200:  # type: ignore[union-attr]
                break
            time.sleep(0.1)
        page.locator('.ef-form').wait_for()
        return page

    return made


def answer(page: Page, name: str = '見本 太郎', phone: str = '090-0000-0001') -> None:
    page.get_by_label('氏名').fill(name)
    page.get_by_label('電話番号').fill(phone)
    page.get_by_text('会場', exact=True).click()


def applied(page: Page) -> tuple[str, str]:
    """Send the form; the number and the code of the receipt."""
    page.get_by_role('button', name='内容を確認する').click()
    page.get_by_role('button', name='この内容で申し込む').click()
    expect(page.get_by_role('heading', name='申込みを受け付けました')).to_be_focused()
    number, code = page.locator('.pair dd').all_inner_texts()
    return number, code


@pytest.mark.parametrize('size', SIZES)
def test_a_citizen_applies_and_gets_a_number_and_a_code(at_form: Callable[..., Page], size: str) -> None:
    page = at_form(size)
    expect(page.get_by_label('内部メモ')).to_have_count(0)
    answer(page)
    page.get_by_role('button', name='内容を確認する').click()
    expect(page.get_by_role('heading', name='内容の確認')).to_be_focused()
    expect(page.locator('.ef-review')).to_contain_text('見本 太郎')
    page.get_by_role('button', name='この内容で申し込む').click()
    expect(page.locator('.pair')).to_contain_text('講00')
    assert page.evaluate('document.documentElement.scrollWidth') <= SIZES[size][0]


def test_mistakes_stand_together_and_lead_to_their_fields(at_form: Callable[..., Page]) -> None:
    page = at_form()
    page.get_by_role('button', name='内容を確認する').click()
    summary = page.get_by_role('alert')
    expect(summary).to_contain_text('入力内容を確認してください(3件)')
    expect(summary).to_be_focused()
    summary.get_by_text('電話番号を入力してください。').click()
    expect(page.get_by_label('電話番号')).to_be_focused()


def test_going_back_from_the_review_loses_nothing(at_form: Callable[..., Page]) -> None:
    page = at_form()
    answer(page)
    page.get_by_role('button', name='内容を確認する').click()
    page.go_back()
    expect(page.get_by_label('氏名')).to_have_value('見本 太郎')
    page.get_by_role('button', name='内容を確認する').click()
    page.get_by_role('button', name='直す').click()
    expect(page.get_by_label('電話番号')).to_have_value('090-0000-0001')


def test_a_reload_and_the_other_language_keep_what_was_typed(at_form: Callable[..., Page]) -> None:
    page = at_form()
    answer(page)
    page.get_by_role('link', name='やさしい日本語にする').click()
    expect(page.get_by_text('みほんの べんきょうかい です。')).to_be_visible()
    expect(page.get_by_label('なまえ')).to_have_value('見本 太郎')
    page.reload()
    expect(page.get_by_label('なまえ')).to_have_value('見本 太郎')


def test_nothing_typed_stays_for_the_next_visitor_of_a_shared_computer(at_form: Callable[..., Page]) -> None:
    page = at_form()
    answer(page)
    page.wait_for_timeout(600)
    other = page.context.new_page()
    other.goto(FORM)
    other.locator('.ef-form').wait_for()
    expect(other.get_by_label('氏名')).to_have_value('')
    applied(page)
    kept = page.evaluate('JSON.stringify({...sessionStorage})')
    assert '見本' not in kept
    page.get_by_role('button', name='終わる').click()
    page.locator('.ef-form').wait_for()
    assert page.evaluate('Object.keys(sessionStorage).filter((each) => each.includes("receipt")).length') == 0


def test_three_presses_on_a_line_that_fails_make_one_application(at_form: Callable[..., Page], watch: Watch) -> None:
    page = at_form()
    watch.expected = ('Failed to load resource',)
    answer(page, name='例示 花子')
    page.get_by_role('button', name='内容を確認する').click()
    lost: list[str] = []

    def lose_the_answer(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        lost.append(response.json()['number'])
        route.abort()  # type: ignore[attr-defined]

    page.route('**/applications*', lose_the_answer, times=1)
    send = page.get_by_role('button', name='この内容で申し込む')
    send.click()
    expect(page.get_by_text('未送信 1件')).to_be_visible()
    send.click()
    expect(page.get_by_role('heading', name='申込みを受け付けました')).to_be_visible()
    assert page.locator('.pair dd').first.inner_text() == lost[0]


def test_the_application_is_looked_up_and_taken_back_by_number_and_code(
    at_form: Callable[..., Page], watch: Watch
) -> None:
    page = at_form()
    answer(page)
    number, code = applied(page)
    page.get_by_role('link', name='申込みの確認・取消し').click()
    page.get_by_label('受付番号').fill(number)
    page.get_by_label('確認コード').fill('23456-789AB')
    page.get_by_role('button', name='確認する').click()
    refused = page.get_by_role('alert')
    expect(refused).to_contain_text('受付番号か確認コードがちがいます')
    page.get_by_label('確認コード').fill(code.lower().replace('-', ''))
    page.get_by_role('button', name='確認する').click()
    expect(page.get_by_role('heading', name='申込みの内容')).to_be_focused()
    expect(page.locator('.lines')).to_contain_text('090-0000-0001')
    expect(page.locator('.lines')).not_to_contain_text('受付方法')
    page.get_by_role('button', name='取り消す').click()
    page.get_by_role('button', name='取り消す', exact=True).click()
    expect(page.get_by_role('heading', name='受け付けました')).to_be_focused()
    expect(page.locator('.lines')).to_contain_text('取消し')


def test_a_public_address_that_leads_nowhere_says_so_in_words(new_page: NewPage, watch: Watch) -> None:
    watch.expected = ('Failed to load resource: the server responded with a status of 404',)
    page = new_page('phone')
    page.goto('/public/forms/nowhere')
    expect(page.get_by_role('heading', name='ページが見つかりません')).to_be_visible()
    expect(page.get_by_role('link')).to_have_count(0)
