"""What would become of a bulk act: how many change, how many are so already, and why the rest is refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from apps.addresses import record_address
from apps.operations.bulk import Plan
from apps.operations.bulk_outcome import BulkOutcome, Refusal
from apps.screens.view_screen import ViewScene
from apps.tags import button, icon, link, tag

_NAMED = 200
"""Refused records that are named; how many there are is always told."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants done: raw values for every record, and the action, '' for a change. label: in their words."""

    label: str
    raw: Mapping[str, Any] = field(default_factory=dict)
    action: str = ''

    def plan(self, app: str, revisions: Mapping[str, int]) -> Plan:
        return Plan(app, revisions, self.raw, self.action)


def draw_preview(  # noqa: PLR0913, PLR0917 - what is shown, and the two ways out
    place: Any,
    scene: ViewScene,
    wish: Wish,
    outcome: BulkOutcome,
    carry_out: Callable[[], Awaitable[None]],
    close: Callable[[], None],
) -> None:
    """A dialog in `place`; nothing happens before its button is pressed."""
    place.clear()
    with place, tag('dialog', '', 'dialog bulk-dialog', aria_label='変更の確認') as dialog:
        tag('h2', wish.label, 'dialog-title')
        _values(scene, wish)
        with tag('ul', '', 'bulk-outcome'):
            _line('check_circle', '変更します', outcome.changed, 'good')
            _line('drag_handle', 'もうそうなっています', outcome.same, '')
            _line('block', '変更できません', outcome.refused_count, 'bad')
        if outcome.refused:
            _refusals(scene, outcome)
        with tag('div', '', 'dialog-buttons'):
            button('やめる', close, 'button outline')
            if outcome.changed:
                only = 'だけ' if outcome.refused else ''
                button(f'{outcome.changed:,}件{only}変更する', carry_out, 'button solid large', autofocus=True)
    dialog.on('close', close, args=[])
    dialog.run_method('showModal')


def _values(scene: ViewScene, wish: Wish) -> None:
    """What is written into each record, as people read it."""
    person = scene.person()
    if person is None or not wish.raw:
        return
    world = scene.context.reading.world(person)
    with tag('dl', '', 'bulk-values'):
        for name, value in wish.raw.items():
            known = scene.definition.fields.get(name)
            if known is not None and (value not in {None, ''} if not isinstance(value, list) else value):
                tag('dt', known.title)
                tag('dd', known.show(value, world))
            elif known is not None:
                tag('dt', known.title)
                tag('dd', '空にします', 'tile-note')


def _line(symbol: str, text: str, count: int, look: str) -> None:
    if count:
        with tag('li', '', look):
            icon(symbol)
            tag('span', text)
            tag('strong', f'{count:,}件')


def _refusals(scene: ViewScene, outcome: BulkOutcome) -> None:
    """By reason, so that one mistake on a hundred records is read once."""
    with tag('div', '', 'bulk-refusals', role='region', aria_label='変更できない理由', tabindex=0):
        named = sorted(outcome.refused[:_NAMED], key=lambda each: each.detail)
        for reason, found in groupby(named, key=lambda each: each.detail):
            _reason(scene, reason, list(found))
        if (more := outcome.refused_count - len(named)) > 0:
            tag('p', f'ほかに{more:,}件あります。条件を付けて分けると、すべての理由を見られます。')


def _reason(scene: ViewScene, reason: str, refused: Sequence[Refusal]) -> None:
    tag('p', reason, 'bulk-reason')
    with tag('ul', '', 'bulk-refused'):
        for each in refused:
            with tag('li'):
                link(each.title, record_address(scene.definition.name, each.id), target='_blank')
