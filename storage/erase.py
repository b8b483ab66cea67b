"""Erasure: everything personal about a document leaves every file, while the chain of the history still verifies."""

import re
from collections.abc import Collection, Iterable, Mapping
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

import apsw
from tinydb.queries import QueryLike

from storage import attachments, claims, numbers, reduced, take_out, text_index
from storage.content import decode
from storage.errors import NotStored
from storage.ledger import Entry, keep_ledger
from storage.take_out import Gone

if TYPE_CHECKING:
    from storage.api import Store
    from storage.tx import Tx

WAIT_SECONDS: Final = 10.0
ANSWERS: Final = 20_000  # looked at between two transactions of others
ID: Final = re.compile(r'[0-9A-HJKMNP-TV-Z]{26}')


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
    finish(store, orphans)
    return [(coll, id) for coll, id in found]


def finish(store: 'Store', orphans: Iterable[str] = ()) -> None:
    """What follows the transactions of an erasure: files that nobody names, old pages, the ledger. Again does no harm.

    Raises NotStored as `erase` does.
    """
    for sha in orphans:
        store.blobs.remove(sha)
    store.alone(scrub)
    keep_ledger(store)


def forget_answers(store: 'Store', ids: Collection[str]) -> int:
    """Forget the kept answers of requests that name these documents without having changed them. Returns how many."""
    wanted, after, gone = frozenset(ids), 0, 0
    sql = 'SELECT n, answer FROM tx WHERE n > ? AND answer IS NOT NULL ORDER BY n LIMIT ?'
    while True:

        def piece(db: apsw.Connection, after: int = after) -> tuple[int, int]:
            rows = list(db.execute(sql, (after, ANSWERS)))
            named = [(n,) for n, answer in rows if not wanted.isdisjoint(ID.findall(answer))]
            with db:
                db.executemany('UPDATE tx SET answer = NULL WHERE n = ?', named)
            return (rows[-1][0] if rows else 0), len(named)

        after, found = store.alone(piece)
        if not after:
            return gone
        gone += found


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
    vouched = _still_vouched_for(db, coll, id) | reduced.forget_claims(db, coll, id, lambda _scope: True)
    db.execute("UPDATE change SET body = NULL, salt = NULL WHERE coll = ? AND id = ? AND op != 'erase'", (coll, id))
    claims.forget(db, id)
    orphans += attachments.forget(db, coll, id)
    db.execute('INSERT OR REPLACE INTO erased (coll, id, rev, what) VALUES (?,?,?,NULL)', (coll, id, rev))
    return {'rev': rev + 1, 'n': series, 'c': [['forget', coll, id]], reduced.VOUCHES: vouched}


def _still_vouched_for(db: apsw.Connection, coll: str, id: str) -> dict[str, str]:
    """What the lines that go had vouched for, of lines that stay."""
    rows = db.execute('SELECT body FROM change WHERE coll = ? AND id = ? AND body IS NOT NULL', (coll, id))
    vouched = {seq: told for (body,) in rows for seq, told in reduced.vouched_by(body).items()}
    own = {str(seq) for (seq,) in db.execute('SELECT seq FROM change WHERE coll = ? AND id = ?', (coll, id))}
    return {seq: told for seq, told in vouched.items() if seq not in own}


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


# --- after a restore


def replay(store: 'Store', ledger: Iterable[Entry], actor: str) -> int:
    """After a restore: erase again what the ledger names and the restored files still hold. Returns how many.

    What was erased in part is found by its remaining words only when the restored files knew of that erasure.
    """
    back = [entry for entry in ledger if _has_come_back(store, entry)]
    orphans: list[str] = []

    def run(tx: 'Tx') -> int:
        orphans.clear()
        count = 0
        for entry in back:
            place = entry['coll'], entry['id']
            count += tx.take_out(*place, Gone.of(entry), orphans) if 'fields' in entry else tx.erase(*place, orphans)
        return count

    if not back:
        return 0
    count: int = store.commit_blocking(run, actor=actor, request_id='', reason='復元後の再消去')
    finish(store, orphans)
    return count


def _has_come_back(store: 'Store', entry: Entry) -> bool:
    place = entry['coll'], entry['id']
    if 'fields' in entry:
        with store.reading() as db:
            return take_out.holds_any(db, *place, Gone.of(entry), entry['rev'])
    lines = store.history(*place)
    return any(not line.erased and line.op != 'erase' and line.rev <= entry['rev'] for line in lines)
