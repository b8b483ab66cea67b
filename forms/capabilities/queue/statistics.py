"""What happened at the counters, told from the log: by day, hour, section, item and counter, always adding up.

Visits, tickets and items are three different totals. A ticket is counted on the day it was received for, in the section
where it ended and at the counter where it was called last. In every row arrived = served + left + absent + waiting.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from forms.capabilities.queue.items import item_label, items_by_ticket
from forms.capabilities.queue.tickets import (
    ABSENT,
    CALLED,
    CANCELLED,
    OPEN,
    SENT_HOME,
    SERVED,
    SERVING,
    Ticket,
)
from forms.capability import Values

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue
    from forms.definition import AppDefinition

CLOSE = 5
"""Minutes by which an estimate may be wrong and still count as near."""


@dataclass(frozen=True, slots=True)
class Times:
    """Minutes over `count` tickets; None over none. p90: nine of ten took no longer (nearest rank)."""

    count: int = 0
    mean: float | None = None
    median: float | None = None
    p90: float | None = None

    @classmethod
    def of(cls, minutes: Iterable[float]) -> Times:
        found = sorted(minutes)
        if not found:
            return cls()
        p90 = found[ceil(0.9 * len(found)) - 1]
        middle = statistics.median(found)
        return cls(len(found), *(round(each, 1) for each in (statistics.fmean(found), middle, p90)))


@dataclass(frozen=True, slots=True)
class Fact:
    """One ticket. visit: its record; hour: of issue; items: what belongs to it."""

    visit: str
    day: date
    ticket: Ticket
    items: tuple[str, ...]

    @property
    def hour(self) -> int:
        return self.ticket.issued_at.hour


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one day, hour, section, item or counter. sent_home: of those who left, at closing time.

    way: from the call to the arrival at the counter.
    """

    label: str
    visits: int = 0
    tickets: int = 0
    items: int = 0
    served: int = 0
    left: int = 0
    absent: int = 0
    waiting: int = 0
    sent_home: int = 0
    wait: Times = field(default_factory=Times)
    way: Times = field(default_factory=Times)
    service: Times = field(default_factory=Times)


@dataclass(frozen=True, slots=True)
class Table:
    """rows in their natural order, and the total over all tickets (which a ticket with two items enters once)."""

    key: str
    title: str
    head: str
    rows: tuple[Row, ...]
    total: Row


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What estimates told at issue were worth. bias: minutes told too many on average; parts of 1, None over none."""

    count: int = 0
    mean_error: float | None = None
    bias: float | None = None
    near: float | None = None
    inside: float | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    tables: tuple[Table, ...]
    accuracy: Accuracy

    @property
    def total(self) -> Row:
        return self.tables[0].total


def facts(queue: Queue, definition: AppDefinition, visits: Iterable[tuple[str, Values]]) -> Sequence[Fact]:
    """Every ticket of these visits."""
    found = []
    for record, values in visits:
        tickets = queue.tickets_of(values)
        items = items_by_ticket(queue, definition, values, tickets)
        for ticket in tickets:
            day = str(values.get(queue.day) or '')[:10]
            received = date.fromisoformat(day) if day else ticket.issued_at.date()
            found.append(Fact(record, received, ticket, items[ticket.name]))
    return found


def queue_statistics(
    queue: Queue, definition: AppDefinition, visits: Iterable[tuple[str, Values]]
) -> Statistics:
    """All tables over these visits (record id, values)."""
    found = facts(queue, definition, visits)
    total = _row('計', found)
    sections = [each.name for each in queue.sections]
    counters = [place for each in queue.sections for place in each.places]

    def table(key: str, title: str, head: str, by: Callable[[Fact], object], order: Callable[[object], str]) -> Table:
        groups: dict[object, list[Fact]] = {}
        for each in found:
            groups.setdefault(by(each), []).append(each)
        rows = tuple(_row(order(name), groups[name]) for name in sorted(groups, key=lambda name: _rank(name, known)))
        return Table(key, title, head, rows, total)

    known = {name: place for place, name in enumerate((*sections, *counters))}
    return Statistics(
        (
            table('day', '日ごと', '日', lambda each: each.day, _day),
            table('hour', '時間帯ごと', '受付の時間帯', lambda each: each.hour, lambda hour: f'{hour}時台'),
            table('section', '課ごと', '課', lambda each: each.ticket.section, str),
            _by_item(queue, definition, found, total),
            table('counter', '窓口ごと', '窓口', lambda each: each.ticket.counter, _counter),
        ),
        accuracy(each.ticket for each in found),
    )


NO_COUNTER = '(窓口なし)'


def _counter(name: object) -> str:
    return str(name) or NO_COUNTER


def _day(day: object) -> str:
    assert isinstance(day, date)
    return f'{day.year}年{day.month}月{day.day}日({"月火水木金土日"[day.weekday()]})'


def _rank(name: object, known: dict[str, int]) -> tuple[int, str]:
    """Sections and counters as the definition lists them, days and hours by time; what is unknown comes last."""
    if isinstance(name, str):
        return known.get(name, len(known)), name
    return 0, name.isoformat() if isinstance(name, date) else f'{name:02}'


def _by_item(queue: Queue, definition: AppDefinition, found: Sequence[Fact], total: Row) -> Table:
    choices = [each.value for each in getattr(definition.fields[queue.items], 'choices', ())]
    names = [*choices, *([queue.other.text] if queue.other else [])]
    ticked = Counter(item for each in found for item in each.items)
    rows = []
    for item in (*names, *(each for each in ticked if each not in names)):
        if own := [each for each in found if item in each.items]:
            rows.append(_row(item_label(queue, definition, item), own, items=ticked[item]))
    return Table('item', '用件ごと', '用件', tuple(rows), total)


def _row(label: str, found: Sequence[Fact], *, items: int | None = None) -> Row:
    status = Counter(each.ticket.status for each in found)
    sure = [each.ticket for each in found if each.ticket.certain]
    return Row(
        label,
        visits=len({each.visit for each in found}),
        tickets=len(found),
        items=sum(len(each.items) for each in found) if items is None else items,
        served=status[SERVED],
        left=status[CANCELLED] + status[SENT_HOME],
        absent=status[ABSENT],
        waiting=sum(status[each] for each in OPEN),
        sent_home=status[SENT_HOME],
        wait=Times.of(each.waited / 60 for each in sure if each.waited is not None),
        way=Times.of(each.seconds.get(CALLED, 0.0) / 60 for each in sure if each.arrived_at and each.called_at),
        service=Times.of(each.seconds.get(SERVING, 0.0) / 60 for each in sure if each.status == SERVED),
    )


def accuracy(tickets: Iterable[Ticket]) -> Accuracy:
    """Over the tickets that were told an estimate and then called; the wait is without time at other counters."""
    judged = [
        (each.expected, each.waited / 60)
        for each in tickets
        if each.certain and each.expected is not None and each.waited is not None
    ]
    if not judged:
        return Accuracy()
    errors = [told.minutes - waited for told, waited in judged]
    count = len(judged)
    return Accuracy(
        count,
        mean_error=round(statistics.fmean(map(abs, errors)), 1),
        bias=round(statistics.fmean(errors), 1),
        near=round(sum(abs(each) <= CLOSE for each in errors) / count, 3),
        inside=round(sum(told.low <= waited <= told.high for told, waited in judged) / count, 3),
    )
