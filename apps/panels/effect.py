"""What the app saves: minutes before beside the measured minutes after, hours and sheets."""

from __future__ import annotations

from typing import Any

from nicegui import background_tasks, run

from apps.filters import between
from apps.panel import AppScene, app_panel
from apps.reading.narrowing import main_date
from apps.tags import icon, tag
from forms.definition import AppDefinition
from forms.japanese.fiscal import fiscal_year, fiscal_year_label, fiscal_year_range
from storage import Store


@app_panel('effect')
def effect(scene: AppScene) -> None:
    """Over the app's summaries."""
    if scene.view.type == 'summary':
        place = tag('section', '', 'effect', aria_labelledby='effect-title')
        background_tasks.create(_show(scene, place), name='effect')


async def _show(scene: AppScene, place: Any) -> None:
    definition = scene.definition
    year = fiscal_year(scene.context.clock.now().date(), definition.fiscal_start)
    saved = await run.io_bound(saved_in, scene.context.store, definition, year)
    if saved is None or place.is_deleted:
        return
    place.classes('card card-body')
    with place:
        with tag('h2', '', 'card-title', id='effect-title'):
            icon('timer')
            tag('span', f'効果({fiscal_year_label(year, definition.fiscal_start)})')
        with tag('dl', '', 'effect-figures'):
            _figure('以前の時間', f'{saved.minutes_before:g}分', '1件あたり')
            if saved.minutes_after is None:
                _figure('いまの時間', '未測定', 'まだ測った記録がありません')
            else:
                note = f'{saved.measured:,}件で測った中央値'
                _figure('いまの時間', f'{saved.minutes_after:.1f}分', note)
                word = '減った時間' if (saved.hours or 0) >= 0 else '増えた時間'
                _figure(word, f'{abs(saved.hours or 0):,.0f}時間', f'{saved.count:,}件の合計')
            if saved.sheets:
                _figure('減った紙', f'{saved.sheets:,}枚', f'{saved.count:,}件の合計')
        how = '入力画面を開いてから保存するまでを自動で測っています。職員が時間を入力することはありません。'
        tag('p', how, 'draw-hint')


def saved_in(store: Store, definition: AppDefinition, year: int) -> Any:
    """`forms.capabilities.effect.Saved` over the records of one fiscal year."""
    rules: Any = definition.capabilities['effect']
    first, last = fiscal_year_range(year, definition.fiscal_start)
    by = main_date(definition) or '_created_at'
    found = store.find(
        definition.name, between(by, first.isoformat(), last.isoformat()), limit=None, fields=('_seconds',)
    )
    return rules.saved([each.get('_seconds') for each in found.docs])


def _figure(title: str, value: str, note: str) -> None:
    with tag('div', '', 'effect-figure'):
        tag('dt', title)
        with tag('dd'):
            tag('strong', value)
            tag('span', note)
