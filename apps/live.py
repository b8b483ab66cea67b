"""What just happened, told to open screens after the commit; knows no screen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecordChanged:
    """A record was made, changed or removed; id '': many records of the app at once.

    account: who did it, so that their own screen need not warn them.
    """

    app: str
    id: str
    rev: int
    account: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class DefinitionsChanged:
    """One or more definition files were read again. names: apps whose definition or problems are different now."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """An account's rights, password or state changed: its open sessions are over and its screens must close."""

    account: str


@dataclass(frozen=True, slots=True)
class OperatorChanged:
    """Another person goes on at a shared device. before, token: of the session that ended and of the new one.

    page: id of the page that stays open; it alone goes over to the new session.
    """

    before: str
    page: str
    token: str


@dataclass(frozen=True, slots=True)
class SeatsChanged:
    """Somebody sat down at a counter of a queue, or left it."""

    app: str


@dataclass(frozen=True, slots=True)
class Notified:
    """Somebody was told something, or has read it: the count of their unread notifications is another."""

    account: str


Happening = RecordChanged | DefinitionsChanged | AccountChanged | OperatorChanged | SeatsChanged | Notified
Listener = Callable[[Happening], None]


class Live:
    """Publish and subscribe within this process. Listeners are called at once, in the loop, and must not block."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` for everything that happens from now on. Returns the function that ends it."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def publish(self, happening: Happening) -> None:
        """Tell everybody. One listener's failure is logged and reaches neither the others nor the writer."""
        for listener in tuple(self._listeners):
            try:
                listener(happening)
            except Exception:
                logger.exception('a listener of the live events failed')
