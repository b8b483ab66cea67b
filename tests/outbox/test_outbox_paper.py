"""Without a mail server, or without an address: letters and a file, once for each, and never live formulas."""

from __future__ import annotations

from dataclasses import replace

import pytest
from mailing import EVENT, RECEIPT, STAFF, WON, applied, kept_states, sent_to_all, states
from openpyxl import load_workbook

from apps.context import opened
from apps.outbox.letters import letters_page
from apps.outbox.merge_file import csv_text, write_workbook
from apps.outbox.notice import MERGED, OUTBOX, Notice
from apps.outcome import Refused

HOME = {'郵便番号': '100-0000', '住所': '見本市見本町1'}


@pytest.fixture
def paper(settings, clock):
    """The same city without a mail server."""
    with opened(replace(settings, smtp_host=''), clock) as city:
        yield city


async def test_letters_are_frozen_once_and_can_be_opened_again(paper):
    await applied(paper, '見本 太郎', **HOME)
    await applied(paper, '例示 花子')
    batch, count = await paper.outbox.letters(EVENT, WON, by=STAFF)
    assert count == 1, 'one of them has no postal address'
    assert states(paper) == ['printed', 'unsent']
    with pytest.raises(Refused, match='住所のある相手がいません'):
        await paper.outbox.letters(EVENT, WON, by=STAFF)
    (letter,) = paper.outbox.frozen(EVENT, WON, by=STAFF, batch=batch)
    assert (letter.postal, letter.address, letter.addressee) == ('100-0000', '見本市見本町1', '見本 太郎')


async def test_who_got_a_letter_gets_no_mail_and_the_other_way_round(city, post):
    first = await applied(city, '見本 太郎', 'taro@example.jp', **HOME)
    await applied(city, '例示 花子', 'hanako@example.jp', **HOME)
    await city.outbox.letters(EVENT, WON, by=STAFF, records=[first])
    assert await sent_to_all(city) == 1
    await city.outbox.sender.send_all()
    assert [each.recipients for each in post.taken] == [['hanako@example.jp']]
    with pytest.raises(Refused):
        await city.outbox.letters(EVENT, WON, by=STAFF)


async def test_a_mail_that_came_back_may_become_a_letter_but_not_one_of_unknown_fate(city, post):
    await applied(city, '見本 太郎', 'gone@example.jp', **HOME)
    post.refused['gone@example.jp'] = '550 no such user'
    await sent_to_all(city)
    await city.outbox.sender.send_all()
    assert (await city.outbox.letters(EVENT, WON, by=STAFF))[1] == 1
    assert states(city) == ['printed']
    (standing,) = city.outbox.standings(EVENT, WON, by=STAFF)
    lost = {'state': 'unknown'}
    city.store.commit_blocking(
        lambda tx: tx.patch(OUTBOX, standing.notice.id, lost, None) and None, actor='x', request_id=''
    )
    with pytest.raises(Refused):
        await city.outbox.letters(EVENT, WON, by=STAFF)


async def test_without_a_mail_server_nothing_is_sent_by_mail(paper):
    await applied(paper, '見本 太郎', 'taro@example.jp')
    with pytest.raises(Refused, match='メールサーバーが設定されていません'):
        await paper.outbox.send(paper.outbox.preview(EVENT, WON, by=STAFF), by=STAFF)


async def test_the_merge_file_holds_everybody_once_and_no_live_formula(paper, tmp_path):
    await applied(paper, '=HYPERLINK("http://x")', **HOME)
    batch, _ = await paper.outbox.merge_file(EVENT, WON, by=STAFF)
    notices = paper.outbox.frozen(EVENT, WON, by=STAFF, batch=batch, state=MERGED)
    write_workbook(tmp_path / 'merge.xlsx', notices)
    rows = list(load_workbook(tmp_path / 'merge.xlsx')['差込'].iter_rows())
    assert [each.value for each in rows[1]][:3] == ['100-0000', '見本市見本町1', '=HYPERLINK("http://x")']
    assert {each.data_type for each in rows[1]} <= {'s', 'n'}
    assert "'=HYPERLINK" in csv_text(notices)


def test_a_letter_is_a_page_of_its_own_and_holds_no_markup_of_others():
    letters = [Notice(app='a', record=str(n), event='e', addressee='<b>見本</b>', body='<script>') for n in range(3)]
    page = letters_page(letters, city='見本市', owner='文化振興課', day='令和8年11月20日', nonce='n')
    assert page.count('<section class="letter">') == 3
    assert '&lt;b&gt;見本&lt;/b&gt; 様' in page
    assert page.count('<script') == 1


async def test_a_confirmation_goes_out_with_the_application_itself_and_only_once(city, post):
    path = city.settings.definitions / f'{EVENT}.yaml'
    path.write_text(path.read_text('utf-8') + RECEIPT, 'utf-8')
    city.catalogue.reload()
    raw = {'氏名': '見本 太郎', 'メールアドレス': 'taro@example.jp'}
    for _ in range(2):
        await city.operations.submit(EVENT, raw, by=STAFF, request_id='pressed-twice')
    assert kept_states(city) == ['queued']
    await city.outbox.sender.send_all()
    assert [each.body for each in post.taken] == ['受付番号は A001 です。\n']
