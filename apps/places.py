"""The city's places, from the CSV files that the administrator keeps beside the definitions."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from forms.places import Gazetteer, Place
from forms.places_file import FOLDER, read_places

logger = logging.getLogger(__name__)


class Places:
    """Read when first asked for, and again when a file has come, gone or changed. Blocking: ask in a thread.

    definitions: the folder of definitions, in whose subfolder `places` every CSV file counts.
    """

    def __init__(self, definitions: Path) -> None:
        self._folder = definitions / FOLDER
        self._reading = Lock()
        self._version: tuple[object, ...] | None = None
        self._gazetteer = Gazetteer(())

    def gazetteer(self) -> Gazetteer:
        """All places; none where there is no file. A row that is wrong is left out, and told by `check`."""
        with self._reading:
            version = tuple(self._files())
            if version != self._version:
                self._gazetteer = Gazetteer(each for path, *_ in version for each in _read(path))
                self._version = version
            return self._gazetteer

    def _files(self) -> Iterator[tuple[Path, int, int]]:
        for path in sorted(self._folder.glob('*.csv')):
            try:
                stat = path.stat()
            except OSError:  # gone since it was listed
                continue
            yield path, stat.st_mtime_ns, stat.st_size


def _read(path: Path) -> list[Place]:
    try:
        places, _ = read_places(path.read_bytes())
    except OSError:
        logger.exception('the places in %s cannot be read', path)
        return []
    return list(places)
