"""Records as people read them: a title, the text of each column, what is late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.clock import TOKYO
from apps.operations.world import World, readable, title_of
from forms.definition import AppDefinition
from forms.field import Value
from forms.japanese.era import wareki
from storage import Doc

MARKS = {'_created_at': '登録日時', '_created_by': '登録者', '_changed_at': '変更日時', '_changed_by': '変更者'}
"""Reserved keys that a view may show -> their names on screen."""


UNCALCULATED = '計算できません'
"""Stands where a calculation failed: a blank would look as if nobody had answered."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a list. cells: column -> text; overdue: past its deadline.

    values: as stored, as far as the person may read them, for colours and programs; personal data is masked in the
    cells and the title only.
    """

    id: str
    rev: int
    title: str
    cells: Mapping[str, str]
    values: Mapping[str, Value] = field(default_factory=dict)
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One record. values: without reserved keys. made, changed: (who, when) as people read them.

    covered: fields of whose value `texts` has only the mask until somebody asks for it.
    """

    app: str
    id: str
    rev: int
    title: str
    values: Mapping[str, Value]
    texts: Mapping[str, str]
    made: tuple[str, str]
    changed: tuple[str, str]
    origin: str = ''
    covered: frozenset[str] = frozenset()


def row(definition: AppDefinition, doc: Doc, columns: Iterable[str], world: World) -> Row:
    columns, doc = tuple(columns), world.told(definition, doc)
    texts = {name: text_of(definition, name, doc, world) for name in columns}
    return Row(
        doc.doc_id,
        doc.rev,
        title_of(definition, doc, world),
        texts | failed_texts(definition, doc, columns, world),
        doc,
        is_overdue(definition, doc, world),
    )


def shown(definition: AppDefinition, doc: Doc, world: World) -> Shown:
    doc = world.told(definition, doc)
    texts = {name: text_of(definition, name, doc, world) for name in definition.fields if doc.get(name) is not None}
    texts |= failed_texts(definition, doc, definition.fields, world)
    return Shown(
        definition.name,
        doc.doc_id,
        doc.rev,
        title_of(definition, doc, world),
        {name: value for name, value in doc.items() if not name.startswith('_')},
        texts,
        (_called(doc, '_created', world), moment_text(doc.get('_created_at'))),
        (_called(doc, '_changed', world), moment_text(doc.get('_changed_at'))),
        doc.get('_origin', ''),
        frozenset(name for name, each in definition.fields.items() if name in doc and world.masks_field(each)),
    )


def failed_texts(definition: AppDefinition, doc: Doc, names: Iterable[str], world: World) -> dict[str, str]:
    """Which of these fields are blank because their calculation failed -> what is shown instead."""
    fields = definition.fields
    blank = [name for name in names if name in fields and fields[name].calculation and doc.get(name) is None]
    failed = world.uncalculated(definition.name, doc.doc_id) if blank else ()
    return {name: UNCALCULATED for name in blank if name in failed}


def text_of(definition: AppDefinition, name: str, values: Mapping[str, Any], world: World) -> str:
    """A column's text; reserved keys are shown too."""
    value = values.get(name)
    if value is None:
        return ''
    if name.endswith('_at') and name in MARKS:
        return moment_text(value)
    if name.endswith('_by') and name in MARKS:
        return _called(values, name.removesuffix('_by'), world)
    field = definition.fields.get(name)
    return readable(field, value, world) if field is not None else str(value)


def label_of(definition: AppDefinition, name: str) -> str:
    """What people call a column."""
    field = definition.fields.get(name)
    return field.title if field is not None else MARKS.get(name, name)


def moment_text(value: Any) -> str:
    """'2026-04-01T09:05:00+09:00' -> '令和8年4月1日(水) 9:05', as all other dates on screen."""
    if not isinstance(value, str):
        return ''
    at = datetime.fromisoformat(value).astimezone(TOKYO)
    return f'{wareki(at.date())} {at.hour}:{at.minute:02}'


def is_overdue(definition: AppDefinition, values: Mapping[str, Value], world: World) -> bool:
    """Whether the deadline has passed and there is still something to do."""
    workflow: Any = definition.capabilities.get('workflow')
    return workflow is not None and workflow.overdue(values, world.today)


def _called(values: Mapping[str, Any], mark: str, world: World) -> str:
    """Who made or changed a record, with the section of that time. mark: _created or _changed."""
    account, at = values.get(f'{mark}_by'), values.get(f'{mark}_at')
    return world.called(account, at) if isinstance(account, str) and isinstance(at, str) else ''
