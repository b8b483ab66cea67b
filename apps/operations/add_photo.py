"""One more photo for a record that is saved already, because its line was too slow or broken when it was saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.operations.permitted import forbidden, no_such_record
from apps.operations.save import Task, save
from apps.outcome import Refused
from forms.field import Value
from forms.fields.rows import ROW, stored_rows
from forms.message import message


@dataclass(frozen=True, slots=True)
class PhotoPlace:
    """A field with photos; row, column: of a table, '' for a field of its own."""

    field: str
    row: str = ''
    column: str = ''


def add(task: Task, place: PhotoPlace, file: Mapping[str, Value]) -> dict[str, Any]:
    """Save the record with `file` as the last photo of `place`; a photo that is there already stays once."""
    _refuse_unpermitted(task, place.field)
    field = task.definition.fields.get(place.field)
    if field is None or place.field in task.world.sight(task.definition).hidden(task.old):
        raise Refused('invalid', [message(place.field, 'unknown_field', label=place.field)])
    value = (task.before or {}).get(place.field)
    if not place.row:
        return save(task, {place.field: _with(value, file)}).answer()
    rows = [dict(each) for each in stored_rows(value)]
    row = next((each for each in rows if each.get(ROW) == place.row), None)
    if row is None:
        raise Refused('not_found', detail='写真を付ける行がありません。ほかの人が消したのかもしれません。')
    row[place.column] = _with(row.get(place.column), file)
    return save(task, {place.field: rows}).answer()


def _refuse_unpermitted(task: Task, name: str) -> None:
    """Who may change the record; who has made it; who may take an action that asks for this field."""
    sight, old = task.world.sight(task.definition), task.old
    if old is None or not sight.sees(old):
        raise no_such_record()
    workflow: Any = task.definition.capabilities.get('workflow')
    asked = {each for action in getattr(workflow, 'actions', ()) for each in action.asks}
    is_own = sight.may('create') and old.get('_created_by') == task.by.account
    if not (sight.may_on('change', old) or is_own or (name in asked and sight.may_on('act', old))):
        raise forbidden(task.definition, 'change')


def _with(value: Value, file: Mapping[str, Value]) -> list[Any]:
    photos = list(value) if isinstance(value, list) else []
    is_there = any(each.get('blob') == file.get('blob') for each in photos)
    return photos if is_there else [*photos, dict(file)]
