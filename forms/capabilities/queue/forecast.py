"""Estimates for the people of a section: from their tickets to the line that estimate.py plays forward."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from forms.capabilities.queue.estimate import AtCounter, Experience, LineBefore, expected_waits
from forms.capabilities.queue.items import items_by_ticket
from forms.capabilities.queue.order import in_order
from forms.capabilities.queue.settings import QueueSection
from forms.capabilities.queue.tickets import ACTIVE, CALLED, SERVED, SERVING, Expected, Ticket
from forms.capability import Values

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue
    from forms.definition import AppDefinition


@dataclass(frozen=True, slots=True)
class Standing:
    """A ticket of today with what it is for. visit: its record."""

    visit: str
    ticket: Ticket
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """waits: (visit, ticket name) -> estimate of who waits; newcomer: of who would take a number now."""

    waits: Mapping[tuple[str, str], Expected]
    newcomer: Expected


def standing_of(
    queue: Queue, definition: AppDefinition, visits: Iterable[tuple[str, Values]], now: datetime
) -> Sequence[Standing]:
    """The tickets of these visits, times counted until now."""
    found: list[Standing] = []
    for record, values in visits:
        tickets = queue.tickets_of(values, now)
        items = items_by_ticket(queue, definition, values, tickets)
        found.extend(Standing(record, each, items[each.name]) for each in tickets)
    return found


def forecast(  # noqa: PLR0913 - by which rule, where, who, learned from what, when
    queue: Queue,
    section: QueueSection,
    standing: Iterable[Standing],
    experience: Experience,
    now: datetime,
    *,
    staffed: int | None = None,
) -> Forecast:
    """Estimates for one section. staffed: counters at which somebody sits now; None where that is not known.

    Somebody who is at another section's counter counts: they come back to their place.
    """
    own = [each for each in standing if each.ticket.section == section.name]
    waiting = [each for each in own if each.ticket.waits(now)]
    items = {(each.visit, each.ticket.name): each.items for each in own}
    in_a_row = queue.priority.in_a_row if queue.priority else 0
    line = in_order(((each.visit, each.ticket) for each in waiting), now, in_a_row)
    keys = [(each.visit, each.ticket.name) for each in line]
    serving = [AtCounter(each.items, _busy(each.ticket)) for each in own if each.ticket.status in ACTIVE]
    before = LineBefore([items[key] for key in keys], serving, _open_at(section, now, staffed))
    *waits, newcomer = expected_waits(before, experience, now)
    return Forecast(dict(zip(keys, waits, strict=True)), newcomer)


def learn(experience: Experience, standing: Iterable[Standing], section: str) -> None:
    """Take in how long the counters of a section were busy with those who were served."""
    for each in standing:
        if each.ticket.section == section and each.ticket.status == SERVED and each.ticket.certain:
            experience.add(each.items, _busy(each.ticket))


def _busy(ticket: Ticket) -> float:
    """Minutes for which a counter was kept: the way there, and the service."""
    return (ticket.seconds.get(CALLED, 0.0) + ticket.seconds.get(SERVING, 0.0)) / 60


def _open_at(section: QueueSection, now: datetime, staffed: int | None) -> Callable[[datetime], int]:
    """The declared number of counters, less as many as are missing now."""
    missing = 0 if staffed is None else max(section.open_at(now) - staffed, 0)
    return lambda moment: max(section.open_at(moment) - missing, 1)


def shown(expected: Expected) -> str:
    """15〜25分, as people read it."""
    if expected.low:
        return f'{expected.low}〜{expected.high}分'
    return f'{expected.high}分以内'
