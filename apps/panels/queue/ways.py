"""For those who watch a queue and do not serve: the statistics, today step by step, the display."""

from __future__ import annotations

from apps.addresses import queue_statistics_address, replay_address
from apps.public.addresses import board_address
from apps.tags import icon, link, tag
from forms.definition import AppDefinition


def draw_ways(definition: AppDefinition) -> None:
    with tag('nav', '', 'queue-ways', aria_label='呼び出しの記録'):
        for address, sign, words, place in (
            (queue_statistics_address(definition.name), 'table_chart', '統計', None),
            (replay_address(definition.name), 'replay', '今日の流れを1手ずつ見る', None),
            (board_address(definition.name), 'tv', '待合表示を開く', '_blank'),
        ):
            with link('', address, 'button outline', target=place, rel='noopener' if place else None):
                icon(sign)
                tag('span', words)
