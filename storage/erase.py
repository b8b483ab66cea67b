"""Erasure: everything personal about a document leaves every file, while the chain of the history still verifies."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

import apsw
import orjson
from tinydb.queries import QueryLike

from storage import attachments, claims, numbers, text_index
from storage.blobs import sync_folder
from storage.content import decode
from storage.errors import NotStored

if TYPE_CHECKING:
    from storage.api import Store
    from storage.tx import Tx

LEDGER: Final = 'erased.log'
WAIT_SECONDS: Final = 10.0

Entry = dict[str, Any]  # coll, id, rev: up to which revision it was erased


def erase(
    store: 'Store', ids: Iterable[tuple[str, str]], *, actor: str, request_id: str, reason: str
) -> list[tuple[str, str]]:
    """Erase documents, living or deleted, by (collection, id): content, history, search text, claims, answers.

    `reason` stays in the history and must not name the person. Returns what there was to erase. NotStored when readers
    kept the old pages in use; erasing again finishes it.
    """
    wanted = list(ids)
    orphans: list[str] = []

    def run(tx: 'Tx') -> list[tuple[str, str]]:
        orphans.clear()
        return [one for one in wanted if tx.erase(*one, orphans=orphans)]

    found = store.commit_blocking(run, actor=actor, request_id=request_id, reason=reason)
    for sha in orphans:
        store.blobs.remove(sha)
    store.alone(scrub)
    keep_ledger(store)
    return [(coll, id) for coll, id in found]


def expire(  # noqa: PLR0913  # who and why are named, as in every commit
    store: 'Store', coll: str, where: QueryLike, *, actor: str, request_id: str, reason: str
) -> int:
    """Retention (保存年限): erase every document of the collection that matches. Returns how many."""
    ids = [(coll, doc.doc_id) for doc in store.find(coll, where, limit=None, fields=()).docs]
    return len(erase(store, ids, actor=actor, request_id=request_id, reason=reason)) if ids else 0


def from_tables(db: apsw.Connection, coll: str, id: str, orphans: list[str]) -> Mapping[str, Any] | None:
    """Take the document out of every table; returns what the history's line of it keeps, None when there is nothing."""
    sql = "SELECT max(rev), sum(body IS NOT NULL AND op != 'erase') FROM change WHERE coll = ? AND id = ?"
    rev, readable = db.execute(sql, (coll, id)).fetchone() or (None, 0)
    if rev is None or not readable:
        return None
    row = db.execute('SELECT n FROM doc WHERE coll = ? AND id = ?', (coll, id)).fetchone()
    if row is not None:
        text_index.replace(db, row[0], '')
        db.execute('DELETE FROM doc WHERE n = ?', (row[0],))
    series = _series_of(db, coll, id)
    db.execute('UPDATE tx SET answer = NULL WHERE n IN (SELECT tx FROM change WHERE coll = ? AND id = ?)', (coll, id))
    db.execute("UPDATE change SET body = NULL, salt = NULL WHERE coll = ? AND id = ? AND op != 'erase'", (coll, id))
    claims.forget(db, id)
    orphans += attachments.forget(db, coll, id)
    db.execute('INSERT OR REPLACE INTO erased (coll, id, rev) VALUES (?,?,?)', (coll, id, rev))
    return {'rev': rev + 1, 'n': series, 'c': [['forget', coll, id]]}


def _series_of(db: apsw.Connection, coll: str, id: str) -> dict[str, int | None]:
    """The number series whose state was written in the lines that go."""
    rows = db.execute('SELECT body FROM change WHERE coll = ? AND id = ? AND body IS NOT NULL', (coll, id))
    names = {name for (body,) in rows for name in decode(body).get('n', {})}
    return {name: numbers.last(db, name) for name in sorted(names)}


def scrub(db: apsw.Connection) -> None:
    """Write the trigrams anew without those of what is gone, and empty the write-ahead log, where old pages lie.

    Trigrams are not overwritten at each change (FTS5's secure-delete): that made a change ten times slower, and until
    its erasure a text stands in the history anyway.
    """
    db.execute("INSERT INTO fts (fts) VALUES ('optimize')")
    until = monotonic() + WAIT_SECONDS
    while True:
        try:
            db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            return
        except apsw.BusyError as error:
            if monotonic() > until:
                raise NotStored('someone is still reading the old pages; erase again') from error
            sleep(0.05)


# --- the ledger: ids only, outside the database, because an older backup knows nothing of a younger erasure


def keep_ledger(store: 'Store') -> None:
    """Write what the database knows and the file does not yet."""
    with store.reading() as db:
        known = list(db.execute('SELECT coll, id, rev FROM erased'))
    add_entries(store.folder / LEDGER, [{'coll': coll, 'id': id, 'rev': rev} for coll, id, rev in known])


def entries(file: Path) -> list[Entry]:
    if not file.exists():
        return []
    return [orjson.loads(line) for line in file.read_bytes().split(b'\n') if line.endswith(b'}')]


def add_entries(file: Path, wanted: Iterable[Entry]) -> None:
    """Append those that are missing, durable when this returns."""
    there = {tuple(sorted(entry.items())) for entry in entries(file)}
    missing = [entry for entry in wanted if tuple(sorted(entry.items())) not in there]
    if not missing:
        return
    with file.open('ab') as target:
        if target.tell() and not file.read_bytes().endswith(b'\n'):
            target.write(b'\n')
        target.writelines(orjson.dumps(entry) + b'\n' for entry in missing)
        target.flush()
        os.fsync(target.fileno())
    sync_folder(file.parent)


def replay(store: 'Store', ledger: Iterable[Entry], actor: str) -> int:
    """After a restore: erase again what the ledger names and the restored files still hold. Returns how many."""
    again = [(entry['coll'], entry['id']) for entry in ledger if _has_come_back(store, entry)]
    if again:
        erase(store, again, actor=actor, request_id='', reason='復元後の再消去')
    return len(again)


def _has_come_back(store: 'Store', entry: Entry) -> bool:
    lines = store.history(entry['coll'], entry['id'])
    return any(not line.erased and line.op != 'erase' and line.rev <= entry['rev'] for line in lines)
