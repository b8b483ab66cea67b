"""What every operation needs at hand: definitions, people, time, and the task it is about to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from apps.clock import Clock
from apps.directory import Directory
from apps.narrowing import Narrowing
from apps.operations.files import blobs_in
from apps.operations.permitted import forbidden, no_such_record
from apps.operations.save import Task
from apps.operations.world import NOTHING_MASKED, Held, Records, World
from apps.outcome import Refused
from apps.people import Person, may
from apps.sight import Sight
from forms.definition import columns_of
from storage import Doc, Tx

if TYPE_CHECKING:
    from apps.catalogue import Catalogue
    from apps.formula_failures import FormulaFailures, Heard
    from apps.reading.queue_forecasts import Forecasts
    from forms.definition import AppDefinition


@dataclass(frozen=True, slots=True)
class Hall:
    """The city hall as an operation sees it. lent: whether an app is lent to an account (apps/grants.py)."""

    catalogue: Catalogue
    directory: Directory
    clock: Clock
    failures: FormulaFailures
    lent: Callable[[str, str], bool] = lambda app, account: False
    narrowing: Narrowing = field(default_factory=Narrowing)
    forecasts: Forecasts | None = None

    def sight(self, definition: AppDefinition, by: Person) -> Sight:
        """What this person may see and do in an app; definition may be a narrowed one."""
        definition = self.catalogue.find(definition.name) or definition
        moment = by.moment(self.clock.now())
        granted = not may(by, definition, 'see') and bool(by.account) and self.lent(definition.name, by.account)
        return Sight.of(definition, by, moment, granted=granted)

    def sees(self, definition: AppDefinition, by: Person) -> bool:
        """Whether this person may know of the app."""
        return self.sight(definition, by).may('see')

    def knows_whole(self, definition: AppDefinition, by: Person) -> bool:
        """Whether this person may see every field of every record of the app."""
        sight = self.sight(definition, by)
        return sight.may('see') and not sight.withholds

    def may(self, definition: AppDefinition, deed: str, by: Person) -> bool:
        return self.sight(definition, by).may(deed)

    def permitted(self, app: str, deed: str, by: Person) -> AppDefinition:
        """The app's definition when `by` may do `deed` in it. Raises Refused 'not_found' or 'forbidden'.

        Who may not even see an app is told the same as for one that does not exist.
        """
        definition = self.catalogue.find(app)
        if definition is None or not self.sees(definition, by):
            raise Refused('not_found', detail='このアプリはありません。')
        if not self.may(definition, deed, by):
            raise forbidden(definition, deed)
        return definition

    def narrowed(self, app: str, deed: str, by: Person) -> AppDefinition:
        """The same without the fields and views that are hidden from `by`: what screens, API and exports draw."""
        definition = self.permitted(app, deed, by)
        return self.narrowing.narrowed(self.sight(definition, by))

    def world(  # noqa: PLR0913 - for whom, over what, showing how much
        self,
        records: Records,
        by: Person,
        *,
        today: date | None = None,
        received: Mapping[str, Any] | None = None,
        held: Held = frozenset(),
        masks: frozenset[str] = NOTHING_MASKED,
    ) -> World:
        """Names of people and titles of records, as this person may see them."""
        return World(
            records,
            self.catalogue,
            self.directory,
            today or self.clock.now().date(),
            sights=self.sight,
            person=by,
            received=received,
            held=held,
            masks=masks,
            uncalculated=self.failures.uncalculated,
            forecasts=self.forecasts,
        )

    def task(  # noqa: PLR0913 - what, where, by whom
        self,
        tx: Tx,
        definition: AppDefinition,
        by: Person,
        heard: Heard,
        *,
        old: Doc | None = None,
        opened_at: datetime | None = None,
        received: Mapping[str, Any] | None = None,
    ) -> Task:
        """A save in this app, now, within `tx`."""
        now = self.clock.now()
        own = blobs_in(self.sight(definition, by).readable(old)) if old is not None else {}
        files = {**own, **(received or {})}
        world = self.world(tx, by, today=now.date(), received=files, held=_held(definition, old))
        moment = replace(by.moment(now, opened_at), around=world.whole(), failed=heard)
        return Task(tx, self.catalogue, definition, world, by, moment, heard, old)


def existing(tx: Tx, definition: AppDefinition, record_id: str) -> Doc:
    """The record as it is now. Raises Refused 'not_found'."""
    found = tx.get(definition.name, record_id)
    if found is None:
        raise no_such_record()
    return found


def _held(definition: AppDefinition, old: Doc | None) -> Held:
    """The records that this one names already."""
    if old is None:
        return frozenset()
    return frozenset(
        (lookup.app, row[name])
        for name, lookup, rows in _lookups(definition, old)
        for row in rows
        if isinstance(row.get(name), str)
    )


def _lookups(definition: AppDefinition, old: Doc) -> Iterator[tuple[str, Any, Iterable[Mapping[str, Any]]]]:
    for name, each in definition.fields.items():
        if each.TYPE == 'lookup':
            yield name, each, (old,)
        for column, one in columns_of(each).items():
            if one.TYPE == 'lookup':
                yield column, one, old.get(name) or ()
