"""A panel: the face of a capability on a record's page or on an app's page; the register of panels.

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
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person
    from apps.reading import Shown
    from forms.definition import AppDefinition


@dataclass(frozen=True, slots=True)
class RecordScene:
    """What a panel on a record's page stands on.

    person: who is signed in at this moment (None: the session is over, then do nothing). refresh: draw the page again
    from the store, for instance after an action; `record` is as it was when the page was drawn. hold: called with True
    while somebody types in the panel, so that another person's change does not take it away, and with False afterwards.
    """

    context: AppContext
    definition: AppDefinition
    record: Shown
    person: Callable[[], Person | None]
    refresh: Callable[[], None]
    hold: Callable[[bool], None]


@dataclass(frozen=True, slots=True)
class AppScene:
    """What a panel on an app's page stands on. listen: be told of what happens (apps.live) while the page is shown."""

    context: AppContext
    definition: AppDefinition
    person: Callable[[], Person | None]
    listen: Callable[[Callable[[object], None]], None]


RecordPanel = Callable[[RecordScene], None]
AppPanel = Callable[[AppScene], None]
_RECORD_PANELS: dict[str, RecordPanel] = {}
_APP_PANELS: dict[str, AppPanel] = {}


def record_panel(capability: str) -> Callable[[RecordPanel], RecordPanel]:
    """Register the face of a capability beside a record. Raises ValueError when it has one already."""

    def register(draw: RecordPanel) -> RecordPanel:
        if capability in _RECORD_PANELS:
            raise ValueError(f'{capability!r} has two panels for records')
        _RECORD_PANELS[capability] = draw
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


def record_panels(definition: AppDefinition) -> Iterable[RecordPanel]:
    """The panels beside a record of this app, in the order of the definition's capabilities."""
    _scan()
    return [_RECORD_PANELS[key] for key in definition.capabilities if key in _RECORD_PANELS]


def app_panels(definition: AppDefinition) -> Iterable[AppPanel]:
    """The panels on top of this app's page, in the order of the definition's capabilities."""
    _scan()
    return [_APP_PANELS[key] for key in definition.capabilities if key in _APP_PANELS]


@cache
def _scan() -> None:
    package = importlib.import_module('apps.panels')
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f'apps.panels.{module.name}')
