"""The tickets of a visit, told from its steps: nothing else is stored about them, so a day can be replayed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from forms.capabilities.queue.steps import STEPS, Step, issued_ticket
from forms.capabilities.queue.tickets import ACTIVE, AHEAD, RESTING, WAITING, Ticket


def tickets(steps: Iterable[Step], until: datetime | None = None) -> tuple[Ticket, ...]:
    """The tickets of one visit as they stand after its steps, in the order of issue.

    until: moment to which running times are counted; without it, to the last step.
    """
    standing: dict[str, Ticket] = {}
    before: datetime | None = None
    for step in standing_steps(tuple(steps)):
        now = datetime.fromisoformat(step['at'])
        if before is not None and now > before:
            _pass_time(standing, before, now)
        before = now
        standing[step['ticket']] = _after(standing.get(step['ticket']), step, now)
        if len(standing) > 1:
            _rest(standing)
    if until is not None and before is not None and until > before:
        _pass_time(standing, before, until)
    return tuple(standing.values())


def standing_steps(steps: Sequence[Step]) -> Sequence[Step]:
    """The steps that count: without those taken back and without the undoing itself."""
    taken_back: set[int] = set()
    for step in reversed(steps):
        if step['step'] == 'undone' and step['n'] not in taken_back:
            taken_back.add(step['of'])
    return [step for step in steps if step['step'] != 'undone' and step['n'] not in taken_back]


def _after(ticket: Ticket | None, step: Step, now: datetime) -> Ticket:
    if ticket is None:
        return issued_ticket(step, now)
    ticket = replace(ticket, by=step.get('clerk') or step['by'])
    return STEPS[step['step']][1](ticket, step, now)



def _rest(standing: dict[str, Ticket]) -> None:
    active = {name for name, ticket in standing.items() if ticket.status in ACTIVE}
    for name, ticket in standing.items():
        resting = ticket.status == WAITING and bool(active - {name})
        if resting != ticket.resting:
            standing[name] = replace(ticket, resting=resting)


def _pass_time(standing: dict[str, Ticket], begin: datetime, end: datetime) -> None:
    for name, ticket in standing.items():
        seconds = dict(ticket.seconds)
        spent = RESTING if ticket.resting else ticket.status
        early = 0.0
        if spent == WAITING and ticket.from_ is not None and begin < ticket.from_:
            early = (min(end, ticket.from_) - begin).total_seconds()
            seconds[AHEAD] = seconds.get(AHEAD, 0.0) + early
        if rest := (end - begin).total_seconds() - early:
            seconds[spent] = seconds.get(spent, 0.0) + rest
        standing[name] = replace(ticket, seconds=seconds)
