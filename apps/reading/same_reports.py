"""What hangs together with a record because it is about the same thing, as one person may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.operations.world import World, title_of
from apps.reading.shown import text_of
from forms.capabilities.duplicates.ties import Ties
from storage import Doc

if TYPE_CHECKING:
    from apps.operations.world import Records
    from forms.definition import AppDefinition


@dataclass(frozen=True, slots=True)
class Tied:
    """Another record. title, status: '' when this person does not see it, or it is gone. done: nothing remains."""

    id: str
    rev: int = 0
    title: str = ''
    status: str = ''
    done: bool = False


@dataclass(frozen=True, slots=True)
class SameReports:
    """original: what the record follows, or None. reports: how many reports the whole group stands for, at least 1."""

    original: Tied | None = None
    followers: tuple[Tied, ...] = ()
    linked: tuple[Tied, ...] = ()
    reports: int = 1

    @property
    def is_alone(self) -> bool:
        return self.original is None and not self.followers and not self.linked


def same_reports(records: Records, definition: AppDefinition, record: Doc, world: World) -> SameReports:
    """record: as it is stored, ties included."""
    ties = Ties.of(record)
    head = followed(records, definition.name, record)
    return SameReports(
        next(iter(_told(records, definition, [ties.original], world)), None) if ties.original else None,
        _told(records, definition, ties.followers, world),
        _told(records, definition, ties.linked, world),
        Ties.of(head).reports or 1,
    )


def followed(records: Records, app: str, record: Doc) -> Doc:
    """The record whose status counts for this one: the original of a follower, else the record itself."""
    original = Ties.of(record).original
    found = records.get(app, original) if original else None
    return found if found is not None else record


def as_told_outside(records: Records, definition: AppDefinition, record: Doc) -> Doc:
    """A follower with the status of its original, and changed when either was last; any other record as it is.

    For citizens and other systems: who reported what somebody else reported before is told what becomes of it, and
    nothing else of the original.
    """
    head = followed(records, definition.name, record)
    workflow: Any = definition.capabilities.get('workflow')
    if head is record or workflow is None:
        return record
    changed = max(str(record.get('_changed_at', '')), str(head.get('_changed_at', '')))
    values = {**record, workflow.field: head.get(workflow.field), '_changed_at': changed}
    return Doc(values, record.doc_id, record.rev, record.coll)


def _told(records: Records, definition: AppDefinition, ids: Iterable[str], world: World) -> tuple[Tied, ...]:
    return tuple(_one(records, definition, each, world) for each in ids)


def _one(records: Records, definition: AppDefinition, record_id: str, world: World) -> Tied:
    found, sight = records.get(definition.name, record_id), world.sight(definition)
    if found is None or not sight.sees(found):
        return Tied(record_id)
    workflow: Any = definition.capabilities.get('workflow')
    field = workflow.field if workflow is not None and workflow.field in definition.fields else ''
    told = sight.told(found)
    return Tied(
        record_id,
        found.rev,
        title_of(definition, found, world),
        text_of(definition, field, told, world) if field else '',
        bool(field) and told.get(field) in workflow.done,
    )
