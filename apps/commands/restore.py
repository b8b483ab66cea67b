"""Bring records back from a backup, as they were at its end or at any moment since."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from apps.clock import TOKYO

HELP = '写しから記録を戻します(空のフォルダーへ)。時刻を指定すると、その時の記録に戻します。'


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('source', type=Path, metavar='FROM', help='backup で作ったフォルダー。')
    parser.add_argument('target', type=Path, metavar='TO', help='戻す先の空のフォルダー。')
    parser.add_argument('--at', metavar='TIME', help='戻す時刻。例 2026-04-01T17:00')


def run(options: argparse.Namespace) -> int:
    from apps.passwords import bring_passwords
    from storage import StorageError, open_store
    from storage.backup import restore

    try:
        moment = _moment(options.at)
    except ValueError:
        print(f'「{options.at}」は 2026-04-01T17:00 のように書いてください。', file=sys.stderr)
        return 2
    try:
        seq = restore(options.source, options.target, moment)
        with open_store(options.target) as store:
            bring_passwords(store, options.source)
    except FileExistsError:
        print(f'{options.target} は空ではありません。空のフォルダーを書いてください。', file=sys.stderr)
        return 1
    except FileNotFoundError:
        print(_nothing_to_restore(options.source, moment), file=sys.stderr)
        return 1
    except (StorageError, OSError) as error:
        print(f'戻せませんでした: {error}', file=sys.stderr)
        return 1
    print(f'{options.target} に、変更 {seq} までの記録を戻しました。doctor で確かめてから使ってください。')
    return 0


def _nothing_to_restore(source: Path, moment: datetime | None) -> str:
    if moment is None:
        return f'{source} に写しがありません。backup で作ったフォルダーを書いてください。'
    return f'{source} に、{moment:%Y-%m-%d %H:%M} までに作った写しがありません。もっと後の時刻を書いてください。'


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    at = datetime.fromisoformat(text)
    return at if at.tzinfo is not None else at.replace(tzinfo=TOKYO)
