"""The screen of a view: which file draws a list, a board, a calendar ...; the register of view types.

@view_screen('board')
class Board(ViewScreen): ...
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person
    from forms.definition import AppDefinition
    from forms.view import View


@dataclass(frozen=True, slots=True)
class ViewScene:
    """What the screen of a view stands on.

    query: the part of the address after «?», without `view`. address: this view with another query. go: show it with
    another query (which enters the address, so that back, forward and sharing work). person: who is signed in at this
    moment, None when the session is over. hidden: a query as it may stand in an address, without what is searched for;
    `address` and `go` hide it themselves.
    """

    context: AppContext
    definition: AppDefinition
    view: View
    query: Mapping[str, str]
    person: Callable[[], Person | None]
    address: Callable[[Mapping[str, str]], str]
    go: Callable[[Mapping[str, str]], None]
    hidden: Callable[[Mapping[str, str]], dict[str, str]]


class ViewScreen:
    """Draws itself into the place that is open. One lives as long as its view is shown to one person."""

    def __init__(self, scene: ViewScene) -> None:
        self.scene = scene

    def draw(self) -> None:
        """Draw everything; called once."""
        raise NotImplementedError

    def follow(self, query: Mapping[str, str]) -> None:
        """The address changed within this view (filter, page, back): show what it says now."""

    def happened(self, happening: object) -> None:
        """Something happened (apps.live). Must not block."""


ScreenClass = TypeVar('ScreenClass', bound=type[ViewScreen])
_SCREENS: dict[str, type[ViewScreen]] = {}


def view_screen(kind: str) -> Callable[[ScreenClass], ScreenClass]:
    """Register the screen of a view type (a word of forms.view.VIEW_TYPES). Raises ValueError when it is taken."""

    def register(cls: ScreenClass) -> ScreenClass:
        if kind in _SCREENS:
            raise ValueError(f'the view type {kind!r} has two screens')
        _SCREENS[kind] = cls
        return cls

    return register


def view_screens() -> Mapping[str, type[ViewScreen]]:
    """Every screen by view type, found by scanning apps/screens once."""
    _scan()
    return _SCREENS


@cache
def _scan() -> None:
    package = importlib.import_module('apps.screens')
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f'apps.screens.{module.name}')
