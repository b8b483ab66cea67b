"""A panel: the face of a capability on a record's page, on an app's page, or after a registration; their register.

A file in apps/panels draws what a capability offers there:

    @record_panel('workflow')
    def workflow(scene: RecordScene) -> None: ...

It draws into the place that is open and writes only through `scene.context.operations`, asking `scene.person()` each
time.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person
    from apps.reading import Shown
    from forms.definition import AppDefinition
    from forms.view import View


@dataclass(frozen=True, slots=True)
class RecordScene:
    """What a panel on a record's page stands on.

    person: who is signed in at this moment (None: the session is over, then do nothing). refresh: draw the page again
    from the store, for instance after an action; `record` is as it was when the page was drawn. hold: called with True
    while somebody types in the panel, so that another person's change does not take it away, and with False afterwards.
    opened_at: when this person opened the record.
    """

    context: AppContext
    definition: AppDefinition
    record: Shown
    person: Callable[[], Person | None]
    refresh: Callable[[], None]
    hold: Callable[[bool], None]
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AppScene:
    """What a panel on an app's page stands on.

    listen: be told of what happens (apps.live) while the page is shown. view: the view that is open; a panel decides by
    it whether it belongs there (the console over the list of today, the effect over the summary).
    """

    context: AppContext
    definition: AppDefinition
    person: Callable[[], Person | None]
    listen: Callable[[Callable[[object], None]], None]
    view: View

    @property
    def is_first(self) -> bool:
        """Whether the view that is open is the one people come to first."""
        return not self.definition.views or self.definition.views[0].name == self.view.name


@dataclass(frozen=True, slots=True)
class DoneScene:
    """What is told right after a registration. again: show an empty form for the next one."""

    context: AppContext
    definition: AppDefinition
    record: Shown
    again: Callable[[], None]


RecordPanel = Callable[[RecordScene], None]
AppPanel = Callable[[AppScene], None]
DonePanel = Callable[[DoneScene], None]
Tells = Callable[['AppDefinition'], Iterable[str]]
_RECORD_PANELS: dict[str, RecordPanel] = {}
_TELLS: dict[str, Tells] = {}
_APP_PANELS: dict[str, AppPanel] = {}
_DONE_PANELS: dict[str, DonePanel] = {}


def record_panel(capability: str, *, tells: Tells = lambda _: ()) -> Callable[[RecordPanel], RecordPanel]:
    """Register the face of a capability beside a record. Raises ValueError when it has one already.

    tells: names of the fields that the panel shows itself, so that the page need not show them a second time.
    """

    def register(draw: RecordPanel) -> RecordPanel:
        if capability in _RECORD_PANELS:
            raise ValueError(f'{capability!r} has two panels for records')
        _RECORD_PANELS[capability] = draw
        _TELLS[capability] = tells
        return draw

    return register


def app_panel(capability: str) -> Callable[[AppPanel], AppPanel]:
    """Register the face of a capability on top of an app's page. Raises ValueError when it has one already."""

    def register(draw: AppPanel) -> AppPanel:
        if capability in _APP_PANELS:
            raise ValueError(f'{capability!r} has two panels for apps')
        _APP_PANELS[capability] = draw
        return draw

    return register


def done_panel(capability: str) -> Callable[[DonePanel], DonePanel]:
    """Register what a capability shows in place of «registered». Raises ValueError when it has one already."""

    def register(draw: DonePanel) -> DonePanel:
        if capability in _DONE_PANELS:
            raise ValueError(f'{capability!r} tells twice what was registered')
        _DONE_PANELS[capability] = draw
        return draw

    return register


def record_panels(definition: AppDefinition) -> Iterable[RecordPanel]:
    """The panels beside a record of this app, in the order of the definition's capabilities.

    What is to be done with it comes first: in the field that button must be in reach.
    """
    _scan()
    in_order = sorted(definition.capabilities, key=lambda key: key != 'workflow')
    return [_RECORD_PANELS[key] for key in in_order if key in _RECORD_PANELS]


def told_by_panels(definition: AppDefinition) -> frozenset[str]:
    """Names of the fields that the panels beside a record show."""
    _scan()
    return frozenset(name for key in definition.capabilities if key in _TELLS for name in _TELLS[key](definition))


def app_panels(definition: AppDefinition) -> Iterable[AppPanel]:
    """The panels on top of this app's page, in the order of the definition's capabilities."""
    _scan()
    return [_APP_PANELS[key] for key in definition.capabilities if key in _APP_PANELS]


def done_panel_of(definition: AppDefinition) -> DonePanel | None:
    """What to show right after a registration in this app; None where nothing special is to be told."""
    _scan()
    return next((_DONE_PANELS[key] for key in definition.capabilities if key in _DONE_PANELS), None)


@cache
def _scan() -> None:
    package = importlib.import_module('apps.panels')
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f'apps.panels.{module.name}')
