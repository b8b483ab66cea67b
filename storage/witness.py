"""The witness: number and chain of each batch in a second file; it shows what the chain cannot, a missing end."""

import os
import threading
from pathlib import Path
from typing import Final

import apsw

from storage import history
from storage.errors import Damaged

TAIL: Final = 4_096
SYNC_SECONDS: Final = 0.1


class Witness:
    """Lines of `seq chain`, written after each commit, synced soon after; no personal data. Best on another disk."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.error: str | None = None
        self._handle: int | None = None
        self._open = threading.Lock()
        self._unsynced = threading.Event()
        self._closing = threading.Event()

    def last(self) -> tuple[int, bytes] | None:
        """The newest state that was witnessed, of the whole lines at the end of the file."""
        try:
            with self.file.open('rb') as file:
                file.seek(max(0, self.file.stat().st_size - TAIL))
                seen = [entry for line in file.read().split(b'\n') if (entry := parse(line))]
        except FileNotFoundError:
            return None
        return max(seen, default=None)

    def write(self, seq: int, chain: bytes) -> None:
        """OSError when it cannot be written; the next line then makes up for it."""
        try:
            self._append(b'%d %s\n' % (seq, chain.hex().encode()))
        except (OSError, RuntimeError) as error:  # RuntimeError: no thread left to sync in
            self.close()
            raise OSError(str(error)) from error

    def _append(self, line: bytes) -> None:
        if self._handle is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
            if not self._ends_whole():
                os.write(self._handle, b'\n')
            self._closing.clear()
            threading.Thread(target=self._keep_synced, name='storage-witness', daemon=True).start()
        if os.write(self._handle, line) != len(line):
            raise OSError('only a part of the line was written')
        self._unsynced.set()

    def _keep_synced(self) -> None:
        """Sync in a thread of its own: a slow witness holds up nobody, and a killed process loses nothing."""
        while True:
            self._unsynced.wait()
            self._closing.wait(SYNC_SECONDS)
            self._unsynced.clear()
            with self._open:
                if self._handle is None:
                    return
                self.error = self._sync(self._handle)

    @staticmethod
    def _sync(handle: int) -> str | None:
        try:
            getattr(os, 'fdatasync', os.fsync)(handle)
        except OSError as error:
            return str(error)
        return None

    def _ends_whole(self) -> bool:
        with self.file.open('rb') as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 1))
            return file.read() in (b'', b'\n')

    def close(self) -> None:
        """Sync what was written and let go of the file."""
        self._closing.set()
        with self._open:
            if self._handle is not None:
                self.error = self._sync(self._handle) or self.error
                os.close(self._handle)
                self._handle = None
        self._unsynced.set()


def parse(line: bytes) -> tuple[int, bytes] | None:
    """(seq, chain) of a whole line, None for a torn one."""
    words = line.split()
    if len(words) != 2 or not words[0].isdigit() or len(words[1]) != 64:
        return None
    try:
        return int(words[0]), bytes.fromhex(words[1].decode())
    except ValueError:
        return None


def compare(db: apsw.Connection, witness: Witness) -> None:
    """The witness ahead of the database, or of another opinion, is damage or tampering; behind, it is caught up."""
    seq, chain = history.last(db)
    seen = witness.last()
    if seen is not None and seen[0] > 0:
        chain_then = history.chain_at(db, seen[0])
        if chain_then is None:
            raise Damaged(f'the witness knows change {seen[0]}, the database ends at {seq}: ask doctor')
        if chain_then != seen[1]:
            raise Damaged(f'change {seen[0]} is not the one that was witnessed: ask doctor')
    if seq > (seen[0] if seen else 0):
        witness.write(seq, chain)
