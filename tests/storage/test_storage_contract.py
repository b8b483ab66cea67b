"""What every engine answers alike, stock TinyDB being the oracle: one table read and written, every kind of query."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from tinydb import Query, where
from tinydb.operations import add, decrement, delete, increment, subtract
from tinydb.operations import set as set_field
from tinydb.table import Document, Table

RECORDS: list[dict[str, Any]] = [
    {'状態': '受付', '受付日': '2026-04-01', '件数': 3, '用件': ['舗装', '街灯'], '場所': {'町': '見本', '番地': 1}},
    {'状態': '受付', '受付日': '2026-03-31', '件数': 10, '用件': [], '場所': {'町': '例示'}},
    {'状態': '完了', '受付日': '2026-04-01', '件数': 0, '用件': ['街灯'], '場所': None},
    {'状態': None, '受付日': '', '件数': 2.5, '備考': '{"a":1}'},
    {'状態': '{"a":1}', '件数': True, '場所': {'a': 1}},
    {'状態': '[1,2]', '用件': [1, 2], '件数': -1},
    {'状態': {'a': 1}, '件数': 9007199254740991},
    {'状態': [1, 2], '件数': 1.0, '備考': '改行\nと「引用」と\\と"'},
    {'状態': 1, '備考': "それ'は"},
    {'状態': False, '備考': '受付\x00終'},
    {},
]

QUERIES: dict[str, Any] = {
    'equal': where('状態') == '受付',
    'equal to text that looks like an object': where('状態') == '{"a":1}',
    'equal to text that looks like a list': where('状態') == '[1,2]',
    'equal to an object': where('状態') == {'a': 1},
    'equal to a list': where('状態') == [1, 2],
    'equal to null': where('状態') == None,  # noqa: E711  # TinyDB's way of asking
    'equal to true': where('件数') == True,  # noqa: E712
    'equal to one': where('件数') == 1,
    'equal to one, as a float': where('件数') == 1.0,
    'equal to false, which is 0': where('状態') == False,  # noqa: E712
    'equal to what no text can be': where('備考') == '\ud800',
    'equal to a text with NUL': where('備考') == '受付\x00終',
    'equal, with marks': where('備考') == '改行\nと「引用」と\\と"',
    'equal, with an apostrophe': where('備考') == "それ'は",
    'not equal': where('状態') != '受付',
    'not equal to null': where('状態') != None,  # noqa: E711
    'not equal to an object': where('状態') != {'a': 1},
    'less': where('件数') < 3,
    'less or equal': where('件数') <= 2.5,
    'greater': where('件数') > 2,
    'greater or equal': where('件数') >= 9007199254740991,
    'date from': where('受付日') >= '2026-04-01',
    'date before': where('受付日') < '2026-04-01',
    'exists': where('場所').exists(),
    'inner exists': Query().場所.番地.exists(),
    'inner equal': Query().場所.町 == '見本',
    'inner of a text': Query().状態.x == 1,
    'one of': where('状態').one_of(['受付', '完了', 1]),
    'one of, with null': where('状態').one_of(['完了', None]),
    'one of nothing': where('状態').one_of([]),
    'one of the letters of a text': where('受付日').one_of('x2026-04-01y'),
    'matches': where('状態').matches('受'),
    'search': where('備考').search('引用'),
    'any of a list': where('用件').any(['舗装', 2]),
    'all of a list': where('用件').all(['街灯']),
    'any by query': where('用件').any(Query().noop()),
    'test': where('件数').test(lambda value, least: value is not None and value > least, 2),
    'fragment': Query().fragment({'状態': '受付', '件数': 3}),
    'inner fragment': where('場所').test(bool) & Query().場所.fragment({'町': '例示'}),
    'map': where('件数').map(str) == '3',
    'noop': Query().noop(),
    'strange field name': where('a"b\\c') == 1,
    'and': (where('状態') == '受付') & (where('件数') > 5),
    'or': (where('状態') == '完了') | (where('件数') == 10),
    'not': ~(where('状態') == '受付'),
    'not of and': ~((where('状態') == '受付') & (where('件数') == 3)),
    'not of an inexact part': ~(where('状態') == {'a': 1}),
    'not not': ~~(where('状態') == '受付'),
    'or with an inexact part': (where('状態') == '完了') | where('備考').search('引用'),
    'and with an inexact part': (where('状態').exists()) & ~where('用件').any(['街灯']),
    'a plain function': lambda doc: doc.get('件数') == 0,
}


@pytest.fixture
def filled(table: Table) -> Table:
    table.insert_multiple(RECORDS)
    return table


@pytest.mark.parametrize('query', QUERIES.values(), ids=QUERIES.keys())
def test_query_means_what_tinydb_means(filled: Table, query: Any) -> None:
    expected = [number for number, record in enumerate(RECORDS, 1) if query(record)]

    assert [doc.doc_id for doc in filled.search(query)] == expected
    assert filled.count(query) == len(expected)
    assert filled.contains(query) is bool(expected)
    first = filled.get(query)
    assert (first.doc_id if isinstance(first, Document) else None) == (expected[0] if expected else None)


def test_documents_come_back_as_they_were_stored(filled: Table) -> None:
    assert filled.all() == RECORDS
    assert [type(doc['件数']) for doc in filled.search(where('件数').one_of([1, 2.5]))] == [float, bool, float]


def test_regex_flags_are_part_of_the_question(filled: Table) -> None:
    filled.insert({'名': 'ABC'})
    assert filled.count(where('名').search('abc', flags=re.IGNORECASE)) == 1


@pytest.mark.parametrize(
    ('change', 'expected'),
    [
        ({'状態': '完了'}, {'状態': '完了', '件数': 3}),
        ({'備考': None}, {'状態': '受付', '件数': 3, '備考': None}),
        (increment('件数'), {'状態': '受付', '件数': 4}),
        (decrement('件数'), {'状態': '受付', '件数': 2}),
        (add('件数', 7), {'状態': '受付', '件数': 10}),
        (subtract('件数', 7), {'状態': '受付', '件数': -4}),
        (delete('件数'), {'状態': '受付'}),
        (set_field('件数', True), {'状態': '受付', '件数': True}),
    ],
)
def test_update(table: Table, change: Any, expected: dict[str, Any]) -> None:
    table.insert_multiple([{'状態': '受付', '件数': 3}, {'状態': '完了', '件数': 9}])
    assert table.update(change, where('件数') == 3) == [1]
    assert table.all() == [expected, {'状態': '完了', '件数': 9}]


def test_upsert_changes_or_adds(table: Table) -> None:
    assert table.upsert({'番号': 1, '状態': '受付'}, where('番号') == 1) == [1]
    assert table.upsert({'番号': 1, '状態': '完了'}, where('番号') == 1) == [1]
    assert table.upsert(Document({'番号': 5}, 7)) == [7]
    assert table.insert({}) == 8
    assert table.all() == [{'番号': 1, '状態': '完了'}, {'番号': 5}, {}]


def test_remove_and_truncate(filled: Table) -> None:
    assert filled.remove(where('状態') == '受付') == [1, 2]
    assert filled.remove(doc_ids=[4, 99]) == [4]
    assert len(filled) == len(RECORDS) - 3
    filled.truncate()
    assert (len(filled), filled.insert({})) == (0, 1)


def test_update_multiple(table: Table) -> None:
    table.insert_multiple([{'a': 1}, {'a': 2}, {'a': 3}])
    assert table.update_multiple([({'a': 9}, where('a') == 1), ({'b': 1}, where('a') >= 3)]) == [1, 1, 3]
    assert table.all() == [{'a': 9, 'b': 1}, {'a': 2}, {'a': 3, 'b': 1}]


@pytest.mark.parametrize(
    ('wrong', 'error'),
    [
        (lambda table: table.insert([1]), ValueError),
        (lambda table: table.insert(Document({}, 1)), ValueError),
        (lambda table: table.remove(), RuntimeError),
        (lambda table: table.get(), RuntimeError),
        (lambda table: table.upsert({}), ValueError),
    ],
)
def test_mistakes_are_refused(filled: Table, wrong: Callable[[Table], Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        wrong(filled)
    assert len(filled) == len(RECORDS)
