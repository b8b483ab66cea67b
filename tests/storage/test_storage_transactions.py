"""One transaction: all or nothing, conflicts, request ids, numbers, values only one may hold."""

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from clerk import Clock, Do

from storage import ANY, Conflict, NotFound, RequestReused, Stopped, Store, Tx


class Refused(Exception):
    pass


def put(tx: Tx, body: dict[str, Any], id: str = 'A', **more: Any) -> int:
    return tx.put('道路', body, id, **more).rev


def test_a_failure_undoes_everything_of_its_caller(do: Do, store: Store) -> None:
    def half(tx: Tx) -> None:
        put(tx, {'状態': '受付'}, search='みほん')
        tx.number('道路-R8')
        tx.claim('予約', '1', 'A')
        raise Refused

    with pytest.raises(Refused):
        do(half, request_id='r1')
    assert store.get('道路', 'A') is None
    assert store.count('道路', text='ほん') == 0
    assert (store.last_number('道路-R8'), store.holder('予約', '1'), store.seq) == (None, None, 0)
    assert do(lambda tx: tx.number('道路-R8'), request_id='r1') == 1  # a failed request was never answered


def test_a_transaction_sees_its_own_writes(do: Do) -> None:
    def run(tx: Tx) -> list[Any]:
        put(tx, {'状態': '受付'}, search='みほん')
        tx.patch('道路', 'A', {'状態': '完了'}, 1)
        return [tx.get('道路', 'A'), tx.find('道路', text='ほん').docs, tx.search_text('道路', 'A')]

    assert do(run) == [{'状態': '完了'}, [{'状態': '完了'}], 'みほん']


def test_two_collections_change_together(do: Do, store: Store) -> None:
    def run(tx: Tx) -> None:
        tx.put('道路', {'a': 1}, 'A')
        tx.put('作業', {'元': 'A'}, 'B')
        raise Refused

    with pytest.raises(Refused):
        do(run)
    assert store.collections() == []


def test_ids_made_by_the_store_sort_by_time(do: Do, clock: Clock) -> None:
    ids = []
    for _ in range(5):
        clock.move(seconds=1)
        ids.append(do(lambda tx: tx.put('道路', {}).doc_id))
    assert ids == sorted(ids)
    assert len(set(ids)) == 5


def test_what_json_would_change_is_refused(do: Do) -> None:
    for wrong in (float('nan'), {1: 2}, {'a': {3}}, b'x', object()):
        with pytest.raises((TypeError, ValueError)):
            do(lambda tx, wrong=wrong: put(tx, {'a': wrong}))


def test_nothing_changed_is_no_new_revision(do: Do, store: Store) -> None:
    do(lambda tx: put(tx, {'a': 1}, search='x'))
    assert do(lambda tx: put(tx, {'a': 1}, if_rev=1, search='x')) == 1
    assert do(lambda tx: put(tx, {'a': True}, if_rev=1, search='x')) == 2  # 1 and true differ on paper
    assert len(store.history('道路', 'A')) == 2


def test_patch_sets_and_removes_fields(do: Do, store: Store) -> None:
    do(lambda tx: put(tx, {'a': 1, 'b': 2, 'c': {'d': 1}}, search='みほん'))
    do(lambda tx: tx.patch('道路', 'A', {'c': {'e': 2}}, 1, remove=['b']).rev)
    assert store.get('道路', 'A') == {'a': 1, 'c': {'e': 2}}
    assert store.count('道路', text='みほん') == 1
    with pytest.raises(NotFound):
        do(lambda tx: tx.patch('道路', '無', {}, None).rev)


def test_deleted_ids_continue_their_revisions(do: Do, store: Store) -> None:
    do(lambda tx: put(tx, {'a': 1}))
    do(lambda tx: tx.delete('道路', 'A', 1, '重複'))
    assert do(lambda tx: put(tx, {'a': 2})) == 3
    assert [(line.op, line.rev, line.reason) for line in store.history('道路', 'A')] == [
        ('insert', 1, ''),
        ('delete', 2, '重複'),
        ('insert', 3, ''),
    ]


# --- conflicts


def test_conflict_with_disjoint_changes_offers_the_merged_record(do: Do) -> None:
    do(lambda tx: put(tx, {'状態': '受付', '備考': '', '担当': ''}))
    do(lambda tx: tx.patch('道路', 'A', {'状態': '対応中'}, 1).rev)
    do(lambda tx: tx.patch('道路', 'A', {'担当': '例示 花子'}, 2).rev)
    with pytest.raises(Conflict) as caught:
        do(lambda tx: put(tx, {'状態': '受付', '備考': '急ぎ', '担当': ''}, if_rev=1))
    conflict = caught.value
    assert conflict.current is not None
    assert (conflict.current.rev, conflict.current) == (3, {'状態': '対応中', '備考': '', '担当': '例示 花子'})
    assert conflict.theirs == {'状態': ('受付', '対応中'), '担当': ('', '例示 花子')}
    assert conflict.mine == {'備考': ('', '急ぎ')}
    assert conflict.overlapping == frozenset()
    assert conflict.merged == {'状態': '対応中', '備考': '急ぎ', '担当': '例示 花子'}


def test_conflict_over_the_same_field_shows_both_values(do: Do, store: Store) -> None:
    do(lambda tx: put(tx, {'状態': '受付', '備考': ''}))
    do(lambda tx: tx.patch('道路', 'A', {'状態': '対応中'}, 1).rev)
    with pytest.raises(Conflict) as caught:
        do(lambda tx: tx.patch('道路', 'A', {'状態': '完了', '備考': 'x'}, 1).rev)
    assert caught.value.overlapping == {'状態'}
    assert caught.value.theirs['状態'] == ('受付', '対応中')
    assert caught.value.mine == {'状態': ('受付', '完了'), '備考': ('', 'x')}
    assert caught.value.merged is None
    assert store.get('道路', 'A') == {'状態': '対応中', '備考': ''}


def test_both_made_the_same_change_is_no_overlap(do: Do) -> None:
    do(lambda tx: put(tx, {'状態': '受付'}))
    do(lambda tx: tx.patch('道路', 'A', {'状態': '完了'}, 1).rev)
    with pytest.raises(Conflict) as caught:
        do(lambda tx: tx.patch('道路', 'A', {'状態': '完了'}, 1).rev)
    assert caught.value.merged == {'状態': '完了'}


def test_a_new_document_never_replaces_one(do: Do, store: Store) -> None:
    do(lambda tx: put(tx, {'a': 1}))
    with pytest.raises(Conflict):
        do(lambda tx: put(tx, {'a': 2}))
    with pytest.raises(Conflict):
        do(lambda tx: put(tx, {'a': 2}, '無', if_rev=4))
    assert do(lambda tx: put(tx, {'a': 3}, if_rev=ANY)) == 2
    assert store.get('道路', 'A') == {'a': 3}


def test_delete_of_a_changed_document_is_refused(do: Do, store: Store) -> None:
    do(lambda tx: put(tx, {'a': 1}))
    do(lambda tx: tx.patch('道路', 'A', {'a': 2}, 1).rev)
    with pytest.raises(Conflict) as caught:
        do(lambda tx: tx.delete('道路', 'A', 1))
    assert caught.value.theirs == {'a': (1, 2)}
    assert store.get('道路', 'A') is not None


def test_of_sixteen_with_the_same_revision_one_wins(do: Do, store: Store) -> None:
    do(lambda tx: put(tx, {'a': 0}))

    def attempt(number: int) -> bool:
        try:
            do(lambda tx: tx.patch('道路', 'A', {'a': number}, 1).rev)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(attempt, range(1, 17)))
    assert sum(won) == 1
    assert store.get('道路', 'A') == {'a': won.index(True) + 1}


# --- request ids


def test_a_request_sent_twice_gets_the_first_answer(do: Do, store: Store) -> None:
    def submit(tx: Tx) -> dict[str, Any]:
        number = tx.number('道路-R8')
        return {'id': tx.put('道路', {'番号': number}).doc_id, '番号': number}

    first = do(submit, request_id='r1')
    assert do(submit, request_id='r1') == first
    assert (store.count('道路'), store.last_number('道路-R8')) == (1, 1)


def test_a_request_sent_twice_at_once_is_stored_once(do: Do, store: Store) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: do(lambda tx: tx.put('道路', {}).doc_id, request_id='r1'), range(64)))
    assert len(set(answers)) == 1
    assert store.count('道路') == 1


def test_the_first_answer_outlives_a_restart(do: Do, store: Store) -> None:
    from storage import open_store

    first = do(lambda tx: tx.put('道路', {}).doc_id, request_id='r1')
    store.close()
    with open_store(store.folder) as again:
        assert again.commit_blocking(lambda tx: 'another', actor='見本', request_id='r1') == first


def test_a_request_id_of_another_person_is_refused(do: Do) -> None:
    do(lambda tx: put(tx, {}), actor='見本', request_id='r1')
    with pytest.raises(RequestReused):
        do(lambda tx: put(tx, {}), actor='例示', request_id='r1')


def test_an_answer_that_cannot_be_kept_stores_nothing(do: Do, store: Store) -> None:
    def long(tx: Tx) -> str:
        put(tx, {})
        return 'x' * 100_000

    def odd(tx: Tx) -> object:
        put(tx, {})
        return {1, 2}

    for fn, error in ((long, ValueError), (odd, TypeError)):
        with pytest.raises(error):
            do(fn)
    assert store.seq == 0


# --- numbers


@pytest.mark.parametrize('threads', [1, 16])
def test_numbers_have_no_gap_and_no_repeat(do: Do, store: Store, threads: int) -> None:
    """16 threads, one in seven aborts after it took its number."""

    def submit(order: int) -> int | None:
        def run(tx: Tx) -> int:
            number = tx.number('道路-R8')
            tx.put('道路', {'番号': number})
            if random.Random(order).random() < 1 / 7:
                raise Refused
            return number

        try:
            return int(do(run))
        except Refused:
            return None

    with ThreadPoolExecutor(threads) as pool:
        given = [number for number in pool.map(submit, range(1_400)) if number is not None]
    assert 1_100 < len(given) < 1_300
    assert sorted(given) == list(range(1, len(given) + 1))
    assert sorted(store.frame('道路')['番号']) == sorted(given)


def test_each_series_counts_for_itself(do: Do) -> None:
    assert do(lambda tx: [tx.number('道路-R8'), tx.number('道路-R8'), tx.number('道路-R9', 100)]) == [1, 2, 100]
    assert do(lambda tx: [tx.number('道路-R8', 50), tx.number('道路-R9')]) == [3, 101]


def test_a_number_counts_at_once_and_is_given_back_with_its_part_of_the_transaction(do: Do, store: Store) -> None:
    def work(tx: Tx) -> list[int | None]:
        seen: list[int | None] = [tx.last_number('道路-R8'), tx.number('道路-R8'), tx.last_number('道路-R8')]
        with suppress(KeyError), tx.savepoint():
            seen.append(tx.number('道路-R8'))
            raise KeyError
        tx.set_number('道路-R9', 7)
        return [*seen, tx.last_number('道路-R8'), tx.number('道路-R8'), tx.number('道路-R9')]

    assert do(work) == [None, 1, 1, 2, 1, 2, 8]
    assert (store.last_number('道路-R8'), store.last_number('道路-R9')) == (2, 8)


def test_an_id_can_be_known_before_its_document_is_there(do: Do, store: Store) -> None:
    def work(tx: Tx) -> str:
        made = tx.new_id()
        assert tx.claim('予約', '1', made) is None
        assert tx.put('道路', {'番号': 1}, made).rev == 1
        assert tx.put('道路', {'番号': 2}, made, if_rev=1).rev == 2
        with pytest.raises(Conflict):
            tx.put('道路', {}, made)
        return made

    made = do(work)
    assert (store.get('道路', made), store.holder('予約', '1')) == ({'番号': 2}, made)
    assert [each.op for each in store.history('道路', made)] == ['insert', 'update']


# --- values that one document may hold


def test_claim_tells_who_holds_it(do: Do, store: Store) -> None:
    assert do(lambda tx: tx.claim('予約', '見本ホール 2026-04-01', 'A')) is None
    assert do(lambda tx: tx.claim('予約', '見本ホール 2026-04-01', 'A')) is None
    assert do(lambda tx: tx.claim('予約', '見本ホール 2026-04-01', 'B')) == 'A'
    assert do(lambda tx: tx.claim('別', '見本ホール 2026-04-01', 'B')) is None
    do(lambda tx: tx.release('予約', 'A'))
    assert do(lambda tx: tx.claim('予約', '見本ホール 2026-04-01', 'B')) is None
    assert store.holder('予約', '見本ホール 2026-04-01') == 'B'


# --- waiting


async def test_commit_from_the_event_loop(store: Store) -> None:
    answers = await asyncio.gather(
        *(store.commit(lambda tx: tx.number('s'), actor='見本', request_id='') for _ in range(100))
    )
    assert sorted(answers) == list(range(1, 101))


async def test_conflict_reaches_the_awaiting_caller(store: Store) -> None:
    await store.commit(lambda tx: put(tx, {}), actor='見本', request_id='')
    with pytest.raises(Conflict):
        await store.commit(lambda tx: put(tx, {}), actor='見本', request_id='')


def test_waiting_inside_a_transaction_is_refused_instead_of_hanging(do: Do) -> None:
    with pytest.raises(RuntimeError, match='transaction'):
        do(lambda _: do(lambda tx: 1))


def test_nothing_is_accepted_after_closing(do: Do, store: Store) -> None:
    store.close()
    with pytest.raises(Stopped):
        do(lambda tx: 1)
    with pytest.raises(Stopped):
        store.get('道路', 'A')


def test_what_was_accepted_before_closing_is_stored(store: Store) -> None:
    from storage import open_store

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda n: _try(store, n), range(200)))
        store.close()
    with open_store(store.folder) as again:
        assert {doc.doc_id for doc in again.find('道路', limit=None).docs} == {id for id in kept if id}


def _try(store: Store, number: int) -> str | None:
    try:
        return store.commit_blocking(lambda tx: tx.put('道路', {}, str(number)).doc_id, actor='見本', request_id='')
    except Stopped:
        return None
