"""The SQLite engine: the files of a city, their schema, one writing connection and a pool of reading ones."""

import logging
import queue
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final

import apsw
import apsw.sqlite_extra

from storage.errors import Damaged, Stopped

log = logging.getLogger('storage')

MINIMUM: Final = 3_051_003  # 3.7.0-3.51.2 can corrupt a WAL that two connections write or checkpoint at once
CHECKSUMS: Final = 'cksmvfs'
CHECKSUM_BYTES: Final = 8
VERSION: Final = 3
BUSY_MS: Final = 10_000

# WAL needs shared memory between all users of the file, which these cannot give.
NETWORK: Final = frozenset('nfs nfs4 cifs smb3 smbfs 9p afs ceph fuse.sshfs fuse.glusterfs'.split())

# What the planner is told of the tables is fixed and not measured: a collection is large, a field's index is better.
# Otherwise it takes doc_coll for a search of ten rows, and a list sorts a whole collection.
SCHEMA: Final = """
CREATE TABLE doc (
    n INTEGER PRIMARY KEY, coll TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL,
    body TEXT NOT NULL);
CREATE UNIQUE INDEX doc_id ON doc (coll, id);
CREATE INDEX doc_coll ON doc (coll);
CREATE TABLE words (n INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE VIRTUAL TABLE fts USING fts5 (
    text, content='words', content_rowid='n', tokenize='trigram case_sensitive 1', detail='none', columnsize=0);
CREATE VIRTUAL TABLE trigram USING fts5vocab (fts, instance);
CREATE TABLE indexed (upto INTEGER NOT NULL);
INSERT INTO indexed VALUES (0);
CREATE TABLE tx (
    n INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, request TEXT NOT NULL UNIQUE,
    answer TEXT, seq INTEGER NOT NULL DEFAULT 0);
CREATE TABLE change (
    seq INTEGER PRIMARY KEY, tx INTEGER NOT NULL, coll TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL,
    op TEXT NOT NULL, body TEXT, salt BLOB, digest BLOB NOT NULL, chain BLOB NOT NULL);
CREATE INDEX change_doc ON change (coll, id);
CREATE TABLE number (series TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE claim (
    scope TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (scope, value)) WITHOUT ROWID;
CREATE INDEX claim_id ON claim (id);
CREATE TABLE attachment (
    sha TEXT NOT NULL, coll TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (coll, id, sha)) WITHOUT ROWID;
CREATE INDEX attachment_sha ON attachment (sha);
CREATE TABLE erased (
    coll TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL, what TEXT, PRIMARY KEY (coll, id)) WITHOUT ROWID;
CREATE TABLE scratch (key TEXT PRIMARY KEY, value TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('doc', 'doc_coll', '1000000 500000'), ('doc', 'doc_id', '1000000 500000 1'),
    ('change', 'change_doc', '3000000 500000 5');
"""

# Format 1 had no blanks after the texts in the index, and found words of two characters by reading every text.
FROM_1: Final = """
INSERT INTO fts (fts) VALUES ('delete-all');
CREATE VIRTUAL TABLE trigram USING fts5vocab (fts, instance);
INSERT INTO fts (rowid, text) SELECT n, text || '  ' FROM words;
UPDATE indexed SET upto = (SELECT coalesce(max(n), 0) FROM words);
"""
# Format 2 knew of no document that was erased in part.
FROM_2: Final = 'ALTER TABLE erased ADD COLUMN what TEXT;'
STEPS: Final = {0: SCHEMA, 1: FROM_1 + FROM_2, 2: FROM_2}


def connect(file: Path, *, vfs: str | None = None, writing: bool = False) -> apsw.Connection:
    """One connection with page checksums, no memory map, and a wait of ten seconds for another process."""
    load_checksums()
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if writing else 0)
    db = apsw.Connection(str(file), flags=flags, vfs=vfs or CHECKSUMS)
    with _closed_on_error(db):
        db.set_busy_timeout(BUSY_MS)
        db.pragma('mmap_size', 0)
        db.pragma('temp_store', 2)
        if writing:
            db.pragma('cache_size', -64_000)
        else:
            db.pragma('cache_size', -8_000)
            db.pragma('query_only', 1)
    return db


def connect_writer(file: Path, *, vfs: str | None = None) -> apsw.Connection:
    """The writing connection; makes the file and its tables when there are none."""
    refuse_network(file.parent)
    db = connect(file, vfs=vfs, writing=True)
    with _closed_on_error(db):
        if db.pragma('page_count') == 0:
            reserve_checksums(db)
        db.pragma('journal_mode', 'wal')
        db.pragma('synchronous', 2)
        db.pragma('secure_delete', 1)  # always: what erasure cannot find any more must not survive in free pages
        db.pragma('journal_size_limit', 64_000_000)
        db.wal_autocheckpoint(0)  # the writer does it after answering, and sees its errors
        with db:
            found = db.pragma('user_version')
            if found in STEPS:
                db.execute(STEPS[found])
                db.pragma('user_version', VERSION)
        if found not in (*STEPS, VERSION):
            raise Damaged(f'{file.name} is of another version of the program (format {found}, expected {VERSION})')
    return db


@contextmanager
def _closed_on_error(db: apsw.Connection) -> Iterator[None]:
    """A connection that could not be set up holds no lock on the file until chance collects it."""
    try:
        yield
    except BaseException:
        close(db)
        raise


def close(db: apsw.Connection, *, as_it_lies: bool = False) -> None:
    """Let go of the file. The last one to do so moves the write-ahead log into it; what fails there is done next time.

    `as_it_lies`: without moving and deleting the log, which after damage may hold all there is of the newest records.
    """
    try:
        if as_it_lies:
            db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        db.close()
    except apsw.Error as error:
        log.error('closing the database: %s', error)


def reserve_checksums(db: apsw.Connection) -> None:
    """Make room on every page of an empty file; its first page, written now, tells the VFS to compute checksums."""
    db.reserve_bytes(reserve=CHECKSUM_BYTES)
    db.execute('CREATE TABLE first (page); DROP TABLE first')


def load_checksums() -> None:
    """Make the checksum VFS known to this process, without making it everybody's default."""
    if apsw.SQLITE_VERSION_NUMBER < MINIMUM:
        raise Stopped('SQLite 3.51.3 or newer is needed')
    if CHECKSUMS in apsw.vfs_names():
        return
    default = apsw.vfs_names()[0]
    carrier = apsw.Connection(':memory:')
    apsw.sqlite_extra.load(carrier, 'cksumvfs')
    carrier.close()
    apsw.set_default_vfs(default)


def refuse_network(folder: Path) -> None:
    """Raise when the folder lies on a network file system, as far as the operating system tells."""
    try:
        mounts = Path('/proc/self/mounts').read_text(encoding='utf-8').splitlines()
    except OSError:
        return
    place = folder.resolve()
    kinds = {Path(mount.split()[1].replace('\\040', ' ')): mount.split()[2] for mount in mounts}
    for parent in (place, *place.parents):
        if parent in kinds:
            if kinds[parent] in NETWORK:
                raise Stopped(f'{place} is on a network file system ({kinds[parent]}); the records need a local disk')
            return


class Readers:
    """Reading connections, lent one at a time, so that their number follows the work and not the threads."""

    def __init__(self, file: Path, vfs: str | None) -> None:
        self._file, self._vfs = file, vfs
        self._idle: queue.LifoQueue[apsw.Connection] = queue.LifoQueue()
        self._closed = False

    @contextmanager
    def lend(self, *, still: bool = False) -> Iterator[apsw.Connection]:
        """still: all statements see one moment, its schema included.

        The text index prepares statements of its own; an index made in between would fail it with a changed schema.
        """
        if self._closed:
            raise Stopped('the store is closed')
        try:
            db = self._idle.get_nowait()
        except queue.Empty:
            db = connect(self._file, vfs=self._vfs)
        try:
            with _one_moment(db) if still else nullcontext():
                yield db
        finally:
            self._idle.put(db)
            if self._closed:
                self._close_idle()

    def close(self) -> None:
        self._closed = True
        self._close_idle()

    def _close_idle(self) -> None:
        while True:
            try:
                db = self._idle.get_nowait()
            except queue.Empty:
                return
            close(db)


@contextmanager
def _one_moment(db: apsw.Connection) -> Iterator[None]:
    with db:
        db.execute('SELECT 1 FROM sqlite_schema LIMIT 1').fetchall()
        yield
