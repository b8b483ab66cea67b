"""A full disk: what does not fit is refused, nothing is lost, and all goes on when there is space again."""

import errno
import os
import random
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash_apart import apart
from crash_clerks import Told, wrong
from crash_disk import insert_disk

from storage import Store, open_store
from storage.backup import backup, restore, ship
from storage.doctor import examine
from storage.exchange import export_tinydb

pytestmark = pytest.mark.crash

NOTE = '見本' * 1_000
ROOM = 3_000_000
WIDTH = 6_144  # bytes from one tried size of a disk to the next


@pytest.mark.parametrize('slice', range(2))
def test_a_disk_of_any_size_loses_nothing(tmp_path: Path, slice: int) -> None:
    found, full, sizes = apart(fill_each, tmp_path, slice)
    assert found == []
    assert full == sizes > 10


def fill_each(folder: Path, slice: int) -> tuple[list[str], int, int]:
    """What was wrong on a disk of which size, how often it was full, and how many sizes were tried."""
    disk = insert_disk()
    found: list[str] = []
    full, sizes = 0, range(200_000 + slice * WIDTH, 400_000, 2 * WIDTH)
    for size in sizes:
        city, told = folder / str(size), Told()
        with open_store(city) as store:
            disk.space = size
            for n in range(30):
                told.ask(store, f'r{n}', note=NOTE)
            full += 'NotStored' in told.order
            disk.space = None
            told.ask(store, 'later', note=NOTE)
        disk.heal()
        found += [f'{size} bytes: {what}' for what in wrong(city, told)]
        if told.order[-1] != 'stored':
            found.append(f'{size} bytes: did not go on: {told.order[-1]}')
    return found, full, len(sizes)


# --- a real one


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes. Only root may make one."""
    place = tmp_path / 'disk'
    place.mkdir()
    made = subprocess.run(
        ['mount', '-t', 'tmpfs', '-o', f'size={ROOM}', 'tmpfs', str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip('making a small disk needs root')
    try:
        yield place
    finally:
        subprocess.run(['umount', '--lazy', str(place)], check=True)


def fill(disk: Path, leave: int = 0) -> Path:
    """Somebody else's file takes all that is free but `leave` bytes."""
    free = os.statvfs(disk)
    size = max(0, free.f_bavail * free.f_frsize - leave)
    ballast = disk / 'ballast'
    ballast.write_bytes(b'x' * size)
    return ballast


def test_records_go_on_when_there_is_space_again(small_disk: Path) -> None:
    told = Told()
    with open_store(small_disk / 'city') as store:
        told.ask(store, 'first')
        for course in range(3):
            ballast = fill(small_disk, leave=150_000)
            for n in range(60):
                told.ask(store, f'{course}-{n}', note=NOTE)
            assert told.order[-1] == 'NotStored'
            assert store.get('道路', 'first') is not None  # reading goes on
            ballast.unlink()
            told.ask(store, f'{course}-later')
            assert told.order[-1] == 'stored'
        assert store.warning is None
    assert wrong(small_disk / 'city', told) == []


def test_a_witness_without_space_stops_nobody(small_disk: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / 'city', witness=small_disk / 'witness.log') as store:
        told = Told()
        told.ask(store, 'before')
        ballast = fill(small_disk)
        for n in range(80):  # more lines than its last page still holds
            told.ask(store, f'during{n}')
        assert store.warning is not None
        ballast.unlink()
        told.ask(store, 'after')
        assert store.warning is None
    assert set(told.order) == {'stored'}
    findings = examine(tmp_path / 'city', witness=small_disk / 'witness.log')
    assert {finding.code for finding in findings} <= {'witness-line'}  # the one that did not fit
    open_store(tmp_path / 'city', witness=small_disk / 'witness.log').close()


def test_a_witness_without_a_thread_to_sync_in_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / 'city') as store:
        told = Told()
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, 'start', no_more_threads)
            told.ask(store, 'during')
        assert store.warning is not None
        told.ask(store, 'after')
        assert store.warning is None
    assert told.order == ['stored', 'stored']
    assert wrong(tmp_path / 'city', told) == []


def no_more_threads(_: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def test_an_attachment_that_does_not_fit_leaves_nothing(small_disk: Path) -> None:
    photo = random.Random(0).randbytes(300_000)
    with open_store(small_disk / 'city') as store:
        ballast = fill(small_disk, leave=200_000)
        with pytest.raises(OSError) as refused:
            store.blobs.save(photo)
        assert refused.value.errno == errno.ENOSPC
        assert [file for file in store.blobs.folder.rglob('*') if file.is_file()] == []
        ballast.unlink()
        sha = store.blobs.save(photo)
        store.commit_blocking(lambda tx: tx.attach('道路', 'A', sha), actor='見本 太郎', request_id='')
        with store.blobs.open(sha) as file:
            assert file.read() == photo


def filled(folder: Path) -> tuple[Store, Told]:
    store, told = open_store(folder), Told()
    for n in range(40):
        told.ask(store, f'r{n}', note=NOTE)
    return store, told


def test_a_backup_that_does_not_fit_leaves_the_last_one_good(small_disk: Path, tmp_path: Path) -> None:
    store, told = filled(tmp_path / 'city')
    dest = small_disk / 'backup'
    with store:
        backup(store, dest)
        told.ask(store, 'more')
        ship(store, dest)
        for leave in (0, 8_192, 100_000):
            ballast = fill(small_disk, leave)
            told.ask(store, f'with {leave}')
            with pytest.raises(OSError) as refused:
                backup(store, dest)
            assert refused.value.errno == errno.ENOSPC
            assert not (dest / '.part').exists()  # the half copy takes nobody's space
            ballast.unlink()
            restore(dest, tmp_path / f'last {leave}')
            assert wrong(tmp_path / f'last {leave}', Told(stored={'more': told.stored['more']})) == []
        backup(store, dest, keep=1)
    restore(dest, tmp_path / 'newest')
    assert wrong(tmp_path / 'newest', told) == []


def test_a_shipment_that_does_not_fit_is_sent_later(small_disk: Path, tmp_path: Path) -> None:
    store, told = filled(tmp_path / 'city')
    dest = small_disk / 'backup'
    with store:
        backup(store, dest)
        ballast = fill(small_disk, leave=4_096)
        for n in range(20):
            told.ask(store, f'more{n}', note=NOTE)
        with pytest.raises(OSError):
            ship(store, dest)
        ballast.unlink()
        ship(store, dest)
    restore(dest, tmp_path / 'restored')
    assert wrong(tmp_path / 'restored', told) == []


def test_an_exchange_file_that_does_not_fit_leaves_the_last_one_whole(small_disk: Path, tmp_path: Path) -> None:
    store, told = filled(tmp_path / 'city')
    file = small_disk / 'records.json'
    with store:
        export_tinydb(store, file)
        before = file.read_bytes()
        ballast = fill(small_disk, leave=20_000)
        told.ask(store, 'more')
        with pytest.raises(OSError):
            export_tinydb(store, file)
        assert file.read_bytes() == before
        assert [one.name for one in small_disk.glob('records*')] == ['records.json']
        ballast.unlink()
        export_tinydb(store, file)
    assert b'more' in file.read_bytes()
