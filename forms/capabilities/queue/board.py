"""What the display in the waiting room may show: numbers, sections, counters, counts. Never a name or an item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from forms.capabilities.queue.forecast import shown
from forms.capabilities.queue.tickets import ABSENT, CALLED, SERVING, Expected

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue, Ticket


def board(
    queue: Queue, tickets: Iterable[Ticket], now: datetime, newcomers: Mapping[str, Expected] | None = None
) -> dict[str, Any]:
    """The picture as JSON. newcomers: by section, how long somebody would wait who takes a number now."""
    found = list(tickets)
    return {
        'spoken': queue.spoken,
        'sections': [
            {
                'name': section.name,
                'waiting': sum(each.waits(now) for each in own),
                'estimate': shown(newcomers[section.name]) if newcomers and section.name in newcomers else '',
                'calls': [
                    {
                        'ticket': each.called_as,
                        'spoken': _spoken(queue, each),
                        'counter': each.counter,
                        'times': each.calls,
                        'at': _iso(each.called_at),
                    }
                    for each in sorted(own, key=lambda one: (_iso(one.called_at), one.number), reverse=True)
                    if each.status == CALLED
                ],
                'serving': [
                    {'ticket': each.called_as, 'counter': each.counter} for each in own if each.status == SERVING
                ],
                'absent': [each.called_as for each in own if each.status == ABSENT],
            }
            for section in queue.sections
            for own in ([each for each in found if each.section == section.name],)
        ]
    }


def _spoken(queue: Queue, ticket: Ticket) -> str:
    """住-12 as a voice says it: じゅうたく、12."""
    readings = {each.prefix: each.reading or each.prefix for each in queue.sections}
    prefix, _, number = ticket.name.rpartition('-')
    return '、'.join(each for each in ('繰越' if ticket.carried else '', readings.get(prefix, prefix), number) if each)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment is not None else ''
