"""The search text of each document and its trigrams, kept in step."""

import apsw


def put(db: apsw.Connection, n: int, text: str) -> None:
    """Search text of a document that had none."""
    if text:
        db.execute('INSERT INTO words (n, text) VALUES (?, ?)', (n, text))
        db.execute('INSERT INTO fts (rowid, text) VALUES (?, ?)', (n, text))


def replace(db: apsw.Connection, n: int, text: str) -> bool:
    """Whether it changed."""
    old = of(db, n)
    if old == text:
        return False
    if old:
        db.execute("INSERT INTO fts (fts, rowid, text) VALUES ('delete', ?, ?)", (n, old))
        db.execute('DELETE FROM words WHERE n = ?', (n,))
    put(db, n, text)
    return True


def of(db: apsw.Connection, n: int) -> str:
    row = db.execute('SELECT text FROM words WHERE n = ?', (n,)).fetchone()
    return '' if row is None else str(row[0])
