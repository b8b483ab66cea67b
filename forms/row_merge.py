"""Two people changed the rows of one table: different rows, or different cells of one row, go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms.fields.rows import ROW

Row = Mapping[str, Any]


def is_table(value: Any) -> bool:
    """Whether a stored value is that of a subtable or checklist with rows."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) and row.get(ROW) for row in value)


def merged_rows(before: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row]) -> list[Row] | None:
    """Their rows with my changes, my new rows last; None when both changed one cell, or one removed what the other
    changed. A new row of mine whose id they gave to another row comes without an id: saving numbers it anew.
    """
    was, other = by_id(before), by_id(theirs)
    own = by_id(mine)
    merged: list[Row] = []
    for row_id, their_row in other.items():
        if row_id not in was:
            merged.append(their_row)
        elif row_id not in own:
            if their_row != was[row_id]:
                return None
        elif (row := _merged_cells(was[row_id], own[row_id], their_row)) is not None:
            merged.append(row)
        else:
            return None
    if any(own[row_id] != was[row_id] for row_id in was.keys() & own.keys() - other.keys()):
        return None
    return [*merged, *_added(own, was, other)]


def by_id(rows: Sequence[Row]) -> dict[str, Row]:
    return {row[ROW]: row for row in rows}


def _merged_cells(was: Row, own: Row, theirs: Row) -> Row | None:
    cells = dict(theirs)
    for name in was.keys() | own.keys():
        if own.get(name) == was.get(name):
            continue
        if theirs.get(name) not in (was.get(name), own.get(name)):
            return None
        cells[name] = own.get(name)
    return {name: value for name, value in cells.items() if value is not None}


def _added(own: Mapping[str, Row], was: Mapping[str, Row], other: Mapping[str, Row]) -> list[Row]:
    fresh = [row for row_id, row in own.items() if row_id not in was and row != other.get(row_id)]
    return [{name: value for name, value in row.items() if name != ROW or value not in other} for row in fresh]
