"""Who is next: by class and appointment, then by place; and nobody is overtaken more often than the definition says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.capabilities.queue.folding import standing_steps
from forms.capabilities.queue.settings import ORDINARY
from forms.capabilities.queue.steps import Step
from forms.capabilities.queue.tickets import Ticket

OVERTAKES, AHEAD_ANYWAY, IN_TURN = 'over', 'ahead', ''
"""What a call by the rule is, for the bound: before somebody who waited longer; first in both ways; in turn."""


@dataclass(frozen=True, slots=True)
class InLine:
    """A ticket at its place in the order of calls. turn: OVERTAKES, AHEAD_ANYWAY or IN_TURN."""

    visit: str
    ticket: Ticket
    turn: str = IN_TURN


def rank_at(ticket: Ticket, now: datetime) -> int:
    """1 goes first; an appointment has its rank until its window closes."""
    in_window = ticket.until is not None and now <= ticket.until
    return min(ticket.rank, ticket.window_rank) if in_window else ticket.rank


def place_at(ticket: Ticket, now: datetime) -> tuple[datetime, int]:
    """In the window by the time of the appointment; late, as if lined up when the window closed."""
    moment, number = ticket.place
    if ticket.from_ is None or ticket.until is None:
        return moment, number
    return (ticket.from_, number) if now <= ticket.until else (max(moment, ticket.until), number)


def in_order(
    waiting: Iterable[tuple[str, Ticket]], now: datetime, in_a_row: int = 0, overtaken: int = 0
) -> Sequence[InLine]:
    """The order in which the rule calls these. overtaken: calls before somebody's turn since the last one in turn.

    in_a_row: so many may overtake one after the other while somebody waits longer; then it is that person's turn.
    """
    keyed = [(place_at(ticket, now), visit, ticket, rank_at(ticket, now)) for visit, ticket in waiting]
    ordinary = sorted((each for each in keyed if each[3] >= ORDINARY), key=lambda each: each[:2], reverse=True)
    first = sorted((each for each in keyed if each[3] < ORDINARY), key=lambda each: (each[3], each[0], each[1]))
    first.reverse()
    found = []
    while first or ordinary:
        overtakes = bool(first and ordinary and ordinary[-1][0] < first[-1][0])
        if first and not (overtakes and overtaken >= in_a_row):
            _, visit, ticket, _ = first.pop()
            overtaken += overtakes
            found.append(InLine(visit, ticket, OVERTAKES if overtakes else AHEAD_ANYWAY))
        else:
            _, visit, ticket, _ = ordinary.pop()
            overtaken = 0
            found.append(InLine(visit, ticket))
    return found


def overtaken_since(visits: Iterable[Sequence[Step]], section: str) -> int:
    """How many calls in a row overtook somebody in this section, told from the steps of the day.

    Calls that a clerk chose out of order are no doing of the rule and are left out.
    """
    # By the count of calls, for two of them may bear the same time; what was logged before there was one comes first.
    calls = sorted(
        (step.get('run', 0), step['at'], step['n'], step.get('turn', IN_TURN))
        for steps in visits
        for step in standing_steps(steps)
        if step['step'] == 'called' and step.get('section') == section and not step.get('chosen')
    )
    count = 0
    for *_, turn in reversed(calls):
        if turn == IN_TURN:
            break
        count += turn == OVERTAKES
    return count


def callable_now(
    tickets: Iterable[tuple[str, Ticket]], section: str, now: datetime, counter: str | None = None
) -> Sequence[tuple[str, Ticket]]:
    """Who may be called by the rule: waits here, is at no other counter, and was not sent to another counter.

    counter: None for whoever waits in the section, whatever the counter.
    """
    return [
        (visit, ticket)
        for visit, ticket in tickets
        if ticket.section == section and not ticket.resting and ticket.waits(now)
        if counter is None or ticket.only_at in ('', counter)
    ]


def line_facts(queue: Any, values: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """What the step of an issue says about class and appointment: rank, reason, window_rank, from, until."""
    facts: dict[str, Any] = {}
    held = [each for each in (queue.priority.classes if queue.priority else ()) if each.holds(values)]
    if held:
        best = min(held, key=lambda each: each.rank)
        facts.update(rank=best.rank, reason=best.name)
    if queue.appointment and (window := queue.window(values, now)):
        begin, end = window
        facts.update(window_rank=queue.appointment.rank, until=end.isoformat())
        facts['from'] = begin.isoformat()
    return facts
