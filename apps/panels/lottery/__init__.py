"""The face of a lottery: where it stands, the draw and its result; withdrawing beside an application."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from apps.operations.act import past_of
from apps.operations.ceremony import DRAWS
from apps.panel import AppScene, RecordScene, app_panel, record_panel
from apps.panels.lottery.draw_panel import DrawPanel
from apps.panels.lottery.result_part import COLORS
from apps.panels.record_actions import RecordActions
from apps.tags import button, icon, tag
from forms.capabilities.lottery.answering import ASKED
from forms.capabilities.period import told
from forms.definition import AppDefinition

_ANSWERS = {'返事待ち': 'orange', '参加': 'green'}


def tells(definition: AppDefinition) -> Iterable[str]:
    """Outcome, session, order, answer, withdrawal."""
    rules: Any = definition.capabilities['lottery']
    return (*rules.result_fields(), rules.withdrawn)


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
        if values.get(rules.withdrawn) or values.get(rules.attended):
            past = past_of(scene.context.store, scene.definition.name, scene.record.id)
            performed = rules.undo(scene.definition, values, past, {}, reading.moment(person))
            acts = reading.may_on('act', scene.definition.name, scene.record.id, by=person)
            if performed and not performed.messages and acts:
                with button('', actions.undo, 'button quiet wide'):
                    icon('undo')
                    tag('span', f'{"来場の受付" if values.get(rules.attended) else "取下げ"}を元に戻す')


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
        tag('span', outcome, f'chip {COLORS.get(outcome, "")}'.strip())
        place = f'補欠{values[rules.place]}番' if values.get(rules.place) else ''
        tag('span', f'{values.get(rules.placed_in) or ""} {place} 抽選順 {values.get(rules.order)}'.strip())
    if answer := values.get(rules.answer):
        with tag('p', '', 'outcome'):
            tag('span', answer, f'chip {_ANSWERS.get(answer, "gray")}')
            if answer == ASKED and values.get(rules.answer_by):
                tag('span', f'{told(datetime.fromisoformat(values[rules.answer_by]))}まで')
            if values.get(rules.promoted):
                tag('span', '補欠からの繰上げ')
    held = scene.context.store.get(DRAWS, scene.definition.name)
    number = rules.entry(scene.definition, scene.record.id, values).id
    ticket = next((each['ticket'] for each in (held or {}).get('drawn', ()) if each['id'] == number), '')
    if ticket:
        tag('p', 'くじ', 'toolbar-label')
        tag('p', ticket, 'ticket-hash')
