"""The history across documents, and a part of a transaction that is undone while the rest goes on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from clerk import Clock, Do

from storage import Store, Tx
from storage.doctor import examine
from storage.erase import erase
from storage.journal import Wanted, every, of_request, read


class Refused(Exception):
    pass


def put(coll: str, id: str, **body: object) -> Callable[[Tx], None]:
    return lambda tx: tx.put(coll, body, id, if_rev=-1) and None


def ids(store: Store, wanted: Wanted, **more: int) -> list[str]:
    return [each.id for each in read(store, wanted, **more)]


@pytest.fixture
def written(do: Do, store: Store, clock: Clock) -> Store:
    do(put('道路', 'A', 状態='受付'), actor='太郎', reason='登録')
    clock.move(hours=1)
    do(put('notes', 'n1', app='道路', record='A'), actor='花子', reason='reveal')
    do(put('notes', 'n2', app='点検', record='A'), actor='花子', reason='print')
    clock.move(hours=1)
    do(put('道路', 'B', 状態='受付'), actor='太郎', reason='登録')
    do(put('点検', 'C', 状態='受付'), actor='太郎', reason='登録')
    return store


def test_the_lines_of_several_collections_in_one_order(written: Store) -> None:
    both = Wanted(['道路', 'notes'])
    assert ids(written, both) == ['B', 'n2', 'n1', 'A']
    first = read(written, both, limit=2)
    assert ids(written, both, before=first[-1].seq, limit=2) == ['n1', 'A']
    assert [each.id for each in every(written, both, piece=1)] == ['B', 'n2', 'n1', 'A']


def test_lines_are_narrowed_by_person_reason_time_app_and_record(written: Store, clock: Clock) -> None:
    colls = ['道路', '点検', 'notes']
    assert ids(written, Wanted(colls, actor='花子')) == ['n2', 'n1']
    assert ids(written, Wanted(colls, reasons=['reveal'])) == ['n1']
    assert ids(written, Wanted(colls, apps=['道路'], notes='notes')) == ['B', 'n1', 'A']
    assert ids(written, Wanted(colls, record='A', notes='notes')) == ['n2', 'n1', 'A']
    assert ids(written, Wanted(colls, apps=['道路'], record='A', notes='notes')) == ['n1', 'A']
    now = clock()
    assert ids(written, Wanted(colls, since=now - timedelta(minutes=90), until=now - timedelta(minutes=5))) == [
        'n2',
        'n1',
    ]


def test_what_was_erased_leaves_the_journal_and_the_chain_holds(written: Store) -> None:
    erase(written, [('notes', 'n1')], actor='system', request_id='', reason='保存期間')
    assert ids(written, Wanted(['道路', 'notes'])) == ['B', 'n2', 'A']
    assert examine(written.folder) == []


def test_everything_one_request_did(do: Do, store: Store) -> None:
    def two(tx: Tx) -> None:
        tx.put('道路', {'a': 1}, 'A')
        tx.put('道路', {'a': 2}, 'B')

    do(put('道路', 'X', a=0))
    do(two, request_id='bulk-1')
    do(lambda tx: tx.number('道路'), request_id='only a number')
    do(put('道路', 'Y', a=0))
    assert [each.id for each in of_request(store, 'bulk-1')] == ['A', 'B']
    assert of_request(store, 'never sent') == []


def test_a_savepoint_undoes_its_part_only(do: Do, store: Store) -> None:
    def one_fails(tx: Tx) -> None:
        tx.put('道路', {'a': 1}, 'A')
        with pytest.raises(Refused), tx.savepoint():
            tx.put('道路', {'a': 2}, 'B', search='みほん')
            tx.patch('道路', 'A', {'a': 3}, 1)
            tx.number('道路-R8')
            tx.claim('予約', '1', 'B')
            raise Refused
        tx.patch('道路', 'A', {'a': 4}, 1)
        tx.put('道路', {'a': 5}, 'B')

    do(one_fails)
    assert store.get('道路', 'A') == {'a': 4}
    assert store.get('道路', 'B') == {'a': 5}
    assert [each.rev for each in store.history('道路', 'A')] == [1, 2]
    assert [each.rev for each in store.history('道路', 'B')] == [1]
    assert (store.last_number('道路-R8'), store.holder('予約', '1')) == (None, None)
    assert store.count('道路', text='ほん') == 0
    assert examine(store.folder, rebuild=True) == []
