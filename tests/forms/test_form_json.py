"""The JSON from which the browser draws a form."""

import json
from pathlib import Path

import pytest

from forms.definition import AppDefinition
from forms.form_json import form_json
from forms.loader import load_folder, load_text

SHIPPED = load_folder(Path(__file__).parents[2] / 'apps' / 'definitions').apps
TEXT = """
title: 見本
record_title: [種別]
sections:
  - title: 内容
    help: 分かるところまで。
    columns: 2
    relevant: Not(IsBlank(受付日))
    fields:
      - {name: 種別, type: select_one, choices: [舗装, {value: その他, color: gray}], other: true, required: true}
      - {name: 受付日, type: date, label: 受け付けた日, hint: 今日まで, default: Today(), readonly: true, width: short}
      - name: 人数
        type: integer
        unit: 人
        required: 種別 = "舗装"
        constraint: 人数 > 0
        constraint_message: 1人以上です。
      - {name: 料金, type: calculation, result: money, calculation: 人数 * 500}
      - {name: 旧番号, type: text, retired: true}
      - name: 履歴
        type: subtable
        append_only: true
        columns: [{name: 日, type: date}, {name: 場所, type: text, relevant: Not(IsBlank(日))}]
on_change:
  - field: 種別
    not_first: true
    add_row: 履歴
    prefill: {日: Today()}
    clear: [人数]
    message: 履歴を書いてください。
"""


@pytest.fixture(name='form', scope='module')
def form_fixture():
    found = load_text(TEXT, 'sample')
    assert isinstance(found, AppDefinition), [str(each) for each in found]
    return form_json(found)


@pytest.fixture(name='fields', scope='module')
def fields_fixture(form):
    return {each['name']: each for section in form['sections'] for each in section['fields']}


def test_the_head_and_the_sections(form):
    (section,) = form['sections']
    assert (form['app'], form['title'], form['record_title'], len(form['version'])) == ('sample', '見本', ['種別'], 16)
    assert (section['title'], section['help'], section['columns']) == ('内容', '分かるところまで。', 2)
    assert isinstance(section['relevant'], dict)


def test_a_field_has_its_look_and_its_words(fields):
    day = fields['受付日']
    assert (day['type'], day['widget'], day['label'], day['hint']) == ('date', 'date', '受け付けた日', '今日まで')
    assert (day['width'], day['valueType'], day['input'], day['readonly']) == ('short', 'date', True, True)


def test_rules_are_truth_values_or_trees_never_source(fields):
    assert fields['種別']['required'] is True
    assert fields['種別']['forbidden'] is False
    assert isinstance(fields['人数']['required'], dict)
    assert isinstance(fields['人数']['constraint'], dict)
    assert fields['人数']['constraintMessage'] == '1人以上です。'
    assert isinstance(fields['受付日']['default'], dict)
    assert fields['受付日']['relevant'] is None
    assert '種別 = ' not in json.dumps(fields, ensure_ascii=False)


def test_what_nobody_types_is_no_input(fields):
    assert fields['料金']['input'] is False
    assert isinstance(fields['料金']['calculation'], dict)


def test_the_detail_of_other_stands_behind_its_choice(form):
    names = [each['name'] for each in form['sections'][0]['fields']]
    assert names[:2] == ['種別', '種別_その他']
    detail = form['sections'][0]['fields'][1]
    assert detail['companionOf'] == '種別'
    assert isinstance(detail['required'], dict)


def test_a_field_type_adds_what_it_needs(fields):
    assert [each['value'] for each in fields['種別']['choices']] == ['舗装', 'その他']
    assert fields['種別']['choices'][1]['color'] == 'gray'
    assert fields['人数']['unit'] == '人'
    assert fields['旧番号']['retired'] is True


def test_columns_of_a_subtable_are_fields_with_their_own_rules(fields):
    day, place = fields['履歴']['fields']
    assert (day['name'], day['type']) == ('日', 'date')
    assert isinstance(place['relevant'], dict)
    assert fields['履歴']['appendOnly'] is True
    assert fields['履歴']['valueType'] == 'table'


def test_rules_on_change(form):
    (rule,) = form['on_change']
    assert (rule['field'], rule['not_first'], rule['add_row'], rule['clear']) == ('種別', True, '履歴', ['人数'])
    assert isinstance(rule['prefill']['日'], dict)
    assert rule['message'] == '履歴を書いてください。'


def test_the_checklist_brings_its_rows():
    fields = {
        each['name']: each for section in form_json(SHIPPED['inspections'])['sections'] for each in section['fields']
    }
    first = fields['点検表']['rows'][0]
    assert first['_row'] == '外壁'
    assert [each['name'] for each in fields['点検表']['fields']] == ['結果', '不具合箇所', '対応', '写真']


@pytest.mark.parametrize('name', sorted(SHIPPED))
def test_it_is_json_and_the_same_every_time(name):
    text = json.dumps(form_json(SHIPPED[name]), ensure_ascii=False, allow_nan=False)
    assert json.dumps(form_json(SHIPPED[name]), ensure_ascii=False) == text
    assert json.loads(text)['app'] == name


@pytest.mark.parametrize('name', sorted(SHIPPED))
def test_every_formula_of_the_form_is_there_as_a_tree(name):
    """A rule that the browser does not know would show a field that the server refuses."""
    definition = SHIPPED[name]
    trees = json.dumps(form_json(definition), ensure_ascii=False, sort_keys=True)
    for (path, use), formula in definition.formulas.items():
        if path.split('.')[0] in definition.places and use in (
            'relevant',
            'required',
            'calculation',
            'default',
            'constraint',
        ):
            assert json.dumps(formula.tree(), ensure_ascii=False, sort_keys=True) in trees
