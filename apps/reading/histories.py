"""The history of a record as people read it: who did what when, and what each field was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.operations.act import ACTION, BULK
from apps.operations.world import World
from apps.people import SYSTEM
from apps.reading.shown import label_of, moment_text
from forms.definition import AppDefinition
from storage import Store
from storage.record import Change

_WORDS = {'insert': '登録', 'update': '変更', 'delete': '削除'}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: its label, and what it was and is, as people read it ('' for blank)."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of a record. what: 登録, 変更, 削除 or the action's name."""

    seq: int
    at: str
    by: str
    what: str
    changes: tuple[FieldChange, ...]
    reason: str = ''
    erased: bool = False


def history(store: Store, definition: AppDefinition, record_id: str, world: World) -> tuple[Entry, ...]:
    """Every change, newest first."""
    return tuple(_entry(each, definition, world) for each in reversed(store.history(definition.name, record_id)))


def _entry(change: Change, definition: AppDefinition, world: World) -> Entry:
    return Entry(
        change.seq,
        moment_text(change.at.isoformat()),
        _actor(change.actor, world),
        _what(change, definition),
        tuple(_changes(change.changed, definition, world)),
        change.reason if change.op == 'delete' else '',
        change.erased,
    )


def _actor(account: str, world: World) -> str:
    return SYSTEM.name if account == SYSTEM.account else world.staff_name(account) or account


def _what(change: Change, definition: AppDefinition) -> str:
    alone = change.reason.removeprefix(BULK)
    if not alone.startswith(ACTION):
        return change.reason if change.op == 'update' and change.reason else _WORDS.get(change.op, change.op)
    name = alone.removeprefix(ACTION)
    workflow: Any = definition.capabilities.get('workflow')
    labels = {each.name: each.label for each in workflow.actions} if workflow is not None else {}
    return (labels.get(name) or name) + (f'({BULK})' if alone != change.reason else '')


def _changes(changed: Mapping[str, tuple[Any, Any]], definition: AppDefinition, world: World) -> list[FieldChange]:
    return [
        FieldChange(name, label_of(definition, name), *(_show(definition, name, each, world) for each in pair))
        for name, pair in changed.items()
        if not name.startswith('_')
    ]


def _show(definition: AppDefinition, name: str, value: Any, world: World) -> str:
    if value is None:
        return ''
    field = definition.fields.get(name)
    return field.show(value, world) if field is not None else str(value)
