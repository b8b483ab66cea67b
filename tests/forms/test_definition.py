"""What a loaded definition offers: fields in order, formulas, places, and a version that follows the content only."""

import dataclasses

import pytest

from forms.definition import AppDefinition, columns_of
from forms.loader import load_text

TEXT = """\
title: 道路要望
sections:
  - title: 内容
    relevant: Not(IsBlank(受付日))
    fields:
      - {name: 種別, type: select_one, choices: [舗装, その他], other: true}
      - {name: 受付日, type: date, required: 種別 = "舗装"}
      - name: 資材
        type: subtable
        columns:
          - {name: 品名, type: select_one, choices: places.csv}
          - {name: 数, type: integer, relevant: IsBlank(品名)}
views:
  - {name: 全部}
  - {name: 今日, filter: 受付日 = Today()}
numbering:
  - {field: 受付番号, format: '道-{seq:4}'}
"""


def load(text=TEXT, folder=None):
    found = load_text(text, 'road', choices_dir=folder, file='apps/road.yaml')
    assert isinstance(found, AppDefinition), [str(each) for each in found]
    return found


@pytest.fixture(name='folder')
def choices_folder(tmp_path):
    (tmp_path / 'places.csv').write_text('value\n砂\n砂利\n', encoding='utf-8')
    return tmp_path


def test_fields_come_in_form_order_with_companions_and_those_of_capabilities(folder):
    definition = load(folder=folder)
    assert list(definition.fields) == ['種別', '種別_その他', '受付日', '資材', '受付番号']
    assert [each.name for each in definition.written_fields] == ['種別', '受付日', '資材']
    assert list(columns_of(definition.fields['資材'])) == ['品名', '数']
    assert not columns_of(definition.fields['種別'])


def test_every_formula_is_found_by_path_and_use(folder):
    definition = load(folder=folder)
    assert definition.formula('受付日', 'required').reads == {'種別'}
    assert definition.formula('資材.数', 'relevant').reads == {'品名'}
    assert definition.formula('種別_その他', 'relevant').reads == {'種別'}
    assert definition.formula('sections.0', 'relevant').reads == {'受付日'}
    assert definition.formula('views.1', 'filter').reads == {'受付日'}
    assert definition.formula('views.0', 'filter') is None


def test_a_filter_is_found_by_its_view(folder):
    definition = load(folder=folder)
    everything, today = definition.views
    assert definition.filter_of(everything) is None
    assert definition.filter_of(today) is definition.formula('views.1', 'filter')


def test_a_definition_cannot_be_changed(folder):
    definition = load(folder=folder)
    with pytest.raises(dataclasses.FrozenInstanceError):
        definition.title = '別'
    with pytest.raises(TypeError):
        definition.fields['種別'] = None


def test_places_tell_where_a_field_stands(folder):
    places = load(folder=folder).places
    assert (places['種別'].file, places['種別'].line) == ('apps/road.yaml', 6)
    assert places['資材.数'].line == 12


def test_the_version_follows_the_content(folder):
    version = load(folder=folder).version
    assert len(version) == 16
    assert load(folder=folder).version == version
    assert load(TEXT.replace('道路要望', '道路の要望'), folder).version != version


def test_the_version_does_not_follow_comments_and_spacing(folder):
    version = load(folder=folder).version
    spaced = '# 道路\n' + TEXT.replace('{name: 全部}', '{  name: "全部" }')
    assert load(spaced, folder).version == version


def test_the_version_follows_the_choice_lists_in_use(folder):
    version = load(folder=folder).version
    (folder / 'other.csv').write_text('value\nx\n', encoding='utf-8')
    assert load(folder=folder).version == version
    (folder / 'places.csv').write_text('value\n砂\n砂利\n土\n', encoding='utf-8')
    assert load(folder=folder).version != version
