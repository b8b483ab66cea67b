"""What is known about waiting beyond the day's list: how long each item took lately, and who sits at which counter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tinydb import where

from apps.live import SeatsChanged
from apps.queue_visits import open_of_day
from forms.capabilities.queue import ENDED, Queue
from forms.capabilities.queue.estimate import Experience
from forms.capabilities.queue.forecast import Forecast, Standing, forecast, learn, standing_of
from forms.capabilities.queue.tickets import Expected, Ticket

if TYPE_CHECKING:
    from apps.catalogue import Catalogue
    from apps.clock import Clock
    from apps.live import Live
    from apps.operations.world import Records
    from forms.definition import AppDefinition
    from storage import Store

LOOKS_BACK = 14
"""Days of which service times are learned; longer ago, other people sat at the counters."""
MOST = 2000
FRESH = timedelta(minutes=1)
"""Today's service times are looked at again after this time."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at a counter. clerk: account."""

    section: str
    counter: str
    clerk: str


class Desks:
    """Who is at which counter now, told by the open consoles; kept in memory, for nobody is there after a restart."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._seats: dict[str, dict[str, Seat]] = {}

    def sit(self, app: str, console: str, seat: Seat) -> None:
        """console: the open page; it sits at one counter at a time."""
        seats = self._seats.setdefault(app, {})
        if seats.get(console) != seat:
            seats[console] = seat
            self._live.publish(SeatsChanged(app))

    def leave(self, app: str, console: str) -> None:
        if self._seats.get(app, {}).pop(console, None) is not None:
            self._live.publish(SeatsChanged(app))

    def at(self, app: str) -> Mapping[tuple[str, str], str]:
        """(section, counter) -> account of the clerk."""
        return {(each.section, each.counter): each.clerk for each in tuple(self._seats.get(app, {}).values())}

    def staffed(self, app: str, section: str) -> int | None:
        """Counters of a section at which somebody sits; None when no console of it is open."""
        return len({counter for name, counter in self.at(app) if name == section}) or None


@dataclass(slots=True)
class _Learned:
    """day: before which was read; before: service times of those days; until: when today was looked at."""

    day: str
    before: Mapping[str, Experience]
    version: str
    until: datetime
    now: Mapping[str, Experience] = field(default_factory=dict)


class Forecasts:
    """Estimates for a queue. May be asked from any thread: what is published is never changed again."""

    def __init__(self, store: Store, catalogue: Catalogue, clock: Clock, desks: Desks) -> None:
        self._store = store
        self._catalogue = catalogue
        self._clock = clock
        self._desks = desks
        self._learned: dict[str, _Learned] = {}

    def of_section(
        self, definition: AppDefinition, section: str, standing: Iterable[Standing], now: datetime
    ) -> Forecast:
        """Estimates for who waits in a section, and for who comes now. standing: the open tickets of today."""
        queue = definition.capabilities['queue']
        assert isinstance(queue, Queue)
        experience = self._experience(queue, definition, now)[section]
        staffed = self._desks.staffed(definition.name, section)
        return forecast(queue, queue.section(section), standing, experience, now, staffed=staffed)

    def expected_wait(
        self,
        records: Records,
        definition: AppDefinition,
        ticket: Ticket,
        items: Sequence[str],
        now: datetime,
    ) -> Expected | None:
        """For a ticket that is being issued in a transaction, over its records."""
        queue = definition.capabilities['queue']
        assert isinstance(queue, Queue)
        docs = records.find(definition.name, open_of_day(queue, now.date()), limit=None).docs
        standing = standing_of(queue, definition, ((each.doc_id, each) for each in docs), now)
        own = Standing('', ticket, tuple(items))
        return self.of_section(definition, ticket.section, [*standing, own], now).waits.get(('', ticket.name))

    def _experience(self, queue: Queue, definition: AppDefinition, now: datetime) -> Mapping[str, Experience]:
        today = now.date().isoformat()
        known = self._learned.get(definition.name)
        if known is None or known.day != today or known.version != definition.version:
            first = {each.name: Experience(float(each.minutes)) for each in queue.sections}
            since = (now.date() - timedelta(days=LOOKS_BACK)).isoformat()
            received = where(queue.day or '_created_at')
            before = self._learn(queue, definition, first, (received >= since) & (received < today), now)
            known = _Learned(today, before, definition.version, datetime.min.replace(tzinfo=now.tzinfo))
        if now - known.until >= FRESH or now < known.until:
            received = where(queue.day or '_created_at')
            copies = {name: each.copy() for name, each in known.before.items()}
            of_today = self._learn(queue, definition, copies, received >= today, now)
            known = _Learned(today, known.before, definition.version, now, of_today)
            self._learned[definition.name] = known
        return known.now

    def _learn(
        self, queue: Queue, definition: AppDefinition, found: dict[str, Experience], wanted: Any, now: datetime
    ) -> Mapping[str, Experience]:
        """The experience so far and what the ended visits of these days add to it."""
        ended = wanted & (where(queue.standing) == ENDED)
        docs = self._store.find(definition.name, ended, sort=[('_created_at', True)], limit=MOST).docs
        standing = standing_of(queue, definition, ((each.doc_id, each) for each in docs), now)
        for name, experience in found.items():
            learn(experience, standing, name)
        return found
