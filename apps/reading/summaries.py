"""A cross table: how many records, or the sum of a field, by two axes; every number leads back to its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.operations.world import World
from apps.reading.seen import Seen
from apps.reading.shown import label_of
from forms.definition import AppDefinition
from forms.view import Axis, axis

BLANK = '(空白)'


@dataclass(frozen=True, slots=True)
class Summary:
    """rows, columns: (key, label) in order; cells[row key, column key] -> number; totals of rows, columns and all."""

    title: tuple[str, str]
    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], float]
    row_totals: Mapping[str, float]
    column_totals: Mapping[str, float]
    total: float


def summary(seen: Seen) -> Summary:
    """Count or add up the records of a summary view.

    A choice of several counts under each, in the cells and in the totals of that axis; `total` counts a record once.
    """
    definition, view = seen.definition, seen.view
    down, across, value = _axis(view.rows), _axis(view.columns_by), _axis(view.value) or Axis('', 'count')
    how: Any = 'count' if value.by == 'count' else (value.by.replace('average', 'avg'), value.field)
    query = seen.condition()

    def group(*axes: Axis | None) -> list[tuple[Any, ...]]:
        by = [_key(definition, each) for each in axes if each is not None]
        return seen.store.group(definition.name, query, by, how)

    cells = {(_text(found[0]), _text(found[1]) if across else ''): found[-1] or 0 for found in group(down, across)}
    headings = (('', '件数' if value.by == 'count' else label_of(definition, value.field)),)
    return Summary(
        (_title(definition, down), _title(definition, across)),
        _headings(definition, down, [key for key, _ in cells], seen.world),
        _headings(definition, across, [key for _, key in cells], seen.world) if across else headings,
        cells,
        {_text(key): number or 0 for key, number in group(down)} if down else {},
        {_text(key): number or 0 for key, number in group(across)} if across else {},
        next((number or 0 for (number,) in group()), 0),
    )


def _axis(text: str) -> Axis | None:
    return axis(text) if text else None


def _key(definition: AppDefinition, one: Axis) -> Any:
    if one.by:
        return (one.field, one.by)
    return (one.field, 'each') if definition.fields[one.field].value_type.kind == 'table' else one.field


def _text(key: Any) -> str:
    return '' if key is None else str(key)


def _title(definition: AppDefinition, one: Axis | None) -> str:
    return label_of(definition, one.field) if one is not None else ''


def _headings(
    definition: AppDefinition, one: Axis | None, keys: Sequence[str], world: World
) -> tuple[tuple[str, str], ...]:
    """Choices in their own order, also those that never occur; everything else in the order of its keys."""
    if one is None:
        return (('', ''),)
    seen = list(dict.fromkeys(keys))
    field = definition.fields[one.field]
    if one.by:
        return tuple((key, _period(key, one.by)) for key in sorted(seen))
    choices = {each['value']: each.get('label') or each['value'] for each in field.browser().get('choices', ())}
    ordered = [*choices, *sorted(key for key in seen if key not in choices)]
    return tuple((key, choices.get(key) or (field.show(key, world) if key else BLANK)) for key in ordered)


def _period(key: str, by: str) -> str:
    """'2026-04' -> '2026年4月'; other periods as the store names them."""
    if not key:
        return BLANK
    if by == 'month' and len(key) == 7:
        first = date.fromisoformat(f'{key}-01')
        return f'{first.year}年{first.month}月'
    return {'fiscal_year': f'{key}年度', 'year': f'{key}年'}.get(by, key)
