"""Make the sample data without serving it."""

from __future__ import annotations

import argparse
import sys

from apps.commands import add_places, settings_from

HELP = '見本データだけを作ります(serve --demo なら、なければ自動で作ります)。'


def arguments(parser: argparse.ArgumentParser) -> None:
    add_places(parser)
    parser.add_argument('--seed', type=int, default=1, help='見本データの種。同じ種なら同じデータです。')
    parser.add_argument('--scale', type=float, default=1.0, help='量(1で32,500件の道路要望)。')


def run(options: argparse.Namespace) -> int:
    options.demo = True
    settings = settings_from(options, 'data', 'definitions', 'demo')
    if settings is None:
        return 2
    from apps.context import opened
    from apps.demo import NotForDemo, make_demo

    with opened(settings) as context:
        try:
            make_demo(context, seed=options.seed, scale=options.scale, told=print)
        except NotForDemo as error:
            print(error, file=sys.stderr)
            return 1
    return 0
