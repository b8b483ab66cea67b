"""The ledger of erasures: ids and names of fields only, outside the database, because an older backup knows nothing of
a younger erasure."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from storage.blobs import sync_folder

if TYPE_CHECKING:
    from storage.api import Store

LEDGER: Final = 'erased.log'

Entry = dict[str, Any]
"""coll, id, rev: up to which revision it was erased; of what was taken out in part also what (`storage.take_out`)."""


def keep_ledger(store: 'Store') -> None:
    """Write what the database knows and the file does not yet."""
    with store.reading() as db:
        known = list(db.execute('SELECT coll, id, rev, what FROM erased'))
    entries_known = [{'coll': coll, 'id': id, 'rev': rev, **_told(what)} for coll, id, rev, what in known]
    add_entries(store.folder / LEDGER, entries_known)


def entries(file: Path) -> list[Entry]:
    """What a ledger holds, oldest first; nothing when there is none."""
    if not file.exists():
        return []
    return [orjson.loads(line) for line in file.read_bytes().split(b'\n') if line.endswith(b'}')]


def add_entries(file: Path, wanted: Iterable[Entry]) -> None:
    """Append those that are missing, durable when this returns."""
    there = {_key(entry) for entry in entries(file)}
    missing = [entry for entry in wanted if _key(entry) not in there]
    if not missing:
        return
    with file.open('ab') as target:
        if target.tell() and not file.read_bytes().endswith(b'\n'):
            target.write(b'\n')
        target.writelines(orjson.dumps(entry) + b'\n' for entry in missing)
        target.flush()
        os.fsync(target.fileno())
    sync_folder(file.parent)


def _told(what: str | None) -> Entry:
    told: Entry = orjson.loads(what) if what else {}
    return told


def _key(entry: Entry) -> bytes:
    return orjson.dumps(entry, option=orjson.OPT_SORT_KEYS)
