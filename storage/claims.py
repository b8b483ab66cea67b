"""Values that only one document may hold, such as a reservation number or a mail address."""

import apsw


def claim(db: apsw.Connection, scope: str, value: str, id: str) -> str | None:
    """None when the value is newly ours, otherwise the id that holds it (which may be the same)."""
    row = db.execute('SELECT id FROM claim WHERE scope = ? AND value = ?', (scope, value)).fetchone()
    if row is not None:
        return str(row[0])
    db.execute('INSERT INTO claim (scope, value, id) VALUES (?,?,?)', (scope, value, id))
    return None


def release(db: apsw.Connection, scope: str, id: str) -> None:
    db.execute('DELETE FROM claim WHERE id = ? AND scope = ?', (id, scope))


def forget(db: apsw.Connection, id: str) -> None:
    """Give back everything the id holds, in every scope."""
    db.execute('DELETE FROM claim WHERE id = ?', (id,))
