"""What a person sees first: their work, what is late, what they did lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tinydb import where

from apps.operations.world import World
from apps.people import Person
from apps.reading.shown import Row, row
from forms.definition import AppDefinition
from storage import Store
from storage.record import ARRIVAL

MOST = 20


@dataclass(frozen=True, slots=True)
class Work:
    """Records of one app, and how many there really are."""

    app: str
    title: str
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Home:
    """mine: waiting for this person; late: past the deadline; recent: what this person changed last.

    late is what is theirs or nobody's; for a supervisor everybody's.
    """

    mine: tuple[Work, ...]
    late: tuple[Work, ...]
    recent: tuple[Work, ...]


def home(store: Store, apps: Iterable[AppDefinition], today: date, world: World, by: Person) -> Home:
    """Read for every app the person sees; apps without anything are left out."""
    known = list(apps)
    return Home(
        _all(_mine(store, each, world, by) for each in known),
        _all(_late(store, each, today, world, by) for each in known),
        _all(_recent(store, each, world, by) for each in known),
    )


def _all(found: Iterable[Work | None]) -> tuple[Work, ...]:
    return tuple(each for each in found if each is not None and each.rows)


def _mine(store: Store, definition: AppDefinition, world: World, by: Person) -> Work | None:
    workflow: Any = definition.capabilities.get('workflow')
    if workflow is None or not workflow.assignee:
        return None
    query = (where(workflow.assignee) == by.account) & _open(workflow)
    by_deadline = [(workflow.deadline.field, False)] if workflow.deadline else [(ARRIVAL, True)]
    return _work(store, definition, query, by_deadline, world)


def _late(store: Store, definition: AppDefinition, today: date, world: World, by: Person) -> Work | None:
    workflow: Any = definition.capabilities.get('workflow')
    if workflow is None or not workflow.deadline:
        return None
    due = workflow.deadline.field
    query = (where(due) < today.isoformat()) & _open(workflow)
    if workflow.assignee and 'supervisor' not in by.roles:
        query = query & ((where(workflow.assignee) == by.account) | ~where(workflow.assignee).exists())
    return _work(store, definition, query, [(due, False)], world)


def _recent(store: Store, definition: AppDefinition, world: World, by: Person) -> Work | None:
    query = where('_changed_by') == by.account
    return _work(store, definition, query, [('_changed_at', True)], world)


def _work(store: Store, definition: AppDefinition, query: Any, sort: list[tuple[str, bool]], world: World) -> Work:
    seen = world.sight(definition).condition()
    query = query if seen is None else query & seen
    found = store.find(definition.name, query, sort=sort, limit=MOST)
    rows = tuple(row(definition, each, definition.record_title, world) for each in found.docs)
    total = len(rows) if found.after is None else store.count(definition.name, query)
    return Work(definition.name, definition.title, rows, total)


def _open(workflow: Any) -> Any:
    """Records in which something remains to be done; named positively, so that an index finds them."""
    return where(workflow.field).one_of([each.name for each in workflow.statuses if not each.done])
