"""One file per command of main.py: HELP (one line), arguments(parser), run(options) -> exit code.

A command imports what it needs inside `run`, so that the others stay quick.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.settings import Settings


def add_places(parser: argparse.ArgumentParser) -> None:
    """The two folders that nearly every command needs."""
    parser.add_argument('--data', type=Path, metavar='DIR', help='記録を置くフォルダー(はじめは data)。')
    parser.add_argument('--definitions', type=Path, metavar='DIR', help='アプリの定義を置くフォルダー。')


def settings_from(options: argparse.Namespace, *names: str) -> Settings | None:
    """The settings, with what was typed for `names` on top; None when something is wrong, which is then on stderr."""
    from apps.settings import SettingsError, load_settings

    try:
        return load_settings({name: getattr(options, name, None) for name in names}, os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return None
