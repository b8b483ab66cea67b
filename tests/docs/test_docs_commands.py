"""Commands and settings that the documents tell people to type are understood by the program."""

from __future__ import annotations

import re
import shlex
import tomllib

import pytest
from manual_frame import ROOT, blocks

from apps.settings import Settings, load_settings
from main import build_parser, command_names

PAGES = [*sorted((ROOT / 'docs' / 'ja').glob('*.md')), *sorted(ROOT.glob('*.md'))]
ADMINISTRATORS = ROOT / 'docs' / 'ja' / '管理者の手引き.md'


def commands_shown() -> list[str]:
    """What stands behind main.py or ./start in blocks and in code marks; not the heads of help pages."""
    code = [
        line
        for page in PAGES
        for text in [block.text for block in blocks(page)] + re.findall(r'`([^`\n]+)`', page.read_text('utf-8'))
        for line in text.splitlines()
    ]
    found = (re.search(r'(?:main\.py|(?:^|\s)\./start) ([a-z].*)', line) for line in code)
    return sorted({each[1] for each in found if each})


@pytest.mark.parametrize('shown', commands_shown())
def test_every_command_shown_is_understood(shown: str) -> None:
    options = build_parser(command_names()).parse_args(shlex.split(shown))
    assert callable(options.run)


def test_the_settings_file_shown_is_understood(tmp_path: object) -> None:
    (shown,) = blocks(ADMINISTRATORS, 'toml')
    written = tomllib.loads(shown.text)
    places = {'data': str(tmp_path), 'definitions': str(tmp_path)}
    settings = load_settings({**written, **places}, {}, folder=ROOT / 'docs')
    assert isinstance(settings, Settings)
    assert settings.https
    assert settings.origins == ('https://madoguchi.example.lg.jp',)
