"""Erasure: the bytes leave every file, the chain still verifies, and a restore does not bring them back."""

from pathlib import Path

import pytest
from clerk import Clock, Do
from tinydb import where

from storage import Store, Tx, open_store
from storage.backup import backup, restore, ship
from storage.doctor import examine
from storage.erase import erase, expire
from storage.ledger import LEDGER
from storage.text_index import FRESH

PERSONAL = ['例示鑑花子', '090-0000-0007', 'れいじはなこ', '申出の本文その七']


@pytest.fixture
def filled(do: Do, store: Store) -> Store:
    def others(tx: Tx) -> None:
        for n in range(FRESH):
            tx.put('道路', {'番号': n, '氏名': '見本 太郎', '年度': 2020 + n % 5}, f'他{n}', search='みほん たろう')

    def person(tx: Tx) -> str:
        number = tx.number('道路-R8')
        tx.put('道路', {'番号': number, '氏名': '例示鑑花子', '年度': 2020}, 'A', search='れいじはなこ')
        tx.claim('電話', '090-0000-0007', 'A')
        tx.attach('道路', 'A', photo)
        return '例示鑑花子'

    def same_photo(tx: Tx) -> int:
        tx.attach('道路', '他1', photo)
        return tx.number('道路-R8')

    photo = store.blobs.save('申出の本文その七'.encode())
    do(person, request_id='r1')
    do(others)  # enough to have the person's trigrams written
    do(same_photo)
    do(lambda tx: tx.patch('道路', 'A', {'備考': '申出の本文その七'}, 1, search='れいじはなこ もうしで').rev)
    do(lambda tx: tx.patch('道路', 'A', {'備考': ''}, 2).rev)
    return store


def places(folder: Path, words: list[str]) -> list[str]:
    """Files in which any of the words still lies."""
    return sorted(
        f'{file.relative_to(folder)}: {word}'
        for file in folder.rglob('*')
        if file.is_file()
        for word in words
        if word.encode() in file.read_bytes()
    )


def trigrams(store: Store) -> set[str]:
    with store.reading() as db:
        db.pragma('query_only', 0)
        db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab('main', 'fts', 'row')")
        db.pragma('query_only', 1)
        return {term for (term,) in db.execute('SELECT term FROM temp.terms')}


def test_the_bytes_leave_every_file(filled: Store) -> None:
    assert len(places(filled.folder, PERSONAL)) >= len(PERSONAL)
    assert 'れいじ' in trigrams(filled)
    assert erase(filled, [('道路', 'A')], actor='見本', request_id='e1', reason='保存年限') == [('道路', 'A')]
    photo = f'blobs/{next(iter(filled.blobs.all()))[:2]}'
    assert [place for place in places(filled.folder, PERSONAL) if not place.startswith(photo)] == []
    assert '鑑花子' not in trigrams(filled)
    assert 'れいじ' not in trigrams(filled)
    assert 'みほん' in trigrams(filled)
    filled.close()
    assert examine(filled.folder, rebuild=True) == []


def test_trigrams_of_what_was_said_once_leave_the_index_as_bytes_too(filled: Store) -> None:
    def blocks() -> bytes:
        with filled.reading() as db:
            return b''.join(block for (block,) in db.execute('SELECT block FROM fts_data'))

    assert 'しで'.encode() in blocks()
    erase(filled, [('道路', 'A')], actor='見本', request_id='e1', reason='保存年限')
    assert 'しで'.encode() not in blocks()


def test_what_is_left(filled: Store, do: Do) -> None:
    erase(filled, [('道路', 'A')], actor='見本', request_id='e1', reason='保存年限')
    assert filled.get('道路', 'A') is None
    assert filled.count('道路', text='れいじ') == 0
    assert filled.holder('電話', '090-0000-0007') is None
    assert [(line.op, line.erased, line.changed) for line in filled.history('道路', 'A')] == [
        ('insert', True, {}),
        ('update', True, {}),
        ('update', True, {}),
        ('erase', False, {}),
    ]
    assert filled.history('道路', 'A')[-1].reason == '保存年限'
    assert filled.count('道路', where('氏名') == '見本 太郎') == FRESH
    assert do(lambda tx: tx.number('道路-R8')) == 3
    assert do(lambda tx: 'another', request_id='r1') is None  # the first answer named the person
    assert erase(filled, [('道路', 'A'), ('道路', '無')], actor='見本', request_id='e2', reason='x') == []


def test_a_photo_goes_when_nobody_else_names_it(filled: Store) -> None:
    erase(filled, [('道路', 'A')], actor='見本', request_id='e1', reason='保存年限')
    assert len(list(filled.blobs.all())) == 1  # 他1 has the same photo
    erase(filled, [('道路', '他1')], actor='見本', request_id='e2', reason='保存年限')
    assert places(filled.folder, PERSONAL) == []


def test_a_deleted_document_can_be_erased(filled: Store, do: Do) -> None:
    do(lambda tx: tx.delete('道路', 'A', 3))
    assert places(filled.folder, PERSONAL[:1])
    erase(filled, [('道路', 'A')], actor='見本', request_id='e1', reason='申出')
    assert places(filled.folder, PERSONAL[:1]) == []


def test_retention_erases_what_matches(filled: Store) -> None:
    count = filled.count('道路', where('年度') == 2020)
    assert expire(filled, '道路', where('年度') == 2020, actor='見本', request_id='e1', reason='保存年限') == count
    assert filled.count('道路', where('年度') == 2020) == 0
    assert expire(filled, '道路', where('年度') == 2020, actor='見本', request_id='e2', reason='保存年限') == 0


def test_a_restore_does_not_bring_it_back(filled: Store, tmp_path: Path, clock: Clock) -> None:
    backup(filled, tmp_path / 'backup')
    erase(filled, [('道路', 'A')], actor='見本', request_id='e1', reason='申出')
    ship(filled, tmp_path / 'backup')
    for name, at in (('now', None), ('before', filled.seq - 1)):
        restore(tmp_path / 'backup', tmp_path / name, at)
        assert places(tmp_path / name, PERSONAL[:3]) == []
        assert examine(tmp_path / name, rebuild=True) == []
        with open_store(tmp_path / name) as restored:
            assert restored.get('道路', 'A') is None
            assert restored.last_number('道路-R8') == 2


def test_the_ledger_holds_ids_only(filled: Store) -> None:
    erase(filled, [('道路', 'A')], actor='見本', request_id='e1', reason='申出')
    assert (filled.folder / LEDGER).read_text() == '{"coll":"道路","id":"A","rev":3}\n'


def test_the_same_id_may_be_used_again_after_an_erasure(filled: Store, do: Do, tmp_path: Path) -> None:
    erase(filled, [('道路', 'A')], actor='見本', request_id='e1', reason='申出')
    assert do(lambda tx: tx.put('道路', {'氏名': '見本 太郎'}, 'A').rev) == 5
    backup(filled, tmp_path / 'backup')
    restore(tmp_path / 'backup', tmp_path / 'city2')
    with open_store(tmp_path / 'city2') as restored:
        assert restored.get('道路', 'A') == {'氏名': '見本 太郎'}
