"""Which index leads: pages come from indexes and not from bodies, and are never other than without them."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from clerk import Clock, Do
from tinydb import where

from storage import ARRIVAL, Store, Tx, open_store

STATES = ['受付', '対応中', '完了']
EVERYTHING = ('受付番号', '種別', '状態', '受付日')
INDEXES = [('受付番号',), ('種別', '受付番号'), ('状態', '受付日'), ('受付日',), EVERYTHING]
DONE = where('状態') == '完了'
YEAR = (where('受付日') >= '2026-04-01') & (where('受付日') < '2027-04-01')


def fill(tx: Tx) -> None:
    chance = random.Random(2)
    for number in range(3_000):
        day = f'{chance.choice([2025, 2026])}-{chance.randint(4, 12):02}-{chance.randint(1, 28):02}'
        body: dict[str, Any] = {'受付番号': f'{number:05}', '受付日': day, '状態': '完了'}
        if number % 40 == 0:
            body['状態'] = chance.choice(STATES[:2])
        if number % 7:
            body['種別'] = chance.choice(['舗装', '側溝', '照明'])
        tx.put('道路', body, f'{number:05}', search=f'{number:05} 見本 {body.get("種別", "")}')


@pytest.fixture
def filled(do: Do, store: Store) -> Store:
    do(fill)
    return store


@pytest.fixture(scope='module')
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """The same records twice, without indexes and with; read only."""
    folder = tmp_path_factory.mktemp('twins')
    with open_store(folder / 'plain', clock=Clock()) as plain, open_store(folder / 'led', clock=Clock()) as led:
        for each in (plain, led):
            each.commit_blocking(fill, actor='見本', request_id='')
        led.keep_indexes('道路', INDEXES)
        yield plain, led


ORDERS = [
    [('受付番号', True)],
    [('種別', False), ('受付番号', True)],
    [('種別', True), ('受付番号', True)],
    [('受付日', True)],
    [('状態', False), ('受付番号', True)],
    [(ARRIVAL, True)],
]
CONDITIONS = [
    None,
    DONE,
    where('状態').one_of(STATES[:2]),
    YEAR,
    YEAR & DONE & (where('種別') == '舗装'),
    where('状態').one_of(STATES[:2]) & DONE,
    ~where('種別').exists() | (where('種別') == '側溝'),
    where('状態').test(lambda state: state != '完了') & YEAR,
]


@pytest.mark.parametrize('sort', ORDERS)
@pytest.mark.parametrize('condition', CONDITIONS)
@pytest.mark.parametrize('text', ['', '見本', '0007', '照明'])
def test_an_index_changes_how_quickly_and_never_what_is_found(
    twins: tuple[Store, Store], sort: Any, condition: Any, text: str
) -> None:
    def asked(store: Store) -> Any:
        pages = [store.find('道路', condition, text=text, sort=sort, limit=30, offset=at) for at in (0, 60)]
        after = store.find('道路', condition, text=text, sort=sort, limit=30, after=pages[0].after)
        groups = store.group('道路', condition, ['状態', ('受付日', 'month')], text=text)
        return [*pages, after], store.count('道路', condition, text=text), groups

    plain, led = twins
    assert asked(led) == asked(plain)


@pytest.mark.parametrize(
    ('condition', 'sort', 'fields'),
    [
        (None, '種別', ('種別', '受付番号')),
        (None, '受付番号', ('受付番号',)),
        (DONE, '受付日', ('状態', '受付日')),
        (YEAR, '受付日', ('受付日',)),
        (where('状態') == '受付', '種別', ('状態', '受付日')),
        (where('状態').one_of(STATES[:2]) & YEAR, '種別', ('状態', '受付日')),
        (where('受付日') == '2026-05-05', '種別', ('受付日',)),
        (YEAR & DONE, '受付番号', EVERYTHING),
        (where('状態').one_of(STATES[:2]) & DONE, '種別', EVERYTHING),
    ],
)
def test_the_index_that_reads_least_leads(filled: Store, condition: Any, sort: str, fields: tuple[str, ...]) -> None:
    filled.keep_indexes('道路', INDEXES)
    _, used = filled.explain('道路', condition, sort=[(sort, True)]).split('INDEXED BY ', 1)
    filled.keep_indexes('道路', [fields])
    kept = [name for name, in filled.alone(lambda db: list(db.execute(KEPT)))]
    assert [used.split()[0]] == kept


KEPT = "SELECT name FROM sqlite_schema WHERE type = 'index' AND name GLOB 'by_*'"


def test_a_sorted_page_of_everything_sorts_nothing(filled: Store) -> None:
    filled.keep_indexes('道路', INDEXES)
    assert 'TEMP B-TREE' not in filled.explain('道路', sort=[('種別', True), ('受付番号', True)])
    assert 'TEMP B-TREE' in filled.explain('道路', sort=[('無い項目', True)])


def test_indexes_that_nobody_wants_any_more_are_dropped_and_lists_go_on(filled: Store) -> None:
    filled.keep_indexes('道路', INDEXES)
    filled.index('別', ['受付番号'])
    filled.keep_indexes('道路', [('受付日',)])
    assert len(filled.alone(lambda db: list(db.execute(KEPT)))) == 2, 'one of this collection and one of another'
    assert 'INDEXED BY' not in filled.explain('道路', sort=[('種別', False)])
    assert len(filled.find('道路', sort=[('種別', False)], limit=5).docs) == 5


def test_an_index_that_another_program_dropped_makes_a_list_slower_and_not_wrong(filled: Store) -> None:
    filled.keep_indexes('道路', INDEXES)
    before = filled.find('道路', sort=[('種別', True)], limit=5)
    filled.alone(lambda db: [db.execute(f'DROP INDEX {name}') for (name,) in list(db.execute(KEPT))])
    assert filled.find('道路', sort=[('種別', True)], limit=5).docs == before.docs


def test_what_a_search_found_is_not_told_again_after_a_change(filled: Store, do: Do) -> None:
    assert filled.count('道路', text='見本') == 3_000
    do(lambda tx: tx.put('道路', {'受付番号': 'x'}, 'x', search='見本'))
    assert filled.count('道路', text='見本') == 3_001
    assert filled.find('道路', text='見本', sort=[('受付番号', True)], limit=1).docs[0]['受付番号'] == 'x'
