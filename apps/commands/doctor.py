"""Examine the records: pages, history chain, witness, attachments."""

from __future__ import annotations

import argparse
import sys

from apps.commands import add_places, settings_from

HELP = '記録の傷みや改ざんと、地図の画像の誤りがないかを調べます(動かしたままできます)。'


def arguments(parser: argparse.ArgumentParser) -> None:
    add_places(parser)
    parser.add_argument('--rebuild', action='store_true', help='履歴から作り直した記録とも比べます(時間がかかります)。')


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options, 'data', 'definitions')
    if settings is None:
        return 2
    from apps.map.tiles.opening import doubts_about
    from storage.doctor import examine

    if not (settings.data / 'city.db').exists():
        print(f'{settings.data} に記録がありません。--data で場所を書いてください。', file=sys.stderr)
        return 2
    findings = examine(settings.data, witness=settings.witness, rebuild=options.rebuild)
    words = {'error': '異常', 'warning': '注意', 'note': '参考'}
    for each in findings:
        print(f'{words[each.severity]}: {each.text}')
    if settings.tiles is not None:
        for doubt in doubts_about(settings.tiles, settings.tiles_attribution):
            print(f'注意: {doubt}')
    errors = [each for each in findings if each.severity == 'error']
    print(f'異常が{len(errors)}件あります。' if errors else '異常はありません。')
    return 1 if errors else 0
