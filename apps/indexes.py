"""Which indexes the views of an app want, and making them beside the work of everybody else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from apps.reading.lists import shown_columns
from apps.reading.narrowing import FISCAL_YEAR, deadline_field, main_date
from apps.reading.shown import MARKS
from forms.capabilities.duplicates import KEY as DUPLICATES
from forms.capabilities.permissions.rule import assignees_in
from forms.definition import AppDefinition, columns_of
from forms.view import View
from storage import StorageError, Store

logger = logging.getLogger(__name__)

Fields = tuple[str, ...]


class IndexMaker:
    """Makes and drops indexes in a thread of its own, one after the other; lists are slower until theirs is there."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, 'indexes')
        self._last: Future[None] | None = None

    def prepare(self, definition: AppDefinition) -> None:
        """This version of the app is served from now on."""
        self._last = self._thread.submit(self._make, definition)

    def wait(self) -> None:
        """Until everything asked for so far is there."""
        if self._last is not None:
            self._last.result()

    def close(self) -> None:
        """What has not begun is made at the next start."""
        self._thread.shutdown(cancel_futures=True)

    def _make(self, definition: AppDefinition) -> None:
        try:
            self._store.keep_indexes(definition.name, wanted_indexes(definition))
        except StorageError:
            logger.exception('the indexes of %s could not be made', definition.name)


def wanted_indexes(definition: AppDefinition) -> list[Fields]:
    """Tuples of field names, each one an index; all of them small but the one that holds what any list asks about."""
    wanted: list[Fields] = [('_changed_by', '_changed_at')]
    if day := main_date(definition):
        wanted.append((day,))
    if duplicates := definition.capabilities.get(DUPLICATES):
        wanted.append((duplicates.date,))
    wanted += _of_persons(definition)
    for each in definition.capabilities.values():
        wanted.extend(each.indexed(definition))
    workflow: Any = definition.capabilities.get('workflow')
    if workflow is not None:
        due = (workflow.deadline.field,) if workflow.deadline else ()
        wanted.append((workflow.field, *due))
        if workflow.assignee:
            wanted.append((workflow.assignee, workflow.field))
    lists = [each for each in definition.views if each.type == 'list']
    for view in lists:
        # With a condition of its own a view is found by that condition, or in the index that holds everything.
        if view.filter is None:
            wanted.extend(_orders(definition, view))
    if lists:
        wanted.append(_everything(definition, lists))
    return list(dict.fromkeys(wanted))


def _of_persons(definition: AppDefinition) -> Iterator[Fields]:
    """By what the permissions tell one person's records from those of others."""
    permissions: Any = definition.capabilities.get('permissions')
    for rule in permissions.rules if permissions is not None else ():
        if rule.records == 'own':
            yield ('_created_by',)
        elif rule.records == 'own_section':
            yield from ((name,) for name in rule.sections_in(definition))
        elif rule.records == 'assigned':
            yield from ((name,) for name in assignees_in(definition))


def _orders(definition: AppDefinition, view: View) -> Iterator[Fields]:
    """The view's own order, the order of each column, and its own order behind each choice that narrows it."""
    order = _order(definition, view)
    if order:
        yield order
    for name in (*_columns(definition, view), *_narrowing(definition, view)):
        yield tuple(dict.fromkeys((name, *order)))


def _everything(definition: AppDefinition, lists: list[View]) -> Fields:
    """In the order of the first list that shows all records, so that narrowing it walks along that order."""
    first = next((each for each in lists if each.filter is None), lists[0])
    names = [*_order(definition, first)]
    for view in lists:
        condition = definition.filter_of(view)
        reads = condition.reads if condition is not None else ()
        names += [*_columns(definition, view), *_order(definition, view), *_narrowing(definition, view), *sorted(reads)]
    workflow: Any = definition.capabilities.get('workflow')
    names += [workflow.field] if workflow is not None else []
    names += [name for name in (main_date(definition), deadline_field(definition)) if name]
    return tuple(dict.fromkeys(name for name in names if _plain(definition, name)))


def _order(definition: AppDefinition, view: View) -> Fields:
    names = (name.removeprefix('-') for name in view.sort)
    return tuple(name for name in names if _plain(definition, name))


def _columns(definition: AppDefinition, view: View) -> Fields:
    return tuple(name for name in shown_columns(definition, view) if _plain(definition, name))


def _narrowing(definition: AppDefinition, view: View) -> Fields:
    """The fields by which a view is narrowed."""
    named = (main_date(definition) if name == FISCAL_YEAR else name for name in view.filters)
    return tuple(name for name in named if name and _plain(definition, name))


def _plain(definition: AppDefinition, name: str) -> bool:
    """Whether a field (or reserved key) is one value; rows of a subtable are sorted and filtered by nobody."""
    return name in MARKS or (name in definition.fields and not columns_of(definition.fields[name]))
