"""Submitting new records, one or many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from apps.operations.save import Task, save
from apps.operations.world import World
from apps.people import Person
from forms.field import Value
from storage import Tx

if TYPE_CHECKING:
    from apps.formula_failures import Heard
    from apps.operations.hall import Hall
    from forms.definition import AppDefinition


@dataclass(frozen=True, slots=True)
class Sample:
    """A submission with its own moment and person, and the actions' results that are set beyond what people type."""

    raw: Mapping[str, Value]
    by: Person
    at: datetime
    opened_at: datetime | None = None
    ruled: Mapping[str, Value] | None = None


def submit(task: Task, raw: Mapping[str, Value]) -> dict[str, Any]:
    """Save a new record. Returns what the store keeps as the answer."""
    return save(task, raw).answer()


def submit_many(hall: Hall, tx: Tx, definition: AppDefinition, samples: Iterable[Sample], heard: Heard) -> int:
    """Save many, each as if submitted at its own moment. Names and titles are looked up once for all of them."""
    worlds: dict[tuple[str, object], World] = {}
    count = 0
    for each in samples:
        day = each.at.date()
        world = worlds.get((each.by.account, day))
        if world is None:
            world = hall.world(tx, each.by, today=day)
            worlds[each.by.account, day] = world
        moment = replace(each.by.moment(each.at, each.opened_at), around=world.whole(), failed=heard)
        task = Task(tx, hall.catalogue, definition, world, each.by, moment, heard, tells=False)
        save(task, each.raw, each.ruled)
        count += 1
    return count
