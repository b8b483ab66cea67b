"""The face of a lottery: where it stands, the draw and its result; withdrawing beside an application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apps.operations.act import past_of
from apps.operations.draw import DRAWS
from apps.panel import AppScene, RecordScene, app_panel, record_panel
from apps.panels.lottery.draw_panel import DrawPanel
from apps.panels.record_actions import RecordActions
from apps.people import may
from apps.tags import button, icon, tag
from forms.capabilities.lottery import ticket_of
from forms.definition import AppDefinition

_COLORS = {'当選': 'green', '補欠': 'orange', '落選': 'gray'}


def tells(definition: AppDefinition) -> Iterable[str]:
    """Outcome, session, order, withdrawal."""
    rules: Any = definition.capabilities['lottery']
    return (rules.result, rules.placed_in, rules.order, rules.withdrawn)


@app_panel('lottery')
def lottery(scene: AppScene) -> None:
    """On top of the app's first view."""
    if scene.is_first:
        DrawPanel(scene).draw()


@record_panel('lottery', tells=tells)
def application(scene: RecordScene) -> None:
    """What became of an application, with its ticket for checking; withdrawing while nothing is drawn."""
    person = scene.person()
    if person is None:
        return
    rules: Any = scene.definition.capabilities['lottery']
    values = scene.record.values
    reading = scene.context.reading
    offers = [
        each
        for each in reading.offers(scene.definition.name, scene.record.id, by=person)
        if rules.takes(each.name)
    ]
    actions = RecordActions(scene)
    with tag('section', '', 'card card-body workflow', aria_labelledby='lottery-title'):
        tag('h2', '抽選', 'card-title', id='lottery-title')
        actions.draw_place()
        _draw_outcome(scene, rules)
        actions.draw(offers)
        if values.get(rules.withdrawn):
            past = past_of(scene.context.store, scene.definition.name, scene.record.id)
            performed = rules.undo(scene.definition, values, past, {}, reading.moment(person))
            if performed and not performed.messages and may(person, scene.definition, 'act'):
                with button('', actions.undo, 'button quiet wide'):
                    icon('undo')
                    tag('span', '取下げを元に戻す')


def _draw_outcome(scene: RecordScene, rules: Any) -> None:
    values = scene.record.values
    outcome = values.get(rules.result)
    if values.get(rules.withdrawn):
        tag('p', '取り下げられた申込みです。抽選には加わりません。')
        return
    if outcome is None:
        tag('p', '抽選はまだです。', 'workflow-none')
        return
    with tag('p', '', 'outcome'):
        tag('span', outcome, f'chip {_COLORS.get(outcome, "")}'.strip())
        tag('span', f'{values.get(rules.placed_in) or ""} 抽選順 {values.get(rules.order)}'.strip())
    held = scene.context.store.get(DRAWS, scene.definition.name)
    if held is not None:
        entry = rules.entry(scene.definition, scene.record.id, values)
        tag('p', '抽選票', 'toolbar-label')
        tag('p', ticket_of(held['seed'], entry.id), 'ticket-hash')
