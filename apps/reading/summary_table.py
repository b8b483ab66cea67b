"""A summary as people know it from the monthly Excel sheet: April to March, totals, shares, a way to the records."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from apps.filters import between
from apps.reading.narrowing import FISCAL_YEAR
from apps.reading.seen import Seen
from apps.reading.shown import label_of
from apps.reading.summaries import Summary, summary
from forms.definition import AppDefinition
from forms.japanese.fiscal import fiscal_year_range
from forms.view import Axis, View, axis

Headings = tuple[tuple[str, str], ...]
"""(key, label) in order."""


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """rows, columns: (key, label). cells, totals as in `Summary`; what is not there is 0.

    shares: whether parts of the whole mean anything (not for averages). overlapping: a record may stand in several
    rows or columns, so that they add up to more than the total.
    """

    title: tuple[str, str]
    what: str
    rows: Headings
    columns: Headings
    cells: Mapping[tuple[str, str], float]
    row_totals: Mapping[str, float]
    column_totals: Mapping[str, float]
    total: float
    shares: bool = True
    overlapping: bool = False

    @property
    def is_cross(self) -> bool:
        """Whether it has columns besides the total."""
        return self.columns != (('', self.what),)

    def share(self, part: float) -> float | None:
        """The part of the whole, 0 to 1; None when there is nothing or shares mean nothing."""
        return part / self.total if self.shares and self.total else None


def table(seen: Seen) -> SummaryTable:
    """The table of a summary view. Within one fiscal year all its months are there, also those without a record."""
    definition, view = seen.definition, seen.view
    found = summary(seen)
    down, across = _axis(view.rows), _axis(view.columns_by)
    value = _axis(view.value) or Axis('', 'count')
    year = seen.filters.get(FISCAL_YEAR, '')
    return SummaryTable(
        found.title,
        '件数' if value.by == 'count' else label_of(definition, value.field),
        _months(found.rows, down, year, definition.fiscal_start),
        _months(found.columns, across, year, definition.fiscal_start),
        found.cells,
        _totals(found, rows=True),
        _totals(found, rows=False),
        found.total,
        shares=value.by != 'average',
        overlapping=any(_is_list(definition, each) for each in (down, across)),
    )


def records_behind(definition: AppDefinition, view: View, keys: Mapping[str, str]) -> QueryInstance | None:
    """The records that a figure counts. keys: 'row' and 'column' with their keys, as far as the figure has them.

    None for the grand total. Raises ValueError for a key that no heading can have.
    """
    query: QueryInstance | None = None
    for place, text in (('row', view.rows), ('column', view.columns_by)):
        one = _axis(text)
        if place in keys and one is not None:
            part = _query(definition, one, keys[place])
            query = part if query is None else query & part
    return query


def _axis(text: str) -> Axis | None:
    return axis(text) if text else None


def _is_list(definition: AppDefinition, one: Axis | None) -> bool:
    return one is not None and definition.fields[one.field].value_type.kind == 'table'


def _totals(found: Summary, *, rows: bool) -> Mapping[str, float]:
    totals = found.row_totals if rows else found.column_totals
    return totals or {'': found.total}


def _months(headings: Headings, one: Axis | None, year: str, first_month: int) -> Headings:
    if one is None or one.by != 'month' or not year.isdigit():
        return headings
    labels = dict(headings)
    months = [(int(year) + (month < first_month), month) for month in _from(first_month)]
    full = {f'{each}-{month:02}': f'{month}月' for each, month in months}
    others = [(key, label) for key, label in labels.items() if key not in full]
    return (*full.items(), *others)


def _from(first_month: int) -> Sequence[int]:
    return [(first_month - 1 + step) % 12 + 1 for step in range(12)]


def _query(definition: AppDefinition, one: Axis, key: str) -> QueryInstance:
    name = one.field
    if not key:
        return ~where(name).exists()
    if one.by:
        return between(name, *_period(one.by, key))
    kind = definition.fields[name].value_type.kind
    if kind == 'table':
        return where(name).any([key])
    value: Any = float(key) if kind == 'number' else key in {'1', 'True'} if kind == 'boolean' else key
    return where(name) == value


def _period(by: str, key: str) -> tuple[str, str]:
    """First and last day."""
    if by == 'day':
        return key, key
    if by == 'fiscal_year':
        first, last = fiscal_year_range(int(key))
        return first.isoformat(), last.isoformat()
    if by == 'year':
        return f'{int(key):04}-01-01', f'{int(key):04}-12-31'
    if by == 'month':
        year, month = int(key[:4]), int(key[5:7])
        return f'{key}-01', f'{key}-{calendar.monthrange(year, month)[1]:02}'
    raise ValueError(by)
