"""Whatever can be written, read or typed has its place in the manual, run over the registers."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

import pytest

from apps.settings import Settings
from docs.manual import FOLDER, pages
from forms.capability import capabilities
from forms.choices import Choice
from forms.definition import AppDefinition
from forms.field import Field, field_types
from forms.formula.functions.registry import functions
from forms.message import TEXTS
from forms.problem_texts import PROBLEMS
from forms.setting import Shape, settings_of
from main import command_names


@pytest.mark.parametrize('name', pages())
def test_the_committed_page_is_what_the_registers_give(name: str) -> None:
    assert (FOLDER / name).read_text('utf-8') == pages()[name], 'python -m docs.manual'


@pytest.mark.parametrize(
    ('page', 'names'),
    [
        ('項目の種類.md', field_types()),
        ('機能の設定.md', capabilities()),
        ('機能.md', capabilities()),
        ('関数.md', [each.name for each in functions().values()]),
        ('定義の誤り.md', PROBLEMS),
        ('入力の誤り.md', TEXTS),
        ('設定.md', [each.name for each in dataclasses.fields(Settings)]),
        ('コマンド.md', command_names()),
    ],
    ids=lambda each: each if isinstance(each, str) else '',
)
def test_everything_in_the_register_has_its_heading(page: str, names: Iterable[str]) -> None:
    text = (FOLDER / page).read_text('utf-8')
    headings = set(re.findall(r'^##+ ([\w.]+)', text, re.MULTILINE))
    assert headings >= set(names)


@pytest.mark.parametrize('word', sorted(field_types()))
def test_every_field_type_says_what_it_takes_and_shows_an_example(word: str) -> None:
    own = vars(field_types()[word])
    assert own['TAKES'].endswith('。')
    assert re.search(rf'\btype: {word}\b', own['EXAMPLE'])


def written_classes() -> Iterator[type]:
    """Everything whose settings stand in a definition."""
    known: dict[type, None] = {}
    open_ones: list[type] = [AppDefinition, Choice, *field_types().values(), *capabilities().values()]
    while open_ones:
        cls = open_ones.pop()
        if cls not in known:
            known[cls] = None
            open_ones += [inside for each in settings_of(cls).values() if (inside := class_in(each.shape))]
    yield from known


def class_in(shape: Shape | None) -> type | None:
    while shape is not None and shape.cls is None:
        shape = shape.of
    return shape.cls if shape else None


def test_every_setting_says_what_it_does() -> None:
    common = settings_of(Field)
    silent = [
        f'{cls.__name__}.{each.key}'
        for cls in written_classes()
        for each in settings_of(cls).values()
        if not each.help and not (issubclass(cls, Field) and each.key in common)
    ]
    assert not silent
    assert all(each.help for each in common.values())
