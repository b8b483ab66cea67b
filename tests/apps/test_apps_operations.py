"""One way to write: what a submission, a change and an action do, refuse and undo as a whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, SUPERVISOR, inspected

from apps.clock import StillClock
from apps.context import AppContext
from apps.live import RecordChanged
from apps.outcome import Refused
from apps.people import Person


async def test_a_submission_gets_its_number_status_and_deadline_in_the_same_save(staffed: AppContext) -> None:
    saved = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    assert saved.values['受付番号'] == '道-R8-00001'
    assert saved.values['状態'] == '受付'
    assert saved.values['期限'] == '2026-12-07'  # ten working days on: 23 November is a holiday
    assert saved.title == '道-R8-00001 舗装 見本町1丁目 公園の前'
    assert [each.what for each in staffed.reading.history('road_requests', saved.id, by=STAFF)] == ['登録']


async def test_every_refusal_comes_at_once_and_leaves_nothing_behind(staffed: AppContext) -> None:
    with pytest.raises(Refused) as refused:
        await staffed.operations.submit('road_requests', {**ROAD, '場所': '', '内容': '', '費目': 1}, by=STAFF)
    assert refused.value.kind == 'invalid'
    assert {(each.path, each.code) for each in refused.value.messages} >= {
        ('場所', 'required'),
        ('内容', 'required'),
        ('費目', 'unknown_field'),
    }
    assert staffed.store.count('road_requests') == 0
    saved = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    assert saved.values['受付番号'] == '道-R8-00001', 'the refused submission must not have used up a number'


async def test_the_same_request_sent_twice_makes_one_record_and_gets_the_first_answer(staffed: AppContext) -> None:
    first = await staffed.operations.submit('road_requests', ROAD, by=STAFF, request_id='request-1')
    again = await staffed.operations.submit('road_requests', ROAD, by=STAFF, request_id='request-1')
    assert (again.id, again.rev, again.values) == (first.id, first.rev, first.values)
    with pytest.raises(Refused) as refused:
        other = {**ROAD, '場所': '別の場所'}
        await staffed.operations.submit('road_requests', other, by=STAFF, request_id='request-1')
    assert refused.value.kind == 'reused', 'what was typed since must not vanish behind the older answer'
    assert staffed.store.count('road_requests') == 1


async def test_a_request_id_of_somebody_else_is_refused(staffed: AppContext) -> None:
    await staffed.operations.submit('road_requests', ROAD, by=STAFF, request_id='request-1')
    with pytest.raises(Refused) as refused:
        await staffed.operations.submit('road_requests', ROAD, by=OTHER, request_id='request-1')
    assert refused.value.kind == 'forbidden'


async def test_two_changes_of_different_fields_can_be_merged(staffed: AppContext) -> None:
    made = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    await staffed.operations.change('road_requests', made.id, {'場所': '例示町2丁目'}, by=OTHER, if_rev=made.rev)
    with pytest.raises(Refused) as refused:
        await staffed.operations.change('road_requests', made.id, {'内容': '側溝も'}, by=STAFF, if_rev=made.rev)
    clash = refused.value.current
    assert refused.value.kind == 'conflict' and clash is not None and clash.mergeable
    assert clash.fields['場所'].theirs == '例示町2丁目' and clash.fields['場所'].before == ROAD['場所']
    assert clash.fields['内容'].yours == '側溝も'
    merged = await staffed.operations.change('road_requests', made.id, {'内容': '側溝も'}, by=STAFF, if_rev=clash.rev)
    assert (merged.values['場所'], merged.values['内容']) == ('例示町2丁目', '側溝も')


async def test_two_changes_of_one_field_show_both_values_and_overwrite_nothing(staffed: AppContext) -> None:
    made = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    await staffed.operations.change('road_requests', made.id, {'場所': '例示町2丁目'}, by=OTHER, if_rev=made.rev)
    with pytest.raises(Refused) as refused:
        await staffed.operations.change('road_requests', made.id, {'場所': '試し台3丁目'}, by=STAFF, if_rev=made.rev)
    clash = refused.value.current
    assert clash is not None and not clash.mergeable
    assert (clash.fields['場所'].yours, clash.fields['場所'].theirs) == ('試し台3丁目', '例示町2丁目')
    assert staffed.reading.record('road_requests', made.id, by=STAFF).values['場所'] == '例示町2丁目'


async def test_an_action_asks_sets_and_is_told_by_name(staffed: AppContext) -> None:
    made = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    looked = {'現地確認日': '令和8年11月20日'}
    await staffed.operations.act('road_requests', made.id, '現地確認済みにする', looked, by=STAFF)
    with pytest.raises(Refused) as refused:
        await staffed.operations.act('road_requests', made.id, '完了にする', {}, by=STAFF)
    assert '対応内容' in {each.path for each in refused.value.messages}
    done = await staffed.operations.act('road_requests', made.id, '完了にする', {'対応内容': '補修した。'}, by=STAFF)
    assert (done.values['状態'], done.values['完了日']) == ('完了', '2026-11-20')
    told = staffed.reading.history('road_requests', made.id, by=STAFF)
    assert [each.what for each in told] == ['完了にする', '現地確認済みにする', '登録']
    assert ('状態', '現地確認', '完了') in {(each.label, each.before, each.after) for each in told[0].changes}


async def test_the_last_action_can_be_taken_back_as_a_step_of_its_own(staffed: AppContext) -> None:
    made = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    await staffed.operations.act('road_requests', made.id, '取り下げる', {}, by=STAFF)
    back = await staffed.operations.undo('road_requests', made.id, by=STAFF)
    assert back.values['状態'] == '受付'
    assert len(staffed.reading.history('road_requests', made.id, by=STAFF)) == 3


async def test_taking_back_twice_goes_two_steps_back(staffed: AppContext) -> None:
    made = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    await staffed.operations.act('road_requests', made.id, '現地確認済みにする', {'現地確認日': '2026-11-20'}, by=STAFF)
    await staffed.operations.act('road_requests', made.id, '取り下げる', {}, by=STAFF)
    await staffed.operations.undo('road_requests', made.id, by=STAFF)
    back = await staffed.operations.undo('road_requests', made.id, by=STAFF)
    assert back.values['状態'] == '受付'


async def test_nobody_types_a_status(staffed: AppContext) -> None:
    made = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    with pytest.raises(Refused) as refused:
        await staffed.operations.change('road_requests', made.id, {'状態': '完了'}, by=STAFF, if_rev=made.rev)
    assert [each.path for each in refused.value.messages] == ['状態']


async def test_a_fault_makes_a_repair_in_the_same_transaction(staffed: AppContext) -> None:
    inspection = await inspected(staffed, faults=2)
    repairs = staffed.store.find('repairs').docs
    assert [each['不具合箇所'] for each in repairs] == ['ひび割れ', 'ひび割れ']
    assert {each['点検'] for each in repairs} == {inspection}
    assert repairs[0]['_origin'] == f'inspections/{inspection}/点検表/外壁'
    requests = {change.request_id for each in repairs for change in staffed.store.history('repairs', each.doc_id)}
    assert requests == {staffed.store.history('inspections', inspection)[0].request_id}


async def test_a_follow_up_that_is_refused_undoes_the_inspection_too(
    staffed: AppContext, definitions: Path
) -> None:
    path = definitions / 'repairs.yaml'
    text = path.read_text('utf-8')
    path.write_text(text.replace('{name: 部位, type: text}', '{name: 部位, type: text, forbidden: true}'), 'utf-8')
    staffed.catalogue.reload()
    assert not staffed.catalogue.problems
    with pytest.raises(Refused) as refused:
        await inspected(staffed)
    assert refused.value.messages[0].text.startswith('是正対応を作れません')
    assert (staffed.store.count('inspections'), staffed.store.count('repairs')) == (0, 0)
    path.write_text(text, 'utf-8')
    staffed.catalogue.reload()
    inspection = await inspected(staffed, number='002')
    kept = staffed.reading.record('inspections', inspection, by=STAFF)
    assert kept.values['点検番号'] == '点-R8-0001', 'the number of the refused inspection came back'


async def test_only_one_record_holds_a_unique_value_until_it_lets_go(staffed: AppContext) -> None:
    first = await staffed.operations.submit('facilities', {'施設番号': '001', '施設名': '見本小学校'}, by=LEADER)
    with pytest.raises(Refused) as refused:
        await staffed.operations.submit('facilities', {'施設番号': '００１', '施設名': '例示中学校'}, by=LEADER)
    assert [(each.path, each.code) for each in refused.value.messages] == [('施設番号', 'unique')]
    await staffed.operations.change('facilities', first.id, {'施設番号': '002'}, by=LEADER, if_rev=first.rev)
    await staffed.operations.submit('facilities', {'施設番号': '001', '施設名': '例示中学校'}, by=LEADER)


@pytest.mark.parametrize(
    ('who', 'kind'), [(SUPERVISOR, 'forbidden'), (Person('stranger', '外 来'), 'not_found')]
)
async def test_who_may_not_is_refused_before_anything_is_read(staffed: AppContext, who: Person, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        await staffed.operations.submit('road_requests', ROAD, by=who)
    assert refused.value.kind == kind
    assert staffed.store.count('road_requests') == 0


async def test_removing_needs_the_right_and_a_reason_and_keeps_the_number(staffed: AppContext) -> None:
    made = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    with pytest.raises(Refused, match='forbidden'):
        await staffed.operations.remove('road_requests', made.id, '重複', by=STAFF)
    with pytest.raises(Refused, match='理由'):
        await staffed.operations.remove('road_requests', made.id, ' ', by=LEADER)
    await staffed.operations.remove('road_requests', made.id, '二重に登録した', by=LEADER)
    following = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    assert following.values['受付番号'] == '道-R8-00002'


async def test_the_measured_time_is_kept_with_a_new_record(staffed: AppContext, clock: StillClock) -> None:
    opened = clock.now() - timedelta(seconds=95)
    made = await staffed.operations.submit('road_requests', ROAD, by=STAFF, opened_at=opened)
    found = staffed.store.get('road_requests', made.id)
    assert found is not None and found['_seconds'] == 95


async def test_listeners_hear_of_a_change_after_the_commit_and_not_of_a_refusal(staffed: AppContext) -> None:
    heard: list[object] = []
    staffed.live.subscribe(heard.append)
    made = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    with pytest.raises(Refused):
        await staffed.operations.submit('road_requests', {}, by=STAFF)
    assert heard == [RecordChanged('road_requests', made.id, 1, 'taro')]
