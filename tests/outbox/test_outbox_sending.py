"""Notices go out once, each recipient alone, and what the mail server says is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from mailing import EVENT, STAFF, WON, applied, sent_to_all, states
from post_office import free_port, open_post_office

from apps.clock import TOKYO
from apps.context import open_context
from apps.outbox.delivery import Line
from apps.outbox.notice import OUTBOX
from apps.outcome import Refused
from apps.people import Person


async def test_each_recipient_gets_a_mail_of_their_own_with_their_own_words(city, post):
    await applied(city, '見本 太郎', 'taro@example.jp')
    await applied(city, '例示 花子', 'hanako@example.jp')
    assert await sent_to_all(city) == 2
    assert await city.outbox.sender.send_all() == 2
    assert [each.recipients for each in post.taken] == [['taro@example.jp'], ['hanako@example.jp']]
    assert [each.mail['To'] for each in post.taken] == ['taro@example.jp', 'hanako@example.jp']
    assert post.taken[0].mail['Subject'] == '当選のお知らせ 見本 太郎'
    assert post.taken[0].body == '見本 太郎 様\n受付番号 A001 は当選しました。\n'
    assert '例示' not in post.taken[0].body
    assert states(city) == ['sent', 'sent']


async def test_pressing_twice_sends_nothing_twice(city, post):
    await applied(city, '見本 太郎', 'taro@example.jp')
    seen = city.outbox.preview(EVENT, WON, by=STAFF)
    assert (await city.outbox.send(seen, by=STAFF)).count == 1
    assert (await city.outbox.send(seen, by=STAFF)).count == 0
    await city.outbox.sender.send_all()
    assert (await city.outbox.send(seen, by=STAFF)).count == 0
    assert await city.outbox.sender.send_all() == 0
    assert len(post.taken) == 1


async def test_what_changed_since_the_preview_is_left_out_and_told(city, post):
    record = await applied(city, '見本 太郎', 'taro@example.jp')
    seen = city.outbox.preview(EVENT, WON, by=STAFF)
    await city.operations.change(EVENT, record, {'メールアドレス': 'other@example.jp'}, by=STAFF, if_rev=1)
    queued = await city.outbox.send(seen, by=STAFF)
    assert (queued.count, queued.left_out) == (0, 1)
    assert await city.outbox.sender.send_all() == 0


async def test_a_refused_address_is_seen_at_once_and_stops_nobody_else(city, post):
    await applied(city, '見本 太郎', 'gone@example.jp')
    await applied(city, '例示 花子', 'hanako@example.jp')
    post.refused['gone@example.jp'] = '550 no such user'
    await sent_to_all(city)
    await city.outbox.sender.send_all()
    assert states(city) == ['bounced', 'sent']
    (bounced, _) = city.outbox.standings(EVENT, WON, by=STAFF)
    assert bounced.notice.why == '550 no such user'


async def test_a_corrected_address_gets_the_notice_when_somebody_sends_it_again(city, post):
    record = await applied(city, '見本 太郎', 'gone@example.jp')
    post.refused['gone@example.jp'] = '550 no such user'
    await sent_to_all(city)
    await city.outbox.sender.send_all()
    await city.operations.change(EVENT, record, {'メールアドレス': 'taro@example.jp'}, by=STAFF, if_rev=1)
    (standing,) = city.outbox.standings(EVENT, WON, by=STAFF)
    await city.outbox.send_again(standing.notice.id, by=STAFF)
    await city.outbox.sender.send_all()
    assert [each.recipients for each in post.taken] == [['taro@example.jp']]
    assert states(city) == ['sent']


async def test_not_now_is_tried_again_later(city, post, clock):
    await applied(city, '見本 太郎', 'taro@example.jp')
    post.refused['taro@example.jp'] = '450 try later'
    await sent_to_all(city)
    assert await city.outbox.sender.send_all() == 0
    assert states(city) == ['queued']
    post.refused.clear()
    assert await city.outbox.sender.send_all() == 0
    clock.at += timedelta(minutes=3)
    assert await city.outbox.sender.send_all() == 1


async def test_while_the_server_is_down_everything_waits_and_the_reason_is_told(settings, clock, post):
    down = free_port()
    city = open_context(replace(settings, smtp_port=down), clock)
    try:
        await applied(city, '見本 太郎', 'taro@example.jp')
        await sent_to_all(city)
        assert await city.outbox.sender.send_all() == 0
        assert city.outbox.sender.trouble == 'メールサーバーにつながりません。'
        assert states(city) == ['queued']
        post.port = down
        controller = open_post_office(post)
        try:
            assert await city.outbox.sender.send_all() == 1
            assert city.outbox.sender.trouble == ''
        finally:
            controller.stop()
        assert len(post.taken) == 1
    finally:
        city.close()


async def test_a_line_that_breaks_after_the_mail_was_said_is_nobody_s_guess(city, post, monkeypatch):
    await applied(city, '見本 太郎', 'taro@example.jp')
    await sent_to_all(city)
    real = Line._say

    def broken(line, mail):
        real(line, mail)
        line._smtp.getreply = lambda: (_ for _ in ()).throw(ConnectionResetError)
        return real(line, b'')

    monkeypatch.setattr(Line, '_say', broken)
    await city.outbox.sender.send_all()
    assert states(city) == ['unknown']
    monkeypatch.undo()
    assert await city.outbox.sender.send_all() == 0, 'nobody sends it again by itself'
    (standing,) = city.outbox.standings(EVENT, WON, by=STAFF)
    await city.outbox.was_sent(standing.notice.id, by=STAFF)
    assert states(city) == ['sent']
    assert len(post.taken) == 1


@pytest.mark.parametrize(
    'name',
    ['見本\r\nBcc: spy@example.com', '見本\u2028Bcc: spy@example.com', '見本\x0bX', '.\r\n.\r\nMAIL FROM:<x@y.z>'],
)
async def test_what_somebody_types_adds_no_header_and_no_recipient(city, post, name):
    record = await applied(city, '見本', 'taro@example.jp')
    stored = dict(city.store.get(EVENT, record))
    city.store.commit_blocking(
        lambda tx: tx.put(EVENT, {**stored, '氏名': name}, record, 1) and None, actor='system', request_id=''
    )
    await sent_to_all(city)
    await city.outbox.sender.send_all()
    (kept,) = post.taken
    assert kept.recipients == ['taro@example.jp']
    assert kept.mail['Bcc'] is None
    assert '\n' not in kept.mail['Subject']


@pytest.mark.parametrize('address', ['a@example.jp, b@example.jp', 'a@example.jp b@example.jp', 'a@b', 'ü@example.jp'])
async def test_what_is_not_exactly_one_address_is_never_mailed(city, post, address):
    record = await applied(city, '見本', 'taro@example.jp')
    stored = dict(city.store.get(EVENT, record))
    city.store.commit_blocking(
        lambda tx: tx.put(EVENT, {**stored, 'メールアドレス': address}, record, 1) and None, actor='x', request_id=''
    )
    (draft,) = city.outbox.preview(EVENT, WON, by=STAFF).drafts
    assert draft.no_mail == 'メールアドレスが正しくありません。'
    assert await sent_to_all(city) == 0


async def test_nothing_leaves_before_its_moment(city, post, clock):
    record = await applied(city, '見本 太郎', 'taro@example.jp')
    await sent_to_all(city)
    moment = datetime(2026, 11, 20, 17, 0, tzinfo=TOKYO).isoformat()
    city.store.commit_blocking(
        lambda tx: [
            tx.patch(OUTBOX, each.doc_id, {'not_before': moment}, None) for each in tx.find(OUTBOX).docs
        ] and None,
        actor='x', request_id='',
    )
    assert await city.outbox.sender.send_all() == 0
    clock.at += timedelta(hours=7)
    assert await city.outbox.sender.send_all() == 1
    assert record


async def test_who_may_only_look_sends_nothing(city):
    await applied(city, '見本 太郎', 'taro@example.jp')
    seen = city.outbox.preview(EVENT, WON, by=STAFF)
    path = city.settings.definitions / f'{EVENT}.yaml'
    path.write_text(path.read_text('utf-8') + 'permissions:\n  - {who: {role: staff}, can: [see]}\n', 'utf-8')
    city.catalogue.reload()
    with pytest.raises(Refused, match='forbidden'):
        await city.outbox.send(seen, by=STAFF)
    with pytest.raises(Refused, match='not_found'):
        city.outbox.preview(EVENT, WON, by=Person('other', '例示 花子', (), ()))


async def test_what_waits_can_be_taken_back_and_sent_later_but_not_what_was_sent(city, post):
    await applied(city, '見本 太郎', 'taro@example.jp')
    await sent_to_all(city)
    assert await city.outbox.take_back(EVENT, WON, by=STAFF) == 1
    assert states(city) == ['unsent']
    assert await city.outbox.sender.send_all() == 0
    await sent_to_all(city)
    await city.outbox.sender.send_all()
    assert await city.outbox.take_back(EVENT, WON, by=STAFF) == 0
    assert states(city) == ['sent']
    assert len(post.taken) == 1
