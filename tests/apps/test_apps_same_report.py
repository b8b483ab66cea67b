"""Reports about the same thing: linked, merged and separated, whoever does it and whatever happens to the original."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, SUPERVISOR

from apps.context import AppContext
from apps.operations.bulk import Plan
from apps.outcome import Refused
from apps.people import Person
from storage import Tx

APP = 'road_requests'


async def put(office: AppContext, **more: Any) -> str:
    return (await office.operations.submit(APP, {**ROAD, **more}, by=STAFF)).id


async def three(office: AppContext) -> list[str]:
    """One after the other, so that one of them is the oldest."""
    made = []
    for name in ('一郎', '二郎', '三郎'):
        office.clock.at += timedelta(minutes=1)  # type: ignore[attr-defined]
        made.append(await put(office, 氏名=f'見本 {name}'))
    return made


def value(office: AppContext, record: str, name: str) -> Any:
    found = office.store.get(APP, record)
    assert found is not None
    return found.get(name)


def statuses(office: AppContext, *records: str) -> list[Any]:
    return [value(office, each, '状態') for each in records]


async def merge(office: AppContext, follower: str, original: str, by: Person = STAFF, **more: Any) -> Any:
    return await office.same_reports.merge(APP, follower, original, by=by, **more)


async def separate(office: AppContext, one: str, other: str, by: Person = STAFF, **more: Any) -> Any:
    return await office.same_reports.separate(APP, one, other, by=by, **more)


async def test_what_is_merged_counts_on_the_original_and_loses_nothing_of_its_own(staffed: AppContext) -> None:
    original, second, third = await three(staffed)
    merged = await merge(staffed, second, original)
    await merge(staffed, third, original)
    assert (merged.id, merged.values['状態'], merged.values['氏名']) == (second, '重複', '見本 二郎')
    assert value(staffed, original, '申出の数') == 3
    assert statuses(staffed, original, second, third) == ['受付', '重複', '重複']
    assert staffed.store.count(APP) == 3


async def test_separated_it_is_again_what_it_was(staffed: AppContext) -> None:
    original, second, _ = await three(staffed)
    await staffed.operations.act(APP, second, '現地確認済みにする', {}, by=STAFF)
    before = staffed.store.get(APP, second)
    await merge(staffed, second, original)
    await separate(staffed, original, second)
    after = staffed.store.get(APP, second)
    assert before is not None and after is not None
    changed = {name for name in {**before, **after} if before.get(name) != after.get(name)}
    assert changed <= {'_changed_at', '_changed_by'}
    assert value(staffed, original, '申出の数') is None


async def test_the_step_before_the_merging_can_still_be_taken_back(staffed: AppContext) -> None:
    original, second, _ = await three(staffed)
    await staffed.operations.act(APP, second, '現地確認済みにする', {}, by=STAFF)
    await merge(staffed, second, original)
    with pytest.raises(Refused, match='まとめてあります'):
        await staffed.operations.undo(APP, second, by=STAFF)
    await separate(staffed, second, original)
    undone = await staffed.operations.undo(APP, second, by=STAFF)
    assert undone.values['状態'] == '受付'


async def test_what_is_linked_stays_open_on_both_sides(staffed: AppContext) -> None:
    one, other, _ = await three(staffed)
    await staffed.same_reports.link(APP, one, other, by=STAFF)
    assert statuses(staffed, one, other) == ['受付', '受付']
    for mine, theirs in ((one, other), (other, one)):
        assert [each.id for each in staffed.reading.same_reports(APP, mine, by=STAFF).linked] == [theirs]
    with pytest.raises(Refused, match='すでにつながっています'):
        await staffed.same_reports.link(APP, other, one, by=STAFF)
    await separate(staffed, other, one)
    assert not staffed.reading.same_reports(APP, one, by=STAFF).linked
    with pytest.raises(Refused, match='つながっていません'):
        await separate(staffed, other, one)


async def test_chains_are_flat_and_never_a_circle(staffed: AppContext) -> None:
    first, second, third = await three(staffed)
    await merge(staffed, third, second)
    await merge(staffed, second, first)
    group = staffed.reading.same_reports(APP, first, by=STAFF)
    assert {each.id for each in group.followers} == {second, third}
    assert value(staffed, first, '申出の数') == 3 and value(staffed, second, '申出の数') is None
    for circle in ((first, second), (first, third), (first, first)):
        with pytest.raises(Refused):
            await merge(staffed, *circle)
    fourth = await put(staffed)
    await merge(staffed, fourth, third)
    assert staffed.reading.same_reports(APP, fourth, by=STAFF).original.id == first
    with pytest.raises(Refused, match='先に別々に'):
        await merge(staffed, fourth, await put(staffed))


async def test_a_follower_is_acted_on_at_its_original(staffed: AppContext) -> None:
    original, second, _ = await three(staffed)
    await merge(staffed, second, original)
    number = value(staffed, original, '受付番号')
    with pytest.raises(Refused, match=f'「{number}.*」にまとめてあります'):
        await staffed.operations.act(APP, second, '対応を始める', {}, by=STAFF)
    assert staffed.reading.offers(APP, second, by=STAFF) == []
    corrected = await staffed.operations.change(
        APP, second, {'氏名': '見本 次郎'}, by=STAFF, if_rev=staffed.store.get(APP, second).rev
    )
    assert corrected.values['氏名'] == '見本 次郎', 'what the caller said can still be put right'


async def test_who_may_not_change_both_may_tie_neither(staffed: AppContext) -> None:
    one, other, _ = await three(staffed)
    for step in (staffed.same_reports.link, staffed.same_reports.merge, staffed.same_reports.separate):
        with pytest.raises(Refused) as refused:
            await step(APP, one, other, by=SUPERVISOR)
        assert refused.value.kind == 'forbidden'
    contractor = Person('itaku', '委託 業者', ('contractor',), ())
    given = await put(staffed, 担当者=STAFF.account)
    with pytest.raises(Refused) as unseen:
        await merge(staffed, given, one, by=contractor)
    assert unseen.value.kind == 'not_found'


async def test_what_somebody_changed_meanwhile_is_looked_at_first(staffed: AppContext) -> None:
    one, other, _ = await three(staffed)
    seen = staffed.store.get(APP, other).rev
    await staffed.operations.act(APP, other, '取り下げる', {}, by=OTHER)
    with pytest.raises(Refused) as refused:
        await merge(staffed, one, other, other_rev=seen)
    assert refused.value.kind == 'conflict'
    with pytest.raises(Refused, match='まとめ先にできません'):
        await merge(staffed, one, other)


async def test_sent_twice_it_is_done_once(staffed: AppContext) -> None:
    one, other, _ = await three(staffed)
    first = await merge(staffed, one, other, request_id='merge-one-into-other')
    assert (await merge(staffed, one, other, request_id='merge-one-into-other')).rev == first.rev
    with pytest.raises(Refused) as refused:
        await separate(staffed, one, other, request_id='merge-one-into-other')
    assert refused.value.kind == 'reused'


async def test_both_histories_say_what_was_tied_to_what_and_by_whom(staffed: AppContext) -> None:
    one, other, _ = await three(staffed)
    await merge(staffed, one, other, by=OTHER)
    title, other_title = (staffed.reading.record(APP, each, by=STAFF).title for each in (one, other))
    for record, label, told in ((one, 'まとめ先', other_title), (other, 'まとめた記録', title)):
        newest = staffed.reading.history(APP, record, by=STAFF)[0]
        assert (newest.what, OTHER.name in newest.by) == ('重複としてまとめる', True)
        assert (label, '', told) in [(each.label, each.before, each.after) for each in newest.changes]


async def test_the_removed_or_withdrawn_original_hands_over_to_the_oldest_follower(staffed: AppContext) -> None:
    for leave in ('remove', 'withdraw'):
        original, second, third = await three(staffed)
        await staffed.operations.act(APP, second, '現地確認済みにする', {}, by=STAFF)
        await merge(staffed, third, original)
        await merge(staffed, second, original)
        linked = await put(staffed)
        await staffed.same_reports.link(APP, original, linked, by=STAFF)
        if leave == 'remove':
            await staffed.operations.remove(APP, original, '誤って登録', by=LEADER)
            assert not staffed.reading.same_reports(APP, linked, by=STAFF).linked
        else:
            await staffed.operations.act(APP, original, '取り下げる', {}, by=STAFF)
            assert statuses(staffed, original) == ['取下げ']
            assert not staffed.reading.same_reports(APP, original, by=STAFF).followers
        assert statuses(staffed, second, third) == ['現地確認', '重複']
        assert staffed.reading.same_reports(APP, third, by=STAFF).original.id == second
        assert value(staffed, second, '申出の数') == 2
        back = await staffed.operations.undo(APP, second, by=STAFF)
        assert back.values['状態'] == '受付', 'the last step on it is its own, not the withdrawal of another'


async def test_a_follower_that_is_removed_counts_no_more(staffed: AppContext) -> None:
    original, second, third = await three(staffed)
    await merge(staffed, second, original)
    await merge(staffed, third, original)
    await staffed.operations.remove(APP, second, '誤って登録', by=LEADER)
    assert value(staffed, original, '申出の数') == 2


async def test_withdrawn_in_bulk_and_taken_back_the_heir_is_left_alone(staffed: AppContext) -> None:
    original, second, third = await three(staffed)
    await staffed.operations.act(APP, second, '現地確認済みにする', {}, by=STAFF)
    await merge(staffed, second, original)
    await merge(staffed, third, original)
    plan = Plan(APP, staffed.bulk.revisions(APP, [original]), {}, '取り下げる')
    await staffed.bulk.carry_out(plan, by=STAFF, request_id='withdraw-in-bulk')
    await staffed.bulk.undo(APP, 'withdraw-in-bulk', by=STAFF)
    assert statuses(staffed, original, second, third) == ['受付', '現地確認', '重複']


async def test_a_caller_who_tells_the_same_is_saved_as_a_follower_at_once(staffed: AppContext) -> None:
    original = await put(staffed)
    raw = {**ROAD, '氏名': '見本 二郎'}
    made = await staffed.operations.submit(APP, raw, by=STAFF, same_as=original, request_id='second-caller')
    assert (made.values['状態'], value(staffed, original, '申出の数')) == ('重複', 2)
    assert made.values['受付番号'] != value(staffed, original, '受付番号')
    again = await staffed.operations.submit(APP, raw, by=STAFF, same_as=original, request_id='second-caller')
    assert again.id == made.id and staffed.store.count(APP) == 2
    await separate(staffed, made.id, original)
    assert statuses(staffed, made.id) == ['受付']


async def test_where_the_original_cannot_be_followed_the_caller_is_not_saved_either(staffed: AppContext) -> None:
    for same_as in ('gone', await _withdrawn(staffed)):
        before = staffed.store.count(APP)
        with pytest.raises(Refused):
            await staffed.operations.submit(APP, ROAD, by=STAFF, same_as=same_as)
        assert staffed.store.count(APP) == before


async def _withdrawn(office: AppContext) -> str:
    record = await put(office)
    await office.operations.act(APP, record, '取り下げる', {}, by=STAFF)
    return record


async def test_a_follower_of_what_was_erased_can_be_freed(staffed: AppContext) -> None:
    original, second, _ = await three(staffed)
    await merge(staffed, second, original)
    found = staffed.store.get(APP, original)
    await staffed.transactions.run(lambda tx: tx.delete(APP, original, found.rev), by=LEADER)
    group = staffed.reading.same_reports(APP, second, by=STAFF)
    assert group.original.id == original and group.original.title == ''
    await separate(staffed, second, original)
    assert statuses(staffed, second) == ['受付']


async def test_every_open_page_of_a_touched_record_hears_of_it(staffed: AppContext) -> None:
    original, second, third = await three(staffed)
    await merge(staffed, third, second)
    heard: list[Any] = []
    staffed.live.subscribe(heard.append)
    await merge(staffed, second, original)
    assert {(each.id, each.rev) for each in heard} == {
        (each, staffed.store.get(APP, each).rev) for each in (original, second, third)
    }


@pytest.mark.parametrize('puts', [0, 1, 2])
async def test_what_breaks_off_in_the_middle_has_not_happened(
    staffed: AppContext, monkeypatch: pytest.MonkeyPatch, puts: int
) -> None:
    original, second, third = await three(staffed)
    await merge(staffed, third, second)
    before = [dict(staffed.store.get(APP, each)) for each in (original, second, third)]
    put, left = Tx.put, [puts]

    def breaking(self: Tx, coll: str, *more: Any, **named: Any) -> Any:
        if coll == APP:
            if not left[0]:
                raise Refused('invalid', detail='ここで切れた')
            left[0] -= 1
        return put(self, coll, *more, **named)

    monkeypatch.setattr(Tx, 'put', breaking)
    with pytest.raises(Refused, match='ここで切れた'):
        await merge(staffed, second, original)
    monkeypatch.undo()
    assert [dict(staffed.store.get(APP, each)) for each in (original, second, third)] == before
