"""Saving in a real browser: presses, lost lines, reloads, refusals, collisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def received(page: Page, base_url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.request.get(f'{base_url}/test/received').json()
    return found


def fill(page: Page, place: str = '見本町1丁目') -> None:
    page.get_by_label('舗装').check()
    page.get_by_label('場所').fill(place)
    page.get_by_label('内容', exact=False).first.fill('道路に穴があります。')


def save(page: Page) -> None:
    page.get_by_role('button', name='保存する').click()


def state(page: Page) -> Any:
    return page.locator('.ef-state')


def test_a_record_is_saved_with_all_answers_and_the_page_is_told(open_form: Open, base_url: str) -> None:
    page = open_form()
    fill(page)
    save(page)
    expect(state(page)).to_have_text('保存しました 10:32')
    expect(page.get_by_test_id('saved')).to_have_text('1/1')
    (sent,) = received(page, base_url)
    assert sent['values']['種別'] == '舗装'
    assert sent['values']['受付日'] == '2026-11-20'
    assert sent['opened_at']


def test_three_presses_on_a_slow_line_make_one_post(open_form: Open, page: Page, base_url: str) -> None:
    posts: list[str] = []

    def slowly(route: Any) -> None:
        posts.append(route.request.method)
        page.wait_for_timeout(500)
        route.continue_()

    page.route('**/records', slowly)
    open_form()
    fill(page)
    button = page.get_by_role('button', name='保存する')
    for _ in range(3):
        button.click(no_wait_after=True)
    expect(state(page)).to_contain_text('保存しました')
    assert posts == ['POST']
    assert len(received(page, base_url)) == 1


def test_rules_answer_and_the_draft_is_kept_while_the_line_is_down(
    open_form: Open, context: BrowserContext, base_url: str
) -> None:
    page = open_form()
    fill(page)
    context.set_offline(True)
    page.get_by_label('その他', exact=True).check()
    expect(page.get_by_label('種別(その他の内容)')).to_be_visible()
    page.get_by_label('種別(その他の内容)').fill('橋')
    expect(state(page)).to_contain_text('下書き保存済み')
    save(page)
    expect(state(page)).to_have_text('未送信 1件 電波が戻ると送ります')
    context.set_offline(False)
    expect(state(page)).to_contain_text('保存しました')
    (sent,) = received(page, base_url)
    assert sent['values']['種別_その他'] == '橋'


def test_what_waits_is_sent_after_a_reload_once(open_form: Open, page: Page, base_url: str) -> None:
    page.route('**/records', lambda route: route.abort())
    open_form()
    fill(page)
    save(page)
    expect(state(page)).to_contain_text('未送信 1件')
    page.unroute('**/records')
    page.reload()
    page.locator('.ef-bar').wait_for()
    page.wait_for_function("document.querySelector('.ef-state').textContent.indexOf('未送信') < 0")
    assert len(received(page, base_url)) == 1
    expect(page.get_by_text('未送信だった入力を送信しました')).to_be_visible()
    expect(page.get_by_text('前回の入力があります')).to_have_count(0)


def test_an_answer_that_was_lost_on_the_way_back_makes_no_second_record(
    open_form: Open, page: Page, base_url: str
) -> None:
    lost = []

    def lose_the_first_answer(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route('**/records', lose_the_first_answer)
    open_form()
    fill(page)
    save(page)
    expect(state(page)).to_contain_text('保存しました')
    first, second = received(page, base_url)
    assert first['request_id'] == second['request_id']
    expect(page.get_by_test_id('saved')).to_have_text('1/1')


def test_a_reload_keeps_what_was_typed_and_asks(open_form: Open, page: Page) -> None:
    open_form()
    page.get_by_label('場所').fill('見本町1丁目')
    page.get_by_label('氏名').fill('見本 太郎')
    expect(state(page)).to_contain_text('下書き保存済み')
    page.on('dialog', lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text('前回の入力があります')).to_be_visible()
    expect(page.get_by_label('場所')).to_have_value('')
    page.get_by_role('button', name='続きから入力する').click()
    expect(page.get_by_label('場所')).to_have_value('見本町1丁目')
    expect(page.get_by_label('氏名')).to_have_value('見本 太郎')
    expect(page.get_by_text('前回の入力があります')).to_have_count(0)


def test_a_discarded_draft_does_not_come_back(open_form: Open, page: Page) -> None:
    open_form()
    page.get_by_label('場所').fill('見本町1丁目')
    expect(state(page)).to_contain_text('下書き保存済み')
    page.on('dialog', lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role('button', name='破棄する').click()
    page.reload()
    page.locator('.ef-bar').wait_for()
    expect(page.get_by_text('前回の入力があります')).to_have_count(0)


def test_leaving_with_unsaved_input_warns_and_without_does_not(open_form: Open, page: Page) -> None:
    asked: list[str] = []
    page.on('dialog', lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_form()
    page.get_by_label('場所').click()
    page.reload()
    page.locator('.ef-bar').wait_for()
    assert asked == []
    page.get_by_label('場所').fill('見本町1丁目')
    page.reload()
    page.locator('.ef-bar').wait_for()
    assert asked == ['beforeunload']


def test_missing_answers_show_a_summary_take_the_focus_and_lead_to_the_field(
    open_form: Open, page: Page, base_url: str
) -> None:
    open_form()
    save(page)
    summary = page.get_by_role('alert')
    expect(summary).to_be_focused()
    expect(summary).to_contain_text('入力内容を確認してください(3件)')
    place = page.get_by_label('場所')
    assert place.get_attribute('aria-invalid') == 'true'
    described = (place.get_attribute('aria-describedby') or '').split()
    texts = ' '.join(page.locator(f'[id="{each}"]').inner_text() for each in described)
    assert '＊場所を入力してください。' in texts
    assert '町名と目印' in texts
    summary.get_by_role('link', name='場所を入力してください。').click()
    expect(place).to_be_focused()
    place.fill('見本町')
    expect(summary).to_contain_text('(2件)')
    assert received(page, base_url) == []


def test_refusals_of_the_server_come_back_to_their_fields(open_form: Open, page: Page) -> None:
    errors = [
        {'path': '電話番号', 'code': 'not_phone', 'message': '電話番号: けた数が足りません。'},
        {'path': '受付番号', 'code': 'unique', 'message': '同じ要望がすでにあります。'},
    ]
    page.route(
        '**/records',
        lambda route: route.fulfill(
            status=422, json={'type': 'invalid', 'title': 'x', 'status': 422, 'errors': errors}
        ),
    )
    open_form()
    fill(page)
    page.get_by_label('電話番号').fill('090')
    save(page)
    summary = page.locator('.ef-summary')
    expect(summary).to_be_focused()
    expect(summary.get_by_role('listitem')).to_have_text(
        ['同じ要望がすでにあります。', '電話番号: けた数が足りません。']
    )
    expect(page.get_by_text('＊電話番号: けた数が足りません。')).to_be_visible()
    expect(page.locator('.ef-banner')).to_have_count(0)
    expect(page.get_by_label('場所')).to_have_value('見本町1丁目')
    page.unroute('**/records')
    page.get_by_label('電話番号').fill('090-0000-0001')
    save(page)
    expect(state(page)).to_contain_text('保存しました')


def stored(page: Page, base_url: str, record: str = '1', **values: Any) -> None:
    page.request.post(f'{base_url}/test/record/{record}', data={**BASE, **values})


BASE = {
    '種別': '舗装',
    '危険度': '通常',
    '受付方法': '電話',
    '場所': '見本町1丁目',
    '内容': '穴',
    '受付日': '2026-11-20',
}


def test_a_change_of_different_fields_is_merged_when_the_person_agrees(
    open_form: Open, page: Page, base_url: str
) -> None:
    stored(page, base_url)
    open_form(record='1')
    page.get_by_label('場所').fill('見本町2丁目')
    changed_by_another(page, base_url, 内容='側溝のふたが割れています。')
    save(page)
    panel = page.locator('.ef-conflict')
    expect(panel).to_be_focused()
    expect(panel).to_contain_text('穴 → 側溝のふたが割れています。')
    panel.get_by_role('button', name='両方の変更を合わせて保存する').click()
    expect(state(page)).to_contain_text('保存しました')
    saved = page.request.get(f'{base_url}/api/v1/apps/requests/records/1').json()['values']
    assert (saved['場所'], saved['内容']) == ('見本町2丁目', '側溝のふたが割れています。')


def changed_by_another(page: Page, base_url: str, **values: Any) -> None:
    """Another person saves, and the event does not reach this form (its banner is for another test)."""
    page.request.post(f'{base_url}/test/record/1?quiet=1', data={**BASE, **values})


def test_a_change_of_the_same_field_shows_both_values_and_never_overwrites(
    open_form: Open, page: Page, base_url: str
) -> None:
    stored(page, base_url)
    open_form(record='1')
    page.get_by_label('場所').fill('見本町2丁目')
    changed_by_another(page, base_url, 場所='例示町9')
    save(page)
    panel = page.locator('.ef-conflict')
    expect(panel).to_contain_text('変更前: 見本町1丁目')
    expect(panel).to_contain_text('見本町2丁目')
    expect(panel).to_contain_text('例示町9')
    panel.get_by_role('button', name='選んだ内容で保存する').click()
    expect(panel.get_by_role('alert')).to_contain_text('残すほうを選んでください')
    unchanged = page.request.get(f'{base_url}/api/v1/apps/requests/records/1').json()['values']
    assert unchanged['場所'] == '例示町9'
    panel.get_by_label('あなたの入力').check()
    panel.get_by_role('button', name='選んだ内容で保存する').click()
    expect(state(page)).to_contain_text('保存しました')
    assert page.request.get(f'{base_url}/api/v1/apps/requests/records/1').json()['values']['場所'] == '見本町2丁目'


def test_another_persons_change_is_told_and_wipes_nothing(open_form: Open, page: Page, base_url: str) -> None:
    stored(page, base_url)
    open_form(record='1')
    page.get_by_label('場所').fill('見本町2丁目')
    stored(page, base_url, 内容='側溝')
    expect(page.get_by_text('ほかの人がこの記録を変更しました')).to_be_visible()
    expect(page.get_by_label('場所')).to_have_value('見本町2丁目')
    page.get_by_role('button', name='変更を取り込む').click()
    expect(page.get_by_label('場所')).to_have_value('見本町2丁目')
    expect(page.locator('textarea').first).to_have_value('側溝')
    save(page)
    expect(state(page)).to_contain_text('保存しました')
    expect(page.locator('.ef-conflict')).to_have_count(0)


def test_a_submission_refused_after_a_reload_can_be_opened_and_mended(
    open_form: Open, page: Page, base_url: str
) -> None:
    page.route('**/records', lambda route: route.abort())
    open_form()
    fill(page)
    save(page)
    expect(state(page)).to_contain_text('未送信 1件')
    page.unroute('**/records')
    errors = [{'path': '場所', 'code': 'x', 'message': '場所をくわしく書いてください。'}]
    page.route('**/records', lambda route: route.fulfill(status=422, json={'type': 'invalid', 'errors': errors}))
    page.reload()
    page.locator('.ef-bar').wait_for()
    page.get_by_role('button', name='開いて直す').click()
    expect(page.get_by_text('＊場所をくわしく書いてください。')).to_be_visible()
    page.unroute('**/records')
    page.get_by_label('場所').fill('見本町1丁目 コンビニの前')
    save(page)
    expect(state(page)).to_contain_text('保存しました')
    (sent,) = received(page, base_url)
    assert sent['values']['場所'] == '見本町1丁目 コンビニの前'


def test_formulas_know_who_is_signed_in(open_form: Open, page: Page, base_url: str) -> None:
    open_form('everything')
    page.get_by_role('button', name='保存する').click()
    expect(state(page)).to_contain_text('保存しました')
    assert received(page, base_url)[0]['values']['担当'] == 'sample'


def test_what_is_typed_beside_an_open_collision_is_kept(open_form: Open, page: Page, base_url: str) -> None:
    stored(page, base_url)
    open_form(record='1')
    page.get_by_label('場所').fill('見本町2丁目')
    changed_by_another(page, base_url, 受付方法='窓口')
    save(page)
    panel = page.locator('.ef-conflict')
    expect(panel).to_contain_text('電話 → 窓口')
    page.get_by_label('場所').fill('見本町3丁目')
    page.get_by_label('氏名').fill('見本 太郎')
    panel.get_by_role('button', name='両方の変更を合わせて保存する').click()
    expect(state(page)).to_contain_text('保存しました')
    saved = page.request.get(f'{base_url}/api/v1/apps/requests/records/1').json()['values']
    assert (saved['場所'], saved['氏名'], saved['受付方法']) == ('見本町3丁目', '見本 太郎', '窓口')


def half_typed(page: Page, open_form: Open, base_url: str) -> None:
    """A change that is only a draft, and a record that another person changes in the meantime."""
    page.on('dialog', lambda dialog: dialog.accept())
    stored(page, base_url)
    open_form(record='1')
    page.get_by_label('場所').fill('見本町2丁目')
    expect(state(page)).to_contain_text('下書き保存済み')


def test_a_draft_of_an_older_record_does_not_undo_what_another_person_changed(
    open_form: Open, page: Page, base_url: str
) -> None:
    half_typed(page, open_form, base_url)
    changed_by_another(page, base_url, 内容='側溝のふた')
    page.reload()
    page.get_by_role('button', name='続きから入力する').click()
    expect(page.locator('textarea').first).to_have_value('側溝のふた')
    expect(page.get_by_label('場所')).to_have_value('見本町2丁目')
    save(page)
    expect(state(page)).to_contain_text('保存しました')
    saved = page.request.get(f'{base_url}/api/v1/apps/requests/records/1').json()['values']
    assert (saved['場所'], saved['内容']) == ('見本町2丁目', '側溝のふた')


def test_a_draft_that_meets_a_newer_value_of_the_same_field_asks(open_form: Open, page: Page, base_url: str) -> None:
    half_typed(page, open_form, base_url)
    changed_by_another(page, base_url, 場所='例示町9')
    page.reload()
    page.get_by_role('button', name='続きから入力する').click()
    panel = page.locator('.ef-conflict')
    expect(panel).to_contain_text('変更前: 見本町1丁目')
    expect(panel).to_contain_text('例示町9')
    panel.get_by_label('ほかの人の入力').check()
    panel.get_by_role('button', name='選んだ内容で保存する').click()
    expect(page.get_by_label('場所')).to_have_value('例示町9')
    assert page.request.get(f'{base_url}/api/v1/apps/requests/records/1').json()['values']['場所'] == '例示町9'


def test_a_change_that_arrives_after_a_reload_is_what_the_form_then_shows(
    open_form: Open, page: Page, base_url: str
) -> None:
    stored(page, base_url)
    page.route('**/records/1', lambda route: route.abort())
    open_form(record='1')
    page.get_by_label('場所').fill('見本町2丁目')
    save(page)
    expect(state(page)).to_contain_text('未送信 1件')
    page.reload()
    page.locator('.ef-bar').wait_for()
    expect(page.get_by_label('場所')).to_have_value('見本町1丁目')
    page.unroute('**/records/1')
    save(page)
    expect(page.get_by_label('場所')).to_have_value('見本町2丁目')
    page.get_by_label('氏名').fill('見本 太郎')
    save(page)
    expect(state(page)).to_contain_text('保存しました')
    expect(page.locator('.ef-conflict')).to_have_count(0)
