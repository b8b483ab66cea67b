"""Pages of a list: order, cursor, page number, and the index that makes them quick."""

import random
from typing import Any

import pytest
from clerk import Do
from tinydb import where

from storage import ARRIVAL, Store, Tx

STATES = ['受付', '対応中', '完了']


@pytest.fixture
def filled(do: Do, store: Store) -> Store:
    chance = random.Random(1)

    def run(tx: Tx) -> None:
        for number in range(300):
            body: dict[str, Any] = {'状態': chance.choice(STATES), '番号': number}
            if chance.random() < 0.9:
                body['受付日'] = chance.choice([f'2026-04-{chance.randint(1, 28):02}', None])
            if chance.random() < 0.9:
                body['件数'] = chance.choice([chance.randint(0, 9), chance.random(), '多数', None])
            tx.put('道路', body, f'{number:04}')
        tx.put('別', {'状態': '受付'}, 'x')

    do(run)
    return store


def rank(value: Any) -> tuple[int, Any]:
    return (0, 0) if value is None else (1, value) if isinstance(value, int | float) else (2, value)


SORTS = [
    [],
    [(ARRIVAL, True)],
    [('受付日', True)],
    [('受付日', False)],
    [('状態', False), ('受付日', True)],
    [('件数', True), ('受付日', False)],
    [('件数', False), ('状態', True), ('受付日', True)],
    [('無い項目', True)],
]


@pytest.mark.parametrize('where_', [None, where('状態') == '受付', where('状態').test(lambda text: text != '完了')])
@pytest.mark.parametrize('sort', SORTS)
@pytest.mark.parametrize('indexed', [False, True])
def test_pages_join_to_the_whole_list_in_order(filled: Store, sort: Any, where_: Any, indexed: bool) -> None:
    names = [name for name, _ in sort if name]
    if indexed and names:
        filled.index('道路', names)
    expected = [doc for doc in filled.find('道路', limit=None).docs if where_ is None or where_(doc)]
    if sort and sort[-1][1]:
        expected.reverse()
    for name, descending in reversed([pair for pair in sort if pair[0]]):
        expected.sort(key=lambda doc, name=name: rank(doc.get(name)), reverse=descending)

    by_cursor, by_offset, after = [], [], None
    while True:
        page = filled.find('道路', where_, sort=sort, limit=7, after=after)
        by_cursor += page.docs
        by_offset += filled.find('道路', where_, sort=sort, limit=7, offset=len(by_offset)).docs
        after = page.after
        if after is None:
            break
    assert [doc.doc_id for doc in by_cursor] == [doc.doc_id for doc in expected]
    assert [doc.doc_id for doc in by_offset] == [doc.doc_id for doc in expected]


def test_a_cursor_stays_in_place_while_others_write(filled: Store, do: Do) -> None:
    """Nothing seen twice, nothing missed of what was there all the time."""
    before = {doc.doc_id for doc in filled.find('道路', limit=None).docs}
    seen: list[str] = []
    after = None
    for turn in range(1_000):
        page = filled.find('道路', sort=[('受付日', True)], limit=10, after=after)
        seen += [doc.doc_id for doc in page.docs]
        do(lambda tx, turn=turn: tx.put('道路', {'受付日': f'2026-04-{turn % 28 + 1:02}'}, f'新{turn}').rev)
        if turn == 3:
            do(lambda tx, id=seen[0]: tx.delete('道路', id, None))
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_last_page_has_no_cursor(filled: Store) -> None:
    assert filled.find('道路', limit=300).after is None
    assert filled.find('道路', limit=299).after is not None
    assert filled.find('道路', limit=10, offset=295).after is None
    assert filled.find('無い', limit=10).docs == []


def test_a_cursor_of_another_order_is_refused(filled: Store) -> None:
    after = filled.find('道路', sort=[('受付日', True)], limit=5).after
    with pytest.raises(ValueError, match='order'):
        filled.find('道路', limit=5, after=after)
    with pytest.raises(ValueError, match='not both'):
        filled.find('道路', sort=[('受付日', True)], limit=5, after=after, offset=5)


def test_only_the_fields_asked_for(filled: Store) -> None:
    doc = filled.find('道路', limit=1, fields=['番号', '無い項目']).docs[0]
    assert (doc, doc.doc_id, doc.rev, doc.coll) == ({'番号': 0}, '0000', 1, '道路')


def test_an_index_answers_filter_and_order_without_sorting(filled: Store) -> None:
    newest = [('受付日', True)]
    assert 'TEMP B-TREE' in filled.explain('道路', where('状態') == '受付', sort=newest)
    filled.index('道路', ['状態', '受付日'])
    filled.index('道路', ['状態', '受付日'])
    plan = filled.explain('道路', where('状態') == '受付', sort=newest)
    assert 'USING INDEX by_' in plan
    assert 'TEMP B-TREE' not in plan
    with pytest.raises(ValueError, match='index'):
        filled.index('道路', ['a"b'])


def test_collections_with_odd_names(do: Do, store: Store) -> None:
    name = "それ'; DROP TABLE doc; --"
    do(lambda tx: tx.put(name, {'a': 1}, '1').rev)
    store.index(name, ['a'])
    assert store.find(name, where('a') == 1).docs == [{'a': 1}]
    assert store.count(name) == 1
