"""Records in columns by one field: the board of a workflow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tinydb import where

from apps.operations.world import World
from apps.reading.lists import condition, order
from apps.reading.shown import Row, row
from forms.capability import Moment
from forms.definition import AppDefinition
from forms.view import View
from storage import Store

MOST_CARDS = 50


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One value of the field: its cards (at most MOST_CARDS) and how many there really are."""

    value: str
    label: str
    color: str
    cards: tuple[Row, ...]
    total: int


def board(
    store: Store, definition: AppDefinition, view: View, filters: Mapping[str, str], moment: Moment, world: World
) -> tuple[BoardColumn, ...]:
    """The columns of a board in the order of the field's choices; columns that the condition empties are left out."""
    query = condition(definition, view, filters, moment)
    field = definition.fields[view.by]
    columns = []
    for choice in field.browser().get('choices', ()):
        own = where(view.by) == choice['value']
        within = own if query is None else query & own
        total = store.count(definition.name, within)
        found = store.find(definition.name, within, sort=order(definition, view, ''), limit=MOST_CARDS)
        cards = tuple(row(definition, each, view.columns, world) for each in found.docs)
        label = choice.get('label') or choice['value']
        columns.append(BoardColumn(choice['value'], label, choice.get('color') or '', cards, total))
    return tuple(columns)
