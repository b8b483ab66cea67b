"""TinyDB's hash tuples, as SQL: which questions SQL decides alone, and that a new kind of question is only slower."""

from typing import Any

import pytest
from clerk import Do
from tinydb import Query, where
from tinydb.queries import QueryInstance

from storage import Store
from storage.query import plan


@pytest.mark.parametrize(
    'query',
    [
        where('状態') == '受付',
        where('件数') == 3,
        where('件数') != 3,
        where('件数') < 3,
        where('受付日') >= '2026-04-01',
        where('状態').exists(),
        where('状態').one_of(['受付', '完了']),
        where('場所')['町'] == '見本',
        (where('状態') == '受付') & ~(where('件数') > 3) | where('担当').exists(),
        Query().noop(),
        None,
    ],
)
def test_everyday_questions_are_decided_by_sql_alone(query: Any) -> None:
    assert plan(query).exact


@pytest.mark.parametrize(
    'query',
    [
        where('状態') == None,  # noqa: E711
        where('状態') == '{"a":1}',
        where('状態') == [1],
        where('件数') == 2**60 * 1.0,
        where('件数') == 2**70,
        where('状態').matches('受'),
        where('状態').test(bool),
        where('状態').map(str) == '1',
        where('a"b') == 1,
        ~(where('状態') == None),  # noqa: E711
        lambda doc: True,
    ],
)
def test_the_rest_is_asked_of_tinydb(query: Any) -> None:
    assert not plan(query).exact


SHAPES = [('後日の機能', ('状態',), 1), ('==', ('状態',)), ('and', 5), 'text', (None,), ((), 1)]


@pytest.mark.parametrize('shape', SHAPES)
def test_a_shape_of_a_later_tinydb_is_slower_never_wrong(do: Do, store: Store, shape: Any) -> None:
    do(lambda tx: [tx.put('道路', {'状態': state}, state).rev for state in ('受付', '完了')])
    later = QueryInstance(lambda doc: doc['状態'] == '完了', shape)
    assert not plan(later).exact
    assert store.find('道路', later).docs == [{'状態': '完了'}]
    assert store.find('道路', ~later).docs == [{'状態': '受付'}]
    assert store.find('道路', later | (where('状態') == '受付')).docs == [{'状態': '受付'}, {'状態': '完了'}]


def test_text_and_numbers_never_compare(do: Do, store: Store) -> None:
    """A documented difference: Python raises TypeError where types are mixed, SQL does not match."""
    do(lambda tx: [tx.put('道路', {'件数': value}).rev for value in (5, '5', None, [5], {'a': 5})])
    assert store.find('道路', where('件数') > 1).docs == [{'件数': 5}]
    assert store.find('道路', where('件数') > '1').docs == [{'件数': '5'}]


def test_explain_tells_when_python_has_to_look(store: Store) -> None:
    assert 'document by document' in store.explain('道路', where('状態').matches('受'))
    assert 'document by document' not in store.explain('道路', where('状態') == '受付')
