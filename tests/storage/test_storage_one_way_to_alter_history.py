"""The history only grows: this proves that its lines are altered in one place, the erasure a law asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ALTERS_HISTORY = {'storage/erase.py': ['UPDATE'], 'storage/reduced.py': ['UPDATE']}
"""The only files that change lines of the history: they empty or shorten them and leave them in their place."""

_ALTERS = re.compile(
    r'\b(UPDATE|DELETE|REPLACE|DROP|ALTER)\b(?:\s+(?:OR\s+\w+|FROM|INTO|TABLE|IF\s+EXISTS))*\s+'
    r'(?:main\.)?["\[`]?change\b',
    re.IGNORECASE,
)


def texts() -> Iterator[tuple[str, str]]:
    """Every text in the sources that the database may be given, pieces of f-strings joined."""
    sources = [path for folder in ('apps', 'forms', 'storage') for path in (ROOT / folder).rglob('*.py')]
    for path in (ROOT / 'main.py', *sorted(sources)):
        for node in ast.walk(ast.parse(path.read_text('utf-8'))):
            if isinstance(node, ast.JoinedStr):
                pieces = (each.value if isinstance(each, ast.Constant) else '?' for each in node.values)
                yield path.relative_to(ROOT).as_posix(), ''.join(map(str, pieces))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path.relative_to(ROOT).as_posix(), node.value


def test_lines_of_the_history_are_altered_by_the_erasure_only() -> None:
    found: dict[str, list[str]] = {}
    for path, text in texts():
        for each in _ALTERS.finditer(text):
            found.setdefault(path, []).append(each[1].upper())
    assert found == ALTERS_HISTORY


def test_every_way_of_writing_it_would_be_found() -> None:
    ways = ('delete from change', 'UPDATE OR IGNORE "change" SET', 'INSERT OR REPLACE INTO change', 'DROP TABLE change')
    assert [each for each in ways if not _ALTERS.search(each)] == []
    assert not _ALTERS.search('SELECT body FROM change') and not _ALTERS.search('INSERT INTO change (seq)')
