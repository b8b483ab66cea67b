"""Photos before and after: which stand side by side, and in which order."""

from __future__ import annotations

from forms.definition import AppDefinition
from forms.loader import load_text
from forms.photo_pairs import photo_pairs

TEXT = """
title: 見本
sections:
  - title: 内容
    fields:
      - {name: 施工前, type: photo}
      - {name: 施工後, type: photo, pair_of: 施工前}
      - {name: 全景, type: photo}
      - name: 箇所
        type: subtable
        columns:
          - {name: 前, type: photo}
          - {name: 後, type: photo, pair_of: 前}
"""


def photos(*names: str) -> list[dict[str, str]]:
    return [{'blob': each, 'name': f'{each}.jpg'} for each in names]


def pairs_of(**values: object) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    definition = load_text(TEXT, 'sample')
    assert isinstance(definition, AppDefinition)
    return [
        (
            each.before.name,
            each.after.name,
            each.row,
            [((one.before or {}).get('blob', ''), (one.after or {}).get('blob', '')) for one in each.pairs],
        )
        for each in photo_pairs(definition, values)
    ]


def test_several_pairs_stand_in_the_order_of_the_record() -> None:
    found = pairs_of(施工前=photos('a', 'b', 'c'), 施工後=photos('x', 'y'), 全景=photos('z'))
    assert found == [('施工前', '施工後', '', [('a', 'x'), ('b', 'y'), ('c', '')])]


def test_an_after_without_a_before_stands_alone_and_nothing_is_nothing() -> None:
    assert pairs_of(施工後=photos('x')) == [('施工前', '施工後', '', [('', 'x')])]
    assert pairs_of(全景=photos('z')) == [] == pairs_of(施工前=None)


def test_every_row_of_a_table_has_its_own_pairs() -> None:
    rows = [{'_row': '1', '前': photos('a')}, {'_row': '2'}, {'_row': '3', '前': photos('b'), '後': photos('y')}]
    assert pairs_of(箇所=rows) == [('前', '後', '1', [('a', '')]), ('前', '後', '3', [('b', 'y')])]
