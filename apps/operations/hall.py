"""What every operation needs at hand: definitions, people, time, and the task it is about to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from apps.clock import Clock
from apps.directory import Directory
from apps.operations.save import Task
from apps.operations.world import World
from apps.outcome import Refused
from apps.people import DEEDS, Person, may
from storage import Doc, Tx

if TYPE_CHECKING:
    from apps.catalogue import Catalogue
    from apps.formula_failures import FormulaFailures, Heard
    from forms.definition import AppDefinition


@dataclass(frozen=True, slots=True)
class Hall:
    """The city hall as an operation sees it."""

    catalogue: Catalogue
    directory: Directory
    clock: Clock
    failures: FormulaFailures

    def sees(self, definition: AppDefinition, by: Person) -> bool:
        """Whether this person may know of the app."""
        return may(by, definition, 'see')

    def may(self, definition: AppDefinition, deed: str, by: Person) -> bool:
        return may(by, definition, deed)

    def permitted(self, app: str, deed: str, by: Person) -> AppDefinition:
        """The app's definition when `by` may do `deed` in it. Raises Refused 'not_found' or 'forbidden'.

        Who may not even see an app is told the same as for one that does not exist.
        """
        definition = self.catalogue.find(app)
        if definition is None or not may(by, definition, 'see'):
            raise Refused('not_found', detail='このアプリはありません。')
        if not may(by, definition, deed):
            raise Refused('forbidden', detail=f'「{definition.title}」で{DEEDS[deed]}権限がありません。')
        return definition

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
        world = World(tx, self.catalogue, self.directory, now.date(), person=by, received=received)
        moment = replace(by.moment(now, opened_at), around=world, failed=heard)
        return Task(tx, self.catalogue, definition, world, by, moment, heard, old)


def existing(tx: Tx, definition: AppDefinition, record_id: str) -> Doc:
    """The record as it is now. Raises Refused 'not_found'."""
    found = tx.get(definition.name, record_id)
    if found is None:
        raise Refused('not_found', detail='このレコードはありません。削除されたのかもしれません。')
    return found
