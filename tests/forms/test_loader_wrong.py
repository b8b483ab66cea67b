"""Wrong definitions: each gives its problem, at its line, in Japanese, with a way out."""

import importlib
import pkgutil
import re

import pytest
import wrong

from forms.definition import AppDefinition
from forms.loader import load_definition
from forms.problem_texts import PROBLEMS
from forms.problems import Problem

CASES = [
    case
    for module in pkgutil.iter_modules(wrong.__path__)
    for case in importlib.import_module(f'wrong.{module.name}').CASES
]
JAPANESE = re.compile('[ぁ-んァ-ヶ一-龠]')


def problems_of(case, folder):
    beside = {'choices': case.files, 'areas': case.areas, 'places': case.places, 'sheets': case.sheets}
    for kind, files in beside.items():
        (folder / kind).mkdir()
        for name, content in files.items():
            (folder / kind / name).write_bytes(content)
    for name, text in {**case.others, case.name: case.text}.items():
        (folder / f'{name}.yaml').write_bytes(text if isinstance(text, bytes) else text.encode())
    loaded = load_definition(folder / f'{case.name}.yaml')
    found = loaded.warnings if isinstance(loaded, AppDefinition) else loaded
    assert found, 'no problem was found'
    return found


@pytest.mark.parametrize('case', CASES, ids=[f'{case.code}-{number}' for number, case in enumerate(CASES)])
def test_a_wrong_definition_gives_its_problem_with_line_and_way_out(case, tmp_path):
    found = problems_of(case, tmp_path)
    same = [each for each in found if each.code == case.code]
    assert same, [str(each) for each in found]
    told = next((each for each in same if each.place.line == case.line and case.says in each.text), None)
    assert told, [str(each) for each in same]
    assert case.advises in told.advice
    assert told.place.file.endswith(f'{case.name}.yaml')
    assert told.place.column >= 1
    assert str(told).startswith(f'{told.place.file}:{case.line}:{told.place.column}: {case.code} ')


def test_every_problem_has_a_wrong_definition():
    """Those of published names (D9) need two definitions; tests/forms/test_definition_versions.py has theirs."""
    assert {code for code in PROBLEMS if not code.startswith('D9')} <= {case.code for case in CASES}


def test_there_are_at_least_sixty_of_them():
    assert len({case.text for case in CASES}) >= 60


@pytest.mark.parametrize('code', PROBLEMS)
def test_every_problem_has_japanese_text_and_a_way_out(code):
    text, advice = PROBLEMS[code]
    assert re.fullmatch(r'D\d{3}', code)
    assert JAPANESE.search(text)
    assert advice == '{advice}' or ('か' in advice and advice.endswith(('ください。', '書きます。')))


def test_no_placeholder_is_left_unfilled(tmp_path):
    for number, case in enumerate(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        for each in problems_of(case, folder):
            assert isinstance(each, Problem)
            assert 'None' not in f'{each.text}{each.advice}'
            assert '。。' not in f'{each.text}{each.advice}'
