"""Backup while serving, shipping of changes each minute, restore to now or to any moment.

A backup folder holds `<seq>/city.db` with its `manifest.json`, `blobs/`, `changes-<seq>.jsonl` and `erased.log`.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import apsw
import orjson

from storage import attachments, erase, history, ledger, replay
from storage.api import Store, now_in_tokyo
from storage.blobs import Blobs, sync_folder
from storage.content import decode
from storage.errors import Damaged
from storage.exchange import export_tinydb
from storage.history import Line
from storage.ledger import LEDGER
from storage.sqlite import connect, connect_writer, reserve_checksums

MANIFEST: Final = 'manifest.json'
SHIPPED: Final = 'changes-{:012}.jsonl'


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: up to which change, made when, and the hash of its database file."""

    seq: int
    chain: str
    at: str
    sha256: str


def backup(store: Store, dest: Path, *, keep: int | None = None) -> Path:
    """Copy the store into `dest` while it serves, check the copy, return its folder. Damaged when it is not sound.

    `keep`: how many backups stay; older ones go, with the changes that belong to them.
    """
    dest.mkdir(parents=True, exist_ok=True)
    part = dest / '.part'
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        manifest = _fill(store, dest, part)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)  # half a copy must not keep the disk full until tomorrow
        raise
    place = dest / f'{manifest.seq:012}'
    if _is_whole(place):  # nothing changed since: never take away a good one
        shutil.rmtree(part)
    else:
        shutil.rmtree(place, ignore_errors=True)
        part.rename(place)
    sync_folder(dest)
    if keep is not None:
        _drop_old(dest, keep)
    return place


def ship(store: Store, dest: Path) -> int:
    """Append the changes since the last backup or shipment, durable when this returns; how many. For every minute.

    Damaged when the store is not a continuation of what was backed up, as after a restore to an earlier moment.
    """
    backups = _backups(dest)
    if not backups:
        return 0
    newest = backups[-1][1]
    file = dest / SHIPPED.format(newest.seq)
    ends = [(newest.seq, newest.chain), *((line.seq, line.chain.hex()) for line, _ in _shipped(file))]
    last, chain = max(ends)
    count = 0
    with file.open('ab') as target, store.reading() as db:
        if target.tell() and not file.read_bytes().endswith(b'\n'):
            target.write(b'\n')
        if history.chain_at(db, last) != bytes.fromhex(chain):
            raise Damaged('the backups belong to another course of history: back up into a new folder')
        for line in history.lines(db, 'c.seq > ?', (last,)):
            target.write(_pack(line, db) + b'\n')
            count += 1
        target.flush()
        os.fsync(target.fileno())
    sync_folder(dest)
    ledger.add_entries(dest / LEDGER, ledger.entries(store.folder / LEDGER))
    _copy_blobs(store, dest / 'blobs')
    return count


def restore(src: Path, dest: Path, at: int | datetime | None = None) -> int:
    """Make the empty folder `dest` a store as it was after change `at`, at that moment, or at the newest change.

    Erasures are done again, whenever they were ordered. Returns the number of the last change restored.
    Damaged when the backup's file, its blobs or its changes do not fit their hashes; FileNotFoundError without one.
    """
    if dest.exists() and any(dest.iterdir()):
        raise FileExistsError(f'{dest} is not empty')
    folder, manifest = _nearest(src, at)
    if _hash(folder / 'city.db') != manifest.sha256:
        raise Damaged(f'{folder.name}/city.db is not the file that was backed up')
    dest.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / 'city.db', dest / 'city.db')
    _sync_file(dest / 'city.db')
    db = connect_writer(dest / 'city.db')
    try:
        seq = _play(db, src, at)
        named = attachments.named(db)
    finally:
        db.close()
    _restore_blobs(src / 'blobs', dest, named)
    with Store(dest, now_in_tokyo, None, None) as store:
        erase.replay(store, ledger.entries(src / LEDGER), 'restore')
        ledger.keep_ledger(store)
    return seq


# --- the copy


def _fill(store: Store, dest: Path, part: Path) -> Manifest:
    manifest = _copy(store, part / 'city.db')
    _copy_blobs(store, dest / 'blobs')
    export_tinydb(store, part / 'records.json')
    (part / MANIFEST).write_bytes(orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
    ledger.add_entries(dest / LEDGER, ledger.entries(store.folder / LEDGER))
    for file in part.iterdir():
        _sync_file(file)
    return manifest


def _copy(store: Store, file: Path) -> Manifest:
    """A sound copy of the database in one file, without sessions and drafts."""
    target = connect(file, vfs=store.vfs, writing=True)
    try:
        reserve_checksums(target)
        target.pragma('synchronous', 0)  # synced once, when it is whole
        with store.reading() as source, target.backup('main', source, 'main') as copying:
            while not copying.done:
                copying.step(1_000)
        target.pragma('journal_mode', 'delete')
        target.execute('DELETE FROM scratch')
        check(target)
        seq, chain = history.last(target)
    except apsw.FullError as error:
        raise OSError(errno.ENOSPC, 'no space for the backup', str(file)) from error
    finally:
        target.close()
    at = store.clock().isoformat(timespec='milliseconds')
    return Manifest(seq, chain.hex(), at, _hash(file))


def check(db: apsw.Connection) -> None:
    """Damaged unless every page and the whole chain are as they were written."""
    try:
        answer = db.pragma('integrity_check')
    except apsw.Error as error:
        raise Damaged(f'the copy cannot be read: {error}') from error
    if answer != 'ok':
        raise Damaged(f'integrity_check: {answer}')
    if wrong := history.verify(db):
        raise Damaged(f'the history does not verify at change {wrong[0][0]} ({wrong[0][1]})')


def _copy_blobs(store: Store, folder: Path) -> None:
    there = Blobs(folder, set)
    known = set(there.all())
    for sha in store.blobs.all():
        if sha not in known:
            with store.blobs.open(sha) as file:
                there.save(file)


def _restore_blobs(folder: Path, dest: Path, named: set[str]) -> None:
    source, target = Blobs(folder, set), Blobs(dest / 'blobs', set)
    for sha in sorted(named & set(source.all())):
        with source.open(sha) as file:
            target.save(file)


# --- the changes after it


def _pack(line: Line, db: apsw.Connection) -> bytes:
    row = asdict(line)
    for name in ('salt', 'digest', 'chain'):
        row[name] = row[name].hex() if row[name] is not None else None
    answer = db.execute('SELECT answer FROM tx WHERE n = ?', (line.tx,)).fetchone()
    return orjson.dumps({**row, 'answer': answer and answer[0]})


def _shipped(file: Path) -> Iterator[tuple[Line, str | None]]:
    """The whole lines of a file; a torn last one is left out."""
    if not file.exists():
        return
    for text in file.read_bytes().split(b'\n'):
        try:
            row = decode(text) if text else None
        except orjson.JSONDecodeError:
            continue
        if row is not None:
            answer = row.pop('answer')
            for name in ('salt', 'digest', 'chain'):
                row[name] = bytes.fromhex(row[name]) if row[name] is not None else None
            yield Line(**row), answer


def _play(db: apsw.Connection, src: Path, at: int | datetime | None) -> int:
    """Append the shipped changes up to the moment, as long as each continues the chain."""
    seq, chain = history.last(db)
    with db:
        for file in sorted(src.glob('changes-*.jsonl')):
            for line, answer in _shipped(file):
                if line.seq <= seq:
                    continue
                if not _within(line, at):
                    return seq
                follows = history.link(chain, history.heading(line.seq, line.who, line.what), line.digest)
                if line.seq != seq + 1 or follows != line.chain:
                    raise Damaged(f'change {line.seq} in {file.name} does not continue change {seq}')
                replay.add(db, line, answer)
                seq, chain = line.seq, line.chain
    return seq


def _within(line: Line, at: int | datetime | None) -> bool:
    if at is None:
        return True
    return line.seq <= at if isinstance(at, int) else datetime.fromisoformat(line.at) <= at


# --- the folders


def _backups(dest: Path) -> list[tuple[Path, Manifest]]:
    folders = sorted(file.parent for file in dest.glob(f'[0-9]*/{MANIFEST}'))
    return [(folder, Manifest(**decode((folder / MANIFEST).read_bytes()))) for folder in folders]


def _nearest(src: Path, at: int | datetime | None) -> tuple[Path, Manifest]:
    """The newest backup that is not younger than the moment asked for."""
    fitting = [
        (folder, manifest)
        for folder, manifest in _backups(src)
        if at is None or (manifest.seq <= at if isinstance(at, int) else datetime.fromisoformat(manifest.at) <= at)
    ]
    if not fitting:
        raise FileNotFoundError(f'no backup in {src} is old enough')
    return fitting[-1]


def _is_whole(folder: Path) -> bool:
    """Whether the backup in it is there and as it was made."""
    try:
        return _hash(folder / 'city.db') == Manifest(**decode((folder / MANIFEST).read_bytes())).sha256
    except (OSError, ValueError, TypeError):
        return False


def _drop_old(dest: Path, keep: int) -> None:
    old = _backups(dest)[:-keep] if keep else []
    for folder, manifest in old:
        shutil.rmtree(folder)
        (dest / SHIPPED.format(manifest.seq)).unlink(missing_ok=True)


def _hash(file: Path) -> str:
    with file.open('rb') as content:
        return hashlib.file_digest(content, 'sha256').hexdigest()


def _sync_file(file: Path) -> None:
    with file.open('r+b') as content:
        os.fsync(content.fileno())
