"""The history of a record as people read it: who did what when, and what each field was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.clock import stamp
from apps.operations.act import ACTION, BULK
from apps.operations.permitted import no_such_record
from apps.operations.world import World, readable
from apps.people import PUBLIC, SYSTEM
from apps.reading.shown import label_of, moment_text
from forms.capabilities.duplicates.ties import TITLES
from forms.definition import AppDefinition
from storage import Store
from storage.record import Change

NONE: frozenset[str] = frozenset()
_WORDS = {'insert': '登録', 'update': '変更', 'delete': '削除', 'take_out': '個人情報の消去'}


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
    """Every change, newest first, in words that this person may read; nothing of a record that they do not see."""
    sight, record = world.sight(definition), store.get(definition.name, record_id)
    if sight.withholds and (record is None or not sight.sees(record)):
        raise no_such_record()
    hidden, masked = (sight.hidden(record), sight.masked(record)) if sight.withholds else (NONE, NONE)
    words = Words(definition, world, hidden, masked)
    return tuple(_entry(each, definition, words) for each in reversed(store.history(definition.name, record_id)))


@dataclass(frozen=True, slots=True)
class Words:
    """How the values of one record's history are told to one person."""

    definition: AppDefinition
    world: World
    hidden: frozenset[str]
    masked: frozenset[str]

    def changes(self, changed: Mapping[str, tuple[Any, Any]]) -> list[FieldChange]:
        return [
            FieldChange(name, label_of(self.definition, name), *(self._text(name, each) for each in pair))
            for name, pair in changed.items()
            if not name.startswith('_') and self._is_told(name)
        ] + [
            FieldChange(name, title, *(self._titles(each) for each in changed[name]))
            for name, title in TITLES.items()
            if name in changed
        ]

    def _titles(self, ids: Any) -> str:
        """Of one id or a list of them, in the same app; of a record this person may not see, only that there is one."""
        many = [ids] if isinstance(ids, str) else ids or ()
        names = (self.world.record_title(self.definition.name, each) for each in many)
        return '、'.join(each or '(見られないレコード)' for each in names)

    def _is_told(self, name: str) -> bool:
        """A field that the definition no longer has is told to those from whom nothing is withheld."""
        if name in self.definition.fields:
            return name not in self.hidden
        return not self.world.sight(self.definition).withholds

    def _text(self, name: str, value: Any) -> str:
        if value is None:
            return ''
        field = self.definition.fields.get(name)
        if field is None:
            return str(value)
        return field.masked(value) if name in self.masked else readable(field, value, self.world)


def _entry(change: Change, definition: AppDefinition, words: Words) -> Entry:
    return Entry(
        change.seq,
        moment_text(change.at.isoformat()),
        _actor(change, words.world),
        _what(change, definition),
        tuple(words.changes(change.changed)),
        change.reason if change.op == 'delete' else '',
        change.erased,
    )


def _actor(change: Change, world: World) -> str:
    """Name and section of the time: who has been transferred since did it where they were then."""
    without_account = {each.account: each.name for each in (SYSTEM, PUBLIC)}
    return without_account.get(change.actor) or world.called(change.actor, stamp(change.at))


def _what(change: Change, definition: AppDefinition) -> str:
    alone = change.reason.removeprefix(BULK)
    if not alone.startswith(ACTION):
        return change.reason if change.op == 'update' and change.reason else _WORDS.get(change.op, change.op)
    name = alone.removeprefix(ACTION)
    workflow: Any = definition.capabilities.get('workflow')
    labels = {each.name: each.label for each in workflow.actions} if workflow is not None else {}
    for each in definition.capabilities.values():
        labels.update(each.DEEDS)
    return (labels.get(name) or name) + (f'({BULK})' if alone != change.reason else '')
