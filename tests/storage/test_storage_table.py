"""Where our TinyDB face keeps what stock TinyDB does not."""

from pathlib import Path

import pytest
from tinydb import where

from storage import Store
from storage.table import CityDB


@pytest.fixture
def db(store: Store) -> CityDB:
    return CityDB(store)


def test_an_id_never_comes_back(db: CityDB, store: Store) -> None:
    table = db.table('道路')
    table.insert_multiple([{}, {}])
    table.remove(doc_ids=[2])
    assert CityDB(store).table('道路').insert({}) == 3


def test_an_update_that_fails_half_way_leaves_nothing(db: CityDB) -> None:
    table = db.table('道路')
    table.insert_multiple([{'件数': 1}, {'件数': 'x'}])

    def double(doc: dict[str, int]) -> None:
        doc['件数'] = doc['件数'] / 2  # type: ignore[assignment]

    with pytest.raises(TypeError):
        table.update(double)  # type: ignore[arg-type]
    assert table.all() == [{'件数': 1}, {'件数': 'x'}]


def test_changing_a_result_changes_nothing_else(db: CityDB) -> None:
    table = db.table('道路')
    table.insert({'a': {'b': 1}})
    for _ in range(2):
        found = table.search(where('a').exists())
        assert found == [{'a': {'b': 1}}]
        found[0]['a']['b'] = 2


def test_somebody_elses_change_is_seen_at_once(db: CityDB, store: Store) -> None:
    table = db.table('道路')
    table.insert({'a': 1})
    assert len(table.search(where('a') == 1)) == 1
    store.commit_blocking(lambda tx: tx.put('道路', {'a': 1}, '2').rev, actor='x', request_id='')
    assert len(table.search(where('a') == 1)) == 2


@pytest.mark.parametrize('value', [float('nan'), float('inf')])
def test_what_json_cannot_hold_is_refused(db: CityDB, value: float) -> None:
    with pytest.raises(ValueError, match='JSON'):
        db.insert({'a': value})
    assert len(db) == 0


def test_every_change_through_it_has_a_history(db: CityDB, store: Store) -> None:
    db.table('道路').insert({'a': 1})
    db.table('道路').update({'a': 2})
    db.table('道路').truncate()
    assert [line.op for line in store.history('道路', '1')] == ['insert', 'update', 'delete']


def test_search_text_survives_an_update(db: CityDB, store: Store) -> None:
    store.commit_blocking(lambda tx: tx.put('道路', {'a': 1}, '1', search='みほん').rev, actor='x', request_id='')
    db.table('道路').update({'a': 2})
    assert store.count('道路', text='ほん') == 1


def test_a_folder_opens_as_a_file_would(tmp_path: Path) -> None:
    with CityDB(tmp_path / 'city') as db:
        db.insert({'a': 1})
    with CityDB(tmp_path / 'city') as db:
        assert db.all() == [{'a': 1}]
        assert db.tables() == {'_default'}
