"""Who is told of a save, once, and no more than they may see."""

from __future__ import annotations

import pytest
from telling import APP, CHIEF, HANAKO, JIRO, TARO, VENDOR, made, texts, told

from apps.notifications.notification import Choices
from apps.outbox.notice import OUTBOX
from apps.outcome import Refused


async def test_the_one_who_is_assigned_is_told_and_again_only_when_assigned_anew(office):
    record = await made(office, 担当者='hanako')
    assert told(office, HANAKO) == ['担当になった']
    await office.operations.change(APP, record, {'場所': '見本町2丁目'}, by=TARO, if_rev=1)
    assert told(office, HANAKO) == ['担当になった']
    await office.operations.change(APP, record, {'担当者': 'taro'}, by=HANAKO, if_rev=2)
    await office.operations.change(APP, record, {'担当者': 'hanako'}, by=TARO, if_rev=3)
    assert told(office, HANAKO) == ['担当になった', '担当になった']


async def test_who_did_it_is_not_told(office):
    await made(office, by=HANAKO, 担当者='hanako', 担当課='道路課')
    assert told(office, HANAKO) == []
    assert told(office, TARO) == ['入った']


async def test_a_section_a_role_and_a_named_action(office):
    record = await made(office, 担当課='公園課', 費用=100)
    assert told(office, JIRO) == ['入った']
    await office.operations.change(APP, record, {'費用': 200}, by=TARO, if_rev=1)
    assert told(office, CHIEF) == ['費用が変わった']
    await office.operations.act(APP, record, '完了にする', {}, by=TARO)
    assert told(office, JIRO) == ['入った', '終わった']


async def test_the_same_request_sent_twice_tells_once(office):
    raw = {'場所': '見本町', '受付日': '2026-11-20', '担当者': 'hanako'}
    for _ in range(2):
        await office.operations.submit(APP, raw, by=TARO, request_id='same-request')
    assert told(office, HANAKO) == ['担当になった']


async def test_what_is_hidden_from_a_person_is_not_told_to_them_and_personal_fields_to_nobody(office):
    await made(office, 担当者='vendor', 費用=123456)
    await made(office, 担当者='hanako', 費用=123456)
    ((title, text),) = texts(office, VENDOR)
    assert text == 'T001 見本町1丁目 (非表示) の担当です'
    assert title == 'T001'
    ((title, text),) = texts(office, HANAKO)
    assert '123,456' in text
    assert title == 'T002'


async def test_who_may_not_see_the_record_hears_nothing_and_later_sees_nothing(office):
    record = await made(office, 担当者='vendor')
    assert [each.event for each in office.inbox.newest(VENDOR)] == ['担当になった']
    await office.operations.change(APP, record, {'担当者': 'hanako'}, by=TARO, if_rev=1)
    assert office.inbox.newest(VENDOR) == [], 'records of others are not theirs to see'


async def test_a_refused_save_tells_nobody(office):
    with pytest.raises(Refused):
        await made(office, 担当者='hanako', 費用='many')
    assert told(office, HANAKO) == []


async def test_a_mail_holds_the_number_and_the_address_and_nothing_of_the_record(office):
    await office.inbox.choose(Choices(True, 'hanako@city.example.lg.jp'), by=HANAKO)
    record = await made(office, 担当者='hanako', 費用=5)
    (mail,) = office.store.find(OUTBOX, limit=None).docs
    assert (mail['to'], mail['person'], mail['state']) == ('hanako@city.example.lg.jp', 'hanako', 'queued')
    assert mail['link'] == f'/apps/{APP}/records/{record}'
    assert 'T001' in mail['body']
    assert not any(word in str(dict(mail)) for word in ('例示 一郎', '見本町'))


async def test_nobody_gets_mail_who_did_not_ask_for_it_or_not_of_this_kind(office):
    await office.inbox.choose(Choices(True, 'h@city.example.lg.jp', frozenset({f'{APP}/担当になった'})), by=HANAKO)
    await made(office, 担当者='hanako')
    assert told(office, HANAKO) == ['担当になった']
    assert office.store.count(OUTBOX) == 0
    with pytest.raises(Refused, match='メールアドレス'):
        await office.inbox.choose(Choices(True, 'a@x.jp, b@x.jp'), by=HANAKO)


async def test_reading_is_for_oneself_only(office):
    await made(office, 担当者='hanako')
    (one,) = office.inbox.newest(HANAKO)
    await office.inbox.read([one.id], by=TARO)
    assert office.inbox.unread(HANAKO) == 1
    await office.inbox.read([one.id], by=HANAKO)
    assert office.inbox.unread(HANAKO) == 0
    assert office.inbox.newest(HANAKO)[0].read
