"""The end of the day: what becomes of every ticket that is still open, by declared rule and as logged steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.capabilities.queue.folding import tickets
from forms.capabilities.queue.stepping import added
from forms.capabilities.queue.steps import Step
from forms.capabilities.queue.tickets import COLLECT, OPEN, SENT_HOME, SERVED, SERVING, WAITING, Ticket
from forms.capability import Moment

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue

CARRIED = '繰越'


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A ticket that is open at the end of the day. becomes: 閉庁で終了, 受付済 or 繰越."""

    ticket: Ticket
    becomes: str


def left_over(queue: Queue, steps: Sequence[Step]) -> Sequence[LeftOver]:
    """What closing the day would do with this visit; nothing happens yet."""
    return [LeftOver(each, _becomes(queue, each)) for each in tickets(steps) if each.status in OPEN]


def steps_at_closing(queue: Queue, steps: Sequence[Step], moment: Moment) -> tuple[Step, ...]:
    """The steps of a visit after the day was closed."""
    after = tuple(steps)
    for each in left_over(queue, steps):
        if each.becomes == CARRIED:
            after = added(after, 'carried', each.ticket.name, moment)
        else:
            after = added(after, 'closed', each.ticket.name, moment, **{'as': each.becomes})
    return after


def _becomes(queue: Queue, ticket: Ticket) -> str:
    if ticket.status == SERVING:
        # Somebody who was at the counter has been served; only the press at the end is missing.
        return SERVED
    rule = {WAITING: queue.closing.waiting, COLLECT: queue.closing.collect}.get(ticket.status, 'end')
    return CARRIED if rule == 'carry' else SENT_HOME
