"""Backup while serving, shipped changes, restore to now and to any moment, the exchange file."""

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from clerk import Clock, Do
from tinydb import TinyDB, where

from storage import Conflict, Damaged, Store, Tx, open_store
from storage.backup import backup, restore, ship
from storage.doctor import examine
from storage.exchange import export_tinydb, import_tinydb


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / 'backup'


@pytest.fixture
def filled(do: Do, store: Store) -> Store:
    def run(tx: Tx) -> None:
        for n in range(50):
            tx.put('道路', {'番号': tx.number('道路-R8'), '状態': '受付'}, str(n), search=f'みほん{n}')
        tx.put('_設定', {'幅': 3}, '見本')
        tx.claim('予約', 'x', '1')
        tx.attach('道路', '1', photo)

    photo = store.blobs.save(b'photo')
    do(run, request_id='r1')
    store.scratch.put('session', {'user': '見本'})
    return store


def content(store: Store) -> dict[str, Any]:
    """Everything a caller can see."""
    return {
        'docs': {
            coll: [(doc.doc_id, doc.rev, dict(doc)) for doc in store.find(coll, limit=None).docs]
            for coll in store.collections()
        },
        'history': list(store.changes(0)),
        'numbers': store.last_number('道路-R8'),
        'holder': store.holder('予約', 'x'),
        'words': [store.search_text('道路', str(n)) for n in range(60)],
        'photo': [store.blobs.path(sha).read_bytes() for sha in sorted(store.blobs.all())],
    }


def test_restore_gives_back_everything(filled: Store, dest: Path, tmp_path: Path) -> None:
    backup(filled, dest)
    assert restore(dest, tmp_path / 'new') == filled.seq
    with open_store(tmp_path / 'new') as new:
        assert content(new) == content(filled)
        assert new.scratch.get('session') is None
        assert new.commit_blocking(lambda tx: tx.number('道路-R8'), actor='見本', request_id='n') == 51
        assert new.commit_blocking(lambda tx: 'again', actor='見本', request_id='r1') is None  # the first answer
    assert examine(tmp_path / 'new', rebuild=True) == []


def test_shipped_changes_reach_every_moment(filled: Store, do: Do, dest: Path, tmp_path: Path, clock: Clock) -> None:
    backup(filled, dest)
    moments = []
    for n in range(60, 66):
        clock.move(minutes=1)
        do(lambda tx, n=n: tx.put('道路', {'番号': tx.number('道路-R8')}, str(n), search=f'あと{n}').rev)
        do(lambda tx, n=n: tx.patch('道路', '0', {'n': n}, None).rev)
        if n == 63:
            do(lambda tx: tx.delete('道路', '2', None, '重複'))
            do(lambda tx: tx.release('予約', '1'))
        ship(filled, dest)
        state = filled.get('道路', '0'), filled.count('道路'), filled.holder('予約', 'x')
        moments.append((filled.seq, clock.now, state))
    assert ship(filled, dest) == 0
    for at, (seq, when, state) in enumerate(moments):
        for name, moment in (('seq', seq), ('time', when)):
            assert restore(dest, tmp_path / f'{name}{at}', moment) == seq
            with open_store(tmp_path / f'{name}{at}') as past:
                assert (past.get('道路', '0'), past.count('道路'), past.holder('予約', 'x')) == state
                assert past.count('道路', text=f'あと{60 + at}') == 1
                assert past.last_number('道路-R8') == 51 + at
            assert examine(tmp_path / f'{name}{at}', rebuild=True) == []
    assert restore(dest, tmp_path / 'all') == filled.seq
    with open_store(tmp_path / 'all') as new:
        assert content(new) == content(filled)


def test_backup_while_eight_clerks_write(filled: Store, do: Do, dest: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            do(lambda tx: tx.put('道路', {'番号': tx.number('道路-R8')}).rev)

    clerks = [threading.Thread(target=write) for _ in range(8)]
    for clerk in clerks:
        clerk.start()
    try:
        seqs = [int(backup(filled, dest).name) for _ in range(3)]
    finally:
        stop.set()
        for clerk in clerks:
            clerk.join()
    assert seqs == sorted(set(seqs))
    for seq in seqs:
        restore(dest, tmp_path / str(seq), seq)
        assert examine(tmp_path / str(seq), rebuild=True) == []
        with open_store(tmp_path / str(seq)) as past:
            numbers = sorted(past.frame('道路')['番号'])
            assert numbers == list(range(1, len(numbers) + 1))


def test_old_backups_go(filled: Store, do: Do, dest: Path) -> None:
    for n in range(4):
        do(lambda tx, n=n: tx.put('道路', {'n': n}).rev)
        place = backup(filled, dest, keep=2)
        do(lambda tx, n=n: tx.put('道路', {'n': n}).rev)
        ship(filled, dest)
    assert len(list(dest.glob('*/manifest.json'))) == 2
    assert len(list(dest.glob('changes-*.jsonl'))) == 2
    assert place.exists()


def test_a_damaged_backup_is_refused(filled: Store, do: Do, dest: Path, tmp_path: Path) -> None:
    place = backup(filled, dest)
    do(lambda tx: tx.put('道路', {'n': 1}).rev)
    do(lambda tx: tx.put('道路', {'n': 2}).rev)
    ship(filled, dest)
    changes = next(dest.glob('changes-*.jsonl'))
    whole = changes.read_bytes()

    changes.write_bytes(whole.splitlines(keepends=True)[1])
    with pytest.raises(Damaged, match='continue'):
        restore(dest, tmp_path / 'gap')
    changes.write_bytes(whole[:-30])
    assert restore(dest, tmp_path / 'torn') == filled.seq - 1
    changes.write_bytes(whole)

    file = place / 'city.db'
    page = bytearray(file.read_bytes())
    page[5000] ^= 1
    file.write_bytes(page)
    with pytest.raises(Damaged, match='not the file'):
        restore(dest, tmp_path / 'flipped')


def test_restore_never_overwrites(filled: Store, dest: Path, tmp_path: Path, clock: Clock) -> None:
    backup(filled, dest)
    with pytest.raises(FileExistsError):
        restore(dest, filled.folder)
    with pytest.raises(FileNotFoundError):
        restore(dest, tmp_path / 'new', clock.now - timedelta(days=1))


def test_a_restored_past_is_not_shipped_over_the_other_one(filled: Store, do: Do, dest: Path, tmp_path: Path) -> None:
    backup(filled, dest)
    do(lambda tx: tx.put('道路', {'n': 1}).rev)
    ship(filled, dest)
    restore(dest, tmp_path / 'past', filled.seq - 1)
    with open_store(tmp_path / 'past') as past:
        past.commit_blocking(lambda tx: tx.put('道路', {'n': 2}).rev, actor='x', request_id='')
        past.commit_blocking(lambda tx: tx.put('道路', {'n': 3}).rev, actor='x', request_id='')
        with pytest.raises(Damaged, match='another course'):
            ship(past, dest)


def test_plain_tinydb_opens_the_exchange_file(filled: Store, tmp_path: Path) -> None:
    export_tinydb(filled, tmp_path / 'out.json')
    with TinyDB(tmp_path / 'out.json') as plain:
        assert plain.tables() == {'道路', '_設定'}
        assert plain.table('道路').count(where('状態') == '受付') == 50
        assert plain.table('_設定').all() == [{'幅': 3, '_id': '見本'}]


def test_the_exchange_file_comes_back_the_same(filled: Store, tmp_path: Path) -> None:
    export_tinydb(filled, tmp_path / 'out.json')
    with open_store(tmp_path / 'new') as new:
        assert import_tinydb(tmp_path / 'out.json', new) == 51
        for coll in filled.collections():
            ours, theirs = (
                [(doc.doc_id, dict(doc)) for doc in one.find(coll, limit=None).docs] for one in (filled, new)
            )
            assert ours == theirs
        with pytest.raises(Conflict):
            import_tinydb(tmp_path / 'out.json', new)
        export_tinydb(new, tmp_path / 'again.json')
    assert json.loads((tmp_path / 'again.json').read_text()) == json.loads((tmp_path / 'out.json').read_text())


def test_a_file_of_plain_tinydb_is_taken_over(store: Store, tmp_path: Path) -> None:
    with TinyDB(tmp_path / 'old.json') as plain:
        plain.table('道路').insert_multiple([{'a': 1}, {'a': 2}])
    import_tinydb(tmp_path / 'old.json', store)
    assert [(doc.doc_id, doc) for doc in store.find('道路').docs] == [('1', {'a': 1}), ('2', {'a': 2})]
