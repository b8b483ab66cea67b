"""Bulk acts: the same rules as one by one, all or those that pass, one line of reason, taken back as one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, SUPERVISOR

from apps.context import AppContext
from apps.operations.bulk import MOST, Plan
from apps.operations.bulk_undo import CHANGED_SINCE
from apps.outcome import Refused
from apps.people import Person

APP = 'road_requests'


async def three(office: AppContext) -> dict[str, int]:
    """Three new requests: id -> revision."""
    saved = [
        await office.operations.submit(APP, {**ROAD, '場所': f'見本町{number}丁目'}, by=STAFF) for number in (1, 2, 3)
    ]
    return {each.id: each.rev for each in saved}


def told(office: AppContext, record_id: str) -> dict[str, object]:
    found = office.store.get(APP, record_id)
    assert found is not None
    return dict(found)


async def test_an_assignee_for_many_is_one_act_and_one_undo(staffed: AppContext) -> None:
    targets = await three(staffed)
    first = next(iter(targets))
    before = {each: told(staffed, each) for each in targets}
    plan = Plan(APP, targets, {'担当者': OTHER.account})
    previewed = await staffed.bulk.preview(plan, by=STAFF)
    assert (previewed.changed, previewed.same, previewed.refused) == (3, 0, ())
    assert {each: told(staffed, each) for each in targets} == before, 'a preview leaves nothing behind'
    done = await staffed.bulk.carry_out(plan, by=STAFF, request_id='bulk-0001')
    assert (done.changed, done.refused_count) == (3, 0)
    assert {told(staffed, each)['担当者'] for each in targets} == {OTHER.account}
    history = staffed.reading.history(APP, first, by=STAFF)
    assert (history[0].what, history[0].by) == ('まとめて変更', f'{STAFF.name} (道路管理課)')
    assert staffed.store.count(APP, text='1丁目') == 1, 'the search still finds them'
    assert (await staffed.bulk.carry_out(plan, by=STAFF, request_id='bulk-0001')).changed == 3
    assert len(staffed.store.history(APP, first)) == 2, 'sent twice, done once'

    with pytest.raises(Refused) as reused:
        await staffed.bulk.carry_out(replace(plan, raw={'危険度': '緊急'}), by=STAFF, request_id='bulk-0001')
    assert reused.value.kind == 'reused'

    undone = await staffed.bulk.undo(APP, 'bulk-0001', by=STAFF, request_id='undo-0001')
    assert (undone.changed, undone.refused) == (3, ())
    assert all('担当者' not in told(staffed, each) for each in targets)
    assert staffed.reading.history(APP, first, by=STAFF)[0].what == 'まとめて変更の取り消し'


async def test_one_that_is_refused_stops_all_unless_only_those_that_pass_are_wanted(staffed: AppContext) -> None:
    targets = await three(staffed)
    first, second, third = targets
    late = await staffed.operations.change(APP, first, {'受付日': '2026-11-20'}, by=STAFF, if_rev=targets[first])
    early = {second: targets[second], third: targets[third]}
    for each, rev in early.items():
        early[each] = (
            await staffed.operations.change(APP, each, {'受付日': '2026-11-01'}, by=STAFF, if_rev=rev)
        ).rev
    plan = Plan(APP, {first: late.rev, **early}, {'現地確認日': '2026-11-10'})
    with pytest.raises(Refused) as alone:
        await staffed.operations.change(APP, first, plan.raw, by=STAFF, if_rev=late.rev)
    previewed = await staffed.bulk.preview(plan, by=STAFF)
    assert (previewed.changed, [each.id for each in previewed.refused]) == (2, [first])
    assert previewed.refused[0].messages == alone.value.messages, 'the same refusal as alone'
    assert previewed.refused[0].title.startswith('道-R8-')
    with pytest.raises(Refused) as refused:
        await staffed.bulk.carry_out(plan, by=STAFF, request_id='bulk-0002')
    assert '何も変更していません' in refused.value.detail
    assert [(each.path, each.text) for each in refused.value.messages] == [
        (f'{first}.現地確認日', alone.value.messages[0].text)
    ]
    assert not any('現地確認日' in told(staffed, each) for each in targets)
    done = await staffed.bulk.carry_out(plan, by=STAFF, request_id='bulk-0003', passing_only=True)
    assert (done.changed, [each.id for each in done.refused]) == (2, [first])
    assert [told(staffed, each).get('現地確認日') for each in targets] == [None, '2026-11-10', '2026-11-10']


async def test_what_somebody_changed_after_the_preview_is_not_overwritten(staffed: AppContext) -> None:
    targets = await three(staffed)
    first = next(iter(targets))
    await staffed.operations.change(APP, first, {'担当者': STAFF.account}, by=STAFF, if_rev=targets[first])
    plan = Plan(APP, targets, {'担当者': OTHER.account})
    with pytest.raises(Refused) as refused:
        await staffed.bulk.carry_out(plan, by=OTHER)
    assert refused.value.kind == 'conflict'
    done = await staffed.bulk.carry_out(plan, by=OTHER, passing_only=True)
    assert (done.changed, done.refused[0].id) == (2, first)
    assert told(staffed, first)['担当者'] == STAFF.account


async def test_records_that_are_so_already_are_counted_and_left_alone(staffed: AppContext) -> None:
    targets = await three(staffed)
    done = await staffed.bulk.carry_out(Plan(APP, targets, {'危険度': '通常'}), by=STAFF)
    assert (done.changed, done.same) == (0, 3)
    assert {each: told(staffed, each) for each in targets} and [
        len(staffed.store.history(APP, each)) for each in targets
    ] == [1, 1, 1]


async def test_an_action_on_many_goes_by_the_workflow_and_back(staffed: AppContext) -> None:
    targets = await three(staffed)
    first, *rest = targets
    begun = await staffed.operations.act(APP, first, '取り下げる', {}, by=STAFF)
    plan = Plan(APP, {**targets, first: begun.rev}, {'担当者': OTHER.account}, '対応を始める')
    previewed = await staffed.bulk.preview(plan, by=STAFF)
    assert (previewed.changed, [each.id for each in previewed.refused]) == (2, [first])
    await staffed.bulk.carry_out(plan, by=STAFF, request_id='bulk-0004', passing_only=True)
    assert [told(staffed, each)['状態'] for each in targets] == ['取下げ', '対応中', '対応中']
    assert staffed.reading.history(APP, rest[0], by=STAFF)[0].what == '対応を始める(まとめて)'
    await staffed.operations.change(APP, rest[0], {'対応内容': '砂利'}, by=STAFF, if_rev=2)
    undone = await staffed.bulk.undo(APP, 'bulk-0004', by=STAFF)
    assert (undone.changed, [(each.id, each.detail) for each in undone.refused]) == (1, [(rest[0], CHANGED_SINCE)])
    assert [told(staffed, each)['状態'] for each in targets] == ['取下げ', '対応中', '受付']


async def test_a_refused_record_gives_back_what_it_took(staffed: AppContext) -> None:
    """A unique value goes to the first; the second is refused and leaves nothing claimed, numbered or followed up."""
    made = [
        await staffed.operations.submit('facilities', {'施設番号': number, '施設名': f'見本{number}'}, by=LEADER)
        for number in ('001', '002')
    ]
    plan = Plan('facilities', {each.id: each.rev for each in made}, {'施設番号': '900'})
    done = await staffed.bulk.carry_out(plan, by=LEADER, passing_only=True)
    assert (done.changed, [one.code for one in done.refused[0].messages]) == (1, ['unique'])
    await staffed.operations.submit('facilities', {'施設番号': '001', '施設名': '見本の跡'}, by=LEADER)
    with pytest.raises(Refused):
        await staffed.operations.submit('facilities', {'施設番号': '002', '施設名': '見本'}, by=LEADER)


async def test_who_may_not_change_and_what_is_too_much_is_refused_at_once(staffed: AppContext) -> None:
    targets = await three(staffed)
    plan = Plan(APP, targets, {'危険度': '緊急'})
    for each in (staffed.bulk.preview(plan, by=SUPERVISOR), staffed.bulk.carry_out(plan, by=SUPERVISOR)):
        with pytest.raises(Refused) as refused:
            await each
        assert refused.value.kind == 'forbidden'
    many = replace(plan, targets=dict.fromkeys(map(str, range(MOST + 1)), 1))
    with pytest.raises(Refused, match='1,000件まで'):
        await staffed.bulk.preview(many, by=STAFF)
    with pytest.raises(Refused) as foreign:
        await staffed.bulk.undo(APP, 'bulk-of-nobody', by=STAFF)
    assert foreign.value.kind == 'not_found'


async def test_only_who_did_it_takes_it_back(staffed: AppContext) -> None:
    targets = await three(staffed)
    await staffed.bulk.carry_out(Plan(APP, targets, {'危険度': '緊急'}), by=STAFF, request_id='bulk-0005')
    with pytest.raises(Refused) as refused:
        await staffed.bulk.undo(APP, 'bulk-0005', by=OTHER)
    assert refused.value.kind == 'not_found'


async def test_a_record_that_may_not_be_seen_is_refused_without_its_title(
    staffed: AppContext, definitions: Path
) -> None:
    """By the rules of permissions, record by record, as one by one; nothing of it is told."""
    file = definitions / 'road_requests.yaml'
    rule = '  - {who: {role: contractor}, can: [see, change], records: own}\n'
    file.write_text(file.read_text('utf-8').replace('permissions:\n', f'permissions:\n{rule}', 1), 'utf-8')
    staffed.catalogue.reload()
    targets = await three(staffed)
    builder = Person('kensetsu', '例示建設', ('contractor',))
    plan = Plan(APP, targets, {'危険度': '緊急'})
    previewed = await staffed.bulk.preview(plan, by=builder)
    assert [(each.kind, each.title) for each in previewed.refused] == [('not_found', each) for each in targets]
    with pytest.raises(Refused) as alone:
        await staffed.operations.change(APP, next(iter(targets)), plan.raw, by=builder, if_rev=1)
    assert {each.detail for each in previewed.refused} == {alone.value.detail}
