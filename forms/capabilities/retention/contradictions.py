"""What of a retention rule cannot be: without an end, without anything to erase, or at the cost of the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from forms.capabilities.retention.after import MOST, UNITS
from forms.problems import Problem, instead, problem
from forms.view import axis

if TYPE_CHECKING:
    from forms.capabilities.retention import Retention
    from forms.definition import AppDefinition

_MOST_DECIMALS = 5
"""A metre; more would not be coarser than what a map tells."""


def contradictions(retention: Retention, definition: AppDefinition) -> Iterable[Problem]:
    """Every one of them."""
    yield from _of_period(retention)
    yield from _of_names(retention, definition)
    workflow: Any = definition.capabilities.get('workflow')
    if not retention.only and not (workflow and workflow.done):
        yield problem('D705', at=())
    gone = retention.gone(definition)
    if not gone:
        yield problem('D706', at=())
    yield from _of_figures(definition, frozenset(gone))
    yield from _of_calculations(retention, definition, frozenset(gone))


def _of_period(retention: Retention) -> Iterator[Problem]:
    after = retention.after
    given = [unit for unit in UNITS if getattr(after, unit)]
    for unit in given:
        if not 1 <= getattr(after, unit) <= MOST[unit]:
            yield problem('D752', at=('after', unit), unit=unit, number=getattr(after, unit))
    if len(given) != 1:
        yield problem('D700', at=('after',))


def _of_names(retention: Retention, definition: AppDefinition) -> Iterator[Problem]:
    fields = definition.fields
    for key in ('erases', 'keeps'):
        for place, path in enumerate(getattr(retention, key)):
            name, _, column = path.partition('.')
            columns = getattr(fields.get(name), 'columns', ())
            known = {each.name for each in columns}
            if name not in fields:
                yield problem('D209', at=(key, place), setting=key, name=name, instead=instead(name, fields))
            elif column and column not in known:
                yield problem('D702', at=(key, place), table=name, name=column, instead=instead(column, known))
    for name, decimals in retention.coarse.items():
        field = fields.get(name)
        if field is None:
            yield problem('D209', at=('coarse', name), setting='coarse', name=name, instead=instead(name, fields))
        elif field.TYPE != 'location':
            yield problem('D210', at=('coarse', name), setting='coarse', name=name, type=field.TITLE, wanted='位置')
        elif not 0 <= decimals <= _MOST_DECIMALS:
            yield problem('D739', at=('coarse', name), name=name, value=decimals, most=_MOST_DECIMALS)


def _of_figures(definition: AppDefinition, gone: frozenset[str]) -> Iterator[Problem]:
    """Names of records and figures that would change when the fields go."""
    for name in definition.record_title:
        if name in gone:
            yield problem('D707', at=(), name=name)
    for view in definition.views:
        if view.type != 'summary':
            continue
        axes = (axis(text) for text in (view.rows, view.columns_by, view.value) if text)
        counted = {each.field for each in axes if each is not None}
        formula = definition.filter_of(view)
        counted |= set(formula.reads) if formula is not None else set()
        for name in sorted(counted & gone):
            yield problem('D708', at=(), view=view.name, name=name)


def _of_calculations(retention: Retention, definition: AppDefinition, gone: frozenset[str]) -> Iterator[Problem]:
    """What is calculated from a name may be the name."""
    for name in definition.fields:
        formula = definition.formula(name, 'calculation')
        if formula is None or name in gone or name in retention.keeps:
            continue
        for source in sorted(set(formula.reads) & gone):
            yield problem('D709', at=(), name=name, source=source)
