"""Power cuts: the writes of a day recorded, and every state rebuilt in which a disk may be found afterwards.

A disk keeps what was synced. Of what was written to a file since its last sync it may keep all, nothing, a beginning, a
torn last write, or any part in any order (ALICE, CrashMonkey).
"""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from crash_apart import apart
from crash_clerks import SERIES, Told, half_done
from crash_disk import insert_disk

from storage import Damaged, Store, open_store, witness, writer
from storage.doctor import examine

pytestmark = pytest.mark.crash

SLICES = 4
REQUESTS = 40
SECTOR = 512
WAYS = ('all', 'nothing', 'beginning', 'torn', 'some')

Entry = tuple[Any, ...]


@pytest.fixture(scope='module')
def recorded(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    return apart(record, tmp_path_factory.mktemp('recorded') / 'city')


@pytest.mark.parametrize('slice', range(SLICES))
def test_no_power_cut_takes_what_was_acknowledged(
    tmp_path: Path, recorded: list[Entry], slice: int, amount: Callable[[int, int], int]
) -> None:
    chance = random.Random(slice)
    images = 0
    for cut, way, disk in _images(recorded, chance, slice, amount(1, 20)):
        folder = tmp_path / 'city'
        disk.lay(folder, way, chance)
        acknowledged = {one: number for what, one, number, *_ in recorded[:cut] if what == 'acknowledged'}
        found = _found(folder, acknowledged)
        assert found == [], f'cut after entry {cut} of {len(recorded)}, {way}: {found}'
        images += 1
    print(f'{images} images')
    assert images > 1_000


def test_the_record_is_of_a_whole_day(recorded: list[Entry]) -> None:
    seen = {(entry[0], Path(str(entry[1])).name) for entry in recorded}
    files = {('write', 'city.db'), ('sync', 'city.db'), ('write', 'city.db-wal'), ('sync', 'city.db-wal')}
    assert files <= seen
    assert sum(entry[0] == 'acknowledged' for entry in recorded) == REQUESTS


# --- recording, apart


def record(city: Path) -> list[Entry]:
    """What changed on disk, in order, with the lines of the witness and what was acknowledged in between."""
    writer.CHECKPOINT_PAGES = 60  # type: ignore[misc]
    disk = insert_disk()
    disk.log = log = []
    write = witness.Witness.write

    def noted(self: witness.Witness, seq: int, chain: bytes) -> None:
        write(self, seq, chain)
        disk.note('witness', b'%d %s\n' % (seq, chain.hex().encode()))

    witness.Witness.write = noted  # type: ignore[method-assign]
    store = open_store(city)
    for n in range(REQUESTS):
        told = Told()
        told.ask(store, f'r{n}', note='長い備考' * (800 if n % 10 == 3 else 5))
        disk.note('acknowledged', f'r{n}', told.stored[f'r{n}'])
        if n == REQUESTS // 2:  # the shop closes and opens
            store.close()
            store = open_store(city)
    store.close()
    return [(*entry, None, None)[:4] for entry in log]


# --- rebuilding


@dataclass
class PowerCut:
    """The files as synced, and for each what was written since."""

    synced: dict[str, bytes] = field(default_factory=dict)
    since: dict[str, list[Entry]] = field(default_factory=dict)
    witness: bytes = b''

    def follow(self, entry: Entry) -> None:
        what, name, *_ = entry
        if what == 'witness':
            self.witness += name
        elif what in ('write', 'truncate'):
            self.since.setdefault(Path(name).name, []).append(entry)
        elif what == 'sync':
            name = Path(name).name
            self.synced[name] = _applied(self.synced.get(name, b''), self.since.pop(name, []))
        elif what == 'delete':
            self.synced.pop(Path(name).name, None)
            self.since.pop(Path(name).name, None)

    def lay(self, folder: Path, way: str, chance: random.Random) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in sorted(self.synced.keys() | self.since.keys()):
            kept = _survivors(self.since.get(name, []), way, chance)
            if name in self.synced or kept:
                (folder / name).write_bytes(_applied(self.synced.get(name, b''), kept))
        # Synced in a thread of its own: it may have lost lines, and never more than a whole one is torn.
        lost = chance.choice([0, 0, 30, 90, len(self.witness)])
        (folder / 'witness.log').write_bytes(self.witness[: len(self.witness) - lost])


def _images(
    recorded: list[Entry], chance: random.Random, slice: int, times: int
) -> Iterator[tuple[int, str, PowerCut]]:
    disk = PowerCut()
    for at, entry in enumerate(recorded, 1):
        disk.follow(entry)
        if at % SLICES != slice:
            continue
        for _ in range(times):
            yield from ((at, way, disk) for way in (WAYS if disk.since else WAYS[:1]))


def _survivors(written: list[Entry], way: str, chance: random.Random) -> list[Entry]:
    if way == 'nothing' or not written:
        return []
    if way == 'all':
        return written
    if way == 'some':
        kept = [entry for entry in written if chance.random() < 0.5]
        chance.shuffle(kept)
        return kept
    kept = written[: chance.randint(1, len(written))]
    if way == 'torn' and kept[-1][0] == 'write':
        what, name, offset, content = kept[-1]
        kept = [*kept[:-1], (what, name, offset, content[: chance.randrange(0, len(content) + 1, SECTOR)])]
    return kept


def _applied(content: bytes, entries: list[Entry]) -> bytes:
    file = bytearray(content)
    for what, _, at, written in entries:
        if what == 'truncate':
            del file[at:]
            file.extend(b'\0' * (at - len(file)))
        else:
            file.extend(b'\0' * (at - len(file)))
            file[at : at + len(written)] = written
    return bytes(file)


def _found(folder: Path, acknowledged: dict[str, int]) -> list[str]:
    try:
        with open_store(folder) as store:
            found = _missing(store, acknowledged) + half_done(store)
    except Damaged as error:
        return [f'refused: {error}']
    return found + [finding.text for finding in examine(folder) if finding.severity == 'error']


def _missing(store: Store, acknowledged: dict[str, int]) -> list[str]:
    there = {doc.doc_id: doc['番号'] for doc in store.find('道路', limit=None).docs}
    found = [f'{one} is lost' for one, number in acknowledged.items() if there.get(one) != number]
    unheard = len(there) - len(acknowledged)
    return [*found, *([f'{unheard} more in {SERIES} than were asked for'] if unheard > 1 else [])]
