"""Whatever is written in a definition, loading answers with problems in Japanese and never raises."""

import copy
import json
import random
from pathlib import Path

import pytest

from forms.definition import AppDefinition
from forms.form_json import form_json
from forms.loader import load_folder, load_text
from forms.yaml_text import plain, read_yaml

FOLDER = Path(__file__).parents[2] / 'apps' / 'definitions'
TEXTS = [path.read_text(encoding='utf-8') for path in sorted(FOLDER.glob('*.yaml'))]
TREES = [plain(read_yaml(text, '')[0]) for text in TEXTS]
OTHERS = load_folder(FOLDER).apps
PIECES = [
    'true',
    '[]',
    '{',
    '}',
    "'",
    '"',
    ': ',
    '- ',
    '\n',
    '\t',
    '　',
    '：',
    '#',
    '*a',
    '!t',
    '| ',
    '&x',
    '-1',
    '"あ"',
]
VALUES = [
    '',
    'true',
    '-1',
    '99999999',
    '{seq}',
    '種別',
    '_x',
    '1 + 1',
    '"あ"',
    'Old.種別',
    [],
    {},
    ['あ'],
    {'あ': 'い'},
    [[]],
    [{}],
    {'name': '甲', 'type': 'text'},
    [{'name': '乙', 'type': 'subtable', 'columns': [{'name': '丙', 'type': 'subtable'}]}],
    'inspection_items.csv',
    '2026-01-01',
    'Sum(点検表, 結果)',
    'facilities',
]


def paths(node, above=()):
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in children:
        yield (*above, key)
        yield from paths(value, (*above, key))


KEYS = sorted({step for tree in TREES for path in paths(tree) for step in path if isinstance(step, str)})


def below(node, path):
    for step in path:
        node = node[step]
    return node


def rewritten(chance):
    """A shipped definition with one to three values replaced, dropped, copied or put under another key."""
    tree = copy.deepcopy(chance.choice(TREES))
    for _ in range(chance.randint(1, 3)):
        *above, key = chance.choice(list(paths(tree)))
        parent = below(tree, above)
        what = chance.random()
        if what < 0.4:
            parent[key] = copy.deepcopy(chance.choice(VALUES))
        elif what < 0.55:
            del parent[key]
        elif what < 0.75 and isinstance(parent, dict):
            parent[chance.choice(KEYS)] = copy.deepcopy(chance.choice(VALUES))
        elif isinstance(parent, list):
            parent.append(copy.deepcopy(parent[key]))
        else:
            parent[chance.choice(KEYS)] = parent.pop(key)
    return json.dumps(tree, ensure_ascii=False, indent=1)


def scratched(chance):
    """A shipped definition with a few letters put in or taken out."""
    text = chance.choice(TEXTS)
    for _ in range(chance.randint(1, 4)):
        here = chance.randrange(len(text))
        text = text[:here] + chance.choice(PIECES) + text[here + chance.randint(0, 20) :]
    return text


@pytest.mark.parametrize('count', [50, pytest.param(400, marks=pytest.mark.long)])
@pytest.mark.parametrize('damage', [rewritten, scratched])
def test_a_damaged_definition_gives_problems_and_never_raises(damage, count):
    chance = random.Random(20260501)
    broken = 0
    for _ in range(count):
        found = load_text(damage(chance), 'sample', choices_dir=FOLDER / 'choices', others=OTHERS)
        if isinstance(found, AppDefinition):
            json.dumps(form_json(found))
            continue
        broken += 1
        assert all(each.place.line > 0 and each.text and each.advice for each in found)
    assert broken > count / 2


def test_a_field_whose_name_looks_like_a_path_is_only_misnamed():
    text = 'title: 見本\nsections:\n  - fields:\n      - {name: 表.日, type: calculation, calculation: 表.日 + 1}\n'
    assert 'D204' in {each.code for each in load_text(text, 'sample')}


def test_an_empty_formula_in_quotation_marks_is_an_empty_setting():
    text = "title: 見本\nsections:\n  - fields:\n      - {name: 日, type: date, relevant: ''}\n"
    assert [each.code for each in load_text(text, 'sample')] == ['D104']
