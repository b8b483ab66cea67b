"""Who waits, is called and is served today: one picture per queue, kept up to date change by change for all screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from tinydb import where

from apps.live import RecordChanged
from apps.people import SYSTEM
from forms.capabilities.queue.moves import MOVES
from forms.capabilities.queue.tickets import (
    ABSENT,
    ACTIVE,
    CALLED,
    SERVING,
    WAITING,
    Ticket,
)
from forms.capabilities.queue.items import items_of
from forms.capability import Values

if TYPE_CHECKING:
    from apps.catalogue import Catalogue
    from apps.clock import Clock
    from apps.live import Live
    from forms.definition import AppDefinition
    from storage import Store


@dataclass(frozen=True, slots=True)
class Move:
    """What can be done with a ticket now. closed: why not, or ''."""

    name: str
    label: str
    confirm: str
    closed: str
    main: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket of today. record: the visit; elsewhere: where its person is at the moment ('' when free)."""

    record: str
    ticket: Ticket
    items: tuple[str, ...]
    moves: tuple[Move, ...]
    elsewhere: str = ''


class WaitingRoom:
    """The tickets of one queue today. Reads the store again only for what changed."""

    def __init__(self, app: str, store: Store, catalogue: Catalogue, live: Live, clock: Clock) -> None:
        self._app = app
        self._store = store
        self._catalogue = catalogue
        self._clock = clock
        self._visits: dict[str, tuple[Line, ...]] = {}
        self._stale: set[str] = set()
        self._read_for: tuple[date, str] | None = None
        live.subscribe(self._happened)

    @property
    def definition(self) -> AppDefinition | None:
        """The app as it is defined now; None when it is gone or has no queue any more."""
        definition = self._catalogue.find(self._app)
        return definition if definition is not None and 'queue' in definition.capabilities else None

    @property
    def queue(self) -> Any:
        """The queue's rules. Raises LookupError when there is none any more."""
        definition = self.definition
        if definition is None:
            raise LookupError(self._app)
        return definition.capabilities['queue']

    def now(self) -> datetime:
        """Japanese time."""
        return self._clock.now()

    def lines(self) -> Sequence[Line]:
        """Every ticket of today in the order of the places."""
        definition = self.definition
        if definition is None:
            return ()
        wanted = (self._clock.now().date(), definition.version)
        if self._read_for != wanted:
            self._read_for = wanted
            self._stale.clear()
            self._visits = {one: self._lines(definition, one, values) for one, values in self._today(wanted[0])}
        while self._stale:
            self._read_again(definition, self._stale.pop())
        found = [line for lines in self._visits.values() for line in lines]
        return sorted(found, key=lambda each: (each.ticket.place, each.record))

    def _happened(self, happening: object) -> None:
        if not isinstance(happening, RecordChanged) or happening.app != self._app:
            return
        if happening.id:
            self._stale.add(happening.id)
        else:
            self._read_for = None

    def _today(self, today: date) -> list[tuple[str, Values]]:
        day = self.queue.day
        query = where(day) == today.isoformat() if day else where('_created_at') >= today.isoformat()
        return [(each.doc_id, each) for each in self._store.find(self._app, query, limit=None).docs]

    def _read_again(self, definition: AppDefinition, record: str) -> None:
        found = self._store.get(self._app, record)
        today = self._clock.now().date().isoformat()
        if found is None or str(found.get(self.queue.day or '_created_at') or today)[:10] != today:
            self._visits.pop(record, None)
        else:
            self._visits[record] = self._lines(definition, record, found)

    def _lines(self, definition: AppDefinition, record: str, values: Values) -> tuple[Line, ...]:
        queue = self.queue
        tickets = queue.tickets_of(values)
        items = items_of(queue, definition, values)
        offers = queue.offers(definition, values, SYSTEM.moment(self._clock.now()))
        active = next((each for each in tickets if each.status in ACTIVE), None)
        return tuple(
            Line(
                record,
                each,
                tuple(_item(queue, definition, name, values) for name in items.get(each.section, ())),
                tuple(
                    Move(one.name, MOVES[one.name].label, one.confirm, one.closed, one.main)
                    for one in offers
                    if one.given.get('ticket') == each.name
                ),
                active.section if active is not None and active is not each and each.resting else '',
            )
            for each in tickets
        )


def _item(queue: Any, definition: AppDefinition, name: str, values: Values) -> str:
    if queue.other and name == queue.other.text:
        return f'その他({values.get(name)})'
    return definition.fields[queue.items].show([name])


class WaitingRooms:
    """One room per queue, made when somebody first looks at it."""

    def __init__(self, store: Store, catalogue: Catalogue, live: Live, clock: Clock) -> None:
        self._make = partial(WaitingRoom, store=store, catalogue=catalogue, live=live, clock=clock)
        self._rooms: dict[str, WaitingRoom] = {}

    def of(self, app: str) -> WaitingRoom:
        if app not in self._rooms:
            self._rooms[app] = self._make(app)
        return self._rooms[app]


def public_picture(room: WaitingRoom) -> dict[str, Any]:
    """What the display in the waiting room may show: numbers, sections, counters, counts. Never a name or an item."""
    lines = room.lines()
    return {
        'sections': [
            {
                'name': section.name,
                'waiting': sum(each.status == WAITING for each in tickets),
                'calls': [
                    {'ticket': each.name, 'counter': each.counter, 'times': each.calls, 'at': _iso(each.called_at)}
                    for each in sorted(tickets, key=lambda one: (_iso(one.called_at), one.number), reverse=True)
                    if each.status == CALLED
                ],
                'serving': [
                    {'ticket': each.name, 'counter': each.counter} for each in tickets if each.status == SERVING
                ],
                'absent': [each.name for each in tickets if each.status == ABSENT],
            }
            for section in room.queue.sections
            for tickets in ([each.ticket for each in lines if each.ticket.section == section.name],)
        ]
    }


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment is not None else ''

