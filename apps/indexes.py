"""Which fields of an app are looked up so often that the store should keep an index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apps.reading.narrowing import main_date
from forms.definition import AppDefinition
from forms.view import View
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
        # A view with a condition is led by the workflow's index; one for its order would mislead the planner.
        if view.filter is None:
            wanted.extend(_of_view(definition, view))
    workflow: Any = definition.capabilities.get('workflow')
    if workflow is not None:
        due = (workflow.deadline.field,) if workflow.deadline else ()
        wanted.append((workflow.field, *due))
        if workflow.assignee:
            wanted.append((workflow.assignee, workflow.field))
    return list(dict.fromkeys(wanted))


def _of_view(definition: AppDefinition, view: View) -> Iterator[tuple[str, ...]]:
    """The view's order, and the same behind each choice by which people narrow it (status, kind)."""
    order = tuple(name.removeprefix('-') for name in view.sort if name.removeprefix('-') in definition.fields)
    if len({name.startswith('-') for name in view.sort}) == 1:
        if order:
            yield order
        for name in view.filters:
            field = definition.fields.get(name)
            if field is not None and field.value_type.kind == 'text' and name not in order:
                yield (name, *order)
    else:
        yield from ((name,) for name in order)
