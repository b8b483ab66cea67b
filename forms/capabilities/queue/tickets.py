"""Tickets of a visit, told from its steps: nothing else is stored about them, so a day can be replayed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from forms.field import Value

Step = Mapping[str, Value]
"""One thing that happened: n (1, 2 ... in the visit), step (a word below), ticket (住-12), at (ISO time), by (account).

issued: section, number. called: counter. transferred: section, or counter. undone: of, the n of the step taken back.
Steps are only ever added.
"""

WAITING, CALLED, SERVING, SERVED = '受付待ち', '呼出中', '対応中', '受付済'
ABSENT, CANCELLED, HELD = '不在', '取消', '保留'
STATUSES = (WAITING, CALLED, SERVING, HELD, SERVED, ABSENT, CANCELLED)
ACTIVE = frozenset((CALLED, SERVING))
"""In these a person is at, or on the way to, a counter: every other ticket of the visit rests meanwhile."""
OPEN = frozenset((WAITING, CALLED, SERVING, HELD))
"""In these something is still to come today."""
RESTING = '待機'
"""Under this word the time is counted in which a ticket would wait, but its person is at another counter."""

_LEADS_TO: Mapping[str, str] = {
    'issued': WAITING,
    'called': CALLED,
    'recalled': CALLED,
    'arrived': SERVING,
    'finished': SERVED,
    'absent': ABSENT,
    'held': HELD,
    'resumed': WAITING,
    'transferred': WAITING,
    'cancelled': CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """A place in the list of one section.

    name: what is printed and called, 住-12. section: where it waits now. resting: its person is at another counter.
    calls: since it last waited. seconds: time spent per status, resting time under `RESTING`.
    """

    name: str
    section: str
    number: int
    issued_at: datetime
    status: str = WAITING
    resting: bool = False
    counter: str = ''
    only_at: str = ''
    by: str = ''
    calls: int = 0
    called_at: datetime | None = None
    arrived_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def place(self) -> tuple[datetime, int]:
        """Order in the list; neither hold, absence nor a transfer changes it."""
        return self.issued_at, self.number

    @property
    def waited_minutes(self) -> float:
        """Time spent waiting to be called, without the time at other counters."""
        return self.seconds.get(WAITING, 0.0) / 60


def tickets(steps: Iterable[Step], until: datetime | None = None) -> tuple[Ticket, ...]:
    """The tickets of one visit as they stand after its steps, in the order of issue.

    until: moment to which running times are counted; without it, to the last step.
    """
    standing: dict[str, Ticket] = {}
    before: datetime | None = None
    for step in standing_steps(tuple(steps)):
        now = datetime.fromisoformat(step['at'])
        if before is not None:
            _pass_time(standing, (now - before).total_seconds())
        before = now
        standing[step['ticket']] = _after(standing.get(step['ticket']), step, now)
        _rest(standing)
    if until is not None and before is not None and until > before:
        _pass_time(standing, (until - before).total_seconds())
    return tuple(standing.values())


def standing_steps(steps: Sequence[Step]) -> Sequence[Step]:
    """The steps that count: without those taken back and without the undoing itself."""
    taken_back: set[int] = set()
    for step in reversed(steps):
        if step['step'] == 'undone' and step['n'] not in taken_back:
            taken_back.add(step['of'])
    return [step for step in steps if step['step'] != 'undone' and step['n'] not in taken_back]


def shown(ticket: Ticket) -> str:
    """住-12 受付待ち."""
    return f'{ticket.name} {ticket.status}'


def _after(ticket: Ticket | None, step: Step, now: datetime) -> Ticket:
    if ticket is None:
        return Ticket(step['ticket'], step['section'], step['number'], now)
    ticket = replace(ticket, status=_LEADS_TO[step['step']], by=step['by'], ended_at=None)
    match step['step']:
        case 'called' | 'recalled':
            counter = step.get('counter') or ticket.counter
            ticket = replace(ticket, counter=counter, calls=ticket.calls + 1, called_at=ticket.called_at or now)
        case 'arrived':
            counter = step.get('counter') or ticket.counter
            ticket = replace(ticket, counter=counter, arrived_at=ticket.arrived_at or now)
        case 'finished' | 'absent' | 'cancelled':
            ticket = replace(ticket, ended_at=now)
        case 'transferred':
            section = step.get('section') or ticket.section
            ticket = replace(ticket, section=section, only_at=step.get('counter', ''), counter='', calls=0)
        case 'held' | 'resumed':
            ticket = replace(ticket, counter='', calls=0)
    return ticket


def _rest(standing: dict[str, Ticket]) -> None:
    active = {name for name, ticket in standing.items() if ticket.status in ACTIVE}
    for name, ticket in standing.items():
        resting = ticket.status == WAITING and bool(active - {name})
        if resting != ticket.resting:
            standing[name] = replace(ticket, resting=resting)


def _pass_time(standing: dict[str, Ticket], seconds: float) -> None:
    for name, ticket in standing.items():
        spent = RESTING if ticket.resting else ticket.status
        standing[name] = replace(ticket, seconds={**ticket.seconds, spent: ticket.seconds.get(spent, 0.0) + seconds})
