"""Which document names which blob."""

import apsw


def attach(db: apsw.Connection, coll: str, id: str, sha: str) -> bool:
    """Whether it was not named before."""
    db.execute('INSERT OR IGNORE INTO attachment (coll, id, sha) VALUES (?,?,?)', (coll, id, sha))
    return db.changes() > 0


def detach(db: apsw.Connection, coll: str, id: str, sha: str) -> None:
    db.execute('DELETE FROM attachment WHERE coll = ? AND id = ? AND sha = ?', (coll, id, sha))


def forget(db: apsw.Connection, coll: str, id: str) -> list[str]:
    """The document names nothing any more; returns the blobs that no other document names."""
    mine = of(db, coll, id)
    db.execute('DELETE FROM attachment WHERE coll = ? AND id = ?', (coll, id))
    return [sha for sha in mine if not db.execute('SELECT 1 FROM attachment WHERE sha = ?', (sha,)).fetchone()]


def of(db: apsw.Connection, coll: str, id: str) -> list[str]:
    """The blobs of a document, those that it named once included."""
    return [str(sha) for (sha,) in db.execute('SELECT sha FROM attachment WHERE coll = ? AND id = ?', (coll, id))]


def named(db: apsw.Connection) -> set[str]:
    """All blobs that belong to a document."""
    return {str(sha) for (sha,) in db.execute('SELECT DISTINCT sha FROM attachment')}


def holders(db: apsw.Connection, sha: str) -> list[tuple[str, str]]:
    """(collection, id) of every document that names the file, or did."""
    return [(str(coll), str(id)) for coll, id in db.execute('SELECT coll, id FROM attachment WHERE sha = ?', (sha,))]
