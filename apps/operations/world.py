"""What fields may ask while a record is read or shown: other records, people, sections, files, today."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from apps.account import called
from apps.directory import Directory
from apps.people import SYSTEM, Person, is_outside
from apps.sight import Sight
from forms.definition import columns_of
from forms.field import Field, Masked, Value

if TYPE_CHECKING:
    from apps.catalogue import Catalogue
    from apps.reading.queue_forecasts import Forecasts
    from forms.capabilities.queue.tickets import Expected, Ticket
    from forms.definition import AppDefinition

FILES = '_files'
_DEEPEST = 3
"""How far a title may lead through lookups (是正対応 -> 点検 -> 施設)."""


class Records(Protocol):
    """A transaction or the store itself."""

    def get(self, coll: str, id: str) -> Any: ...

    def find(self, coll: str, where: Any = None, *, limit: int | None = 50) -> Any: ...


Uncalculated = Callable[[str, str], Collection[str]]
"""(app, record id) -> the fields of that record whose calculation failed."""


Record = TypeVar('Record', bound=Mapping[str, Value])
Sights = Callable[['AppDefinition', Person], Sight]
Held = frozenset[tuple[str, str]]
"""(app, id) of records that are named already, so that the name may stay though the record may not be seen."""
NOTHING_MASKED: frozenset[str] = frozenset()


class World:
    """Surroundings of `forms.field` for one person, over a transaction or the store. Remembers what it was asked.

    masks: privacy classes of which titles and texts show only the mask ('personal' in lists).
    """

    def __init__(  # noqa: PLR0913 - the world is wide
        self,
        records: Records,
        catalogue: Catalogue,
        directory: Directory,
        today: date,
        *,
        sights: Sights,
        person: Person = SYSTEM,
        received: Mapping[str, Any] | None = None,
        held: Held = frozenset(),
        masks: frozenset[str] = NOTHING_MASKED,
        uncalculated: Uncalculated = lambda _app, _record_id: (),
        forecasts: Forecasts | None = None,
    ) -> None:
        self.today = today
        self.uncalculated = uncalculated
        self._forecasts = forecasts
        self._records = records
        self._catalogue = catalogue
        self._directory = directory
        self._person = person
        self._received = received or {}
        self._held = held
        self.masks = masks
        self._sights = sights
        self._sight: dict[str, Sight] = {}
        self._whole: World | None = None
        self._titles: dict[tuple[str, str], str | None] = {}
        self._names: dict[str, str | None] = {}
        self._callings: dict[str, tuple[tuple[str, str], ...]] = {}
        self._sections: list[str] | None = None
        self._by_title: dict[str, dict[str, list[str]]] = {}
        self._depth = 0

    def record(self, app: str, record_id: str) -> Mapping[str, Value] | None:
        definition = self._catalogue.find(app)
        found = self._records.get(app, record_id) if definition is not None else None
        if definition is None or found is None:
            return None
        sight = self.sight(definition)
        if sight.sees(found):
            return sight.readable(found)
        return {} if (app, record_id) in self._held else None

    def expected_wait(
        self, definition: AppDefinition, ticket: Ticket, items: Sequence[str], now: datetime
    ) -> Expected | None:
        if self._forecasts is None:
            return None
        return self._forecasts.expected_wait(self._records, definition, ticket, items, now)

    def record_title(self, app: str, record_id: str) -> str | None:
        if (app, record_id) not in self._titles:
            self._titles[app, record_id] = self._title(app, record_id)
        return self._titles[app, record_id]

    def record_notes(self, app: str, record_id: str, names: Sequence[str]) -> list[str]:
        """Texts of these fields of another record, as far as they may be read."""
        definition = self._visible(app)
        found = self._records.get(app, record_id) if definition else None
        if definition is None or found is None or not self.sight(definition).sees(found):
            return []
        told = self.told(definition, found)
        known = [name for name in names if name in definition.fields and isinstance(told.get(name), str | int | float)]
        return [readable(definition.fields[name], told[name], self) for name in known]

    def records_titled(self, app: str, title: str) -> Sequence[str]:
        definition = self._visible(app)
        if definition is None or not definition.record_title:
            return ()
        if app not in self._by_title:
            found: dict[str, list[str]] = {}
            for each in self._records.find(app, self.sight(definition).condition(), limit=None).docs:
                found.setdefault(title_of(definition, each, self), []).append(each.doc_id)
            self._by_title[app] = found
        return self._by_title[app].get(title, ())

    def staff_name(self, account: str) -> str | None:
        if account not in self._names:
            self._names[account] = self._directory.staff_name(account)
        return self._names[account]

    def called(self, account: str, at: str) -> str:
        """Who did something at the moment `at` (a stamp): the name and section of that time, not of today."""
        if account not in self._callings:
            self._callings[account] = self._directory.callings(account)
        known = self._callings[account]
        return called(known, at) if known else account

    def staff_named(self, name: str) -> Sequence[str]:
        plain = ''.join(name.split())
        return [account for account, each in self._directory.staff() if ''.join(each.split()) == plain]

    def section_name(self, section: str) -> str | None:
        if self._sections is None:
            self._sections = self._directory.sections()
        return section if section in self._sections else None

    def file(self, digest: str) -> Mapping[str, Value] | None:
        if digest in self._received:
            return self._received[digest]
        kept = None if is_outside(self._person) else self._records.get(FILES, digest)
        if kept is None or kept.get('covered') or not any(self._shows_files(app) for app in kept['apps']):
            return None
        return {name: kept[name] for name in ('blob', 'name', 'type', 'size', 'redacted') if name in kept}

    def _shows_files(self, app: str) -> bool:
        """Of whom anything is withheld names only files that are theirs, or that the record holds already; so does
        everybody with photos that show painted over by now."""
        definition = self._visible(app)
        return definition is not None and not self.sight(definition).withholds

    def sight(self, definition: AppDefinition) -> Sight:
        """What the person of this world may see of an app."""
        if definition.name not in self._sight:
            whole = self._catalogue.find(definition.name) or definition
            self._sight[definition.name] = self._sights(whole, self._person)
        return self._sight[definition.name]

    def sight_of(self, app: str) -> Sight | None:
        """The same by the app's name; None where it is not there or may not be seen."""
        definition = self._visible(app)
        return self.sight(definition) if definition is not None else None

    def told(self, definition: AppDefinition, record: Record) -> Record:
        """The record as the person of this world may get it."""
        return self.sight(definition).told(record)

    def masks_field(self, field: Field) -> bool:
        """Whether only the mask of this field is to be shown; of a table, when one of its columns is masked."""
        if field.privacy in self.masks:
            return True
        return bool(self.masks and getattr(field, 'columns', ())) and any(
            each.privacy in self.masks for each in columns_of(field).values()
        )

    def lending(self, files: Mapping[str, Any]) -> World:
        """The same world, in which these files count as received: a follow-up may carry photos of its origin."""
        return self._like(received={**self._received, **files})

    def whole(self) -> World:
        """The world as formulas and the search text read it: nothing withheld from anybody."""
        if self._whole is None:
            self._whole = self._like(person=SYSTEM)
        return self._whole

    def _like(self, *, person: Person | None = None, received: Mapping[str, Any] | None = None) -> World:
        return World(
            self._records,
            self._catalogue,
            self._directory,
            self.today,
            sights=self._sights,
            person=person or self._person,
            received=self._received if received is None else received,
            held=self._held,
            forecasts=self._forecasts,
        )

    def _visible(self, app: str) -> AppDefinition | None:
        definition = self._catalogue.find(app)
        return definition if definition is not None and self.sight(definition).may('see') else None

    def _title(self, app: str, record_id: str) -> str | None:
        definition = self._visible(app)
        found = self._records.get(app, record_id) if definition else None
        if definition is None or found is None or self._depth >= _DEEPEST or not self.sight(definition).sees(found):
            return None
        self._depth += 1
        try:
            return title_of(definition, found, self)
        finally:
            self._depth -= 1


def title_of(definition: AppDefinition, record: Mapping[str, Value], world: World | None) -> str:
    """What people call this record: its title fields, without blanks and without what the person may not read."""
    fields = definition.fields
    values = record if world is None else world.told(definition, record)
    shown = [
        readable(fields[name], values[name], world)
        for name in definition.record_title
        if name in fields and values.get(name) is not None
    ]
    return ' '.join(each for each in shown if each)


def readable(field: Field, value: Value, world: World | None) -> str:
    """A value of a told record as text: a mask as it is, a field of a masked class as its mask."""
    if isinstance(value, Masked):
        return str(value)
    if world is not None and value is not None and world.masks_field(field):
        return field.masked(value)
    return field.show(value, world)
