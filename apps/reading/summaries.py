"""A cross table: how many records, or the sum of a field, by two axes; every number leads back to its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.operations.world import World
from apps.reading.lists import condition
from apps.reading.shown import label_of
from forms.capability import Moment
from forms.definition import AppDefinition
from forms.view import Axis, View, axis
from storage import Store

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


def summary(
    store: Store, definition: AppDefinition, view: View, filters: Mapping[str, str], moment: Moment, world: World
) -> Summary:
    """Count or add up the records of a summary view.

    A choice of several counts once under each, in the cells and in the totals of that axis; `total` counts each record once.
    """
    query = condition(definition, view, filters, moment)
    down, across = _axis(view.rows), _axis(view.columns_by)
    value = _axis(view.value) or Axis('', 'count')
    how: Any = 'count' if value.by == 'count' else (value.by.replace('average', 'avg'), value.field)
    axes = [each for each in (down, across) if each is not None]
    by = [_key(definition, each) for each in axes]
    cells = {
        (_text(found[0]), _text(found[1]) if across else ''): found[-1] or 0
        for found in store.group(definition.name, query, by, how)
    }
    rows = _headings(definition, down, [key for key, _ in cells], world)
    columns = _headings(definition, across, [key for _, key in cells], world) if across else (('', _value_label(definition, value)),)
    return Summary(
        (_title(definition, down), _title(definition, across) if across else ''),
        rows,
        columns,
        cells,
        _totals(store, definition, query, by[:1], how),
        _totals(store, definition, query, by[1:], how) if across else {},
        _whole(store.group(definition.name, query, [], how)),
    )


def _value_label(definition: AppDefinition, value: Axis) -> str:
    return '件数' if value.by == 'count' else label_of(definition, value.field)


def _axis(text: str) -> Axis | None:
    return axis(text) if text else None


def _key(definition: AppDefinition, one: Axis) -> Any:
    if one.by:
        return (one.field, one.by)
    return (one.field, 'each') if definition.fields[one.field].value_type.kind == 'table' else one.field


def _text(key: Any) -> str:
    return '' if key is None else str(key)


def _totals(store: Store, definition: AppDefinition, query: Any, by: Sequence[Any], how: Any) -> dict[str, float]:
    return {_text(found[0]): found[-1] or 0 for found in store.group(definition.name, query, by, how)}


def _whole(found: Sequence[tuple[Any, ...]]) -> float:
    return (found[0][-1] or 0) if found else 0


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
