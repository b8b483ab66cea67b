"""Check definition files without starting anything."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = '定義ファイルの誤りを調べます(画面は開きません)。誤りがあれば終了コードは1です。'
DEFINITIONS = Path(__file__).resolve().parents[1] / 'definitions'


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('files', nargs='*', type=Path, metavar='FILE', help='調べるファイル(書かなければ全部)。')
    parser.add_argument('--definitions', type=Path, metavar='DIR', help='アプリの定義を置くフォルダー。')
