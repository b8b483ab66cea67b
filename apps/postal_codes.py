"""Postal code to address, from the file of Japan Post that the administrator puts on the server."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from forms.japanese.postal_areas import Area, areas

logger = logging.getLogger(__name__)

Found = dict[str, tuple[Area, ...]]


class PostalCodes:
    """Read when the first code is asked for, and again when the file has been replaced. Blocking: ask in a thread."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._reading = Lock()
        self._version: tuple[int, int] | None = None
        self._areas: Found = {}

    def areas(self, code: str) -> tuple[Area, ...]:
        """The areas of a code ('920-0962' or '9200962'); nothing when there is no file or it does not know the code."""
        if self._path is None:
            return ()
        with self._reading:
            self._refresh(self._path)
            return self._areas.get(code.replace('-', ''), ())

    def _refresh(self, path: Path) -> None:
        """What was read last stays when the file cannot be read: it may just be on its way here."""
        try:
            stat = path.stat()
            if (version := (stat.st_mtime_ns, stat.st_size)) != self._version:
                self._areas = _by_code(_read(path))
                self._version = version
        except (OSError, ValueError, csv.Error):
            logger.exception('the postal codes in %s cannot be read', path)


def knows_codes(path: Path) -> bool:
    """Whether the file begins as one of Japan Post's. Raises OSError."""
    with path.open('rb') as file:
        beginning = file.read(4096)
    try:
        return any(areas(_lines(beginning.rpartition(b'\n')[0])))
    except (ValueError, csv.Error):
        return False


def _by_code(found: Iterator[Area]) -> Found:
    by_code: dict[str, dict[Area, None]] = {}
    for area in found:
        by_code.setdefault(area.code, {})[area] = None
    if not by_code:
        raise ValueError('no line has the form of KEN_ALL')
    return {code: tuple(each) for code, each in by_code.items()}


def _read(path: Path) -> Iterator[Area]:
    return areas(_lines(path.read_bytes()))


def _lines(content: bytes) -> Iterator[list[str]]:
    """Japan Post publishes the same lines in UTF-8 and in the encoding of Windows. Raises ValueError for another."""
    try:
        text = content.decode('utf-8-sig')
    except UnicodeDecodeError:
        text = content.decode('cp932')
    return csv.reader(io.StringIO(text, newline=''))
