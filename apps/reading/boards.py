"""Records in columns by one field: the board of a workflow."""

from __future__ import annotations

from dataclasses import dataclass

from tinydb import where

from apps.reading.narrowing import deadline_field
from apps.reading.seen import Seen
from apps.reading.shown import Row

MOST_CARDS = 50


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One value of the field: its cards (at most MOST_CARDS) and how many there really are."""

    value: str
    label: str
    color: str
    cards: tuple[Row, ...]
    total: int


def board(seen: Seen) -> tuple[BoardColumn, ...]:
    """The columns of a board in the order of the field's choices; those that its condition rules out are left out.

    Without an order of its own the cards with the nearest deadline come first.
    """
    definition, view, query = seen.definition, seen.view, seen.condition()
    totals = dict(seen.store.group(definition.name, query, [view.by]))
    columns = []
    for choice in definition.fields[view.by].browser().get('choices', ()):
        value, total = choice['value'], totals.get(choice['value'], 0)
        if not total and query is not None and not query({view.by: value}):
            continue
        cards = _cards(seen, value) if total else ()
        columns.append(BoardColumn(value, choice.get('label') or value, choice.get('color') or '', cards, total))
    return tuple(columns)


def _cards(seen: Seen, value: str) -> tuple[Row, ...]:
    query, own = seen.condition(), where(seen.view.by) == value
    within = own if query is None else query & own
    due = deadline_field(seen.definition)
    order = seen.order() if seen.view.sort or not due else [(due, False)]
    found = seen.store.find(seen.definition.name, within, sort=order, limit=MOST_CARDS)
    return tuple(seen.row(each) for each in found.docs)
