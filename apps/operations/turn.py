"""One import writes at a time, over all processes of an installation; the turn ends with the process that holds it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from apps.outcome import Refused

FILE = 'importing.lock'


class Taken(Exception):
    """Somebody else has the turn."""


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Hold the turn of the data folder. Raises Taken."""
    with (folder / FILE).open('a+b') as file:
        _lock(file)
        yield  # closing the file gives the turn back, and so does the end of the process


@contextmanager
def turn_or_refusal(folder: Path) -> Iterator[None]:
    """The same for people. Raises Refused 'closed'."""
    try:
        with turn(folder):
            yield
    except Taken as error:
        raise Refused('closed', detail='ほかの取り込みが進んでいます。終わるまで少し待ってください。') from error


if sys.platform == 'win32':
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise Taken from error

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Taken from error
