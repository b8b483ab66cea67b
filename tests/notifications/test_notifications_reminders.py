"""Reminders come on their day and hour, once, also when the server slept, and not of what is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telling import APP, HANAKO, TARO, at, made, told

from apps.context import open_context
from apps.notifications import retention
from apps.notifications.notification import NOTIFICATIONS


async def test_three_working_days_before_the_deadline_at_the_hour_once(office, clock):
    await office.reminders.tick()
    await made(office, 担当者='hanako')  # 期限: five working days on, 2026-11-30, as 23 November is a holiday
    clock.at = at('2026-11-25', '08:29')
    await office.reminders.tick()
    assert told(office, HANAKO) == ['担当になった']
    clock.at = at('2026-11-25', '08:30')
    assert await office.reminders.tick() == 1
    assert await office.reminders.tick() == 0
    assert told(office, HANAKO)[1:] == ['期限が近い']


async def test_after_days_without_the_server_what_came_due_meanwhile_is_told_once(settings, office, clock):
    await office.reminders.tick()
    await made(office, 担当者='hanako')
    office.close()
    clock.at = at('2026-12-04', '13:00')
    for _ in range(2):
        again = open_context(settings, clock)
        await again.reminders.tick()
        found = told(again, HANAKO)[1:]
        again.close()
    assert sorted(found) == ['期限が近い', '期限を過ぎた']


async def test_what_is_done_reminds_nobody(office, clock):
    await office.reminders.tick()
    record = await made(office, 担当者='hanako')
    await office.operations.act(APP, record, '完了にする', {}, by=TARO)
    clock.at = at('2026-12-04')
    assert await office.reminders.tick() == 0


async def test_a_day_that_moves_reminds_anew(office, clock):
    await office.reminders.tick()
    record = await made(office, 担当者='hanako')
    clock.at = at('2026-11-25')
    await office.reminders.tick()
    await office.operations.change(APP, record, {'受付日': '2026-11-25'}, by=TARO, if_rev=1)  # 期限: 2026-12-02
    clock.at = at('2026-11-27', '08:29')
    assert await office.reminders.tick() == 0
    clock.at = at('2026-11-27', '08:30')
    assert await office.reminders.tick() == 1
    assert told(office, HANAKO)[1:] == ['期限が近い', '期限が近い']


async def test_a_deadline_set_after_its_reminder_was_due_reminds_at_once(office, clock):
    clock.at = at('2026-11-27', '09:00')
    await office.reminders.tick()
    await made(office, 担当者='hanako')
    assert sorted(told(office, HANAKO)) == ['担当になった', '期限が近い']
    assert await office.reminders.tick() == 0


async def test_a_rule_that_is_new_does_not_dig_up_the_past(office, clock):
    await made(office, 担当者='hanako')
    clock.at = at('2027-02-01')
    assert await office.reminders.tick() == 0
    assert told(office, HANAKO) == ['担当になった']


async def test_a_stop_between_telling_and_noting_how_far_it_got_tells_nobody_twice(office, clock, monkeypatch):
    await office.reminders.tick()
    await made(office, 担当者='hanako')
    clock.at = at('2026-11-25')

    async def stopped(*_):
        raise RuntimeError('the power is gone')

    with monkeypatch.context() as broken:
        broken.setattr(type(office.reminders), '_keep_until', stopped)
        with pytest.raises(RuntimeError):
            await office.reminders.tick()
    assert await office.reminders.tick() == 0
    assert told(office, HANAKO)[1:] == ['期限が近い']


async def test_a_server_killed_between_telling_and_noting_it_tells_nobody_twice(settings, office, clock, monkeypatch):
    await office.reminders.tick()
    await made(office, 担当者='hanako')
    clock.at = at('2026-11-25', '08:30')

    async def killed(*_: object) -> None:
        raise ConnectionAbortedError

    monkeypatch.setattr(office.reminders.__class__, '_keep_until', killed)
    with pytest.raises(ConnectionAbortedError):
        await office.reminders.tick()
    monkeypatch.undo()
    office.close()
    again = open_context(settings, clock)
    await again.reminders.tick()
    found = told(again, HANAKO)
    again.close()
    assert found == ['担当になった', '期限が近い']


async def test_old_notifications_are_erased_with_what_they_said(office, clock):
    await made(office, 担当者='hanako', 場所='見本町の古い話')
    assert retention.expire(office.store, clock.now()) == 0 and told(office, HANAKO)
    clock.at += timedelta(days=retention.KEPT_DAYS + 1)
    assert retention.expire(office.store, clock.now()) > 0 and not told(office, HANAKO)
    lines = [each for each in office.store.changes(0, NOTIFICATIONS) if not each.erased]
    assert '見本町の古い話' not in str([each.changed for each in lines])
    assert office.store.count(APP) == 1 and retention.expire(office.store, clock.now()) == 0
