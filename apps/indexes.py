"""Which fields of an app are looked up so often that the store should keep an index."""

from __future__ import annotations

from typing import Any

from apps.reading.narrowing import main_date
from forms.definition import AppDefinition
from storage import Store


def prepare_indexes(store: Store, definition: AppDefinition) -> None:
    """Ask for the indexes behind the views' orders, the workflow and the home page; known ones cost nothing."""
    for fields in wanted_indexes(definition):
        store.index(definition.name, fields)


def wanted_indexes(definition: AppDefinition) -> list[tuple[str, ...]]:
    """Tuples of field names, each one an index."""
    wanted: list[tuple[str, ...]] = [('_changed_by', '_changed_at')]
    if day := main_date(definition):
        wanted.append((day,))
    for view in definition.views:
        names = tuple(name.removeprefix('-') for name in view.sort)
        wanted.extend((name,) for name in names if name in definition.fields)
    workflow: Any = definition.capabilities.get('workflow')
    if workflow is not None:
        due = (workflow.deadline.field,) if workflow.deadline else ()
        wanted.append((workflow.field, *due))
        if workflow.assignee:
            wanted.append((workflow.assignee, workflow.field))
    return list(dict.fromkeys(wanted))
