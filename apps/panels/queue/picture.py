"""The day of a queue as console.js draws it; made once per change, the same for every console."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from apps.addresses import queue_statistics_address, record_address
from apps.public.addresses import board_address
from apps.reading.waiting_room import Line, WaitingRoom
from forms.capabilities.queue.closing import left_over
from forms.capabilities.queue.forecast import shown
from forms.capabilities.queue.moves import MOVES
from forms.capabilities.queue.settings import QueueSection
from forms.capabilities.queue.tickets import CANCELLED, OPEN, SENT_HOME, SERVED, WAITING

if TYPE_CHECKING:
    from apps.directory import Directory
    from apps.reading.queue_forecasts import Desks

BOOKED = '予約'
"""How a console names who waits for the time of an appointment: not yet in the list."""
_ENDED = (SERVED, CANCELLED, SENT_HOME)


def picture(room: WaitingRoom, directory: Directory) -> str:
    """As JSON text: what goes to fifty consoles is written once, and looked through by nobody on its way."""
    return room.once('console', lambda: json.dumps(day(room, directory), ensure_ascii=False))


def seats(room: WaitingRoom, directory: Directory, desks: Desks) -> dict[str, str]:
    """Who is at which counter: '市民課/1番' -> name."""
    definition = room.definition
    taken = desks.at(definition.name) if definition is not None else {}
    names: dict[str, str] = room.once('names', dict)
    for clerk in {*taken.values()} - names.keys():
        names[clerk] = directory.staff_name(clerk) or ''
    return {'/'.join(place): names[clerk] for place, clerk in taken.items()}


def day(room: WaitingRoom, directory: Directory) -> dict[str, Any]:
    """The lists of today and what the buttons need to know."""
    definition, queue = room.definition, room.queue
    assert definition is not None
    lines = room.lines()
    ended = Counter(each.ticket.status for each in lines)
    taken: dict[str, list[str]] = {}
    for each in lines:
        taken.setdefault(each.record, []).extend(each.keys)
    ordered = [line for section in queue.sections for line in room.in_line(section.name)]
    others = [each for each in lines if each.ticket.status not in _ENDED and each not in ordered]
    names: dict[str, str] = {}
    return {
        'app': definition.name,
        'board': board_address(definition.name),
        'statistics': queue_statistics_address(definition.name),
        'sections': [_section(room, each) for each in queue.sections],
        'other': queue.other is not None,
        'lines': [_told(each, room, directory, names, taken[each.record]) for each in (*ordered, *others)],
        'total': len(lines),
        'served': ended[SERVED],
        'cancelled': ended[CANCELLED],
    }


def moves() -> dict[str, dict[str, str]]:
    """What never changes about the moves: name -> label, confirm. Told once, not with every line."""
    return {name: {'label': each.label, 'confirm': each.confirm} for name, each in MOVES.items()}


def _section(room: WaitingRoom, section: QueueSection) -> dict[str, Any]:
    definition = room.definition
    assert definition is not None
    choices = getattr(definition.fields[room.queue.items], 'choices', ())
    items = [each for each in choices if each.group == section.name and not each.retired]
    return {
        'name': section.name,
        'counters': list(section.places),
        'items': [{'value': each.value, 'label': each.title} for each in items],
    }


def _told(
    line: Line, room: WaitingRoom, directory: Directory, names: dict[str, str], taken: list[str]
) -> dict[str, Any]:
    ticket = line.ticket
    moments = {
        'issued': ticket.issued_at,
        'called': ticket.called_at,
        'arrived': ticket.arrived_at,
        'ready': ticket.ready_at,
        'from': ticket.from_,
    }
    assert room.definition is not None
    waits = room.forecast(ticket.section).waits if ticket.status == WAITING else {}
    expected = waits.get((line.record, ticket.name))
    if ticket.counter and ticket.by not in names:
        names[ticket.by] = directory.staff_name(ticket.by) or ''
    booked = ticket.status == WAITING and not ticket.waits(room.now())
    return {
        'record': line.record,
        'address': record_address(room.definition.name, line.record),
        'ticket': ticket.called_as,
        'name': ticket.name,
        'section': ticket.section,
        'status': BOOKED if booked else ticket.status,
        'counter': ticket.counter,
        'onlyAt': ticket.only_at,
        'by': names.get(ticket.by, '') if ticket.counter else '',
        'calls': ticket.calls,
        'reason': ticket.reason,
        'expected': shown(expected) if expected is not None else '',
        'elsewhere': line.elsewhere,
        'items': list(line.items),
        'taken': taken,
        'wordsAt': line.words_at,
        'moves': [each.name for each in line.moves if not each.closed],
        'closed': {each.name: each.closed for each in line.moves if each.closed},
        **{name: _iso(moment) for name, moment in moments.items()},
    }


def left_at_closing(room: WaitingRoom) -> list[dict[str, str]]:
    """What closing the day would do, ticket by ticket; shown before anything happens."""
    return [
        {
            'ticket': each.ticket.called_as,
            'section': each.ticket.section,
            'status': each.ticket.status,
            'becomes': each.becomes,
        }
        for steps in room.steps().values()
        for each in left_over(room.queue, steps)
        if each.ticket.status in OPEN
    ]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
