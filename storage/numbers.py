"""Number series without gaps: a row per series, written with the transaction that takes them, so that an abort
gives the number back.
"""

import apsw


def last(db: apsw.Connection, series: str) -> int | None:
    row = db.execute('SELECT last FROM number WHERE series = ?', (series,)).fetchone()
    return None if row is None else int(row[0])


def restore(db: apsw.Connection, series: str, value: int | None) -> None:
    """Set the series as it was at a moment of the past, None for not begun."""
    if value is None:
        db.execute('DELETE FROM number WHERE series = ?', (series,))
    else:
        db.execute('INSERT OR REPLACE INTO number (series, last) VALUES (?, ?)', (series, value))
