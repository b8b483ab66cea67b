"""The one entry: serves the apps, or runs one of the commands in apps/commands."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

import apps.commands

DEFAULT = 'serve'


def main(arguments: Sequence[str]) -> int:
    """Run one command. Returns the exit code: 0 done, 1 something was found or refused, 2 wrongly called."""
    names = command_names()
    if not arguments or (arguments[0] not in names and arguments[0] not in {'-h', '--help'}):
        arguments = [DEFAULT, *arguments]
    options = build_parser(names).parse_args(arguments)
    return int(options.run(options))


def command_names() -> list[str]:
    """Every file in apps/commands is one command."""
    return sorted(each.name for each in pkgutil.iter_modules(apps.commands.__path__))


def build_parser(names: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog='main.py',
        description='窓口: 1つのYAMLファイルが1つのアプリになる、市役所のための仕組み。',
        epilog='コマンドを書かなければ serve です。',
        add_help=False,
    )
    _japanese(parser)
    commands = parser.add_subparsers(title='コマンド', metavar='')
    for name in names:
        command = importlib.import_module(f'apps.commands.{name}')
        one = commands.add_parser(name, help=command.HELP, description=command.HELP, add_help=False)
        _japanese(one)
        command.arguments(one)
        one.set_defaults(run=command.run)
    return parser


def _japanese(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('-h', '--help', action='help', help='この説明を出して終わります。')


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
