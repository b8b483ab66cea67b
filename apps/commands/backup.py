"""Copy the records while the server may be running."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from apps.commands import add_places, settings_from

HELP = '記録を別の場所へ写します(動かしたままできます)。'


def arguments(parser: argparse.ArgumentParser) -> None:
    add_places(parser)
    parser.add_argument('--to', type=Path, metavar='DIR', help='写しを置くフォルダー(設定の backup でも決められます)。')
    parser.add_argument('--keep', type=int, metavar='N', help='残す写しの数。')
    parser.add_argument('--changes', action='store_true', help='前の写しより後の変更だけを足します(毎分の控え)。')


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options, 'data', 'definitions')
    if settings is None:
        return 2
    target = options.to or settings.backup
    if target is None:
        print('--to でフォルダーを書くか、設定の backup に書いてください。', file=sys.stderr)
        return 2
    from apps.passwords import save_passwords
    from storage import StorageError, open_store
    from storage.backup import backup, ship

    if not (settings.data / 'city.db').exists():
        print(f'{settings.data} に記録がありません。--data で場所を書いてください。', file=sys.stderr)
        return 2
    try:
        with open_store(settings.data, witness=settings.witness) as store:
            if options.changes:
                print(f'変更を{ship(store, target)}件、{target} に足しました。')
                return 0
            folder = backup(store, target, keep=options.keep)
            save_passwords(store, target)
    except (StorageError, OSError) as error:
        print(f'写しを作れませんでした: {error}', file=sys.stderr)
        return 1
    print(f'{folder} に写しました。')
    return 0
