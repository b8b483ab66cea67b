"""Attachments as files named by their content, on disk before any transaction names them."""

import hashlib
import io
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from storage.errors import Damaged

PIECE: Final = 1 << 20
UNNAMED_FOR: Final = 24 * 3600.0
NAME: Final = re.compile(r'[0-9a-f]{64}')


class Blobs:
    """`blobs/ab/cd/<sha256>`, each written once and never changed."""

    def __init__(self, folder: Path, named: Callable[[], set[str]]) -> None:
        self.folder = folder
        self._named = named

    def save(self, content: bytes | BinaryIO) -> str:
        """Write and sync; returns the SHA-256. Saving the same content again is free."""
        _make_folders(self.folder, Path(self.folder.anchor))
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        part = self.folder / f'.{secrets.token_hex(8)}.part'
        digest = hashlib.sha256()
        try:
            with part.open('xb') as target:
                while piece := source.read(PIECE):
                    digest.update(piece)
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            sha = digest.hexdigest()
            place = self._place(sha)
            if place.exists():
                os.utime(place)  # a day more before an unnamed one is collected
            else:
                _make_folders(place.parent, self.folder)
                part.replace(place)
                sync_folder(place.parent)
            return sha
        finally:
            part.unlink(missing_ok=True)

    def path(self, sha: str) -> Path:
        """Where it lies. FileNotFoundError when it does not."""
        place = self._place(sha)
        if not place.is_file():
            raise FileNotFoundError(f'no blob {sha}')
        return place

    def open(self, sha: str) -> BinaryIO:
        """The content, after its hash was checked. Damaged when it is not what was saved."""
        file = self.path(sha).open('rb')
        if hashlib.file_digest(file, 'sha256').hexdigest() != sha:
            file.close()
            raise Damaged(f'blob {sha} does not have its own hash any more')
        file.seek(0)
        return file

    def all(self) -> Iterator[str]:
        return (file.name for file in self.folder.glob('??/??/*') if NAME.fullmatch(file.name))

    def collect(self, older_than: float = UNNAMED_FOR) -> list[str]:
        """Delete what no document names and is older than a day (in seconds); returns what went."""
        before = time.time() - older_than
        named = self._named()
        gone = [sha for sha in self.all() if sha not in named and self._place(sha).stat().st_mtime < before]
        for sha in gone:
            self.remove(sha)
        for part in self.folder.glob('.*.part'):
            if part.stat().st_mtime < before:
                part.unlink(missing_ok=True)
        return gone

    def remove(self, sha: str) -> None:
        """With everything that was made from it and kept beside it (small pictures)."""
        place = self._place(sha)
        place.unlink(missing_ok=True)
        for made in place.parent.glob(f'{sha}.*'):
            made.unlink(missing_ok=True)

    def _place(self, sha: str) -> Path:
        if not NAME.fullmatch(sha):
            raise FileNotFoundError(f'{sha!r} is not the name of a blob')
        return self.folder / sha[:2] / sha[2:4] / sha


def _make_folders(folder: Path, top: Path) -> None:
    """Make them and sync the folders that name them."""
    if folder == top or folder.exists():
        return
    _make_folders(folder.parent, top)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Put a folder's own entries on disk. Windows has no such call and needs none."""
    if os.name == 'nt':
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
