"""What the holder of a ticket may know of it on their own phone: where it stands, and nothing about anybody else."""

from __future__ import annotations

from typing import Any

from apps.reading.waiting_room import Line, WaitingRoom
from forms.capabilities.queue.tickets import (
    ABSENT,
    CALLED,
    CANCELLED,
    COLLECT,
    HELD,
    SENT_HOME,
    SERVED,
    SERVING,
    WAITING,
)

_STATES = {
    WAITING: 'waiting',
    CALLED: 'called',
    SERVING: 'serving',
    HELD: 'held',
    COLLECT: 'collect',
    SERVED: 'done',
    ABSENT: 'absent',
    CANCELLED: 'cancelled',
    SENT_HOME: 'closed',
}
Picture = list[dict[str, Any]]
"""One entry per ticket: ticket (住-12), section, state; and by state

waiting: before (people), low and high (minutes). booked: at (ISO). elsewhere: other (section). called: counter, times.
serving: counter. collect: at.
"""


def ticket_pictures(room: WaitingRoom) -> dict[str, Picture]:
    """Record of a visit -> its tickets; of today, made once per change for all phones."""
    return room.once('phones', lambda: _pictures(room))


def _pictures(room: WaitingRoom) -> dict[str, Picture]:
    places: dict[tuple[str, str], int] = {}
    for section in room.queue.sections:
        places.update({(each.record, each.ticket.name): at for at, each in enumerate(room.in_line(section.name))})
    found: dict[str, Picture] = {}
    order = {each.name: at for at, each in enumerate(room.queue.sections)}
    for line in sorted(room.lines(), key=lambda each: order.get(each.ticket.section, len(order))):
        told = {'ticket': line.ticket.called_as, 'section': line.ticket.section, **_state(room, line, places)}
        found.setdefault(line.record, []).append(told)
    return found


def _state(room: WaitingRoom, line: Line, places: dict[tuple[str, str], int]) -> dict[str, Any]:
    ticket = line.ticket
    state = _STATES[ticket.status]
    match state:
        case 'waiting':
            return _waiting(room, line, places)
        case 'called':
            return {'state': state, 'counter': ticket.counter, 'times': ticket.calls}
        case 'serving':
            return {'state': state, 'counter': ticket.counter}
        case 'collect':
            return {'state': state, 'at': ticket.ready_at.isoformat() if ticket.ready_at else ''}
    return {'state': state}


def _waiting(room: WaitingRoom, line: Line, places: dict[tuple[str, str], int]) -> dict[str, Any]:
    ticket, key = line.ticket, (line.record, line.ticket.name)
    if line.elsewhere:
        return {'state': 'elsewhere', 'other': line.elsewhere}
    if key not in places:
        return {'state': 'booked', 'at': ticket.from_.isoformat() if ticket.from_ else ''}
    expected = room.forecast(ticket.section).waits.get(key)
    span = {'low': expected.low, 'high': expected.high} if expected is not None else {}
    return {'state': 'waiting', 'before': places[key], **span}
