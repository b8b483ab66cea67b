"""The tickets of one visit on its page: where each stands, and what can be done without the console."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apps.addresses import tickets_address
from apps.panel import RecordScene
from apps.panels.record_actions import RecordActions
from apps.people import may
from apps.tags import button, icon, link, tag
from forms.capabilities.queue.moves import MOVES, NEEDS_WORDS
from forms.capabilities.queue.tickets import CALLED, SERVED, SERVING, Ticket
from forms.capability import Offer
from forms.definition import AppDefinition

_COLORS = {CALLED: 'orange', SERVING: 'green', SERVED: 'blue'}


def tells(definition: AppDefinition) -> Iterable[str]:
    """The tickets."""
    queue: Any = definition.capabilities['queue']
    return (queue.tickets, queue.steps)


class VisitPanel:
    """Drawn anew after every change of the visit."""

    def __init__(self, scene: RecordScene) -> None:
        self.scene = scene
        self.queue: Any = scene.definition.capabilities['queue']
        self._actions = RecordActions(scene)

    def draw(self) -> None:
        person = self.scene.person()
        if person is None:
            return
        context, definition, record = self.scene.context, self.scene.definition, self.scene.record
        offers = context.reading.offers(definition.name, record.id, by=person)
        tickets = self.queue.tickets_of(record.values, context.clock.now())
        with tag('section', '', 'card card-body workflow', aria_labelledby='visit-title'):
            tag('h2', '整理券', 'card-title', id='visit-title')
            self._actions.draw_place()
            for ticket in tickets:
                self._draw_ticket(ticket, [each for each in offers if each.given.get('ticket') == ticket.name])
            if len(record.values.get(self.queue.steps) or ()) > len(tickets) and may(person, definition, 'act'):
                with button('', self._actions.undo, 'button quiet wide'):
                    icon('undo')
                    tag('span', '直前の操作を元に戻す')
            if tickets:
                address = tickets_address(definition.name, record.id)
                with link('', address, 'button quiet wide', target='_blank', rel='noopener'):
                    icon('print')
                    tag('span', '整理券を印刷')

    def _draw_ticket(self, ticket: Ticket, offers: Iterable[Offer]) -> None:
        with tag('div', '', 'visit-ticket'):
            with tag('div', '', 'visit-ticket-head'):
                tag('strong', ticket.name, 'ticket-number')
                tag('span', ticket.status, f'chip {_COLORS.get(ticket.status, "")}'.strip())
            counter = f' {ticket.counter}' if ticket.counter else ''
            tag('p', f'{ticket.section}{counter} 待ち時間 {ticket.waited_minutes:.0f}分', 'visit-ticket-words')
            here = [each for each in offers if each.name not in NEEDS_WORDS and not each.closed]
            self._actions.draw(here, {name: move.label for name, move in MOVES.items()})
