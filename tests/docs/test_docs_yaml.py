"""What the manual shows can be typed: every definition in it loads, every formula in it compiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from manual_frame import DEFINITIONS, ROOT, Block, blocks, framed, loaded
from ruamel.yaml import YAML

from docs.manual import NEEDED
from forms.capability import capabilities
from forms.definition import AppDefinition
from forms.formula.command import run_expression
from forms.formula.formula import Formula, compile_formula
from forms.loader import load_text
from forms.scopes import record_scope
from forms.setting import Setting, Shape, settings_of

PAGES = [*sorted((ROOT / 'docs' / 'ja').glob('*.md')), *DEFINITIONS.glob('*.md'), *sorted(ROOT.glob('README*.md'))]
YAML_BLOCKS = [block for page in PAGES for block in blocks(page, 'yaml')]
FIRST_APP = ROOT / 'docs' / 'ja' / 'アプリを作る.md'
FORMULAS = ROOT / 'docs' / 'ja' / '式の書き方.md'
CAPABILITIES = ROOT / 'docs' / 'ja' / '機能.md'


@pytest.mark.parametrize('block', YAML_BLOCKS, ids=lambda block: block.where)
def test_every_definition_shown_loads(block: Block) -> None:
    found = loaded(block)
    assert isinstance(found, AppDefinition), '\n'.join(map(str, found))
    assert not found.warnings


def test_a_mistake_in_a_fragment_would_be_seen() -> None:
    wrong = Block(FORMULAS, 1, 'yaml', '{name: 合計, type: calculation, calculation: 単価 * 数料}\n')
    found = loaded(wrong)
    assert not isinstance(found, AppDefinition)
    assert [each.code for each in found] == ['D404']


def test_the_mistakes_shown_are_what_a_leader_reads() -> None:
    texts = [block.text for block in blocks(FIRST_APP, 'text')]
    told = next(text for text in texts if text.startswith('lost_items.yaml:'))
    wrong = texts[texts.index(told) - 1]
    found = load_text(wrong, 'lost_items')
    assert not isinstance(found, AppDefinition)
    assert [str(each) for each in found] == told.splitlines()


def formulas_shown() -> list[str]:
    return [line for block in blocks(FORMULAS, 'excel') for line in block.text.splitlines() if line.strip()]


@pytest.mark.parametrize('source', formulas_shown())
def test_every_formula_shown_compiles(source: str) -> None:
    app = load_text(framed('', ''), 'sample')
    assert isinstance(app, AppDefinition)
    found = compile_formula(source, record_scope(app, None))
    assert isinstance(found, Formula), found
    assert not found.warnings


COMMON_MISTAKES = re.findall(
    r'^\| `([^`:]+)` \| [^|]+ \| `([^`]+)` \|$', FORMULAS.read_text('utf-8').split('## よくある間違い')[1], re.MULTILINE
)


@pytest.mark.parametrize(('wrong', 'right'), COMMON_MISTAKES)
def test_every_common_mistake_is_one_and_its_remedy_helps(wrong: str, right: str) -> None:
    app = load_text(framed('', ''), 'sample')
    assert isinstance(app, AppDefinition)
    scope = record_scope(app, None)
    tried, mended = compile_formula(wrong, scope), compile_formula(right, scope)
    assert not isinstance(tried, Formula) or tried.warnings
    assert isinstance(mended, Formula)
    assert not mended.warnings


def test_the_common_mistakes_are_there() -> None:
    assert len(COMMON_MISTAKES) >= 5


@pytest.mark.parametrize(
    ('source', 'shown'), re.findall(r'`([^`]+)` → `([^`]+)`', FORMULAS.read_text('utf-8')), ids=lambda text: text
)
def test_every_result_shown_is_right(source: str, shown: str) -> None:
    assert run_expression(source) == (0, shown)


@pytest.mark.parametrize('key', sorted(capabilities()))
def test_every_capability_has_an_example_that_uses_it(key: str) -> None:
    using = [block for block in blocks(CAPABILITIES, 'yaml') if re.search(rf'^{key}:', block.text, re.MULTILINE)]
    assert using, f'機能.md shows no {key}:'
    for block in using:
        found = loaded(block)
        assert isinstance(found, AppDefinition)
        assert key in found.capabilities


def needed_settings() -> list[tuple[str, tuple[str, ...]]]:
    """(capability, keys that lead to a setting which the manual says must be written)."""
    found = []
    for key, cls in sorted(capabilities().items()):
        top = settings_of(cls)
        for path, each in _settings(top[cls.LIST].shape if cls.LIST else Shape('settings', cls=cls), ()):
            if each.help.startswith(NEEDED):
                found.append((key, path))
    return found


def _settings(shape: Shape | None, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Setting]]:
    while shape is not None and shape.cls is None:
        shape = shape.of
    for each in settings_of(shape.cls).values() if shape and shape.cls else ():
        yield (*path, each.key), each
        yield from _settings(each.shape, (*path, each.key))


@pytest.mark.parametrize(
    ('key', 'path'), needed_settings(), ids=lambda each: each if isinstance(each, str) else '.'.join(each)
)
def test_what_must_be_written_cannot_be_left_out(key: str, path: tuple[str, ...]) -> None:
    yaml = YAML()
    block = next(each for each in blocks(CAPABILITIES, 'yaml') if re.search(rf'^{key}:', each.text, re.MULTILINE))
    tree = yaml.load(block.text)
    assert isinstance(loaded(replace(block, text=written(yaml, tree))), AppDefinition)
    inside = tree[key]
    for step in path[:-1]:
        inside = holding(inside, step)[step]
    del holding(inside, path[-1])[path[-1]]
    assert not isinstance(loaded(replace(block, text=written(yaml, tree))), AppDefinition)


def holding(part: Any, key: str) -> Any:
    """Of several things in a list, the first in which the key is written."""
    return next(each for each in part if key in each) if isinstance(part, list) else part


def written(yaml: YAML, tree: object) -> str:
    text = StringIO()
    yaml.dump(tree, text)
    return text.getvalue()
