"""After every kind of damage: doctor names it, the backup gives back all that was shipped, and any moment before."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from crash_apart import Say, apart, killed
from crash_clerks import ACTOR, Told, everything, half_done, receive
from crash_image import Seen, complaints, look

from storage import Store, open_store
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


def test_a_killed_backup_never_takes_the_last_one_away(tmp_path: Path, amount: Callable[[int, int], int]) -> None:
    found, seqs = apart(kill_backups, tmp_path, amount(40, 1_000))
    assert found == []
    assert len(seqs) > 5


def kill_backups(folder: Path, rounds: int) -> tuple[list[str], set[int]]:
    """What was wrong after which round, and the changes up to which backups were restored."""
    chance, city, dest = random.Random(0), folder / 'city', folder / 'backup'
    with open_store(city) as store:
        Told().ask(store, 'first')
        backup(store, dest)
        done = store.seq
    found: list[str] = []
    seqs: set[int] = set()
    for number in range(rounds):
        said = killed(lambda say, number=number: back_up(city, dest, number, say), chance.uniform(0, 0.05))  # type: ignore[misc]
        done = max([done, *map(int, said)])
        seq = restore(dest, folder / f'{number}')
        seqs.add(seq)
        with open_store(folder / f'{number}') as store:
            found += [f'round {number}: {what}' for what in half_done(store)]
        if seq < done:
            found.append(f'round {number}: backed up to {done}, restored to {seq}')
        shutil.rmtree(folder / f'{number}')
    return found, seqs


def back_up(city: Path, dest: Path, number: int, say: Say) -> None:
    with open_store(city) as store:
        for n in count():
            if n % 3 == 1:  # the others are made of what was backed up before
                store.commit_blocking(receive(f'{number}-{n}'), actor=ACTOR, request_id='')
                ship(store, dest)
            say(int(backup(store, dest, keep=2).name))
