"""The administrator's pages: somebody is made, signs in for the first time, is taken in from a file, is transferred."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from watching import SIZES, Watch, ready

NewPage = Callable[..., Page]
PASSWORD = re.compile('[a-z2-9]{5}(-[a-z2-9]{5}){2}')


def test_a_new_colleague_gets_a_password_once_and_chooses_their_own(
    signed_in: NewPage, new_page: NewPage, watch: Watch
) -> None:
    watch.expected = ('Failed to load resource: the server responded with a status of 422',)
    office = signed_in('kanri')
    office.goto('/accounts/new')
    ready(office)
    office.get_by_label('氏名').fill('様式 一')
    office.get_by_role('button', name='登録する').click()
    expect(office.get_by_label('利用者ID')).to_have_attribute('aria-invalid', 'true')
    expect(office.get_by_text('利用者IDは半角の英小文字')).to_be_visible()
    expect(office.get_by_label('氏名')).to_have_value('様式 一')
    office.get_by_label('利用者ID').fill('youshiki')
    office.get_by_role('checkbox', name='道路管理課').check()
    office.get_by_role('button', name='登録する').click()
    password = office.locator('.account-password').inner_text()
    assert PASSWORD.fullmatch(password)

    page = new_page('phone')
    page.goto('/apps/road_requests')
    page.get_by_label('利用者ID').fill('youshiki')
    page.get_by_label('パスワード').fill(password)
    page.get_by_role('button', name='サインイン', exact=True).click()
    expect(page.locator('h1')).to_have_text('新しいパスワードを決める')
    page.goto('/apps/facilities')
    expect(page.locator('h1')).to_have_text('新しいパスワードを決める')
    page.get_by_label('新しいパスワード', exact=True).fill('my-own-choice-1')
    page.get_by_label('新しいパスワード(もう一度)').fill('another-choice')
    page.get_by_role('button', name='決めて先へ進む').click()
    expect(page.get_by_role('alert')).to_contain_text('同じではありません')
    page.get_by_label('新しいパスワード', exact=True).fill('my-own-choice-1')
    page.get_by_label('新しいパスワード(もう一度)').fill('my-own-choice-1')
    page.get_by_role('button', name='決めて先へ進む').click()
    ready(page)
    expect(page.locator('h1')).to_have_text('施設台帳')
    expect(page.get_by_text('はじめてのサインインです。')).to_be_visible()


def test_a_file_is_shown_row_by_row_before_it_is_taken_in(signed_in: NewPage) -> None:
    office = signed_in('kanri')
    office.goto('/accounts/file')
    ready(office)
    wrong = '利用者ID,氏名,役割,所属\nkari1,仮名 一,職員,会計課\nkari2,,王様,\n'
    choose(office, wrong.encode('cp932'))
    expect(office.get_by_role('region', name='断られた行')).to_contain_text('3行目')
    expect(office.get_by_role('button', name=re.compile('取り込む$'))).to_have_count(0)
    choose(
        office,
        '利用者ID,氏名,役割,所属\nkari1,仮名 一,職員,会計課\nkacho,試験 一郎,所属長,会計課\n'.encode('utf-8-sig'),
    )
    expect(office.get_by_role('region', name='新しい人')).to_contain_text('仮名 一')
    expect(office.get_by_role('region', name='変わる人')).to_contain_text('道路管理課 → 会計課')
    office.get_by_role('button', name='2人を取り込む').click()
    expect(office.get_by_text('新しい人1人、変わった人1人を取り込みました。')).to_be_visible()
    office.goto('/accounts?state=no_password&q=仮名')
    expect(office.locator('.records')).to_contain_text('kari1')
    expect(office.locator('.records')).not_to_contain_text('shokuin')
    office.goto('/accounts/file')
    ready(office)
    choose(office, '利用者ID,氏名,所属\nkacho,試験 一郎,道路管理課\n'.encode())
    office.get_by_role('button', name='1人を取り込む').click()
    expect(office.get_by_text('新しい人0人、変わった人1人を取り込みました。')).to_be_visible()
    choose(office, '利用者ID,氏名\nkari2,仮名 二\nkari3,仮名 三\n'.encode())
    office.get_by_role('button', name='2人を取り込む').click()
    office.get_by_role('button', name='2人の仮のパスワードを作る').click()
    expect(office.locator('.password-sheet .account-password')).to_have_text([PASSWORD, PASSWORD])


def choose(page: Page, content: bytes) -> None:
    page.get_by_label('CSVファイル').set_input_files({'name': 'people.csv', 'mimeType': 'text/csv', 'buffer': content})


def test_a_transfer_is_planned_listed_and_taken_back(signed_in: NewPage) -> None:
    office = signed_in('kanri')
    office.goto('/accounts/person/dohro2')
    ready(office)
    office.get_by_text('異動を予定に入れる').click()
    part = office.get_by_role('region', name='異動')
    part.get_by_label('発令日').fill('いつか')
    part.get_by_role('button', name='予定に入れる').click()
    expect(part.get_by_text('の形で書いてください')).to_be_visible()
    part.get_by_label('発令日').fill('令和19年4月1日')
    part.get_by_role('checkbox', name='施設管理課').check()
    part.get_by_role('button', name='予定に入れる').click()
    expect(part).to_contain_text('令和19年4月1日(水)から')
    office.goto('/accounts/transfers')
    office.get_by_role('button', name=re.compile('^様式 桜さんの令和19年4月1日')).click()
    expect(office.get_by_text('様式 桜さんの異動の予定を取り消しました。')).to_be_visible()


@pytest.mark.parametrize('size', SIZES)
def test_the_pages_fit_their_screens(signed_in: NewPage, size: str) -> None:
    page = signed_in('kanri', size=size)
    for address in ('', '/new', '/person/dohro1', '/file', '/transfers', '/unused', '/devices'):
        page.goto(f'/accounts{address}')
        ready(page)
        assert page.evaluate('document.documentElement.scrollWidth <= innerWidth'), address
    page.goto('/me')
    ready(page)
    assert page.evaluate('document.documentElement.scrollWidth <= innerWidth')
