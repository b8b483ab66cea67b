"""Erasure in part: the person leaves every file, the figures and the steps stay, and the chain still verifies."""

from pathlib import Path
from typing import Any

import pytest
from clerk import Clock, Do
from tinydb import where

from storage import Store, Tx, open_store
from storage.backup import backup, restore, ship
from storage.doctor import examine
from storage.erase import erase, finish, forget_answers
from storage.ledger import LEDGER, entries
from storage.take_out import Gone

NAME, PHONE, PHOTO = '例示鑑花子', '090-0000-0007', '写真の中身その七'
PERSONAL = [NAME, PHONE, PHOTO, 'れいじはなこ', '子ども 例示次郎']
GONE = Gone(
    fields=frozenset({'氏名', '電話', '写真', '家族.氏名'}),
    scopes=frozenset({'道路/電話'}),
    coarse={'位置': 2},
    marks={'_erased': '2032-04-01'},
)


@pytest.fixture
def filled(store: Store, do: Do) -> Store:
    sha = store.blobs.save(PHOTO.encode())
    (store.blobs.path(sha).with_name(f'{sha}.small')).write_bytes(PHOTO.encode())

    def made(tx: Tx) -> str:
        record = {
            '番号': tx.number('道路-R8'),
            '氏名': NAME,
            '電話': PHONE,
            '種別': '舗装',
            '状態': '受付',
            '位置': {'latitude': 35.681236, 'longitude': 139.767125},
            '家族': [{'氏名': '子ども 例示次郎', '続柄': '子'}],
            '写真': [{'blob': sha}],
        }
        tx.put('道路', record, 'A', search='れいじはなこ ほそう')
        tx.claim('道路/電話', PHONE, 'A')
        tx.claim('道路/番号', '1', 'A')
        tx.attach('道路', 'A', sha)
        tx.put('別', {'道路': 'A'}, 'B')  # the last line of the transaction tells what A claimed
        return NAME

    do(made, request_id='r1', reason='登録')
    done = {'状態': '完了', '氏名': f'{NAME} 様'}
    do(lambda tx: tx.patch('道路', 'A', done, 1, search='れいじはなこ').rev, reason='完了')
    do(lambda tx: tx.patch('道路', 'A', {'状態': '再開'}, 2).rev, reason='再開')
    return store


def take_out(store: Store, gone: Gone = GONE, search: str | None = 'ほそう') -> bool:
    orphans: list[str] = []
    taken: bool = store.commit_blocking(
        lambda tx: tx.take_out('道路', 'A', gone, orphans, search=search),
        actor='見本',
        request_id='',
        reason='保存年限',
    )
    finish(store, orphans)
    return taken


def places(folder: Path, words: list[str]) -> list[str]:
    files = [file for file in folder.rglob('*') if file.is_file()]
    return [f'{file.name}: {word}' for file in files for word in words if word.encode() in file.read_bytes()]


def test_the_person_leaves_every_file_and_the_figures_stay(filled: Store) -> None:
    assert {each.partition(': ')[2] for each in places(filled.folder, PERSONAL)} == set(PERSONAL)
    assert take_out(filled)
    assert places(filled.folder, PERSONAL) == []
    assert filled.get('道路', 'A') == {
        '番号': 1,
        '種別': '舗装',
        '状態': '再開',
        '位置': {'latitude': 35.68, 'longitude': 139.77},
        '家族': [{'続柄': '子'}],
        '_erased': '2032-04-01',
    }
    assert b'35.681236' not in filled.file.read_bytes()
    assert [filled.count('道路', text=word) for word in ('れいじ', 'ほそう')] == [0, 1]
    assert [filled.holder('道路/電話', PHONE), filled.holder('道路/番号', '1')] == [None, 'A']
    assert filled.last_number('道路-R8') == 1
    assert list(filled.blobs.all()) == []
    filled.close()
    assert examine(filled.folder, rebuild=True) == []


def test_the_steps_stay_in_the_history_and_in_the_past(filled: Store, do: Do) -> None:
    before = filled.seq
    counts = [filled.as_of(seq).count('道路', where('状態') == '完了') for seq in range(1, before + 1)]
    take_out(filled)
    lines = filled.history('道路', 'A')
    assert [(line.op, line.reason, line.erased) for line in lines] == [
        ('insert', '登録', False),
        ('update', '完了', False),
        ('update', '再開', False),
        ('take_out', '保存年限', False),
    ]
    assert lines[1].changed == {'状態': ('受付', '完了')}
    assert [filled.as_of(seq).count('道路', where('状態') == '完了') for seq in range(1, before + 1)] == counts
    do(lambda tx: tx.patch('道路', 'A', {'状態': '取下げ'}, 4).rev)
    filled.close()
    assert examine(filled.folder, rebuild=True) == []


def test_a_shortened_line_cannot_be_changed_unseen(filled: Store) -> None:
    take_out(filled)
    with filled.reading() as db:
        db.pragma('query_only', 0)
        with db:
            db.execute("UPDATE change SET body = replace(body, '完了', '受付') WHERE seq = 3")
    assert [(each.code, each.text) for each in examine(filled.folder)] == [
        ('chain-body', '変更 3 の内容が、記録された時のものと違います。')
    ]


def test_a_line_that_nobody_vouches_for_is_found(filled: Store) -> None:
    with filled.reading() as db:
        db.pragma('query_only', 0)
        with db:
            db.execute("UPDATE change SET body = replace(body, '完了', '受付'), salt = NULL WHERE seq = 3")
    assert [each.code for each in examine(filled.folder)] == ['chain-body']


def test_doing_it_again_does_nothing_and_more_can_go_later(filled: Store) -> None:
    assert [take_out(filled), take_out(filled)] == [True, False]
    assert take_out(filled, Gone(fields=frozenset({'種別'})))
    assert filled.get('道路', 'A') == {
        '番号': 1,
        '状態': '再開',
        '位置': {'latitude': 35.68, 'longitude': 139.77},
        '家族': [{'続柄': '子'}],
        '_erased': '2032-04-01',
    }
    assert erase(filled, [('道路', 'A')], actor='見本', request_id='', reason='申出') == [('道路', 'A')]
    filled.close()
    assert examine(filled.folder, rebuild=True) == []


def test_of_a_deleted_document_the_past_goes_too(filled: Store, do: Do) -> None:
    do(lambda tx: tx.delete('道路', 'A', 3, f'{NAME} さんの申出'))
    assert take_out(filled, search=None)
    assert places(filled.folder, PERSONAL) == []
    assert filled.get('道路', 'A') is None
    assert filled.history('道路', 'A')[3].changed['種別'] == ('舗装', None)
    filled.close()
    assert examine(filled.folder, rebuild=True) == []


def test_a_restore_does_not_bring_the_person_back(filled: Store, tmp_path: Path, clock: Clock) -> None:
    backup(filled, tmp_path / 'backup')
    take_out(filled)
    ship(filled, tmp_path / 'backup')
    for name, at, words in (('now', None, 1), ('before', filled.seq - 1, 0)):
        restore(tmp_path / 'backup', tmp_path / name, at)
        assert places(tmp_path / name, PERSONAL) == []
        assert examine(tmp_path / name, rebuild=True) == []
        with open_store(tmp_path / name) as restored:
            assert restored.get('道路', 'A') == filled.get('道路', 'A')
            assert restored.count('道路', text='ほそう') == words


def test_the_ledger_names_fields_and_no_values(filled: Store) -> None:
    take_out(filled)
    assert places(filled.folder, PERSONAL) == []
    told = entries(filled.folder / LEDGER)
    assert [{key: each[key] for key in ('coll', 'id', 'rev', 'fields')} for each in told] == [
        {'coll': '道路', 'id': 'A', 'rev': 3, 'fields': ['写真', '家族.氏名', '氏名', '電話']}
    ]


def test_a_crash_before_the_ledger_was_written_is_made_up_for(filled: Store) -> None:
    filled.commit_blocking(lambda tx: tx.take_out('道路', 'A', GONE, []), actor='見本', request_id='', reason='')
    assert not (filled.folder / LEDGER).exists()
    assert not take_out(filled)
    assert len(entries(filled.folder / LEDGER)) == 1
    assert places(filled.folder, [NAME, PHONE]) == []


def test_answers_that_only_name_the_document_are_forgotten(store: Store, do: Do) -> None:
    made: Any = do(lambda tx: tx.put('道路', {'氏名': NAME}).doc_id)
    do(lambda tx: {'id': made, 'title': NAME}, request_id='unchanged')
    do(lambda tx: {'id': 'another'}, request_id='other')
    assert forget_answers(store, [made]) == 2
    assert do(lambda tx: 'again', request_id='unchanged') is None
    assert do(lambda tx: 'again', request_id='other') == {'id': 'another'}
