"""Where a record stands, what can be done with it now, until when, and taking the last step back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date, timedelta
from typing import Any

from apps.operations.act import past_of
from apps.panel import RecordScene, record_panel
from apps.panels.record_actions import RecordActions
from apps.reading.shown import moment_text
from apps.tags import button, icon, tag
from forms.capabilities.duplicates.ties import Ties
from forms.capabilities.workflow.steps import last_action
from forms.capability import Offer, Past
from forms.definition import AppDefinition

JUST_NOW = timedelta(seconds=90)
"""So long after an action its success is told in a frame with the way back beside it."""


def told(definition: AppDefinition) -> Iterable[str]:
    """Status and deadline."""
    rules: Any = definition.capabilities['workflow']
    return (rules.field, rules.deadline.field) if rules.deadline else (rules.field,)


@record_panel('workflow', tells=told)
def workflow(scene: RecordScene) -> None:
    """The panel beside a record."""
    WorkflowPanel(scene).draw()


class WorkflowPanel:
    """Drawn anew after every change of the record."""

    def __init__(self, scene: RecordScene) -> None:
        self.scene = scene
        self.workflow: Any = scene.definition.capabilities['workflow']
        self._actions = RecordActions(scene)

    def draw(self) -> None:
        person = self.scene.person()
        if person is None:
            return
        app, record = self.scene.definition.name, self.scene.record
        context = self.scene.context
        past = past_of(context.store, app, record.id)
        with tag('section', '', 'card card-body workflow', aria_labelledby='workflow-title'):
            tag('h2', '進みぐあい', 'card-title', id='workflow-title')
            self._draw_stages(past)
            self._draw_deadline()
            follows = Ties.of(context.reading.stored(app, record.id, by=person)).original
            if not follows and context.reading.may_on('act', app, record.id, by=person):
                self._actions.draw_place()
                own = [each for each in context.reading.offers(app, record.id, by=person) if self._is_mine(each)]
                self._draw_last(past, person.account)
                self._draw_offers(own)

    # ---- where it stands

    def _draw_stages(self, past: Sequence[Past]) -> None:
        now = self.scene.record.values.get(self.workflow.field)
        passed = {name for each in past for name in (each.before.get(self.workflow.field),) if name is not None}
        with tag('ol', '', 'stages'):
            for status in self._stages(now, passed):
                label = status.label or status.name
                if status.name == now:
                    with tag('li', '', f'stage now {status.color}', aria_current='step'):
                        tag('span', label, 'stage-name')
                        tag('span', 'いまここ', 'stage-note')
                else:
                    done = status.name in passed
                    with tag('li', '', 'stage passed' if done else 'stage'):
                        tag('span', label, 'stage-name')
                        if done:
                            tag('span', '済み', 'stage-note')

    def _stages(self, now: object, passed: Set[object]) -> list[Any]:
        """The open statuses and one end: the end that was reached, else the first one.

        One that leads back from an end (再開) is no stage of the way until the record has been there.
        """
        ends = [each for each in self.workflow.statuses if each.done]
        end = next((each for each in ends if each.name == now), ends[0] if ends else None)
        back = self.workflow.ways_back - {now} - passed
        return [each for each in self.workflow.statuses if (not each.done and each.name not in back) or each is end]

    def _draw_deadline(self) -> None:
        values, deadline = self.scene.record.values, self.workflow.deadline
        due = values.get(deadline.field) if deadline else None
        if due is None or values.get(self.workflow.field) in self.workflow.done:
            return
        today = self.scene.context.clock.now().date()
        left = days_left(self.scene.definition.calendar, today, date.fromisoformat(due))
        field = self.scene.definition.fields[deadline.field]
        with tag('p', '', 'due late' if left < 0 else 'due'):
            icon('schedule')
            tag('span', field.title)
            tag('strong', field.show(due))
            tag('span', told_days(left), 'due-left')

    # ---- what can be done

    def _is_mine(self, offer: Offer) -> bool:
        return bool(self.workflow.takes(offer.name))

    def _draw_offers(self, offers: Sequence[Offer]) -> None:
        self._actions.draw(offers)
        if not offers:
            tag('p', 'いまできる操作はありません。', 'workflow-none')

    # ---- taking back

    def _draw_last(self, past: Sequence[Past], account: str) -> None:
        last = last_action(past, self.workflow.field)
        if last is None or not self._can_undo(past):
            return
        actions = {each.name: each.label or each.name for each in self.workflow.actions}
        label = actions.get(last.action, last.action)
        fresh = last.by == account and self.scene.context.clock.now() - last.at < JUST_NOW
        with tag('div', '', 'last-action fresh' if fresh else 'last-action', role='status' if fresh else None):
            if fresh:
                icon('check_circle')
            with tag('div', '', 'last-action-words'):
                tag('strong', f'「{label}」を行いました' if fresh else f'前回の操作 {label}')
                name = self.scene.context.directory.name(last.by) or last.by
                tag('span', f'{name} {moment_text(last.at.isoformat())}', 'when')
            with button('', self._actions.undo, 'button quiet'):
                icon('undo')
                tag('span', '元に戻す')

    def _can_undo(self, past: Sequence[Past]) -> bool:
        person = self.scene.person()
        if person is None:
            return False
        moment = self.scene.context.reading.moment(person)
        performed = self.workflow.undo(self.scene.definition, self.scene.record.values, past, {}, moment)
        return performed is not None and not performed.messages


def told_days(left: int) -> str:
    """How long there is still time, in words."""
    if left == 0:
        return '今日まで'
    return f'あと{left}開庁日' if left > 0 else f'期限超過 {-left}開庁日'


def days_left(calendar: Any, today: date, due: date) -> int:
    """Days on which the city hall is open until the deadline: 0 on the day itself, negative when it has passed."""
    if due >= today:
        return int(calendar.business_days_between(today, due))
    return -max(1, int(calendar.business_days_between(due, today)))
