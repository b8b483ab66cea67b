"""What a reception means for tickets: a new section gives one, a lost one takes it away, a class moves its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from forms.capabilities.queue.folding import tickets
from forms.capabilities.queue.items import items_of
from forms.capabilities.queue.order import line_facts
from forms.capabilities.queue.settings import QueueSection
from forms.capabilities.queue.stepping import added
from forms.capabilities.queue.steps import Step
from forms.capabilities.queue.tickets import ACTIVE, OPEN, Expected, Ticket
from forms.capability import Moment, NumberWish, Values
from forms.field import Value
from forms.message import message

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue
    from forms.definition import AppDefinition


@runtime_checkable
class KnowsTheLine(Protocol):
    """Surroundings that can look at the other visits of the day."""

    def expected_wait(
        self, definition: AppDefinition, ticket: Ticket, items: Sequence[str], now: datetime
    ) -> Expected | None:
        """How long this new ticket will wait; None when nothing can be said."""


def wishes(
    queue: Queue, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
) -> Iterable[NumberWish]:
    """One ticket for every section that has got items and no open ticket."""
    day = str(new.get(queue.day) or moment.now.date().isoformat())[:10]
    before = items_of(queue, definition, old or {})
    # By the section that issued it too: who was transferred away has been received there already.
    standing = [each for each in queue.tickets_of(new) if each.status in OPEN]
    open_in = {each.section for each in standing} | {each.origin for each in standing}
    for name, items in items_of(queue, definition, new).items():
        if name in open_in or not set(items) - set(before.get(name, ())):
            continue
        section = queue.section(name)
        yield NumberWish(
            queue.steps,
            partial(_series, section, day),
            _Issue(queue, definition, section, items, moment),
            section.start,
            end=section.end if section.after_end == 'close' else 0,
            used_up=message(queue.items, 'no_numbers_left', label=queue.items, section=name),
        )


def _series(section: QueueSection, day: str, values: Values) -> str:
    return f'queue|{section.name}|{day}'


@dataclass(frozen=True, slots=True)
class _Issue:
    """Gives a visit a ticket when its number is known."""

    queue: Queue
    definition: AppDefinition
    section: QueueSection
    items: Sequence[str]
    moment: Moment

    def __call__(self, number: int, values: Values) -> Value:
        before: Sequence[Step] = values.get(self.queue.steps) or ()
        name = f'{self.section.prefix}-{number}' if self.section.prefix else str(number)
        now = self.moment.now
        facts: dict[str, Any] = {'section': self.section.name, 'number': number, 'items': list(self.items)}
        facts.update(line_facts(self.queue, values, now))
        if before and self.queue.added == 'arrival' and before[0]['at'] != now.isoformat():
            facts['since'] = before[0]['at']
        after = added(before, 'issued', name, self.moment, **facts)
        if isinstance(self.moment.around, KnowsTheLine):
            ticket = next(each for each in tickets(after) if each.name == name)
            if expected := self.moment.around.expected_wait(self.definition, ticket, self.items, now):
                facts['expected'] = [expected.minutes, expected.low, expected.high]
                after = added(before, 'issued', name, self.moment, **facts)
        return list(after)


def steps_after_edit(
    queue: Queue, definition: AppDefinition, old: Values, new: Values, moment: Moment
) -> Sequence[Step]:
    """The steps after a reception was changed: tickets that lost their items are cancelled, classes follow the values.

    Who is at a counter already stays there: the clerk sees the change and ends it.
    """
    steps: tuple[Step, ...] = tuple(new.get(queue.steps) or ())
    standing = [each for each in queue.tickets_of(new) if each.status in OPEN]
    had, has = items_of(queue, definition, old), items_of(queue, definition, new)
    for ticket in standing:
        lost = had.get(ticket.origin) and not has.get(ticket.origin)
        if lost and ticket.status not in ACTIVE:
            steps = added(steps, 'cancelled', ticket.name, moment, because='items')
    facts = line_facts(queue, new, moment.now)
    if facts != line_facts(queue, old, moment.now):
        for ticket in standing:
            steps = added(steps, 'classed', ticket.name, moment, **facts)
    return steps
