"""Which fields can be given to many records at once, and how the form with them differs from the whole one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_office import OFFICE

from forms.bulk_form import Unreadable, bulk_fields, bulk_form, read_values
from forms.definition import AppDefinition
from forms.loader import load_text

TEXT = """
title: 見本
record_title: [件名]
sections:
  - title: 全部
    fields:
      - {name: 件名, type: text, required: true}
      - {name: 番号, type: text, unique: true}
      - {name: 固定, type: text, readonly: true}
      - {name: 写真, type: photo}
      - {name: 理由, type: text, relevant: 種別 = "その他", required: 種別 = "その他"}
      - {name: 種別, type: select_one, choices: [甲, その他], other: true}
      - {name: 開始, type: date, default: Today()}
      - {name: 倍, type: calculation, calculation: 1 + 1, result: integer}
      - {name: 明細, type: subtable, columns: [{name: 品名, type: text}]}
"""


@pytest.fixture
def definition() -> AppDefinition:
    loaded = load_text(TEXT, 'sample', choices_dir=Path('choices'), file='sample.yaml')
    assert isinstance(loaded, AppDefinition), loaded
    return loaded


def test_what_stands_for_one_record_only_is_not_offered(definition: AppDefinition) -> None:
    assert [each.name for each in bulk_fields(definition)] == ['件名', '理由', '種別', '開始']


def test_rules_about_one_record_are_left_to_its_judgement(definition: AppDefinition) -> None:
    (section,) = bulk_form(definition, ['件名', '理由', '種別', '開始'])['sections']
    told = {each['name']: each for each in section['fields']}
    assert list(told) == ['件名', '理由', '種別', '種別_その他', '開始']
    assert (told['件名']['required'], told['理由']['required'], told['理由']['relevant']) == (True, False, None)
    assert told['開始']['default'] is None, 'a default would be written over what the records hold'
    assert told['種別_その他']['relevant'] is not None, 'the detail is still asked with its choice'


def test_values_are_read_together_and_blanks_stay_blank(definition: AppDefinition) -> None:
    assert read_values(definition, {'件名': ' 穴 ', '開始': 'R8.4.1', '理由': ''}, OFFICE) == {
        '件名': '穴',
        '開始': '2026-04-01',
        '理由': None,
    }
    with pytest.raises(Unreadable) as unreadable:
        read_values(definition, {'開始': 'あした', '種別': '乙'}, OFFICE)
    assert {each.path for each in unreadable.value.messages} == {'開始', '種別'}
