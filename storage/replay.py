"""The history played forward: how a line of it makes documents, search texts, numbers and claims."""

from typing import Any

import apsw

from storage import attachments, claims, history, numbers, take_out, text_index
from storage.content import decode, encode, forward
from storage.history import Line


def add(db: apsw.Connection, line: Line, answer: str | None) -> None:
    """Append a line that was written elsewhere, and do what it says."""
    db.execute(
        'INSERT INTO tx (n, at, actor, request, answer, seq) VALUES (?,?,?,?,?,?)'
        ' ON CONFLICT (n) DO UPDATE SET seq = excluded.seq',
        (line.tx, line.at, line.actor, line.request, answer, line.seq),
    )
    row = (line.seq, line.tx, *line.what, line.body, line.salt, line.digest, line.chain)
    db.execute(history.INSERT, row)
    apply(db, line)


def apply(db: apsw.Connection, line: Line) -> None:
    """Make today's state follow the line. An erased line says nothing any more; the erasure is a line of its own."""
    body = decode(line.body) if line.body else {}
    row = db.execute('SELECT n, body FROM doc WHERE coll = ? AND id = ?', (line.coll, line.id)).fetchone()
    if line.op in ('delete', 'erase') and row:
        text_index.replace(db, row[0], '')
        db.execute('DELETE FROM doc WHERE n = ?', (row[0],))
    elif line.op == 'insert' and line.body:
        text = encode(body['+'])
        db.execute('INSERT INTO doc (coll, id, rev, body) VALUES (?,?,?,?)', (line.coll, line.id, line.rev, text))
        text_index.put(db, db.last_insert_rowid(), body.get('s', ''))
        text_index.catch_up(db)
    elif line.op == 'update' and line.body and row:
        text = encode(forward(decode(row[1]), body['-'], body['+']))
        db.execute('UPDATE doc SET rev = ?, body = ? WHERE n = ?', (line.rev, text, row[0]))
        if 's' in body:
            text_index.replace(db, row[0], body['s'])
    elif line.op == take_out.OP and '=' in body and row:
        db.execute('UPDATE doc SET rev = ?, body = ? WHERE n = ?', (line.rev, encode(body['=']), row[0]))
        text_index.replace(db, row[0], body.get('s', ''))
    for series, value in body.get('n', {}).items():
        numbers.restore(db, series, value)
    for claim in body.get('c', ()):
        _claim(db, *claim)


def _claim(db: apsw.Connection, what: str, *words: Any) -> None:
    if what == 'claim':
        claims.claim(db, *words)
    elif what == 'release':
        claims.release(db, *words)
    elif what == 'attach':
        attachments.attach(db, *words)
    elif what == 'detach':
        attachments.detach(db, *words)
    elif what == 'forget':
        claims.forget(db, words[1])
        attachments.forget(db, *words)
