"""A supervisor, who may change nothing else, decides who works on what: one record, or many at once."""

from __future__ import annotations

from typing import Any

import pytest
from city_hall import OTHER, ROAD, STAFF, SUPERVISOR

from apps.context import AppContext
from apps.operations.bulk import Plan
from apps.outcome import Refused

APP, ASSIGN = 'road_requests', '担当者を決める'


async def put(office: AppContext, **more: Any) -> str:
    return (await office.operations.submit(APP, {**ROAD, **more}, by=STAFF)).id


async def test_one_record_is_given_to_somebody_who_is_told_of_it(staffed: AppContext) -> None:
    record = await put(staffed)
    await staffed.operations.act(APP, record, ASSIGN, {'担当者': OTHER.account}, by=SUPERVISOR)
    kept = staffed.store.get(APP, record)
    assert kept is not None
    assert (kept['担当者'], kept['状態']) == (OTHER.account, '受付')
    assert [each.what for each in staffed.reading.history(APP, record, by=STAFF)] == [ASSIGN, '登録']
    assert [(each.app, each.record) for each in staffed.inbox.newest(OTHER)] == [(APP, record)]


async def test_many_records_are_given_at_once_those_that_are_done_left_out(staffed: AppContext) -> None:
    records = [await put(staffed), await put(staffed, 担当者=STAFF.account)]
    done = await put(staffed)
    await staffed.operations.act(APP, done, '取り下げる', {}, by=STAFF)
    plan = Plan(APP, staffed.bulk.revisions(APP, [*records, done]), {'担当者': OTHER.account}, ASSIGN)
    outcome = await staffed.bulk.carry_out(plan, by=SUPERVISOR, request_id='b' * 22, passing_only=True)
    assert (outcome.changed, [each.id for each in outcome.refused]) == (2, [done])
    assert {staffed.store.get(APP, each)['担当者'] for each in records} == {OTHER.account}  # type: ignore[index]


async def test_nothing_else_and_nobody_else(staffed: AppContext) -> None:
    record = await put(staffed)
    for by, given in ((SUPERVISOR, {'場所': '別の所'}), (STAFF, {'担当者': OTHER.account})):
        with pytest.raises(Refused) as refused:
            await staffed.operations.act(APP, record, ASSIGN, given, by=by)
        assert refused.value.kind == 'invalid'
    with pytest.raises(Refused):
        await staffed.operations.act(APP, record, ASSIGN, {'担当者': 'nobody'}, by=SUPERVISOR)


async def test_taking_it_back_gives_the_records_back_and_leaves_their_status_alone(staffed: AppContext) -> None:
    record = await put(staffed, 担当者=STAFF.account)
    await staffed.operations.act(APP, record, '対応を始める', {'担当者': STAFF.account}, by=STAFF)
    plan = Plan(APP, staffed.bulk.revisions(APP, [record]), {'担当者': OTHER.account}, ASSIGN)
    await staffed.bulk.carry_out(plan, by=SUPERVISOR, request_id='b' * 22)
    assert (await staffed.bulk.undo(APP, 'b' * 22, by=SUPERVISOR)).changed == 1
    kept = staffed.store.get(APP, record)
    assert kept is not None
    assert (kept['担当者'], kept['状態']) == (STAFF.account, '対応中')


async def test_what_led_to_other_records_is_not_taken_back(staffed: AppContext) -> None:
    record = await put(staffed)
    plan = Plan(APP, staffed.bulk.revisions(APP, [record]), {}, '工事を依頼する')
    await staffed.bulk.carry_out(plan, by=STAFF, request_id='c' * 22)
    outcome = await staffed.bulk.undo(APP, 'c' * 22, by=STAFF)
    assert (outcome.changed, '別の記録ができている' in outcome.refused[0].detail) == (0, True)
    assert staffed.store.count('work_orders') == 1
