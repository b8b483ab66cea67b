"""After the draw: the outcome, what is published so that anybody can check it, and until when it stays secret."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from apps.addresses import draw_address, draw_rules_address
from apps.reading.shown import moment_text
from apps.tags import icon, link, notice, tag
from forms.capabilities.period import Period, told

if TYPE_CHECKING:
    from apps.panels.lottery.draw_panel import DrawPanel

SHOWN = 50
"""Lines of the result on screen; all of them are in the CSV file."""

COLORS = {'当選': 'green', '補欠': 'orange', '落選': 'gray', '中止': 'red'}


def draw_result(panel: DrawPanel, held: Mapping[str, Any], now: datetime) -> None:
    with tag('ul', '', 'outcomes'):
        for outcome, color in COLORS.items():
            count = held['outcomes'].get(outcome, 0)
            if count or outcome != '中止':
                with tag('li', '', 'outcome-count'):
                    tag('span', outcome, f'chip {color}')
                    tag('strong', f'{count:,}')
                    tag('span', '件')
    by = panel.scene.context.directory.staff_name(held['by']) or held['by']
    again = f'{held["draws"]}回目の抽選です。' if held['draws'] > 1 else ''
    tag('p', f'{by}が{moment_text(held["at"])}に抽選しました。{again}', 'lottery-count')
    if because := held.get('because'):
        notice('info', f'再抽選の理由: {because["reason"]}')
    period = panel.scene.definition.capabilities.get('period')
    if isinstance(period, Period) and period.announced and not period.is_announced(now):
        notice('warning', f'結果の発表は{told(period.announced)}です。それまで外へ知らせないでください。')
    with tag('div', '', 'draw-files'):
        for address, words in (
            (draw_address(panel.app), '抽選結果をCSVで受け取る'),
            (draw_rules_address(panel.app), '抽選の規則を受け取る'),
        ):
            with link('', address, 'button outline', download=True):
                icon('download')
                tag('span', words)
    with tag('details', '', 'more'):
        tag('summary', '結果の表と確かめ方を見る')
        for label, text in (('秘密の値', held['secret']), ('公開の値', held['value']), ('抽選の種', held['seed'])):
            tag('p', label, 'toolbar-label')
            tag('p', text, 'ticket-hash')
        how = '種は「秘密の値|公開の値」の、くじは「種|番号」の SHA-256 です。くじの小さい順に、希望の回へ入れます。'
        tag('p', how, 'draw-hint')
        _draw_table(held)


def _draw_table(held: Mapping[str, Any]) -> None:
    frame = tag('div', '', 'rows-frame', tabindex='0', role='region', aria_label='抽選結果')
    with frame, tag('table', '', 'rows'):
        with tag('thead'), tag('tr'):
            for head in ('抽選順', '番号', '結果', '回', 'くじ'):
                tag('th', head, scope='col')
        with tag('tbody'):
            for each in held['drawn'][:SHOWN]:
                with tag('tr'):
                    tag('td', f'{each["order"]:,}')
                    tag('th', each['id'], scope='row')
                    with tag('td'):
                        tag('span', each['outcome'], f'chip {COLORS.get(each["outcome"], "")}'.strip())
                    waiting = f'補欠{each["waiting"]}番' if each['waiting'] else ''
                    tag('td', f'{each["session"]} {waiting}'.strip())
                    tag('td', each['ticket'], 'ticket-hash')
    rest = len(held['drawn']) - SHOWN
    if rest > 0:
        tag('p', f'ほか {rest:,}件はCSVにあります。', 'draw-hint')
