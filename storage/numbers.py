"""Number series without gaps: a row per series, taken in the transaction, so that an abort gives the number back."""

from typing import Any, Final

import apsw

TAKE: Final = (
    'INSERT INTO number (series, last) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last'
)


def take(db: apsw.Connection, series: str, start: int = 1) -> int:
    """The next number of the series; a new series begins with `start`."""
    value: Any
    [(value,)] = db.execute(TAKE, (series, start)).fetchall()
    return int(value)


def last(db: apsw.Connection, series: str) -> int | None:
    row = db.execute('SELECT last FROM number WHERE series = ?', (series,)).fetchone()
    return None if row is None else int(row[0])


def restore(db: apsw.Connection, series: str, value: int | None) -> None:
    """Set the series as it was at a moment of the past, None for not begun."""
    if value is None:
        db.execute('DELETE FROM number WHERE series = ?', (series,))
    else:
        db.execute('INSERT OR REPLACE INTO number (series, last) VALUES (?, ?)', (series, value))
