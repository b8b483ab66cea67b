"""The YAML blocks of Markdown pages, and the small app in which a fragment of a definition is tried."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from forms.definition import AppDefinition
from forms.loader import load_folder, load_text
from forms.problems import Problem

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = ROOT / 'apps' / 'definitions'

FRAME = """
{name: 受付日, type: date, required: true, default: Today()}
{name: 完了日, type: date}
{name: 氏名, type: person_name, privacy: personal}
{name: フリガナ, type: kana, kana_of: 氏名, privacy: personal}
{name: 生年月日, type: date, privacy: personal}
{name: 電話番号, type: phone, privacy: personal}
{name: 住所, type: address, privacy: personal}
{name: 用件, type: select_one, choices: [修理, 相談, その他]}
{name: 支援, type: select_multiple, choices: [応急修理, 支援金]}
{name: 単価, type: money}
{name: 数量, type: integer}
{name: 備考, type: textarea}
{name: 担当者, type: staff}
{name: 所管課, type: section}
{name: 施設, type: lookup, app: facilities, show: [種類]}
{name: 物品, type: subtable, columns: [{name: 品名, type: text}, {name: 価格, type: money}, {name: 個数, type: money}]}
{name: 位置, type: location}
{name: 避難先, type: text}
{name: 世帯番号, type: text}
""".strip().splitlines()
"""Fields that a fragment may name; one that it writes itself is left out."""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of a page. line: of its fence."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def where(self) -> str:
        return f'{self.page.relative_to(ROOT)}:{self.line}'

    @property
    def first_key(self) -> str:
        found = re.match(r'[-\s{]*([^\s:{}-]+):', self.text)
        return found[1] if found else ''


def blocks(page: Path, language: str = '') -> Iterator[Block]:
    """Fenced blocks of a page, of one language or of all."""
    text = page.read_text('utf-8')
    for found in re.finditer(r'^```(\w*)\n(.*?)^```$', text, re.MULTILINE | re.DOTALL):
        if language in ('', found[1]):
            yield Block(page, text.count('\n', 0, found.start()) + 1, found[1], found[2])


def loaded(block: Block) -> AppDefinition | tuple[Problem, ...]:
    """The app that a block is, or that it becomes inside the frame."""
    text = block.text if block.first_key == 'title' else framed(block.text, block.first_key)
    others = {name: app for name, app in served().items() if name != 'sample'}
    return load_text(text, 'sample', choices_dir=DEFINITIONS / 'choices', others=others)


def framed(text: str, first_key: str) -> str:
    """A complete definition around a field, a list of fields, or one top-level part."""
    if first_key != 'name':
        return f'{_app(FRAME)}\n{text}'
    written = YAML(typ='safe').load(text)
    fields = written if isinstance(written, list) else [written]
    own = {each['name'] for each in fields}
    around = [line for line in FRAME if line[len('{name: ') : line.index(',')] not in own]
    one = text if isinstance(written, list) else '- ' + textwrap.indent(text, '  ').lstrip()
    return f'{_app(around)}\n{textwrap.indent(one, " " * 6)}'


def _app(lines: list[str]) -> str:
    fields = '\n'.join(f'      - {line}' for line in lines)
    return f'title: 見本\nsections:\n  - title: 見本\n    fields:\n{fields}'


@cache
def served() -> dict[str, AppDefinition]:
    """The apps that come with the program, for lookups."""
    return dict(load_folder(DEFINITIONS).apps)
