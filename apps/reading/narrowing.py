"""What a person may narrow a list by: the filters a view offers, their choices, and the query of a chosen one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from apps.directory import Directory
from apps.filters import between
from apps.reading.field_filters import field_query
from forms.definition import AppDefinition
from forms.field import Field, Surroundings
from forms.japanese.fiscal import fiscal_year, fiscal_year_label, fiscal_year_range
from forms.view import View

FISCAL_YEAR = '年度'
"""A filter that every app with a date has, without being a field."""

_DEADLINES = {'overdue': '期限切れ', 'today': '今日まで', 'week': '1週間以内'}
_YEARS_BACK = 6


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One filter on screen. kind: choice, date (value 'from..to'), text; options: (value, label)."""

    name: str
    label: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()


def main_date(definition: AppDefinition) -> str:
    """The date by which records belong to a fiscal year: the one that numbers go by, else the first date field."""
    numbering: Any = definition.capabilities.get('numbering')
    series = numbering.series if numbering is not None else ()
    named = [each.by for each in series if each.by in definition.fields]
    dates = [name for name, each in definition.fields.items() if each.value_type.kind in {'date', 'datetime'}]
    return next((name for name in (*named, *dates) if name in dates), '')


def deadline_field(definition: AppDefinition) -> str:
    workflow: Any = definition.capabilities.get('workflow')
    return workflow.deadline.field if workflow is not None and workflow.deadline else ''


def narrowings(definition: AppDefinition, view: View, directory: Directory, today: date) -> Iterator[Narrowing]:
    """The filters a view offers, in its order."""
    for name in view.filters:
        if name == FISCAL_YEAR and name not in definition.fields:
            year = fiscal_year(today, definition.fiscal_start)
            years = range(year + 1, year - _YEARS_BACK, -1)
            options = tuple((str(each), fiscal_year_label(each, definition.fiscal_start)) for each in years)
            yield Narrowing(name, name, 'choice', options)
        elif name == deadline_field(definition):
            yield Narrowing(name, definition.fields[name].title, 'choice', tuple(_DEADLINES.items()))
        elif name in definition.fields:
            yield _of_field(definition.fields[name], directory)


def _of_field(field: Field, directory: Directory) -> Narrowing:
    kind = field.value_type.kind
    if field.TYPE == 'staff':
        return Narrowing(field.name, field.title, 'choice', tuple(directory.staff()))
    if field.TYPE == 'section':
        return Narrowing(field.name, field.title, 'choice', tuple((each, each) for each in directory.sections()))
    if kind == 'boolean':
        return Narrowing(field.name, field.title, 'choice', (('true', 'はい'), ('false', 'いいえ')))
    if kind in {'date', 'datetime'}:
        return Narrowing(field.name, field.title, 'date')
    choices = field.browser().get('choices') or ()
    if choices:
        options = tuple((each['value'], each.get('label') or each['value']) for each in choices)
        return Narrowing(field.name, field.title, 'choice', options)
    return Narrowing(field.name, field.title, 'text')


def query_for(
    definition: AppDefinition, chosen: Mapping[str, str | tuple[str, ...]], around: Surroundings
) -> QueryInstance | None:
    """The records that pass every chosen filter (see `Filters` in apps/reading); None when nothing is chosen.

    Raises ValueError (Japanese) for a filter or value that cannot be understood.
    """
    query: QueryInstance | None = None
    for name, value in chosen.items():
        if not value:
            continue
        one = (
            _one(definition, name, value, around.today)
            if isinstance(value, str)
            else field_query(definition, name, value, around)
        )
        query = one if query is None else query & one
    return query


def _one(  # noqa: PLR0911 - one line per kind of field reads best
    definition: AppDefinition, name: str, value: str, today: date
) -> QueryInstance:
    if name == FISCAL_YEAR and name not in definition.fields:
        first, last = fiscal_year_range(int(_number(name, value)), definition.fiscal_start)
        return between(main_date(definition), first.isoformat(), last.isoformat())
    if name not in definition.fields:
        raise ValueError(name)
    if name == deadline_field(definition) and value in _DEADLINES:
        return _deadline(definition, name, value, today)
    field = definition.fields[name]
    kind = field.value_type.kind
    if kind in {'date', 'datetime'}:
        return _dates(name, value)
    if kind == 'boolean':
        return where(name) == (value == 'true')
    if kind == 'number':
        return where(name) == _number(name, value)
    if kind == 'table':
        return where(name).any([value])
    return where(name) == value


def _number(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise ValueError(f'「{name}」には数字を書いてください。') from error


def _dates(name: str, value: str) -> QueryInstance:
    """'2026-04-01..2026-04-30', open on either side, or one day."""
    first, dots, last = value.partition('..')
    if not dots:
        last = first
    return between(name, first or '0001-01-01', last or '9999-12-30')


def _deadline(definition: AppDefinition, name: str, value: str, today: date) -> QueryInstance:
    workflow: Any = definition.capabilities['workflow']
    open_now = where(workflow.field).one_of([each.name for each in workflow.statuses if not each.done])
    if value == 'overdue':
        return open_now & (where(name) < today.isoformat())
    last = today if value == 'today' else today + timedelta(days=7)
    return open_now & between(name, today.isoformat(), last.isoformat())
