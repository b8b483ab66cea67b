"""What is to be done again by a day: overdue and due soon, and what was never done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.operations.world import World
from forms.definition import AppDefinition
from forms.fields.lookup import Lookup
from storage import Store


@dataclass(frozen=True, slots=True)
class DueLine:
    """thing: the value of the field that the schedule is about (a record id); next: None when it was never done."""

    thing: str
    title: str
    next: date | None
    last: str = ''

    def is_overdue(self, today: date) -> bool:
        return self.next is not None and self.next < today


def due_list(store: Store, definition: AppDefinition, world: World, until: date) -> Sequence[DueLine]:
    """The longest overdue first, then what is due until that day, then what was never done. Reads every record."""
    schedule: Any = definition.capabilities['schedule']
    fields = (schedule.of, schedule.date, schedule.next)
    seen = world.sight(definition).condition()
    records = [(each.doc_id, each) for each in store.find(definition.name, seen, limit=None, fields=fields).docs]
    known = {str(values[schedule.of]) for _, values in records if values.get(schedule.of)}
    field = definition.fields[schedule.of]
    lines = [
        DueLine(str(each.of), field.show(each.of, world), each.next, each.last)
        for each in schedule.due(records, until)
    ]
    if isinstance(field, Lookup):
        target = world.sight_of(field.app)
        things = store.find(field.app, target.condition(), limit=None, fields=()).docs if target is not None else []
        never = [each.doc_id for each in things if each.doc_id not in known]
        lines += [DueLine(each, field.show(each, world), None) for each in never]
    return lines
