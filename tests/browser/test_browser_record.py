"""A record: what it shows, and what another person changes while it is open."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

SignedIn = Callable[..., Page]


def open_first(page: Page, app: str) -> str:
    """Open the first record of a list; its title."""
    page.goto(f'/apps/{app}')
    page.locator('.records tbody a').first.click()
    page.locator('.timeline li').first.wait_for()
    return page.locator('h1').inner_text()


def test_another_persons_change_appears_without_reload(signed_in: SignedIn) -> None:
    watching = signed_in('leader')
    open_first(watching, 'road_requests')
    working = signed_in('shokuin')
    working.goto(f'{watching.url}/edit')
    working.get_by_label(re.compile('^内容.*必須')).fill('ほかの人が書き直しました。')
    working.get_by_role('button', name='保存する').click()
    working.wait_for_url(re.compile(r'/records/[^/]+$'))
    expect(working.locator('.live-news')).to_contain_text('変更を保存しました。')
    expect(watching.locator('.live-news')).to_contain_text('見本 太郎さんが変更しました')
    expect(watching.locator('.record-main dd').get_by_text('ほかの人が書き直しました。')).to_be_visible()
    newest = watching.locator('.timeline > li').first
    expect(newest).to_contain_text('見本 太郎')
    expect(newest.locator('.change-after')).to_have_text('ほかの人が書き直しました。')


def test_personal_fields_are_marked(signed_in: SignedIn) -> None:
    page = signed_in()
    open_first(page, 'road_requests')
    marked = page.locator('dt').filter(has_text='個人情報').all_inner_texts()
    assert {each.removesuffix('個人情報') for each in marked} == {'電話番号', '氏名', 'フリガナ'}


def test_a_facility_shows_its_inspections(signed_in: SignedIn) -> None:
    page = signed_in('leader')
    page.goto('/apps/inspections')
    page.locator('.records tbody a').first.click()
    number = re.match(r'\S+', page.locator('h1').filter(has_text='点-').inner_text())
    assert number
    page.locator('dd a').first.click()
    related = page.get_by_role('region').or_(page.locator('section')).filter(has_text='施設点検').first
    related.get_by_role('link', name=number[0]).click()
    expect(page.locator('h1')).to_contain_text(number[0])


def test_a_checklist_is_a_table_with_the_row_names(signed_in: SignedIn) -> None:
    page = signed_in('leader')
    open_first(page, 'inspections')
    table = page.locator('table.rows')
    expect(table.get_by_role('columnheader', name='点検内容')).to_be_visible()
    assert table.get_by_role('rowheader').count() > 5


def test_a_record_that_is_not_there(signed_in: SignedIn, watch) -> None:  # type: ignore[no-untyped-def]
    watch.expected = ('Failed to load resource: the server responded with a status of 404',)
    page = signed_in()
    page.goto('/apps/road_requests/records/nothing')
    expect(page.locator('h1')).to_have_text('ページが見つかりません')
    page.locator('main').get_by_role('link', name='ホームへ').click()
    expect(page.locator('h1')).to_contain_text('見本 太郎さん')


def test_without_permission_there_is_no_way_to_change(signed_in: SignedIn, watch) -> None:  # type: ignore[no-untyped-def]
    watch.expected = ('Failed to load resource: the server responded with a status of 403',)
    page = signed_in('kacho')
    open_first(page, 'road_requests')
    expect(page.get_by_role('link', name='編集する')).to_have_count(0)
    page.goto('/apps/road_requests/new')
    expect(page.locator('h1')).to_have_text('この操作はできません')


def test_leaving_the_office_closes_open_screens(signed_in: SignedIn) -> None:
    """An administrator shuts an account: the screens that are open on it go to the sign-in page by themselves."""
    working = signed_in('leader')
    open_first(working, 'road_requests')
    office = signed_in('kanri')
    office.goto('/accounts')
    office.get_by_role('link', name='例示 花子').click()
    state = office.get_by_role('region', name='様子')
    office.get_by_role('button', name='サインインできなくする').click()
    working.wait_for_url('**/sign-in*')
    expect(state).to_contain_text('停止中')
    office.get_by_role('button', name='もう一度使えるようにする').click()
    expect(state).not_to_contain_text('停止中')


def test_what_people_type_is_shown_and_never_run(signed_in: SignedIn) -> None:
    page = signed_in()
    spiteful = '<img src=x onerror="document.title=1"><b>{{ 7*7 }}</b>'
    page.goto('/apps/road_requests/new')
    page.get_by_label('舗装').check()
    page.get_by_label(re.compile('^場所.*必須')).fill(spiteful)
    page.get_by_label(re.compile('^内容.*必須')).fill(spiteful)
    page.get_by_role('button', name='登録する').click()
    expect(page.locator('.done-title')).to_contain_text(spiteful)
    page.get_by_role('link', name='登録した内容を見る').click()
    expect(page.locator('h1')).to_contain_text(spiteful)
    page.goto('/apps/road_requests?sort=-受付番号')
    expect(page.locator('.records')).to_contain_text(spiteful)
    assert page.locator('img[src=x]').count() == 0
