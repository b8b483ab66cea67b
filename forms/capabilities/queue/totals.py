"""Totals of a queue that always add up: arrived = served + left + absent + waiting, per section and over all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.capabilities.queue.items import items_of
from forms.capabilities.queue.tickets import ABSENT, CANCELLED, OPEN, SENT_HOME, SERVED, Ticket
from forms.capability import Values

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue
    from forms.definition import AppDefinition


@dataclass(frozen=True, slots=True)
class TicketTotals:
    """Tickets of a section by what became of them.

    left: cancelled, or sent home at closing time. waiting: everything still open, held and called included.
    """

    served: int = 0
    left: int = 0
    absent: int = 0
    waiting: int = 0
    minutes_waited: float = 0.0

    @property
    def arrived(self) -> int:
        return self.served + self.left + self.absent + self.waiting

    @property
    def mean_wait(self) -> float | None:
        """Minutes until the call, over the tickets that were served; None when there was none."""
        return self.minutes_waited / self.served if self.served else None


ItemTotals = Mapping[str, Mapping[str, int]]
"""Section -> item -> how often it was ticked."""


@dataclass(frozen=True, slots=True)
class Totals:
    """visits: people; tickets: by section where they ended; items: what they came for."""

    visits: int = 0
    tickets: Mapping[str, TicketTotals] = field(default_factory=dict)
    items: ItemTotals = field(default_factory=dict)

    @property
    def ticket_count(self) -> int:
        return sum(each.arrived for each in self.tickets.values())

    @property
    def item_count(self) -> int:
        return sum(count for counts in self.items.values() for count in counts.values())


def totals(queue: Queue, definition: AppDefinition, visits: Iterable[Values]) -> Totals:
    """Everything counted once: a visit by its record, a ticket where it ended, an item in its own section."""
    count = 0
    ended: dict[str, list[Ticket]] = {each.name: [] for each in queue.sections}
    items: dict[str, Counter[str]] = {each.name: Counter() for each in queue.sections}
    for values in visits:
        count += 1
        for ticket in queue.tickets_of(values):
            ended.setdefault(ticket.section, []).append(ticket)
        for section, ticked in items_of(queue, definition, values).items():
            items.setdefault(section, Counter()).update(ticked)
    return Totals(count, {name: _summed(found) for name, found in ended.items()}, items)


def _summed(found: Sequence[Ticket]) -> TicketTotals:
    by_status = Counter(ticket.status for ticket in found)
    return TicketTotals(
        served=by_status[SERVED],
        left=by_status[CANCELLED] + by_status[SENT_HOME],
        absent=by_status[ABSENT],
        waiting=sum(by_status[status] for status in OPEN),
        minutes_waited=sum(ticket.waited_minutes for ticket in found if ticket.status == SERVED),
    )
