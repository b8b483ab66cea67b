"""Check definition files without starting anything."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

HELP = '定義ファイルの誤りを調べます(画面は開きません)。誤りがあれば終了コードは1、注意だけなら0です。'
DEFINITIONS = Path(__file__).resolve().parents[1] / 'definitions'


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('files', nargs='*', type=Path, metavar='FILE', help='調べるファイル(書かなければ全部)。')
    parser.add_argument('--definitions', type=Path, metavar='DIR', help='アプリの定義を置くフォルダー。')


def run(options: argparse.Namespace) -> int:
    from forms.definition import AppDefinition
    from forms.loader import load_definition, load_folder

    if not options.files:
        folder = options.definitions or Path(os.environ.get('MADOGUCHI_DEFINITIONS', DEFINITIONS))
        if not folder.is_dir():
            print(f'定義のフォルダー {folder} がありません。', file=sys.stderr)
            return 2
        loaded = load_folder(folder)
        warn_of_settings()
        return report(loaded.problems, len(loaded.apps), loaded.warnings)
    problems: list[object] = []
    warnings: list[object] = []
    good = 0
    for file in options.files:
        if not file.is_file():
            print(f'ファイル {file} がありません。', file=sys.stderr)
            return 2
        found = load_definition(file)
        if isinstance(found, AppDefinition):
            good += 1
            warnings.extend(found.warnings)
        else:
            problems.extend(found)
    return report(problems, good, warnings)


def warn_of_settings() -> None:
    """A setting that is allowed and still not wise; settings with mistakes are for `serve` to refuse."""
    from apps.audit_retention import warning
    from apps.settings import SettingsError, load_settings

    try:
        settings = load_settings({}, os.environ)
    except SettingsError:
        return
    if short := warning(settings.audit_days):
        print(f'注意 {short}')
    if settings.tiles is not None:
        from apps.map.tiles.opening import doubts_about

        for each in doubts_about(settings.tiles, settings.tiles_attribution):
            print(f'注意 {each}')


def report(problems: Iterable[object], good: int, warnings: Iterable[object] = ()) -> int:
    """Print every problem and every warning on its own line, then a line that sums up."""
    found = list(problems)
    for each in found:
        print(each)
    for each in warnings:
        print(f'注意 {each}')
    if found:
        print(f'誤りが{len(found)}件あります。')
        return 1
    print(f'誤りはありません({good}個のアプリ)。')
    return 0
