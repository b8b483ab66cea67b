"""Short-lived things (sessions, drafts) outside history and exports: keys and JSON values."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import apsw
import orjson

from storage.sqlite import Readers
from storage.writer import Writer


class Scratch:
    def __init__(self, writer: Writer, readers: Readers, clock: Callable[[], datetime]) -> None:
        self._writer, self._readers, self._clock = writer, readers, clock

    def get(self, key: str) -> Any:
        """The value, None when there is none."""
        with self._readers.lend() as db:
            row = db.execute('SELECT value FROM scratch WHERE key = ?', (key,)).fetchone()
        return None if row is None else orjson.loads(row[0])

    def keys(self, prefix: str = '') -> list[str]:
        with self._readers.lend() as db:
            rows = db.execute('SELECT key FROM scratch WHERE substr(key, 1, ?) = ? ORDER BY key', (len(prefix), prefix))
            return [key for (key,) in rows]

    def put(self, key: str, value: Any, *, wait: bool = True) -> None:
        """Set a value. With `wait` False it is on its way when this returns, in the order of the calls."""
        row = (key, orjson.dumps(value).decode(), _moment(self._clock()))
        self._do('INSERT OR REPLACE INTO scratch (key, value, at) VALUES (?,?,?)', row, wait)

    def delete(self, key: str, *, wait: bool = True) -> None:
        self._do('DELETE FROM scratch WHERE key = ?', (key,), wait)

    def purge(self, older_than: datetime, prefix: str = '') -> int:
        """Delete what was put before that moment; returns how many."""
        sql = 'DELETE FROM scratch WHERE at < ? AND substr(key, 1, ?) = ?'
        return self._do(sql, (_moment(older_than), len(prefix), prefix), True)

    def _do(self, sql: str, params: tuple[Any, ...], wait: bool) -> int:
        def work(db: apsw.Connection, _chain: object) -> int:
            db.execute(sql, params)
            return db.changes()

        if wait:
            return int(self._writer.wait(work))
        self._writer.submit(work)
        return 0


def _moment(at: datetime) -> str:
    """Seconds since 1970 in one width, so that text order is time order."""
    return f'{at.timestamp():017.3f}'
