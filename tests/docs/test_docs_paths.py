"""Documents lead where they say: every path named for developers exists, every link resolves."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMING = [
    ROOT / 'ARCHITECTURE.md',
    ROOT / 'CONTRIBUTING.md',
    *sorted(ROOT.glob('README*.md')),
    *sorted((ROOT / 'docs' / 'decisions').glob('*.md')),
]
_PATH = re.compile(r'(?:\./)?[\w.-]+(?:/[\w.-]+)*/?')
_ENDINGS = ('.py', '.md', '.toml', '.lock', '.yaml', '.csv', '.js', '.mjs', '.css', '.sh')


def test_the_documents_for_developers_are_there() -> None:
    for name in ('ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'README.ja.md'):
        assert (ROOT / name).is_file(), name


@pytest.mark.parametrize('page', NAMING, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_named_exists(page: Path) -> None:
    missing = [path for path in paths_named(page.read_text('utf-8')) if not exists(path)]
    assert not missing


def paths_named(text: str) -> list[str]:
    """Words in code marks and in blocks that are paths of this project: below one of its folders, or a source file."""
    code = ' '.join([*re.findall(r'`([^`\n]+)`', text), *re.findall(r'^```\w*\n(.*?)^```$', text, re.M | re.S)])
    words = [word for word in code.split() if _PATH.fullmatch(word) and not word.startswith('-')]
    tops = {each.name for each in ROOT.iterdir() if each.is_dir() and not each.name.startswith('.')}
    return [
        word for word in words if ('/' in word and word.split('/')[0] in (*tops, '.')) or word.endswith(_ENDINGS)
    ]


def exists(path: str) -> bool:
    return (ROOT / path).exists() or ('/' not in path and any(each.name == path for each in documents_and_sources()))


def test_a_path_that_is_gone_would_be_seen() -> None:
    assert paths_named('`forms/gone.py` and `python -m bench.storage`') == ['forms/gone.py']
    assert not exists('forms/gone.py')
    assert exists('forms/field.py')


@cache
def documents_and_sources() -> list[Path]:
    """Files of the project: tracked by git, or new and not ignored."""
    told = subprocess.run(
        ['git', '-c', 'core.quotepath=off', 'ls-files', '--cached', '--others', '--exclude-standard'],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in told.stdout.splitlines()]


def links() -> list[tuple[Path, str]]:
    """(page, target) of every link and picture that leads to another place of the project."""
    pages = [each for each in documents_and_sources() if each.suffix == '.md' and each.exists()]
    found = [(page, target) for page in pages for target in re.findall(r'\]\(([^)\s]+)\)', prose(page))]
    return [(page, target) for page, target in found if '://' not in target and not target.startswith('mailto:')]


@cache
def prose(page: Path) -> str:
    """The page without its code."""
    return re.sub(r'^```.*?^```$|`[^`\n]*`', '', page.read_text('utf-8'), flags=re.MULTILINE | re.DOTALL)


@cache
def anchors(page: Path) -> frozenset[str]:
    """The addresses of a page's headings, as the code hosts make them."""
    headings = re.findall(r'^#+ +(.+)$', page.read_text('utf-8'), re.MULTILINE)
    return frozenset(re.sub(r'[^\w\- ]', '', each.lower()).replace(' ', '-') for each in headings)


def test_every_link_resolves() -> None:
    broken = []
    for page, target in links():
        path, _, anchor = unquote(target).partition('#')
        place = (page.parent / path) if path else page
        if not place.exists() or (anchor and place.suffix == '.md' and anchor not in anchors(place)):
            broken.append(f'{page.relative_to(ROOT)} -> {target}')
    assert not broken


def test_the_manual_leads_to_every_page() -> None:
    contents = (ROOT / 'docs' / 'ja' / 'README.md').read_text('utf-8')
    for page in (ROOT / 'docs' / 'ja').glob('*.md'):
        assert page.name == 'README.md' or f']({page.name})' in contents, page.name
