"""The exchange file: every document in one JSON file that plain TinyDB opens, and such a file taken over."""

import os
from pathlib import Path
from typing import Any

import orjson

from storage.api import Store, Tx
from storage.blobs import sync_folder
from storage.content import decode
from storage.page import BODY

COLLECTIONS = 'SELECT DISTINCT coll FROM doc ORDER BY coll'


def export_tinydb(store: Store, file: Path) -> None:
    """Write every document into one file that plain TinyDB opens: {collection: {id: document}}.

    TinyDB wants whole numbers as ids, so documents are numbered in order and keep their own id as `_id`.
    """
    part = file.with_name(file.name + '.part')
    try:
        _write(store, part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(file)
    sync_folder(file.parent)


def _write(store: Store, file: Path) -> None:
    """One document after the other, all as of one moment, so that memory does not grow with the records."""
    sql = f'SELECT d.id, {BODY} FROM doc d WHERE d.coll = ? ORDER BY d.n'
    with file.open('wb') as target, store.reading() as db, db:
        target.write(b'{')
        for at, (coll,) in enumerate(list(db.execute(COLLECTIONS))):
            target.write((b',\n' if at else b'\n') + orjson.dumps(coll) + b': {')
            for number, (id, body) in enumerate(db.execute(sql, (coll,)), 1):
                doc = orjson.dumps({**decode(body), '_id': id})
                target.write((b',\n' if number > 1 else b'\n') + b'"%d": ' % number + doc)
            target.write(b'}')
        target.write(b'}\n')
        target.flush()
        os.fsync(target.fileno())


def import_tinydb(file: Path, store: Store, *, actor: str = 'import', request_id: str = '') -> int:
    """Store the documents of a TinyDB file, in one transaction. Returns how many. Conflict when one is there already.

    An export keeps its ids; a file of plain TinyDB gets TinyDB's numbers as ids.
    """
    tables: dict[str, dict[str, dict[str, Any]]] = orjson.loads(file.read_bytes())

    def run(tx: Tx) -> int:
        count = 0
        for coll, docs in tables.items():
            for number, doc in docs.items():
                body = {name: value for name, value in doc.items() if name != '_id'}
                tx.put(coll, body, str(doc.get('_id', number)))
                count += 1
        return count

    return store.commit_blocking(run, actor=actor, request_id=request_id)
