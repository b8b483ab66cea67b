"""What fields may ask while a record is read or shown: other records, people, sections, files, today."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from apps.directory import Directory
from apps.people import SYSTEM, Person, may
from forms.field import Value

if TYPE_CHECKING:
    from apps.catalogue import Catalogue
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


class World:
    """Surroundings of `forms.field` for one person, over a transaction or the store. Remembers what it was asked."""

    def __init__(  # noqa: PLR0913 - the world is wide
        self,
        records: Records,
        catalogue: Catalogue,
        directory: Directory,
        today: date,
        *,
        person: Person = SYSTEM,
        received: Mapping[str, Any] | None = None,
        uncalculated: Uncalculated = lambda _app, _record_id: (),
    ) -> None:
        self.today = today
        self.uncalculated = uncalculated
        self._records = records
        self._catalogue = catalogue
        self._directory = directory
        self._person = person
        self._received = received or {}
        self._titles: dict[tuple[str, str], str | None] = {}
        self._names: dict[str, str | None] = {}
        self._sections: list[str] | None = None
        self._by_title: dict[str, dict[str, list[str]]] = {}
        self._depth = 0

    def record(self, app: str, record_id: str) -> Mapping[str, Value] | None:
        found = self._records.get(app, record_id) if self._visible(app) else None
        return None if found is None else {name: value for name, value in found.items() if not name.startswith('_')}

    def record_title(self, app: str, record_id: str) -> str | None:
        if (app, record_id) not in self._titles:
            self._titles[app, record_id] = self._title(app, record_id)
        return self._titles[app, record_id]

    def records_titled(self, app: str, title: str) -> Sequence[str]:
        definition = self._visible(app)
        if definition is None or not definition.record_title:
            return ()
        if app not in self._by_title:
            found: dict[str, list[str]] = {}
            for each in self._records.find(app, limit=None).docs:
                found.setdefault(title_of(definition, each, self), []).append(each.doc_id)
            self._by_title[app] = found
        return self._by_title[app].get(title, ())

    def staff_name(self, account: str) -> str | None:
        if account not in self._names:
            self._names[account] = self._directory.staff_name(account)
        return self._names[account]

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
        kept = self._records.get(FILES, digest)
        if kept is None or not any(self._visible(app) for app in kept['apps']):
            return None
        return {name: kept[name] for name in ('blob', 'name', 'type', 'size')}

    def lending(self, files: Mapping[str, Any]) -> World:
        """The same world, in which these files count as received: a follow-up may carry photos of its origin."""
        lent = {**self._received, **files}
        return World(
            self._records, self._catalogue, self._directory, self.today, person=self._person, received=lent
        )

    def _visible(self, app: str) -> AppDefinition | None:
        definition = self._catalogue.find(app)
        if definition is None or not (self._person is SYSTEM or may(self._person, definition, 'see')):
            return None
        return definition

    def _title(self, app: str, record_id: str) -> str | None:
        definition = self._visible(app)
        found = self._records.get(app, record_id) if definition else None
        if definition is None or found is None or self._depth >= _DEEPEST:
            return None
        self._depth += 1
        try:
            return title_of(definition, found, self)
        finally:
            self._depth -= 1


def title_of(definition: AppDefinition, values: Mapping[str, Value], world: World | None) -> str:
    """What people call this record: its title fields, blanks left out."""
    fields = definition.fields
    shown = [
        fields[name].show(values[name], world)
        for name in definition.record_title
        if name in fields and values.get(name) is not None
    ]
    return ' '.join(each for each in shown if each)
