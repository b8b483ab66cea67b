"""Write the audit into a file, or examine whether anybody has altered it."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from apps.commands import add_places, settings_from

HELP = '監査記録を書き出すか、改ざんがないかを調べます。'


def arguments(parser: argparse.ArgumentParser) -> None:
    add_places(parser)
    parser.add_argument('--check', action='store_true', help='改ざんがないかを調べます(doctor と同じ検査です)。')
    parser.add_argument('-o', '--output', type=Path, metavar='FILE', help='書き出すファイル(.xlsx か .csv)。')
    parser.add_argument('--since', type=date.fromisoformat, metavar='DAY', help='この日から。例 2026-04-01')
    parser.add_argument('--until', type=date.fromisoformat, metavar='DAY', help='この日まで。')
    parser.add_argument('--person', default='', metavar='ACCOUNT', help='この利用者IDの人がしたこと。')
    parser.add_argument('--kind', default='', help='この種類だけ。例 export、sign_in')
    parser.add_argument('--app', default='', help='このアプリについてだけ。')
    parser.add_argument('--record', default='', metavar='ID', help='このレコードについてだけ。')
    parser.add_argument('--purpose', default='', help='書き出す目的(監査記録に残ります)。')


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options, 'data', 'definitions')
    if settings is None:
        return 2
    if options.check:
        from apps.commands import doctor

        options.rebuild = False
        return doctor.run(options)
    if options.output is None:
        print('書き出すファイルを -o で書いてください。改ざんの検査は --check です。', file=sys.stderr)
        return 2
    from apps.audit_export import export_audit
    from apps.audit_trail import Asked
    from apps.context import opened
    from apps.outcome import Refused
    from apps.people import SYSTEM

    asked = Asked(options.since, options.until, options.person, options.kind, options.app, options.record)
    format = options.output.suffix.removeprefix('.')
    with opened(settings) as context:
        try:
            count = export_audit(context, options.output, asked, options.purpose, format, by=SYSTEM)
        except Refused as refused:
            print(refused.detail, file=sys.stderr)
            return 1
    print(f'{count}件を {options.output} に書き出しました。')
    return 0
