"""Everything that is read for a screen, the API or a file: permission asked first, then the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from apps.clock import Clock
from apps.directory import Directory
from apps.formula_failures import Heard
from apps.operations.files import file_for
from apps.operations.hall import Hall
from apps.operations.permitted import no_such_record, without_locked
from apps.operations.world import NOTHING_MASKED, World
from apps.outcome import Refused, Saved
from apps.owners import owner_of
from apps.people import Person
from apps.reading import boards, candidates, failed_formulas, histories, homes, lists, narrowing, shown, summaries
from apps.reading.boards import BoardColumn
from apps.reading.candidates import Option
from apps.reading.failed_formulas import FailedFormula
from apps.reading.histories import Entry
from apps.reading.homes import Home
from apps.reading.lists import IN_LISTS, ON_RECORD, ListPage, Wanted
from apps.reading.narrowing import Narrowing
from apps.reading.record_photos import RecordPhoto, record_photos
from apps.reading.same_changes import same_changes
from apps.reading.same_reports import SameReports, same_reports
from apps.reading.seen import Seen
from apps.reading.shown import Row, Shown
from apps.reading.summaries import Summary
from apps.sight import Sight
from forms.capabilities.duplicates.ties import Ties
from forms.capability import Moment, Offer, Values
from forms.definition import AppDefinition
from forms.field import Field
from forms.view import View
from storage import Doc, Store

__all__ = [
    'IN_LISTS',
    'ON_RECORD',
    'BoardColumn',
    'Entry',
    'FailedFormula',
    'Home',
    'ListPage',
    'Narrowing',
    'Reading',
    'Shown',
    'Summary',
    'Wanted',
]


_ALL = 100_000

Filters = Mapping[str, str | tuple[str, ...]]
"""Field -> chosen value, as `narrowings` offers them; or field, with an operator of apps/reading/field_filters.py or
without, -> values of which one must fit, as programs ask."""


class Reading:
    """Blocking, but quick (a page of 65,000 records in a few ms); exports go through apps/excel instead.

    Every method raises Refused('not_found' or 'forbidden') for what this person may not see.
    """

    def __init__(self, store: Store, hall: Hall, directory: Directory, clock: Clock) -> None:
        self._store = store
        self._hall = hall
        self._directory = directory
        self._clock = clock

    def definition(self, app: str, by: Person, deed: str = 'see') -> AppDefinition:
        """The app as this person may know of it, when they may do `deed` in it."""
        return self._hall.narrowed(app, deed, by)

    def sight(self, definition: AppDefinition, by: Person) -> Sight:
        """What this person may see and do in it."""
        return self._hall.sight(definition, by)

    def apps(self, by: Person) -> list[AppDefinition]:
        """Every app this person may see, in the order of the menu."""
        sights = (self._hall.sight(each, by) for each in self._hall.catalogue.all())
        return [self._hall.narrowing.narrowed(each) for each in sights if each.may('see')]

    def owner(self, definition: AppDefinition) -> str:
        """The section that looks after the app now, '' for none."""
        return owner_of(self._store, definition)

    def world(self, by: Person, masks: frozenset[str] = NOTHING_MASKED) -> World:
        """Names of people and titles of records, as this person may see them. masks: see `World`."""
        return self._hall.world(self._store, by, masks=masks)

    def page(self, app: str, view: str | None, wanted: Wanted, *, by: Person) -> ListPage:
        """One page of a list view; of all records with all fields when `view` is None.

        Raises ValueError (Japanese) for an order or filter that cannot be understood.
        """
        definition = self.definition(app, by)
        whole = View(name='', columns=tuple(definition.fields))
        chosen = view_of(definition, view) if view is not None else whole
        seen = self.seen(definition, chosen, wanted.filters, by, wanted.masks)
        found = lists.page(seen, wanted)
        self._hall.failures.met(seen.failures((each.id, each.values) for each in found.rows))
        return found

    def every(self, app: str, view: str, wanted: Wanted, *, by: Person) -> Iterator[Doc]:
        """Every record of a view (all of the app when `view` is ''), read piece by piece; for exports and totals."""
        definition = self.definition(app, by)
        chosen = view_of(definition, view) if view else View(name='')
        return lists.every(self.seen(definition, chosen, wanted.filters, by), wanted)

    def now(self) -> datetime:
        """Japanese time."""
        return self._clock.now()

    def narrowings(self, app: str, view: str, *, by: Person) -> list[Narrowing]:
        """The filters a view offers, with their choices."""
        definition = self.definition(app, by)
        today = self._clock.now().date()
        return list(narrowing.narrowings(definition, view_of(definition, view), self._directory, today))

    def board(self, app: str, view: str, filters: Filters, *, by: Person) -> tuple[BoardColumn, ...]:
        """The columns of a board view with their newest cards."""
        definition = self.definition(app, by)
        return boards.board(self.seen(definition, view_of(definition, view), filters, by))

    def summary(self, app: str, view: str, filters: Filters, *, by: Person) -> Summary:
        """The cross table of a summary view."""
        definition = self.definition(app, by)
        return summaries.summary(self.seen(definition, view_of(definition, view), filters, by))

    def row(self, seen: Seen, record_id: str, columns: Iterable[str]) -> Row | None:
        """A record as a line of a view, whether it still belongs there or not; None when it is not to be seen."""
        found = self._store.get(seen.definition.name, record_id)
        return seen.row(found, columns) if found is not None and seen.sight.sees(found) else None

    def record(self, app: str, record_id: str, *, by: Person, masks: frozenset[str] = NOTHING_MASKED) -> Shown:
        """One record with its values and their texts. masks: privacy classes of which the texts show only the mask."""
        definition = self.definition(app, by)
        return shown.shown(definition, self._doc(app, record_id, by), self.world(by, masks))

    def may_on(self, verb: str, app: str, record_id: str, *, by: Person) -> bool:
        """Whether this person may do that with this record."""
        definition, found = self._hall.catalogue.find(app), self._store.get(app, record_id)
        return definition is not None and found is not None and self._hall.sight(definition, by).may_on(verb, found)

    def stored(self, app: str, record_id: str, *, by: Person) -> Doc:
        """The whole record of which this person sees something, for asking their sight about it. Never to be shown."""
        return self._doc(app, record_id, by)

    def file(self, blob: str, *, by: Person) -> dict[str, Any] | None:
        """{'blob', 'name', 'type', 'size'} of a file this person may see, else None."""
        return file_for(self._store, self._hall, blob, by)

    def photos(self, app: str, record_id: str, *, by: Person) -> tuple[RecordPhoto, ...]:
        """The photos of a record that this person sees, with what they may do with each."""
        definition, record = self._hall.permitted(app, 'see', by), self._doc(app, record_id, by)
        return record_photos(self._store, definition, record, self._hall.sight(definition, by))

    def offers(self, app: str, record_id: str, *, by: Person) -> list[Offer]:
        """The actions on a record, closed ones included; none for who may not act, none on what follows another."""
        definition, record = self._hall.permitted(app, 'see', by), self._doc(app, record_id, by)
        sight = self._hall.sight(definition, by)
        if not sight.may_on('act', record) or Ties.of(record).original:
            return []
        heard = Heard()
        moment = replace(self.moment(by), failed=heard)
        values = {name: value for name, value in record.items() if not name.startswith('_')}
        capabilities = definition.capabilities.values()
        found = [offer for each in capabilities for offer in each.offers(definition, values, moment)]
        offers = [without_locked(each, sight.locked(record)) for each in found]
        self._hall.failures.met({(app, record_id): heard.pending})
        return offers

    def same_reports(
        self, app: str, record_id: str, *, by: Person, masks: frozenset[str] = NOTHING_MASKED
    ) -> SameReports:
        """The records that this one follows, that follow it, or that are linked with it."""
        definition, record = self.definition(app, by), self._doc(app, record_id, by)
        return same_reports(self._store, definition, record, self.world(by, masks))

    def history(
        self, app: str, record_id: str, *, by: Person, masks: frozenset[str] = NOTHING_MASKED
    ) -> tuple[Entry, ...]:
        """What happened to a record, newest first."""
        definition = self.definition(app, by)
        return histories.history(self._store, definition, record_id, self.world(by, masks))

    def failed_formulas(self, *, by: Person) -> list[FailedFormula]:
        """Formulas that failed on records of the apps this person may see, by app and record."""
        world, catalogue = self.world(by), self._hall.catalogue
        known = ((each, catalogue.find(each.app)) for each in self._hall.failures.all())
        seen = ((each, app) for each, app in known if app is not None and self._hall.knows_whole(app, by))
        return [failed_formulas.told(each, app, world) for each, app in seen]

    def home(self, *, by: Person) -> Home:
        """What waits for this person, what is late, what they worked on lately."""
        return homes.home(self._store, self.apps(by), self._clock.now().date(), self.world(by, IN_LISTS), by)

    def candidates(  # noqa: PLR0913
        self, definition: AppDefinition, path: str, field: Any, text: str, *, limit: int, given: Values, by: Person
    ) -> list[Option]:
        """What may be chosen in a lookup, staff or section field, narrowed by what was typed and by its condition.

        path: of the field, 明細.列 for a column. given: values that stand in the form, as far as they were sent.
        """
        if path.partition('.')[0] in self._hall.sight(definition, by).locked(None):
            return []
        if field.TYPE == 'staff':
            return candidates.staff(self._directory, text, limit)
        if field.TYPE == 'section':
            return candidates.sections(self._directory, text, limit)
        if field.TYPE != 'lookup':
            raise Refused('not_found', detail=f'「{field.title}」は候補から選ぶ項目ではありません。')
        target = self.definition(field.app, by)
        whole = self._hall.permitted(definition.name, 'see', by)
        allowed = candidates.allowed_by(whole, path, given, self.moment(by))
        seen = self.seen(target, View(name=''), {}, by, IN_LISTS)
        return candidates.records(seen, field, text, allowed, limit=limit)

    def candidate(self, field: Any, record_id: str, *, by: Person) -> list[Option]:
        """The option of a value that is already chosen; nothing when it may not be seen."""
        if field.TYPE == 'staff':
            return [each for each in candidates.staff(self._directory, '', _ALL) if each['id'] == record_id]
        if field.TYPE == 'section':
            return [each for each in candidates.sections(self._directory, '', _ALL) if each['id'] == record_id]
        if field.TYPE != 'lookup':
            raise Refused('not_found', detail=f'「{field.title}」は候補から選ぶ項目ではありません。')
        target = self.definition(field.app, by)
        seen, found = self.seen(target, View(name=''), {}, by, ON_RECORD), self._store.get(field.app, record_id)
        return [candidates.record_option(seen, field, found)] if found is not None and seen.sight.sees(found) else []

    def previous(
        self, definition: AppDefinition, field: Field, value: str, record: str, *, by: Person
    ) -> dict[str, Any]:
        """What stood in a checklist the time before, for the same facility."""
        return candidates.previous(self.seen(definition, View(name=''), {}, by), field, value, record)

    def same_changes(self, saved: Saved, *, by: Person) -> list[dict[str, Any]]:
        """The other records to which `by` may do what was just saved, see apps/reading/same_changes.py."""
        definition = self.definition(saved.app, by)
        if not saved.offers or not self._hall.may(definition, 'change', by):
            return []
        return same_changes(self.seen(definition, View(name=''), {}, by, ON_RECORD), saved)

    def moment(self, by: Person) -> Moment:
        """Now, as this person acts; formulas read whole records."""
        return replace(by.moment(self._clock.now()), around=self.world(by).whole())

    def seen(
        self,
        definition: AppDefinition,
        view: View,
        filters: Filters,
        by: Person,
        masks: frozenset[str] = IN_LISTS,
    ) -> Seen:
        """A view as this person looks at it now; ask `definition` for the permission first."""
        moment = replace(self.moment(by), failed=Heard())
        sight = self._hall.sight(definition, by)
        return Seen(self._store, definition, view, moment, self.world(by, masks), sight, filters)

    def _doc(self, app: str, record_id: str, by: Person) -> Doc:
        found = self._store.get(app, record_id)
        if found is None or not self._hall.sight(self._hall.catalogue.get(app), by).sees(found):
            raise no_such_record()
        return found


def view_of(definition: AppDefinition, name: str) -> View:
    """The view of that name, the first list when `name` is ''. Raises Refused('not_found')."""
    if not name:
        first = next((each for each in definition.views if each.type == 'list'), None)
        return first or View(name='', columns=definition.record_title)
    for each in definition.views:
        if each.name == name:
            return each
    raise Refused('not_found', detail=f'「{name}」という一覧はありません。')
