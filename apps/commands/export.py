"""Export the records of one app into an Excel file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from apps.commands import add_places, settings_from

_FORMATS = ('xlsx', 'csv', 'csv_sjis', 'geojson', 'points_csv', 'points_csv_sjis')

HELP = 'アプリの記録を、Excelファイル、CSV、地図のための座標(GeoJSON、CSV)に書き出します。'


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('app', metavar='APP', help='アプリの名前(定義ファイルの名前から .yaml を取ったもの)。')
    where = '書き出すファイル(.xlsx。CSVは .zip、GeoJSONは .geojson)。'
    parser.add_argument('-o', '--output', type=Path, required=True, metavar='FILE', help=where)
    parser.add_argument('--view', default='', help='一覧の名前(その条件と並び順で書き出します)。')
    parser.add_argument('--purpose', default='', help='書き出す目的(出力情報と監査記録に残ります)。')
    parser.add_argument(
        '--format', choices=_FORMATS, default='xlsx', help='形式(書かなければ xlsx)。points_ は緯度と経度の表です。'
    )
    parser.add_argument('--long', action='store_true', help='複数選択を、別の表に1行ずつ書きます。')
    parser.add_argument('--demo', action='store_true', default=None, help='見本データから書き出します。')
    add_places(parser)


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options, 'data', 'definitions', 'demo')
    if settings is None:
        return 2
    from apps.context import opened
    from apps.excel.export import Choice, export_app
    from apps.outcome import Refused
    from apps.people import SYSTEM

    with opened(settings) as context:
        if context.catalogue.find(options.app) is None:
            names = '、'.join(each.name for each in context.catalogue.all())
            print(f'アプリ「{options.app}」はありません。使える名前: {names}', file=sys.stderr)
            return 2
        try:
            choice = Choice(options.view, {}, '', options.purpose, options.format, options.long)
            purposes = settings.export_purposes
            told = export_app(context.reading, options.app, options.output, choice, by=SYSTEM, purposes=purposes)
            context.audit.note_blocking(
                'export',
                SYSTEM,
                app=options.app,
                view=options.view,
                purpose=told.purpose,
                count=told.count,
                format=options.format,
                way='コマンド',
            )
        except Refused as refused:
            print(refused.detail, file=sys.stderr)
            return 1
    print(f'{told.count}件を {options.output} に書き出しました。')
    if told.unwritten:
        left = f'{told.unwritten}文字はShift_JISで書けないため〓にしました。一覧はファイルの中にあります。'
        print(left, file=sys.stderr)
    return 0
