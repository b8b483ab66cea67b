"""Records: dicts in, dicts out, durable, with a history nobody can quietly change."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from storage.api import (
    ANY,
    ARRIVAL,
    Change,
    Conflict,
    Damaged,
    Doc,
    NotFound,
    NotStored,
    OutcomeUnknown,
    Page,
    RequestReused,
    Stopped,
    StorageError,
    Store,
    Tx,
    View,
    now_in_tokyo,
)
from storage.ids import new_id
from storage.query import Query, where

__all__ = [
    'ANY',
    'ARRIVAL',
    'Change',
    'Conflict',
    'Damaged',
    'Doc',
    'NotFound',
    'NotStored',
    'OutcomeUnknown',
    'Page',
    'Query',
    'RequestReused',
    'Stopped',
    'StorageError',
    'Store',
    'Tx',
    'View',
    'new_id',
    'open_store',
    'where',
]


def open_store(
    url: str | Path,
    *,
    clock: Callable[[], datetime] = now_in_tokyo,
    witness: Path | None = None,
    vfs: str | None = None,
) -> Store:
    """Open the records of a city, making the folder when there is none.

    `url` is a folder, or 'sqlite:///folder/city.db'. `witness`: where to keep the witness (best on another disk or
    host), by default beside the database. `vfs`: the name of an SQLite VFS in place of the one with page checksums.
    Raises Damaged when the files do not fit together, Stopped on a network file system.
    """
    return Store(folder_of(str(url)), clock, witness, vfs)


def folder_of(url: str) -> Path:
    """The folder an address means. ValueError for another database than SQLite."""
    scheme, separator, rest = url.partition('://')
    if not separator:
        return Path(url)
    if scheme != 'sqlite':
        raise ValueError(f'{scheme} is not supported; use sqlite:///folder/city.db or a folder')
    file = Path(rest.removeprefix('/'))
    if file.name != 'city.db':
        raise ValueError('the file is called city.db: sqlite:///folder/city.db')
    return file.parent
