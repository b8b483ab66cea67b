"""The JSON Schema for editors agrees with the loader on what is a definition."""

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML
from test_loader_wrong import CASES

from forms.capability import capabilities
from forms.field import field_types
from forms.schema import definition_schema
from forms.setting import settings_of

SCHEMA = definition_schema()
SHIPPED = sorted((Path(__file__).parents[2] / 'apps' / 'definitions').glob('*.yaml'))
STRUCTURAL = ('D102', 'D103', 'D105', 'D106', 'D107', 'D109', 'D110', 'D111', 'D201')


def as_an_editor_reads_it(text):
    return json.loads(json.dumps(YAML(typ='safe', pure=True).load(text), default=str))


def errors(text):
    return list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(as_an_editor_reads_it(text)))


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.dumps(SCHEMA, ensure_ascii=False) == json.dumps(definition_schema(), ensure_ascii=False)


@pytest.mark.parametrize('path', SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_definitions_fit(path):
    assert not errors(path.read_text(encoding='utf-8'))


@pytest.mark.parametrize('case', [case for case in CASES if case.code in STRUCTURAL], ids=lambda case: case.code)
def test_wrong_keys_and_values_do_not_fit(case):
    assert errors(case.text)


def test_every_field_type_and_capability_is_described_with_its_settings():
    described = {each['if']['properties']['type']['const']: each['then'] for each in SCHEMA['$defs']['field']['allOf']}
    assert described.keys() == field_types().keys()
    for name, cls in field_types().items():
        assert described[name]['properties'].keys() == {'type', *settings_of(cls)}
    assert capabilities().keys() <= SCHEMA['properties'].keys()


def test_every_setting_has_its_japanese_name():
    for cls in field_types().values():
        for key, setting in settings_of(cls).items():
            assert setting.label, (cls.TYPE, key)


@pytest.mark.parametrize('typed', ['0120', '1:30', 'yes', '2026-05-01', '12'])
def test_a_text_may_look_like_a_number_to_the_editor(typed):
    assert not errors(
        f'title: {typed}\nsections: [{{fields: [{{name: 種別, type: select_one, choices: [{typed}]}}]}}]\n'
    )
