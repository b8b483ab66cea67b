"""What is printed on the tickets of a visit: number, section, when, and how long it would take at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apps.clock import TOKYO
from apps.printed_ticket import PrintedTicket
from apps.reading.waiting_room import WaitingRoom
from forms.capabilities.queue.forecast import shown
from forms.capabilities.queue.tickets import CANCELLED, Ticket
from forms.japanese.era import wareki

if TYPE_CHECKING:
    from apps.reading import Shown
    from forms.capabilities.queue import Queue


def printed_tickets(room: WaitingRoom, queue: Queue, visit: Shown) -> list[PrintedTicket]:
    """One per ticket that was not cancelled; waiting words only for those that wait."""
    tickets = [each for each in queue.tickets_of(visit.values) if each.status != CANCELLED]
    return [
        PrintedTicket(
            each.called_as,
            each.section,
            _received(each),
            *_waiting(room, visit.id, each),
            others=tuple(f'{other.section} {other.called_as}' for other in tickets if other is not each),
        )
        for each in tickets
    ]


def _received(ticket: Ticket) -> str:
    at = ticket.issued_at.astimezone(TOKYO)
    return f'{wareki(at.date())} {at.hour}:{at.minute:02} 受付'


def _waiting(room: WaitingRoom, visit: str, ticket: Ticket) -> tuple[str, str]:
    line = [(each.record, each.ticket.name) for each in room.in_line(ticket.section)]
    place = visit, ticket.name
    if place not in line:
        return '', ''
    before = line.index(place)
    now, expected = room.now(), room.forecast(ticket.section).waits.get(place)
    people = f'前に{before}人' if before else '次にお呼びします'
    span = f'見込み {shown(expected)}' if expected is not None else ''
    return f'{now.hour}:{now.minute:02}現在 {people}', span
