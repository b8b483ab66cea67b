"""A day once more, step by step, from nothing but its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from forms.capabilities.queue.folding import tickets
from forms.capabilities.queue.steps import STEPS, Step
from forms.capabilities.queue.tickets import Ticket

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue

Visits = Mapping[str, Sequence[Step]]
"""Record -> its steps."""

ENDS_THE_DAY = frozenset(('closed', 'carried'))


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


def replayed(visits: Visits, day: date | None = None) -> Iterable[Replayed]:
    """Every step of the day in its order, with the tickets after it; without a day, every step there is.

    Who was carried over from an earlier day stands there from the first step on.
    """
    done: dict[str, int] = {}
    standing: dict[str, tuple[Ticket, ...]] = {}
    of_day: list[tuple[datetime, str, Step]] = []
    for visit, steps in visits.items():
        days = _days(steps)
        wanted = [step for step, of in zip(steps, days, strict=True) if day is None or of == day]
        of_day.extend((_at(step), visit, step) for step in wanted)
        done[visit] = sum(day is not None and of < day for of in days)
        if wanted and done[visit]:
            standing[visit] = tickets(steps[: done[visit]])
    for at, visit, step in sorted(of_day, key=lambda each: (each[0], each[1], each[2]['n'])):
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


def _days(steps: Sequence[Step]) -> Sequence[date]:
    """The day to which each step belongs: its own, but an end of the day, made the next morning, the day it ends."""
    found: list[date] = []
    for step in steps:
        own = _at(step).date()
        found.append(found[-1] if found and step['step'] in ENDS_THE_DAY else max(own, found[-1]) if found else own)
    return found


def _at(step: Step) -> datetime:
    return datetime.fromisoformat(step['at'])
