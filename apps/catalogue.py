"""The apps that are served: read from the folder of definitions, again when a file changes; the last good one stays."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from apps.live import DefinitionsChanged, Live
from forms.definition import AppDefinition
from forms.loader import Loaded, load_folder
from forms.problems import Problem

logger = logging.getLogger(__name__)


class Publisher(Protocol):
    """Keeps what was published, so that names stay permanent and a broken file does not take an app away."""

    def vanished(self, definition: AppDefinition) -> tuple[Problem, ...]:
        """What this version lacks of the names that records already use."""

    def publish(self, definition: AppDefinition) -> None:
        """This version is served from now on."""

    def last_good(self, name: str, folder: Path) -> AppDefinition | None:
        """The version served before, when its file can no longer be read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of the folder gave: the apps to serve, and every mistake."""

    apps: Mapping[str, AppDefinition]
    problems: tuple[Problem, ...]


class Catalogue:
    """Definitions by name. Asking costs nothing; `reload` reads the folder and tells the live events what changed."""

    def __init__(self, folder: Path, publisher: Publisher | None = None, live: Live | None = None) -> None:
        self.folder = folder
        self._publisher = publisher
        self._live = live or Live()
        self._apps: Mapping[str, AppDefinition] = {}
        self._problems: tuple[Problem, ...] = ()
        self._ready: list[Callable[[AppDefinition], None]] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every mistake in the folder now, by file and line; the apps concerned are served as they were before."""
        return self._problems

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What may be a mistake in the apps that are served, by file and line; it stops nothing."""
        return tuple(sorted((each for app in self._apps.values() for each in app.warnings), key=lambda one: one.place))

    def get(self, name: str) -> AppDefinition:
        """The app of that name. Raises KeyError."""
        return self._apps[name]

    def find(self, name: str) -> AppDefinition | None:
        return self._apps.get(name)

    def all(self) -> list[AppDefinition]:
        """Every app that is served, by group and title."""
        return sorted(self._apps.values(), key=lambda each: (each.group, each.title))

    def when_ready(self, prepare: Callable[[AppDefinition], None]) -> None:
        """Call `prepare` for every app that is served now and for every new version (to make its indexes)."""
        self._ready.append(prepare)
        for each in self._apps.values():
            prepare(each)

    def reload(self) -> frozenset[str]:
        """Read the folder. Returns the names of the apps that are different now."""
        return self._adopt(self._read())

    async def watch(self, stop: asyncio.Event | None = None) -> None:
        """Reload whenever a file of the folder changes, until cancelled or `stop` is set."""
        from watchfiles import awatch

        async for _ in awatch(self.folder, stop_event=stop, recursive=True, debounce=200):
            try:
                self._adopt(await asyncio.to_thread(self._read))
            except Exception:
                logger.exception('the definitions could not be read again')

    def _read(self) -> Reading:
        """Takes a moment (parsing, publishing, indexes), so it may run in a thread; nobody sees it yet."""
        loaded = load_folder(self.folder)
        apps = dict(loaded.apps)
        problems = list(loaded.problems)
        for name, definition in loaded.apps.items():
            if self._publisher and (gone := self._publisher.vanished(definition)):
                problems.extend(gone)
                del apps[name]
        for name in self._different(apps) & apps.keys():
            self._serve(apps[name])
        for name in self._broken(loaded, apps):
            if kept := self._kept(name):
                apps[name] = kept
        return Reading(apps, tuple(problems))

    def _adopt(self, reading: Reading) -> frozenset[str]:
        changed = self._different(reading.apps)
        told = changed | {Path(each.place.file).stem for each in (*reading.problems, *self._problems)}
        self._apps, self._problems = reading.apps, reading.problems
        if told:
            self._live.publish(DefinitionsChanged(told))
        return changed

    def _different(self, apps: Mapping[str, AppDefinition]) -> frozenset[str]:
        return frozenset(
            name for name in {*apps, *self._apps} if _version(apps.get(name)) != _version(self._apps.get(name))
        )

    def _broken(self, loaded: Loaded, apps: Mapping[str, AppDefinition]) -> set[str]:
        names = {path.stem for path in self.folder.glob('*.yaml')}
        return (names | loaded.apps.keys()) - apps.keys()

    def _kept(self, name: str) -> AppDefinition | None:
        if name in self._apps:
            return self._apps[name]
        return self._publisher.last_good(name, self.folder) if self._publisher else None

    def _serve(self, definition: AppDefinition) -> None:
        if self._publisher:
            self._publisher.publish(definition)
        for prepare in self._ready:
            prepare(definition)


def _version(definition: AppDefinition | None) -> str | None:
    return None if definition is None else definition.version
