"""Counting, grouping by choice, month and fiscal year, and tables for calculation."""

from typing import Any

import pytest
from clerk import Do
from tinydb import where

from storage import Store

RECORDS: list[dict[str, Any]] = [
    {'状態': '受付', '受付日': '2026-03-31', '費用': 100, '用件': ['舗装', '街灯'], '急ぎ': True},
    {'状態': '受付', '受付日': '2026-04-01', '費用': 2.5, '用件': ['街灯'], '急ぎ': False},
    {'状態': '完了', '受付日': '2026-04-30T09:15', '費用': '未定', '用件': []},
    {'状態': '完了', '受付日': None, '費用': 50},
    {},
]


@pytest.fixture(autouse=True)
def _filled(do: Do) -> None:
    do(lambda tx: [tx.put('道路', body, str(n)).rev for n, body in enumerate(RECORDS)])


# A condition that SQL decides, and the same one only Python can.
EVERYWHERE = [None, where('状態').map(lambda state: True) == True]  # noqa: E712
EVERYWHERE[1] = EVERYWHERE[1] | ~where('状態').exists()  # type: ignore[operator]


@pytest.mark.parametrize('everywhere', EVERYWHERE, ids=['sql', 'python'])
@pytest.mark.parametrize(
    ('by', 'agg', 'expected'),
    [
        (['状態'], 'count', [(None, 1), ('受付', 2), ('完了', 2)]),
        ([('受付日', 'day')], 'count', [(None, 2), ('2026-03-31', 1), ('2026-04-01', 1), ('2026-04-30', 1)]),
        ([('受付日', 'month')], 'count', [(None, 2), ('2026-03', 1), ('2026-04', 2)]),
        ([('受付日', 'year')], 'count', [(None, 2), ('2026', 3)]),
        ([('受付日', 'fiscal_year')], 'count', [(None, 2), (2025, 1), (2026, 2)]),
        (['状態', ('受付日', 'fiscal_year')], 'count',
         [(None, None, 1), ('受付', 2025, 1), ('受付', 2026, 1), ('完了', None, 1), ('完了', 2026, 1)]),
        ([('用件', 'each')], 'count', [(None, 3), ('舗装', 1), ('街灯', 2)]),
        (['状態'], ('sum', '費用'), [(None, None), ('受付', 102.5), ('完了', 50)]),
        (['状態'], ('min', '費用'), [(None, None), ('受付', 2.5), ('完了', 50)]),
        (['状態'], ('max', '費用'), [(None, None), ('受付', 100), ('完了', 50)]),
        (['状態'], ('avg', '費用'), [(None, None), ('受付', 51.25), ('完了', 50)]),
        ([], 'count', [(5,)]),
    ],
)  # fmt: skip
def test_groups(store: Store, everywhere: Any, by: Any, agg: Any, expected: list[tuple[Any, ...]]) -> None:
    assert store.group('道路', everywhere, by, agg) == expected


def test_groups_of_a_part(store: Store) -> None:
    assert store.group('道路', where('状態') == '受付', ['急ぎ']) == [(0, 1), (1, 1)]
    assert store.count('道路', where('状態') == '受付') == 2
    assert store.group('無い', None, ['状態']) == []


@pytest.mark.parametrize(('by', 'agg'), [([('受付日', 'week')], 'count'), (['状態'], ('median', '費用'))])
def test_unknown_words_are_refused(store: Store, by: Any, agg: Any) -> None:
    with pytest.raises(ValueError, match='is none of'):
        store.group('道路', None, by, agg)


@pytest.mark.parametrize('condition', [None, where('状態').matches('受|完') | ~where('状態').exists()])
def test_a_table_keeps_values_as_stored(store: Store, condition: Any) -> None:
    table = store.frame('道路', condition, ['費用', '急ぎ', '用件', '無い'])
    assert list(table.index) == ['0', '1', '2', '3', '4']
    assert list(table.columns) == ['費用', '急ぎ', '用件', '無い']
    assert list(table['費用']) == [100, 2.5, '未定', 50, None]
    assert list(table['急ぎ']) == [True, False, None, None, None]
    assert [type(value) for value in table['急ぎ'][:2]] == [bool, bool]
    assert table['用件'].iloc[0] == ['舗装', '街灯']
    assert list(store.frame('道路', condition).columns) == ['状態', '受付日', '費用', '用件', '急ぎ']


def test_a_table_of_one_field_and_of_nothing(store: Store) -> None:
    assert list(store.frame('道路', None, ['用件'])['用件'])[:3] == [['舗装', '街灯'], ['街灯'], []]
    empty = store.frame('無い', None, ['a', 'b'])
    assert (list(empty.columns), len(empty)) == (['a', 'b'], 0)


@pytest.mark.parametrize('everywhere', EVERYWHERE, ids=['sql', 'python'])
@pytest.mark.parametrize('indexed', [False, True])
def test_columns_of_every_match_in_order_lead_to_their_documents(store: Store, everywhere: Any, indexed: bool) -> None:
    if indexed:
        store.index('道路', ['受付日', '状態', '用件'])
    rows = store.columns('道路', everywhere, ['状態', '用件'], sort=[('受付日', True)])
    assert [row[1:] for row in rows] == [
        ('完了', '[]'), ('受付', '["街灯"]'), ('受付', '["舗装","街灯"]'), (None, None), ('完了', None)
    ]  # fmt: skip
    found = store.arrived('道路', [row[0] for row in rows])
    assert [each.doc_id for each in found.values()] == ['2', '1', '0', '4', '3']
    assert store.arrived('無い', [row[0] for row in rows]) == {}
