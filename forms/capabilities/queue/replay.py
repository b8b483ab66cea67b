"""A day once more, step by step, from nothing but its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from forms.capabilities.queue.folding import tickets
from forms.capabilities.queue.steps import STEPS, Step
from forms.capabilities.queue.tickets import Ticket

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue

Visits = Mapping[str, Sequence[Step]]
"""Record -> its steps."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One step and what stood after it. words: the step in Japanese. tickets: all of the day, in the order of issue."""

    at: datetime
    visit: str
    step: Step
    tickets: tuple[Ticket, ...]

    @property
    def words(self) -> str:
        """住-12 呼出 1番."""
        place = self.step.get('counter') or (self.step.get('section') if self.step['step'] != 'called' else '') or ''
        chosen = '(順番によらず)' if self.step.get('chosen') else ''
        return ' '.join(each for each in (self.step['ticket'], STEPS[self.step['step']][0] + chosen, place) if each)


def replayed(visits: Visits) -> Iterable[Replayed]:
    """Every step of the day in its order, with the tickets after it."""
    done = {visit: 0 for visit in visits}
    standing: dict[str, tuple[Ticket, ...]] = {}
    for at, visit, _, step in sorted(_ordered(visits), key=lambda each: each[:3]):
        done[visit] += 1
        standing[visit] = tickets(visits[visit][: done[visit]])
        yield Replayed(at, visit, step, tuple(ticket for each in standing.values() for ticket in each))


def standing_at(visits: Visits, moment: datetime) -> Sequence[Ticket]:
    """All tickets as they stood at a moment, times counted until then."""
    return [
        ticket
        for steps in visits.values()
        for ticket in tickets([step for step in steps if _at(step) <= moment], moment)
    ]


def log_of(queue: Queue, visits: Iterable[tuple[str, Mapping[str, object]]]) -> Visits:
    """The steps of these records."""
    found: dict[str, Sequence[Step]] = {}
    for record, values in visits:
        steps = values.get(queue.steps)
        if isinstance(steps, list):
            found[record] = steps
    return found


def _ordered(visits: Visits) -> Iterable[tuple[datetime, str, int, Step]]:
    return ((_at(step), visit, step['n'], step) for visit, steps in visits.items() for step in steps)


def _at(step: Step) -> datetime:
    return datetime.fromisoformat(step['at'])
