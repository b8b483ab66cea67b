"""The columns and cells of a list as the browser draws them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.addresses import record_address
from apps.operations.world import World
from apps.reading.narrowing import deadline_field
from apps.reading.shown import Row, label_of
from apps.screens.list.found import found_in
from forms.choices import ChoiceList
from forms.definition import AppDefinition

_WHOLE = frozenset({'date', 'time', 'datetime', 'boolean'})
_WHOLE_TYPES = frozenset(
    {'person_name', 'kana', 'staff', 'phone', 'postal_code', 'section', 'partial_date', 'select_one'}
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one view, and how a row of it is told to the browser."""

    definition: AppDefinition
    names: tuple[str, ...]
    unsortable: frozenset[str] = frozenset()

    def told(self) -> list[dict[str, Any]]:
        """For the head of the table. kind: classes of the cells; the first column carries the link."""
        return [
            {
                'name': name,
                'label': label_of(self.definition, name),
                'kind': self._kind(name, at),
                'sortable': name not in self.unsortable,
            }
            for at, name in enumerate(self.names)
        ]

    def rows(self, rows: Iterable[Row], words: str, world: World) -> list[dict[str, Any]]:
        return [self.row(each, words, world) for each in rows]

    def row(self, row: Row, words: str, world: World) -> dict[str, Any]:
        """words: what was searched for; where no column shows it, the row says where it stands."""
        return {
            'id': row.id,
            'title': row.title,
            'address': record_address(self.definition.name, row.id),
            'cells': [self._cell(name, row) for name in self.names],
            'found': found_in(self.definition, row, self.names, words, world) if words else '',
        }

    def _cell(self, name: str, row: Row) -> dict[str, Any]:
        cell: dict[str, Any] = {'text': row.cells.get(name, '')}
        if color := color_of(self.definition, name, row.values.get(name)):
            cell['chip'] = color
        if row.overdue and name == deadline_field(self.definition) and cell['text']:
            cell['late'] = True
        return cell

    def _kind(self, name: str, at: int) -> str:
        if at == 0:
            return 'key'
        field = self.definition.fields.get(name)
        if field is None:
            return 'whole'
        if field.value_type.kind == 'number':
            return 'number'
        return 'whole' if field.value_type.kind in _WHOLE or field.TYPE in _WHOLE_TYPES else ''


def color_of(definition: AppDefinition, name: str, value: Any) -> str:
    """The colour of a chosen value (a class of shell.css), '' for none."""
    choices = getattr(definition.fields.get(name), 'choices', None)
    choice = choices.get(value) if isinstance(choices, ChoiceList) and value is not None else None
    return choice.color if choice else ''
