"""A definition as one person may know of it: without the fields hidden from them, and the views that need those."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from forms.view import View, axis

if TYPE_CHECKING:
    from apps.sight import Sight
    from forms.definition import AppDefinition

MOST = 200
"""Copies that are kept: one per app and set of rules that is in use."""

Names = frozenset[str]


class Narrowing:
    """Makes the copies, and keeps them as long as their definition is served."""

    def __init__(self) -> None:
        self._copies: dict[tuple[str, Names, Names], tuple[AppDefinition, AppDefinition]] = {}

    def narrowed(self, sight: Sight) -> AppDefinition:
        """The definition itself where nothing is hidden."""
        definition = sight.definition
        if not sight.withholds:
            return definition
        hidden, veiled = sight.never_seen, sight.veiled
        if not hidden and not veiled:
            return definition
        key = (definition.name, hidden, veiled)
        kept = self._copies.get(key)
        if kept is None or kept[0] is not definition:
            if len(self._copies) >= MOST:
                self._copies.clear()
            kept = self._copies[key] = (definition, narrowed(definition, hidden, veiled))
        return kept[1]


def narrowed(definition: AppDefinition, hidden: Names, veiled: Names) -> AppDefinition:
    """hidden: fields that are left out. veiled: fields by which nothing may be sorted, filtered or grouped.

    Formulas stay where they are: views and sections are found in the whole definition by their names.
    """
    sections = tuple(
        replace(each, fields=tuple(one for one in each.fields if one.name not in hidden))
        for each in definition.sections
    )
    views = tuple(_view(each, hidden, veiled) for each in definition.views if not _stands_on(each) & veiled)
    title = tuple(name for name in definition.record_title if name not in hidden)
    withheld = definition.withheld | hidden
    return replace(definition, sections=sections, views=views, record_title=title, withheld=withheld)


def _view(view: View, hidden: Names, veiled: Names) -> View:
    return replace(
        view,
        columns=tuple(name for name in view.columns if name not in hidden),
        filters=_without(view.filters, veiled),
        sort=tuple(name for name in view.sort if name.removeprefix('-') not in veiled),
    )


def _without(names: Iterable[str], veiled: Names) -> tuple[str, ...]:
    return tuple(name for name in names if name not in veiled)


def _stands_on(view: View) -> Names:
    """The fields without which a view would show nothing: of its lanes, days, pins, axes and sums."""
    axes = (axis(text) for text in (view.rows, view.columns_by, view.value) if text)
    return frozenset(name for name in (view.by, *(each.field for each in axes if each)) if name)
