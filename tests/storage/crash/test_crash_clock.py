"""The clock goes back three years in the middle of a day: order comes from the changes' numbers, not from time."""

from pathlib import Path

import pytest
from clerk import Clock
from crash_clerks import ACTOR, SERIES, Told, receive, wrong

from storage import ARRIVAL, Store, open_store
from storage.backup import backup, restore, ship
from storage.doctor import examine

pytestmark = pytest.mark.crash


@pytest.fixture
def clock() -> Clock:
    return Clock()


def write(store: Store, clock: Clock, requests: list[str]) -> Told:
    told = Told()
    for one in requests:
        clock.move(seconds=1)
        told.ask(store, one)
    return told


def test_order_is_the_order_of_writing(tmp_path: Path, clock: Clock) -> None:
    before, after = [f'a{n}' for n in range(5)], [f'b{n}' for n in range(5)]
    with open_store(tmp_path / 'city', clock=clock) as store:
        told = write(store, clock, before)
        middle = store.seq
        clock.move(days=-3 * 365)
        told.stored |= write(store, clock, after).stored
        assert [told.stored[one] for one in before + after] == list(range(1, 11))
        assert [doc.doc_id for doc in store.find('道路', sort=[(ARRIVAL, False)]).docs] == before + after
        assert [doc.doc_id for doc in store.find('道路').docs] == before + after
        assert [change.id for change in store.changes(0, '道路')] == before + after
        assert [change.id for change in store.changes(middle, '道路')] == after
        assert store.as_of(middle).count('道路') == 5
    with open_store(tmp_path / 'city', clock=clock) as store:
        assert [doc.doc_id for doc in store.find('道路', sort=[(ARRIVAL, True)]).docs] == (before + after)[::-1]
        clock.move(days=6 * 365)
        assert store.commit_blocking(receive('c'), actor=ACTOR, request_id='c') == 11
    assert wrong(tmp_path / 'city', told) == []


def test_one_documents_changes_keep_their_order(tmp_path: Path, clock: Clock) -> None:
    with open_store(tmp_path / 'city', clock=clock) as store:
        write(store, clock, ['a'])
        for n, days in enumerate([1, -3 * 365, 1, 5 * 365, -1]):
            clock.move(days=days)
            store.commit_blocking(
                lambda tx, n=n: tx.patch('道路', 'a', {'回': n}, n + 1).rev, actor=ACTOR, request_id=''
            )
        changes = store.history('道路', 'a')
        assert [change.rev for change in changes] == [1, 2, 3, 4, 5, 6]
        assert [change.changed['回'] for change in changes[1:]] == [(None, 0), (0, 1), (1, 2), (2, 3), (3, 4)]
        assert [store.as_of(change.seq).get('道路', 'a') for change in changes][2]['回'] == 1  # type: ignore[index]
    assert examine(tmp_path / 'city', rebuild=True) == []


def test_backups_and_shipments_go_on(tmp_path: Path, clock: Clock) -> None:
    dest = tmp_path / 'backup'
    with open_store(tmp_path / 'city', clock=clock) as store:
        write(store, clock, ['a0', 'a1'])
        backup(store, dest)
        write(store, clock, ['a2'])
        ship(store, dest)
        clock.move(days=-3 * 365)
        write(store, clock, ['b0'])
        assert ship(store, dest) == 2
        backup(store, dest)
        write(store, clock, ['b1'])
        ship(store, dest)
        newest = store.seq
    assert restore(dest, tmp_path / 'newest') == newest
    with open_store(tmp_path / 'newest') as store:
        assert [doc.doc_id for doc in store.find('道路').docs] == ['a0', 'a1', 'a2', 'b0', 'b1']
        assert store.last_number(SERIES) == 5
    restore(dest, tmp_path / 'earlier', 6)
    with open_store(tmp_path / 'earlier') as store:
        assert [doc.doc_id for doc in store.find('道路').docs] == ['a0', 'a1', 'a2']
