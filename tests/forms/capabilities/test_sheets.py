"""Sheets by definition: what each of them is, and what is warned of before somebody carries it out of the house."""

from __future__ import annotations

from pathlib import Path

from forms.capabilities.sheets import Sheets
from forms.definition import AppDefinition
from forms.loader import load_folder, load_text

ROADS = load_folder(Path(__file__).parents[3] / 'apps' / 'definitions').apps['road_requests']
FIELDS = """
title: 見本
sections:
  - title: 見本
    fields:
      - {name: 氏名, type: person_name, privacy: personal}
      - {name: 場所, type: text}
      - {name: 業者, type: text, privacy: personal}
sheets:
"""


def warned(sheet: str) -> list[str]:
    found = load_text(f'{FIELDS}  - {sheet}\n', 'sample')
    assert isinstance(found, AppDefinition), found
    return [each.text for each in found.warnings if each.code == 'D727']


def test_records_stand_upright_and_lists_across_unless_it_is_said() -> None:
    sheets = ROADS.capabilities['sheets']
    assert isinstance(sheets, Sheets)
    assert [(each.name, each.direction) for each in sheets.sheets] == [
        ('要望票', 'portrait'),
        ('工事指示書', 'portrait'),
        ('要望の一覧', 'landscape'),
    ]
    assert [each.name for each in sheets.of('list')] == ['要望の一覧']


def test_a_sheet_for_somebody_outside_is_warned_of_when_it_tells_who_asked() -> None:
    assert '氏名' in warned('{name: 指示書, to: 業者, fields: [氏名, 場所]}')[0]
    assert '氏名' in warned('{name: 指示書, to: 業者}')[0]


def test_the_addressee_and_a_sheet_that_stays_in_the_house_are_not_warned_of() -> None:
    assert not warned('{name: 指示書, to: 業者, fields: [場所, 業者]}')
    assert not warned('{name: 受付票}')


def test_the_shipped_work_order_tells_no_personal_data() -> None:
    order = ROADS.capabilities['sheets'].named('工事指示書')  # type: ignore[attr-defined]
    assert order.fields and not [name for name in order.fields if ROADS.fields[name].privacy]
    assert '内容' not in order.fields
