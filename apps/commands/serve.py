"""Serve the apps."""

from __future__ import annotations

import argparse

from apps.commands import add_places, settings_from

HELP = 'アプリを動かします(コマンドを書かないときはこれです)。'


def arguments(parser: argparse.ArgumentParser) -> None:
    add_places(parser)
    parser.add_argument('--host', help='待ち受けるアドレス(はじめは 127.0.0.1)。')
    parser.add_argument('--port', type=int, help='待ち受けるポート番号(はじめは 8080)。')
    parser.add_argument('--demo', action='store_true', default=None, help='見本データと見本のアカウントで動かします。')


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options, 'data', 'definitions', 'host', 'port', 'demo')
    if settings is None:
        return 2
    from apps.server import serve

    return serve(settings)
