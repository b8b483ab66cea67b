"""What the app saves: minutes before, promised and measured, for reception and for completion; hours and sheets."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from nicegui import background_tasks, run

from apps.panel import AppScene, app_panel
from apps.reading.effects import HOW, Figure, effect_of
from apps.tags import icon, tag
from forms.japanese.fiscal import fiscal_year, fiscal_year_label


@app_panel('effect')
def effect(scene: AppScene) -> None:
    """Over the app's summaries."""
    if scene.view.type == 'summary':
        place = tag('section', '', 'effect', aria_labelledby='effect-title')
        background_tasks.create(_show(scene, place), name='effect')


async def _show(scene: AppScene, place: Any) -> None:
    definition = scene.definition
    year = fiscal_year(scene.context.clock.now().date(), definition.fiscal_start)
    figures = await run.io_bound(effect_of, scene.context.store, definition, year)
    if figures is None or place.is_deleted:
        return
    place.classes('card card-body')
    with place:
        with tag('h2', '', 'card-title', id='effect-title'):
            icon('timer')
            tag('span', f'効果({fiscal_year_label(year, definition.fiscal_start)})')
        for work, group in groupby(figures, key=lambda each: each.work):
            tag('h3', work, 'effect-work')
            with tag('dl', '', 'effect-figures'):
                for each in group:
                    _draw(each)
        tag('p', HOW, 'draw-hint')


def _draw(figure: Figure) -> None:
    with tag('div', '', 'effect-figure'):
        tag('dt', figure.name)
        with tag('dd'):
            tag('strong', figure.text)
            tag('span', figure.note)
