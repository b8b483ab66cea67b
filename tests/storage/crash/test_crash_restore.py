"""After every kind of damage: doctor names it, the backup gives back all that was shipped, and any moment before."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from crash_apart import PATIENCE, Say, apart, killed
from crash_clerks import ACTOR, Told, everything, half_done
from crash_image import Seen, complaints, look

from storage import StorageError, Store, open_store
from storage.backup import backup, restore, ship
from storage.doctor import examine

pytestmark = pytest.mark.crash


@dataclass
class City:
    """`moments`: what could be read after which change, as far as it was shipped. `sha`: an attachment."""

    folder: Path
    dest: Path
    moments: dict[int, Seen]
    sha: str


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    folder, dest = tmp_path / 'city', tmp_path / 'backup'
    moments: dict[int, Seen] = {}
    with open_store(folder) as store:
        sha = store.blobs.save(b'photo' * 1_000)
        store.commit_blocking(lambda tx: tx.attach('道路', 'r0', sha), actor=ACTOR, request_id='')
        _write(store, range(20), moments)
    with open_store(folder) as store:
        backup(store, dest)
        _write(store, range(20, 30), moments)
        ship(store, dest)
        _write(store, range(30, 35), moments)
        ship(store, dest)
        part = tmp_path / 'as it lies'  # a copy with its log, as after a power cut
        shutil.copytree(folder, part, ignore=shutil.ignore_patterns('*-shm'))
    shutil.rmtree(folder)
    part.rename(folder)
    yield City(folder, dest, moments, sha)


def _write(store: Store, requests: range, moments: dict[int, Seen]) -> None:
    told = Told()
    for n in requests:
        told.ask(store, f'r{n}')
        moments[store.seq] = everything(store)


def flip(file: Path, at: float) -> None:
    content = bytearray(file.read_bytes())
    content[int(len(content) * at)] ^= 16
    file.write_bytes(content)


def cut(file: Path, at: float) -> None:
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * at)])


def put_older_copy(folder: Path) -> None:
    shutil.copyfile(next((folder.parent / 'backup').glob('*/city.db')), folder / 'city.db')
    (folder / 'city.db-wal').unlink()


DAMAGE: dict[str, Callable[[Path], None]] = {
    'a bit of the records': lambda folder: [flip(folder / 'city.db', at / 50) for at in range(50)] and None,
    'a bit of the log': lambda folder: flip(folder / 'city.db-wal', 0.5),
    'the end of the records': lambda folder: cut(folder / 'city.db', 0.5),
    'the end of the log': lambda folder: cut(folder / 'city.db-wal', 0.5),
    'all of the log': lambda folder: (folder / 'city.db-wal').unlink(),
    'all of the records': lambda folder: [file.unlink() for file in folder.glob('city.db*')] and None,
    'an attachment': lambda folder: [flip(file, 0.5) for file in folder.glob('blobs/*/*/*')] and None,
    'a lost attachment': lambda folder: shutil.rmtree(folder / 'blobs'),
    'records of zeros': lambda folder: (folder / 'city.db').write_bytes(bytes((folder / 'city.db').stat().st_size)),
    'an older copy put in its place': put_older_copy,
}


@pytest.mark.parametrize('damage', DAMAGE)
def test_damage_is_named_and_everything_comes_back(city: City, tmp_path: Path, damage: str) -> None:
    DAMAGE[damage](city.folder)
    assert complaints(city.folder), 'doctor sees nothing'
    if 'attachment' not in damage and damage != 'all of the records':
        assert look(city.folder) is None, 'a damaged store serves'
    newest = max(city.moments)
    assert restore(city.dest, tmp_path / 'new') == newest
    assert examine(tmp_path / 'new', rebuild=True) == []
    with open_store(tmp_path / 'new') as new:
        assert everything(new) == city.moments[newest]
        with new.blobs.open(city.sha) as photo:
            assert photo.read() == b'photo' * 1_000
        again = Told()
        again.ask(new, 'r34')  # sent again by somebody who never heard
        again.ask(new, 'next')
        assert again.stored == {'r34': 35, 'next': 36}


def test_every_moment_since_the_backup_comes_back(city: City, tmp_path: Path) -> None:
    backed_up = int(next(city.dest.glob('[0-9]*')).name)
    moments = [seq for seq in city.moments if seq >= backed_up]
    assert len(moments) == 16
    for seq in moments:
        assert restore(city.dest, tmp_path / str(seq), seq) == seq
        with open_store(tmp_path / str(seq)) as past:
            assert everything(past) == city.moments[seq]
        assert examine(tmp_path / str(seq), rebuild=True) == []


# --- killed in the middle of a backup

CALLS = frozenset('open write close fsync mkdir rename rmdir unlink execute step pragma'.split())


@pytest.mark.parametrize('changed', [False, True])
def test_a_backup_killed_at_any_step_leaves_the_last_one(tmp_path: Path, changed: bool) -> None:
    found, steps = apart(kill_at_each_step, tmp_path, changed)
    assert found == []
    assert steps > 40


def kill_at_each_step(folder: Path, changed: bool) -> tuple[list[str], int]:
    """What was wrong after a kill at which step of a backup that keeps one; how many steps there are."""
    city, last, dest = folder / 'city', folder / 'last', folder / 'backup'
    with open_store(city) as store:
        Told().ask(store, 'first')
        backup(store, last)
        done = store.seq
    found: list[str] = []
    for step in count(1):
        shutil.rmtree(dest, ignore_errors=True)
        shutil.copytree(last, dest)
        said = killed(lambda say, step=step: back_up(city, dest, step, changed, say), PATIENCE, from_start=True)  # type: ignore[misc]
        try:
            seq = restore(dest, folder / 'restored')
            with open_store(folder / 'restored') as store:
                found += [f'step {step}: {what}' for what in half_done(store)]
            if seq < done:
                found.append(f'step {step}: backed up to {done}, restored to {seq}')
        except (OSError, ValueError, StorageError) as error:
            found.append(f'step {step}: cannot be restored: {error!r}')
        shutil.rmtree(folder / 'restored', ignore_errors=True)
        if said:
            return found, step
    raise AssertionError('never finished')


def back_up(city: Path, dest: Path, last: int, changed: bool, say: Say) -> None:
    """Die right after that many calls that touch a file; say so when the backup was through before."""
    calls = count(1)

    def dying(_frame: object, event: str, call: Any) -> None:
        if event == 'c_return' and call.__name__ in CALLS and next(calls) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    with open_store(city) as store:
        if changed:
            store.commit_blocking(
                lambda tx: tx.patch('道路', 'first', {'回': last}, None).rev, actor=ACTOR, request_id=''
            )
        sys.setprofile(dying)
        backup(store, dest, keep=1)
        sys.setprofile(None)
        say('done')
