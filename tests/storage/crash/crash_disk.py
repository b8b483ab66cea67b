"""A disk that fails, fills up or remembers when told: an SQLite VFS below the page checksums, shared memory included.

It is everybody's disk in its process, so it is only used apart (see `crash_apart`).
"""

import ctypes
import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import apsw

ERRORS: Final = {
    'access': apsw.SQLITE_IOERR_ACCESS,
    'delete': apsw.SQLITE_IOERR_DELETE,
    'lock': apsw.SQLITE_IOERR_LOCK,
    'open': apsw.SQLITE_CANTOPEN,
    'read': apsw.SQLITE_IOERR_READ,
    'size': apsw.SQLITE_IOERR_FSTAT,
    'sync': apsw.SQLITE_IOERR_FSYNC,
    'truncate': apsw.SQLITE_IOERR_TRUNCATE,
    'write': apsw.SQLITE_IOERR_WRITE,
}


class Disk(apsw.VFS):
    """Counts every call, or every call of one `kind`; call number `fail_at` fails, and all after it when `and_on`.

    `torn`: a failing write leaves its first half behind. `space`: bytes for all files together, None for plenty.
    `log`: None, or a list that gets everything that changes what lies on disk. `failed`: which calls were failed.
    """

    def __init__(self) -> None:
        self.log: list[tuple[Any, ...]] | None = None
        self.space: int | None = None
        self.heal()
        super().__init__('told', 'unix', makedefault=True)

    def heal(self) -> None:
        self.calls = 0
        self.kind: str | None = None
        self.fail_at: int | None = None
        self.and_on = self.torn = False
        self.failed: list[str] = []
        self.sizes: dict[str, int] = {}

    def call(self, what: str, file: str) -> None:
        if self.fails(what, file):
            raise apsw.exception_for(ERRORS[what])

    def fails(self, what: str, file: str) -> bool:
        if self.kind not in (None, what):
            return False
        at, self.calls = self.calls, self.calls + 1
        if self.fail_at is None or not (at == self.fail_at or (self.and_on and at > self.fail_at)):
            return False
        self.failed.append(f'{what} {Path(file).name}')
        return True

    def note(self, *entry: Any) -> None:
        if self.log is not None:
            self.log.append(entry)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> 'DiskFile':
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or 'temporary'
        self.call('open', path)
        return DiskFile(self, path, name, flags)

    def xDelete(self, name: str, sync_folder: bool) -> None:
        self.call('delete', name)
        super().xDelete(name, sync_folder)
        self.sizes.pop(name, None)
        self.note('delete', name)

    def xAccess(self, name: str, flags: int) -> bool:
        self.call('access', name)
        return super().xAccess(name, flags)


class DiskFile(apsw.VFSFile):
    def __init__(self, disk: Disk, path: str, name: Any, flags: list[int]) -> None:
        self.disk, self.path = disk, path
        super().__init__('unix', name, flags)
        disk.sizes[path] = super().xFileSize()

    def xRead(self, amount: int, offset: int) -> bytes:
        self.disk.call('read', self.path)
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:
        disk = self.disk
        if disk.fails('write', self.path):
            if disk.torn:
                super().xWrite(bytes(data[: len(data) // 2]), offset)
            raise apsw.exception_for(ERRORS['write'])
        size = max(disk.sizes.get(self.path, 0), offset + len(data))
        if disk.space is not None and size > disk.sizes.get(self.path, 0):
            others = sum(held for path, held in disk.sizes.items() if path != self.path)
            if others + size > disk.space:
                raise apsw.exception_for(apsw.SQLITE_FULL)
        super().xWrite(data, offset)
        disk.sizes[self.path] = size
        disk.note('write', self.path, offset, bytes(data))

    def xTruncate(self, size: int) -> None:
        self.disk.call('truncate', self.path)
        super().xTruncate(size)
        self.disk.sizes[self.path] = size
        self.disk.note('truncate', self.path, size)

    def xSync(self, flags: int) -> None:
        self.disk.call('sync', self.path)
        super().xSync(flags)
        self.disk.note('sync', self.path)

    def xFileSize(self) -> int:
        self.disk.call('size', self.path)
        return super().xFileSize()

    def xLock(self, level: int) -> None:
        self.disk.call('lock', self.path)
        super().xLock(level)


def insert_disk() -> Disk:
    """The one disk of this process, below everything that is opened from now on."""
    assert 'cksmvfs' not in apsw.vfs_names(), 'checksums are already computed above another disk'
    disk = Disk()
    _watch_shared_memory(disk)
    return disk


LIBC: Final = ctypes.CDLL(None, use_errno=True)
MMAP: Final = ctypes.CFUNCTYPE(
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_long,
    use_errno=True,
)
OPEN: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_int, use_errno=True)
MAP_FAILED: Final = ctypes.c_void_p(-1).value
KEEP: Final[list[Any]] = []  # SQLite holds their addresses


def _watch_shared_memory(disk: Disk) -> None:
    """SQLite opens and maps the WAL index below the VFS, with these two system calls."""
    LIBC.mmap.restype = ctypes.c_void_p
    LIBC.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]

    def mapped(*args: Any) -> int | None:
        if disk.fails('map', 'city.db-shm'):
            ctypes.set_errno(errno.ENOMEM)
            return MAP_FAILED
        address: int | None = LIBC.mmap(*args)
        return address

    def opened(path: bytes, flags: int, mode: int) -> int:
        if path.endswith(b'-shm') and disk.fails('open', path.decode()):
            ctypes.set_errno(errno.EIO)
            return -1
        return int(LIBC.open(path, flags, mode))

    _replace(disk, 'mmap', MMAP(mapped))
    _replace(disk, 'open', OPEN(opened))


def _replace(disk: Disk, name: str, call: Callable[..., Any]) -> None:
    KEEP.append(call)
    assert disk.xSetSystemCall(name, ctypes.cast(call, ctypes.c_void_p).value), name  # type: ignore[arg-type]
