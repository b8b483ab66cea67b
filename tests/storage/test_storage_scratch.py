"""Short-lived values: kept over a restart, outside history."""

from datetime import timedelta

from clerk import Clock

from storage import Store, open_store


def test_put_get_delete(store: Store) -> None:
    store.scratch.put('session:1', {'user': '見本'})
    store.scratch.put('session:1', {'user': '例示'})
    store.scratch.put('draft:1', [1, 2], wait=False)
    store.scratch.put('draft:2', None)
    assert store.scratch.get('session:1') == {'user': '例示'}
    assert store.scratch.get('無い') is None
    assert store.scratch.keys('draft:') == ['draft:1', 'draft:2']
    store.scratch.delete('draft:1')
    assert store.scratch.keys() == ['draft:2', 'session:1']
    assert store.seq == 0
    assert store.collections() == []


def test_kept_over_a_restart(store: Store) -> None:
    store.scratch.put('session:1', 1, wait=False)
    store.close()
    with open_store(store.folder) as again:
        assert again.scratch.get('session:1') == 1


def test_purge_what_is_old(store: Store, clock: Clock) -> None:
    store.scratch.put('session:old', 1)
    store.scratch.put('draft:old', 1)
    clock.move(hours=2)
    store.scratch.put('session:new', 1)
    assert store.scratch.purge(clock.now - timedelta(hours=1), 'session:') == 1
    assert store.scratch.keys() == ['draft:old', 'session:new']
