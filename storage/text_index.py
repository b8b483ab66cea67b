"""The search text of each document and its trigrams.

Two blanks follow it in the index, so that words of one or two characters begin some trigram wherever they stand.
Trigrams are added at the end of a transaction and for many documents at once, which costs a third; until then the
newest texts are simply read.
"""

from typing import Final

import apsw

FRESH: Final = 128  # so many texts may wait for their trigrams
END: Final = '  '


def put(db: apsw.Connection, n: int, text: str) -> None:
    """Search text of a document that had none."""
    if not text:
        return
    db.execute('INSERT INTO words (n, text) VALUES (?, ?)', (n, text))
    if n <= _upto(db):
        db.execute('INSERT INTO fts (rowid, text) VALUES (?, ?)', (n, text + END))


def replace(db: apsw.Connection, n: int, text: str) -> bool:
    """Whether it changed."""
    old = of(db, n)
    if old == text:
        return False
    if old:
        if n <= _upto(db):
            db.execute("INSERT INTO fts (fts, rowid, text) VALUES ('delete', ?, ?)", (n, old + END))
        db.execute('DELETE FROM words WHERE n = ?', (n,))
    put(db, n, text)
    return True


def catch_up(db: apsw.Connection) -> None:
    """Add the trigrams that were put off, once they are many."""
    upto = _upto(db)
    if _newest(db) - upto < FRESH:
        return
    db.execute('INSERT INTO fts (rowid, text) SELECT n, text || ? FROM words WHERE n > ?', (END, upto))
    db.execute('UPDATE indexed SET upto = ?', (_newest(db),))


def of(db: apsw.Connection, n: int) -> str:
    row = db.execute('SELECT text FROM words WHERE n = ?', (n,)).fetchone()
    return '' if row is None else str(row[0])


def _upto(db: apsw.Connection) -> int:
    row = db.execute('SELECT upto FROM indexed').fetchone()
    assert row is not None
    return int(row[0])


def _newest(db: apsw.Connection) -> int:
    row = db.execute('SELECT coalesce(max(n), 0) FROM words').fetchone()
    assert row is not None
    return int(row[0])
