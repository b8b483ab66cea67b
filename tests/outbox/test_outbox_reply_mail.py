"""A reply link goes out by mail: it opens the task, and no file of ours ever held it."""

from __future__ import annotations

import re

import pytest
from mailing import STAFF

from apps.outbox.reply_mail import mailed
from apps.outcome import Refused

TASKS = """
title: 工事依頼
record_title: [会社]
sections:
  - fields:
      - {name: 会社, type: text}
      - {name: メール, type: email}
      - {name: 報告, type: textarea}
workflow:
  statuses: [{name: 依頼中}, {name: 報告あり, done: true}]
  actions: [{name: 報告する, from: [依頼中], to: 報告あり, asks: [報告], requires: [報告]}]
reply_link: {action: 報告する, shows: [会社], to: 会社, mail: メール, intro: お願いします。}
"""


@pytest.fixture
async def task(city, settings):
    (settings.definitions / 'tasks.yaml').write_text(TASKS, 'utf-8')
    city.catalogue.reload()
    told = {'会社': '例示建設', 'メール': 'itaku@example.jp'}
    return (await city.operations.submit('tasks', told, by=STAFF)).id


async def test_the_mailed_link_opens_the_task_and_is_kept_nowhere(city, settings, post, task):
    await city.reply_links.make('tasks', task, by=STAFF)
    await city.reply_links.mail('tasks', task, by=STAFF)
    assert await city.outbox.sender.send_all() == 1
    (taken,) = post.taken
    assert taken.recipients == ['itaku@example.jp']
    (token,) = re.findall(r'https://madoguchi\.example\.lg\.jp/public/reply/(\S+)', taken.body)
    assert city.reply_links.find(token).record['会社'] == '例示建設'
    assert mailed(city.store, 'tasks', task)[0] == '送信ずみ'
    await city.reply_links.answer(token, {'報告': '直しました。'}, request_id='r' * 22)
    assert city.store.get('tasks', task)['状態'] == '報告あり'
    assert city.reply_links.find(token).offer is None
    city.close()
    kept = b''.join(each.read_bytes() for each in settings.data.rglob('*') if each.is_file())
    assert token.encode() not in kept


async def test_a_link_that_was_withdrawn_meanwhile_is_not_sent(city, post, task):
    await city.reply_links.make('tasks', task, by=STAFF)
    await city.reply_links.mail('tasks', task, by=STAFF)
    await city.reply_links.withdraw('tasks', task, by=STAFF)
    assert await city.outbox.sender.send_all() == 0
    assert (post.taken, mailed(city.store, 'tasks', task)[0][:5]) == ([], '戻ってきた')


async def test_without_a_link_or_an_address_there_is_nothing_to_mail(city, task):
    with pytest.raises(Refused) as refused:
        await city.reply_links.mail('tasks', task, by=STAFF)
    assert refused.value.kind == 'closed'
    await city.operations.change('tasks', task, {'メール': None}, by=STAFF, if_rev=1)
    await city.reply_links.make('tasks', task, by=STAFF)
    with pytest.raises(Refused) as refused:
        await city.reply_links.mail('tasks', task, by=STAFF)
    assert refused.value.kind == 'invalid'
