"""Attachments and kill -9: on disk before they are named, whole or not there, collected only when unnamed for a day."""

import os
import random
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from crash_apart import Say, apart, killed

from storage import Damaged, Store, Tx, blobs, open_store
from storage.doctor import examine

pytestmark = pytest.mark.crash

ACTOR = '見本 太郎'
DAY = 24 * 3600.0


def test_killed_between_the_attachment_and_its_record(tmp_path: Path) -> None:
    apart(save_and_die, tmp_path / 'city', b'photo' * 10_000)
    with open_store(tmp_path / 'city') as store:
        [sha] = store.blobs.all()
        assert [finding.code for finding in examine(store.folder)] == ['blob-unnamed']
        assert store.blobs.collect() == []  # the clerk may be about to send again
        age(store.blobs.path(sha), DAY - 60)
        assert store.blobs.collect() == []
        with store.blobs.open(sha) as file:
            assert file.read() == b'photo' * 10_000
        age(store.blobs.path(sha), DAY + 60)
        assert store.blobs.collect() == [sha]
        assert examine(store.folder) == []


def test_killed_between_and_sent_again(tmp_path: Path) -> None:
    apart(save_and_die, tmp_path / 'city', b'photo')
    with open_store(tmp_path / 'city') as store:
        sha = store.blobs.save(b'photo')
        store.commit_blocking(lambda tx: tx.attach('道路', 'A', sha), actor=ACTOR, request_id='')
        age(store.blobs.path(sha), 400 * DAY)
        assert store.blobs.collect() == []  # named: stays for ever
        assert examine(store.folder) == []


def age(file: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(file, (then, then))


def save_and_die(city: Path, content: bytes) -> None:
    def work(say: Say) -> None:
        say(open_store(city).blobs.save(content))
        time.sleep(60)

    assert len(killed(work, 0.0)) == 1


def test_every_named_attachment_is_whole_after_a_kill(tmp_path: Path, amount: Callable[[int, int], int]) -> None:
    found, named = apart(kill_rounds, tmp_path / 'city', amount(40, 2_000))
    assert found == []
    assert named > 40


def kill_rounds(city: Path, rounds: int) -> tuple[list[str], int]:
    """What was wrong after which round, and how many attachments were named in all."""
    chance = random.Random(0)
    found: list[str] = []
    for number in range(rounds):
        said = killed(lambda say, number=number: attach(city, number, say), chance.uniform(0, 0.03))  # type: ignore[misc]
        with open_store(city) as store:
            found += [f'round {number}: {what}' for what in _broken(store, number, len(said))]
            named = store.count('道路')
    return found, named


def attach(city: Path, number: int, say: Say) -> None:
    store, content = open_store(city), random.Random(number)
    for n in count():
        sha = store.blobs.save(content.randbytes(content.choice([10, 5_000, 300_000])))

        def name(tx: Tx, sha: str = sha, n: int = n) -> None:
            tx.put('道路', {'添付': sha}, f'{number}-{n}')
            tx.attach('道路', f'{number}-{n}', sha)

        store.commit_blocking(name, actor=ACTOR, request_id='')
        say(n)


def _broken(store: Store, number: int, acknowledged: int) -> list[str]:
    there = {
        doc.doc_id: doc['添付'] for doc in store.find('道路', limit=None).docs if doc.doc_id.startswith(f'{number}-')
    }
    found = [f'{n} was acknowledged and is lost' for n in range(acknowledged) if f'{number}-{n}' not in there]
    for id, sha in there.items():
        try:
            store.blobs.open(sha).close()
        except (Damaged, FileNotFoundError) as error:
            found.append(f'{id} names a blob that is not whole: {error}')
    for sha in store.blobs.all():
        try:
            store.blobs.open(sha).close()
        except Damaged:
            found.append(f'{sha} is half there under its own name')
    if any(finding.severity == 'error' for finding in examine(store.folder)):
        found.append('doctor finds an error')
    return found


def test_an_attachment_is_on_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut a name without content would be worse than none."""
    seen: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        target = Path(os.readlink(f'/proc/self/fd/{handle}'))
        seen.append(f'sync {target.suffix or target.name}')
        fsync(handle)

    def replaced(self: Path, target: Path) -> Path:
        seen.append(f'rename {self.suffix}')
        return replace(self, target)

    with open_store(tmp_path / 'city') as store:
        monkeypatch.setattr(blobs.os, 'fsync', synced)
        monkeypatch.setattr(Path, 'replace', replaced)
        sha = store.blobs.save(b'photo')
    first, second = sha[:2], sha[2:4]
    assert seen == ['sync city', 'sync .part', 'sync blobs', f'sync {first}', 'rename .part', f'sync {second}']
