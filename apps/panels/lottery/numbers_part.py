"""The numbers of an event, for supervisors: the same table on screen and in Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apps.addresses import lottery_numbers_address
from apps.reading.lottery_numbers import lines, totals
from apps.reading.lottery_standing import Standing
from apps.tags import icon, link, tag

if TYPE_CHECKING:
    from apps.panels.lottery.draw_panel import DrawPanel


def draw_numbers(panel: DrawPanel, now: Standing, can_export: bool) -> None:
    """Folded away until somebody asks."""
    definition = panel.scene.definition
    with tag('details', '', 'more'):
        tag('summary', 'この催しの数字を見る')
        words = '、'.join(f'{label} {count:,}件' for label, count in totals(definition, now.records))
        tag('p', words, 'draw-hint')
        head, *body = lines(definition, now.records)
        frame = tag('div', '', 'rows-frame', tabindex='0', role='region', aria_label='回ごとの数字')
        with frame, tag('table', '', 'rows lottery-answers'):
            with tag('thead'), tag('tr'):
                for each in head:
                    tag('th', str(each), scope='col')
            with tag('tbody'):
                for line in body:
                    with tag('tr'):
                        tag('th', str(line[0]), scope='row')
                        for figure in line[1:]:
                            tag('td', _text(figure))
        if can_export:
            with link('', lottery_numbers_address(panel.app), 'button outline', download=True):
                icon('download')
                tag('span', '数字をExcelで受け取る')


def _text(figure: str | int | float | None) -> str:
    if isinstance(figure, float):
        return f'{figure:.2f}'
    return '' if figure is None else f'{figure:,}' if isinstance(figure, int) else figure
