"""The tickets of one visit on its page: where each stands, and what can be done without the console."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from apps.outcome import Refused
from apps.panel import RecordScene
from apps.panels.action_dialog import UNKNOWN, ActionDialog
from apps.people import may
from apps.tags import button, icon, notice, tag
from forms.capabilities.queue.stepping import MOVES
from forms.capabilities.queue.tickets import CALLED, SERVED, SERVING, Ticket
from forms.capability import Offer
from forms.definition import AppDefinition

_COLORS = {CALLED: 'orange', SERVING: 'green', SERVED: 'blue'}
_NEEDS_A_PLACE = frozenset(('call', 'transfer'))
"""Moves that say which counter or section: the console knows it, this page does not."""


def tells(definition: AppDefinition) -> Iterable[str]:
    """The tickets."""
    queue: Any = definition.capabilities['queue']
    return (queue.tickets, queue.steps)


class VisitPanel:
    """Drawn anew after every change of the visit."""

    def __init__(self, scene: RecordScene) -> None:
        self.scene = scene
        self.queue: Any = scene.definition.capabilities['queue']
        self._undo_request = str(uuid4())

    def draw(self) -> None:
        person = self.scene.person()
        if person is None:
            return
        context, definition, record = self.scene.context, self.scene.definition, self.scene.record
        offers = context.reading.offers(definition.name, record.id, by=person)
        tickets = self.queue.tickets_of(record.values, context.clock.now())
        with tag('section', '', 'card card-body workflow', aria_labelledby='visit-title'):
            tag('h2', '整理券', 'card-title', id='visit-title')
            self._news = tag('div', '', 'workflow-news')
            self._place = tag('div')
            for ticket in tickets:
                self._draw_ticket(ticket, [each for each in offers if each.given.get('ticket') == ticket.name])
            if len(record.values.get(self.queue.steps) or ()) > len(tickets) and may(person, definition, 'act'):
                with button('', self._undo, 'button quiet wide'):
                    icon('undo')
                    tag('span', '直前の操作を元に戻す')

    def _draw_ticket(self, ticket: Ticket, offers: Iterable[Offer]) -> None:
        with tag('div', '', 'visit-ticket'):
            with tag('div', '', 'visit-ticket-head'):
                tag('strong', ticket.name, 'ticket-number')
                tag('span', ticket.status, f'chip {_COLORS.get(ticket.status, "")}'.strip())
            counter = f' {ticket.counter}' if ticket.counter else ''
            tag('p', f'{ticket.section}{counter} 待ち時間 {ticket.waited_minutes:.0f}分', 'visit-ticket-words')
            with tag('div', '', 'action-buttons'):
                for offer in offers:
                    if offer.name not in _NEEDS_A_PLACE and not offer.closed:
                        dialog = self._dialog(offer)
                        button(MOVES[offer.name].label, dialog.press, 'button quiet wide')

    def _dialog(self, offer: Offer) -> ActionDialog:
        scene = self.scene
        return ActionDialog(
            scene, scene.record.id, offer, self._place, done=scene.refresh, refused=self._refuse, hold=scene.hold
        )

    def _refuse(self, text: str) -> None:
        if not self._news.is_deleted:
            self._news.clear()
            with self._news:
                notice('error', text)

    async def _undo(self) -> None:
        person = self.scene.person()
        if person is None:
            return
        record = self.scene.record
        try:
            await self.scene.context.operations.undo(
                self.scene.definition.name, record.id, by=person, request_id=self._undo_request, if_rev=record.rev
            )
        except Refused as refused:
            self._refuse(refused.detail or UNKNOWN)
        else:
            self.scene.refresh()
