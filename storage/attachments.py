"""Which document names which blob."""

import apsw


def attach(db: apsw.Connection, coll: str, id: str, sha: str) -> bool:
    """Whether it was not named before."""
    db.execute('INSERT OR IGNORE INTO attachment (coll, id, sha) VALUES (?,?,?)', (coll, id, sha))
    return db.changes() > 0


def detach(db: apsw.Connection, coll: str, id: str, sha: str) -> None:
    db.execute('DELETE FROM attachment WHERE coll = ? AND id = ? AND sha = ?', (coll, id, sha))


def named(db: apsw.Connection) -> set[str]:
    """All blobs that belong to a document."""
    return {str(sha) for (sha,) in db.execute('SELECT DISTINCT sha FROM attachment')}
