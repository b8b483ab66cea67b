"""Who waits, is called and is served today: one picture per queue, kept up to date change by change for all screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from apps.live import RecordChanged
from apps.people import SYSTEM
from apps.queue_visits import of_day
from forms.capabilities.queue import Queue
from forms.capabilities.queue.board import board
from forms.capabilities.queue.folding import tickets
from forms.capabilities.queue.forecast import Forecast, Standing
from forms.capabilities.queue.items import items_by_ticket
from forms.capabilities.queue.more_items import taker_of_words
from forms.capabilities.queue.moves import MOVES
from forms.capabilities.queue.order import in_order, overtaken_since
from forms.capabilities.queue.steps import Step
from forms.capabilities.queue.tickets import ACTIVE, OPEN, Ticket
from forms.capability import Values

if TYPE_CHECKING:
    from apps.catalogue import Catalogue
    from apps.clock import Clock
    from apps.live import Live
    from apps.reading.queue_forecasts import Forecasts
    from forms.definition import AppDefinition
    from storage import Store

Made = TypeVar('Made')


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
    """One ticket of today. record: the visit; elsewhere: where its person is at the moment ('' when free).

    items: what they came for, as shown; keys: the same as stored. words_at: the section with the visit's free words.
    """

    record: str
    ticket: Ticket
    items: tuple[str, ...]
    keys: tuple[str, ...]
    moves: tuple[Move, ...]
    elsewhere: str = ''
    words_at: str = ''


class WaitingRoom:
    """The tickets of one queue today. Reads the store again only for what changed."""

    def __init__(  # noqa: PLR0913 - of which app, over what, told by whom, when
        self, app: str, *, store: Store, catalogue: Catalogue, live: Live, clock: Clock, forecasts: Forecasts
    ) -> None:
        self._app = app
        self._store = store
        self._catalogue = catalogue
        self._clock = clock
        self._forecasts = forecasts
        self._changes = 0
        self._made: dict[str, tuple[object, Any]] = {}
        self._visits: dict[str, tuple[Line, ...]] = {}
        self._log: dict[str, Sequence[Step]] = {}
        self._stale: set[str] = set()
        self._read_for: tuple[date, str] | None = None
        live.subscribe(self._happened)

    @property
    def definition(self) -> AppDefinition | None:
        """The app as it is defined now; None when it is gone or has no queue any more."""
        definition = self._catalogue.find(self._app)
        return definition if definition is not None and 'queue' in definition.capabilities else None

    @property
    def queue(self) -> Queue:
        """The queue's rules. Raises LookupError when there is none any more."""
        definition = self.definition
        if definition is None:
            raise LookupError(self._app)
        queue = definition.capabilities['queue']
        assert isinstance(queue, Queue)
        return queue

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
            self._log.clear()
            self._visits = {one: self._lines(definition, one, values) for one, values in self._today(wanted[0])}
        while self._stale:
            self._read_again(definition, self._stale.pop())
        found = [line for lines in self._visits.values() for line in lines]
        return sorted(found, key=lambda each: (each.ticket.place, each.record))

    def steps(self) -> Mapping[str, Sequence[Step]]:
        """The log of today: record -> the steps of its visit."""
        self.lines()
        return self._log

    def in_line(self, section: str) -> Sequence[Line]:
        """Who waits in a section, in the order in which the rule calls them; also who is elsewhere."""
        return self.once(f'line {section}', lambda: self._in_line(section))

    def forecast(self, section: str) -> Forecast:
        """How long those who wait in a section will wait, and who comes now."""
        return self.once(f'forecast {section}', lambda: self._forecast(section))

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once per change and minute, however many screens ask."""
        now = self._clock.now().replace(second=0, microsecond=0)
        definition = self.definition
        mark = (self._changes, now, definition.version if definition is not None else '')
        if name not in self._made or self._made[name][0] != mark:
            self._made[name] = mark, make()
        made: Made = self._made[name][1]
        return made

    def _in_line(self, section: str) -> Sequence[Line]:
        now, queue = self._clock.now(), self.queue
        lines = {(each.record, each.ticket.name): each for each in self.lines()}
        waiting = [
            (each.record, each.ticket)
            for each in lines.values()
            if each.ticket.section == section and each.ticket.waits(now)
        ]
        in_a_row = queue.priority.in_a_row if queue.priority else 0
        overtaken = overtaken_since(self._log.values(), section) if in_a_row else 0
        return [lines[each.visit, each.ticket.name] for each in in_order(waiting, now, in_a_row, overtaken)]

    def _forecast(self, section: str) -> Forecast:
        definition = self.definition
        assert definition is not None
        now = self._clock.now()
        open_ones = [each for each in self.lines() if each.ticket.status in OPEN]
        # A line holds the times until its last step; who is being served goes on being served.
        by_now = {each.record: {one.name: one for one in tickets(self._log[each.record], now)} for each in open_ones}
        standing = [Standing(each.record, by_now[each.record][each.ticket.name], each.keys) for each in open_ones]
        return self._forecasts.of_section(definition, section, standing, now)

    def _happened(self, happening: object) -> None:
        if not isinstance(happening, RecordChanged) or happening.app != self._app:
            return
        self._changes += 1
        if happening.id:
            self._stale.add(happening.id)
        else:
            self._read_for = None

    def _today(self, today: date) -> list[tuple[str, Values]]:
        found = self._store.find(self._app, of_day(self.queue, today), limit=None).docs
        return [(each.doc_id, each) for each in found]

    def _read_again(self, definition: AppDefinition, record: str) -> None:
        found = self._store.get(self._app, record)
        if found is None or not self._is_of_today(found):
            self._visits.pop(record, None)
            self._log.pop(record, None)
        else:
            self._visits[record] = self._lines(definition, record, found)

    def _is_of_today(self, values: Values) -> bool:
        queue, today = self.queue, self._clock.now().date()
        received = queue.day or str(values.get('_created_at') or today.isoformat())[:10] == today.isoformat()
        return bool(received) and queue.is_of(values, today)

    def _lines(self, definition: AppDefinition, record: str, values: Values) -> tuple[Line, ...]:
        queue = self.queue
        tickets = queue.tickets_of(values)
        self._log[record] = values.get(queue.steps) or ()
        items = items_by_ticket(queue, definition, values, tickets)
        offers = queue.offers(definition, values, SYSTEM.moment(self._clock.now()))
        active = next((each for each in tickets if each.status in ACTIVE), None)
        words_at = taker_of_words(queue, definition, values)
        return tuple(
            Line(
                record,
                each,
                tuple(_item(queue, definition, name, values) for name in items[each.name]),
                items[each.name],
                tuple(
                    Move(one.name, MOVES[one.name].label, one.confirm, one.closed, one.main)
                    for one in offers
                    if one.given.get('ticket') == each.name
                ),
                active.section if active is not None and active is not each and each.resting else '',
                words_at,
            )
            for each in tickets
        )


def _item(queue: Queue, definition: AppDefinition, name: str, values: Values) -> str:
    if queue.other and name == queue.other.text:
        return f'その他({values.get(name)})'
    return definition.fields[queue.items].show([name])


class WaitingRooms:
    """One room per queue, made when somebody first looks at it."""

    def __init__(self, store: Store, catalogue: Catalogue, live: Live, clock: Clock, forecasts: Forecasts) -> None:
        self._make = partial(
            WaitingRoom, store=store, catalogue=catalogue, live=live, clock=clock, forecasts=forecasts
        )
        self._rooms: dict[str, WaitingRoom] = {}

    def of(self, app: str) -> WaitingRoom:
        if app not in self._rooms:
            self._rooms[app] = self._make(app)
        return self._rooms[app]


def public_picture(room: WaitingRoom) -> dict[str, Any]:
    """What the display in the waiting room may show, made once per change for all displays."""
    return room.once('board', lambda: _board(room))


def _board(room: WaitingRoom) -> dict[str, Any]:
    newcomers = {section.name: room.forecast(section.name).newcomer for section in room.queue.sections}
    return board(room.queue, (each.ticket for each in room.lines()), room.now(), newcomers)
