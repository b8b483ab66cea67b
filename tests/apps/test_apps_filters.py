"""Views' conditions as queries: the same records as the formula itself, and found by the database where it can."""

from __future__ import annotations

from pathlib import Path

import pytest
from city_hall import STAFF

from apps.clock import StillClock
from apps.context import AppContext
from apps.reading import Wanted
from forms.evaluation import Evaluation

FIELDS = """title: 試し
sections:
  - fields:
      - {name: 名, type: text}
      - {name: 数, type: integer}
      - {name: 日, type: date}
      - {name: 済, type: yes_no}
      - {name: 種, type: select_one, choices: [甲, 乙, 丙]}
views:
  - {name: 一覧, columns: [名], filter: '%s', sort: [名]}
"""

RECORDS = [
    {'名': 'a', '数': 5, '日': '2026-11-20', '済': True, '種': '甲'},
    {'名': 'b', '数': 0, '日': '2026-11-21', '済': False, '種': '乙'},
    {'名': 'c', '数': -3, '種': '丙'},
    {'名': 'd', '日': '2025-01-01', '済': True},
    {'名': 'e'},
]

EXACT = {
    '種 = "甲"': 'a',
    '種 <> "甲"': 'bcde',
    'Not(種 in ["甲", "乙"])': 'cde',
    '種 in ["甲", "丙"]': 'ac',
    '数 > 0': 'a',
    '数 < 1': 'bcde',
    '数 >= 0': 'abde',
    '日 = Today()': 'a',
    '日 < Today()': 'cde',
    '日 > Today()': 'b',
    'IsBlank(日)': 'ce',
    'Not(IsBlank(日)) && 済': 'ad',
    '済 || 数 < 0': 'acd',
    'Not(済)': 'bce',
}
"""Condition -> names of the records it leaves."""

ASKED = {'Len(名) = 1 && 種 = "甲"': 'a', 'StartsWith(名, "b")': 'b', '数 = Year(日) - 2021': 'a'}
"""What the database cannot decide."""


def shown(office: AppContext) -> str:
    return ''.join(each.cells['名'] for each in office.reading.page('trial', '一覧', Wanted(), by=STAFF).rows)


async def prepared(office: AppContext, definitions: Path, condition: str) -> None:
    (definitions / 'trial.yaml').write_text(FIELDS % condition, 'utf-8')
    office.catalogue.reload()
    assert not office.catalogue.problems
    for raw in RECORDS:
        await office.operations.submit('trial', raw, by=STAFF)


@pytest.mark.parametrize('condition', [*EXACT, *ASKED])
async def test_a_view_shows_what_its_formula_says(staffed: AppContext, definitions: Path, condition: str) -> None:
    await prepared(staffed, definitions, condition)
    definition = staffed.catalogue.get('trial')
    formula = definition.formula('views.0', 'filter')
    assert formula is not None
    evaluation = Evaluation.at(definition, staffed.reading.moment(STAFF))
    by_formula = ''.join(each['名'] for each in RECORDS if evaluation.holds('views.0', 'filter', each))
    assert shown(staffed) == by_formula == {**EXACT, **ASKED}[condition]


@pytest.mark.parametrize('condition', EXACT)
async def test_the_database_decides_what_it_can(staffed: AppContext, definitions: Path, condition: str) -> None:
    await prepared(staffed, definitions, condition)
    definition = staffed.catalogue.get('trial')
    seen = staffed.reading.seen(definition, definition.views[0], {}, STAFF)
    assert 'document by document' not in staffed.store.explain('trial', seen.condition())


async def test_the_open_requests_are_found_by_an_index(staffed: AppContext, clock: StillClock) -> None:
    staffed.indexes.wait()
    definition = staffed.catalogue.get('road_requests')
    seen = staffed.reading.seen(definition, definition.views[0], {}, STAFF)
    told = staffed.store.explain('road_requests', seen.condition(), sort=seen.order())
    assert 'USING INDEX by_' in told and 'document by document' not in told
