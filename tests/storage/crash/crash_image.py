"""The files of a small city as they lie on disk in the middle of a day, damaged on purpose and looked at."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
from crash_clerks import ACTOR, Told, everything

from storage import StorageError, Store, open_store
from storage.doctor import Finding, examine

FILES = ('city.db', 'city.db-wal', 'witness.log')
WORDS = ('みほんr7', 'みほんr33')
CHECKPOINTED = 30
REQUESTS = 42

Seen = dict[str, Any]


@dataclass(frozen=True)
class Image:
    """`files`: their bytes. `moments`: what people could read after which change. `checkpointed`: the last change that
    was moved from the log into the main file.
    """

    files: dict[str, bytes]
    moments: dict[int, Seen]
    checkpointed: int

    @property
    def whole(self) -> Seen:
        return self.moments[max(self.moments)]

    def lay(self, folder: Path, **changed: bytes | None) -> Path:
        """Put the files there, some of them changed or, with None, missing; names with '_' for '.' and '-'."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in self.files.items():
            mine = changed.get(name.replace('.', '_').replace('-', '_'), content)
            if mine is not None:
                (folder / name).write_bytes(mine)
        return folder


def take_image(folder: Path) -> Image:
    moments: dict[int, Seen] = {}
    with open_store(folder) as store:
        _write(store, range(CHECKPOINTED), moments)
    with open_store(folder) as store:
        checkpointed = store.seq
        _write(store, range(CHECKPOINTED, REQUESTS), moments)
        files = {name: (folder / name).read_bytes() for name in FILES}
    return Image(files, moments, checkpointed)


def _write(store: Store, requests: range, moments: dict[int, Seen]) -> None:
    told = Told()
    for n in requests:
        told.ask(store, f'r{n}', note='長い備考' * (800 if n % 10 == 3 else 5))
        moments[store.seq] = everything(store, WORDS)
        if n % 4 == 1:
            done = f'r{n - 1}'
            store.commit_blocking(
                lambda tx, done=done: tx.patch('道路', done, {'状態': '完了'}, 1).rev,
                actor=ACTOR,
                request_id=f'完了{n}',
            )
            moments[store.seq] = everything(store, WORDS)
    assert len(told.stored) == len(requests)


def look(folder: Path) -> Seen | None:
    """Everything that can be read there, None when opening or reading is refused."""
    try:
        with open_store(folder) as store:
            return everything(store, WORDS)
    except (StorageError, apsw.Error, ValueError):
        return None


def complaints(folder: Path) -> list[Finding]:
    return [finding for finding in examine(folder) if finding.severity == 'error']


def evenly(length: int, wanted: int) -> Iterator[int]:
    """So many places of a file, spread evenly; every one when there are not more."""
    step = max(1.0, length / wanted)
    return (int(at * step) for at in range(min(length, wanted)))
