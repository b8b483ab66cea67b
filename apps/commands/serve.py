"""Serve the apps."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

HELP = 'アプリを動かします(コマンドを書かないときはこれです)。'


def arguments(parser: argparse.ArgumentParser) -> None:
    add_places(parser)
    parser.add_argument('--host', help='待ち受けるアドレス(はじめは 127.0.0.1)。')
    parser.add_argument('--port', type=int, help='待ち受けるポート番号(はじめは 8080)。')
    parser.add_argument('--demo', action='store_true', default=None, help='見本データと見本のアカウントで動かします。')


def add_places(parser: argparse.ArgumentParser) -> None:
    """The two folders that nearly every command needs."""
    parser.add_argument('--data', type=Path, metavar='DIR', help='記録を置くフォルダー(はじめは data)。')
    parser.add_argument('--definitions', type=Path, metavar='DIR', help='アプリの定義を置くフォルダー。')


def run(options: argparse.Namespace) -> int:
    from apps.settings import SettingsError, load_settings

    given = {name: getattr(options, name) for name in ('data', 'definitions', 'host', 'port', 'demo')}
    try:
        settings = load_settings(given, os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    from apps.server import serve

    return serve(settings)
