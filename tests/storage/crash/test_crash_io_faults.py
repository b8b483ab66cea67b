"""Every single I/O call of a day's work fails: once, from then on, or half done (SQLite's own method)."""

import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from crash_apart import apart
from crash_clerks import Told, wrong
from crash_disk import Disk, insert_disk

from storage import NotStored, OutcomeUnknown, Stopped, open_store, writer

pytestmark = pytest.mark.crash

SLICES = 4
REQUESTS = 12
CHECKPOINT_PAGES = 60
NOTE = '見本' * 2_000  # does not fit on one page


@pytest.mark.parametrize('slice', range(SLICES))
@pytest.mark.parametrize('way', ['once', 'from then on', 'half written'])
def test_a_failing_call_loses_nothing_and_is_told(tmp_path: Path, way: str, slice: int) -> None:
    found, calls, positions = apart(fail_each, tmp_path, way, slice)
    assert found == []
    assert positions > 30
    assert {'write city.db-wal', 'write city.db'} <= calls


def test_every_kind_of_call_is_among_them(tmp_path: Path) -> None:
    calls = apart(calls_of_a_course, tmp_path)
    files = {'city.db': 'open read write sync size lock truncate', 'city.db-shm': 'open map'}
    files |= {'city.db-wal': 'open read write sync size access delete', 'city.db-journal': 'open write sync delete'}
    assert {f'{call} {file}' for file, made in files.items() for call in made.split()} <= calls


def test_after_a_failed_sync_nothing_more_is_accepted(tmp_path: Path) -> None:
    """Whether a sync that failed once and then succeeds has reached the disk, nobody can say."""
    orders = apart(fail_each_sync, tmp_path)
    stopped = [order for order in orders if 'Stopped' in order]
    assert len(stopped) > REQUESTS
    for order in stopped:
        accepted = order.index('unknown') if 'unknown' in order else order.index('Stopped')
        assert 'stored' not in order[accepted:], order
    assert sum('unknown' in order for order in orders) >= REQUESTS - 2


# --- apart


def fail_each(folder: Path, way: str, slice: int) -> tuple[list[str], set[str], int]:
    """What was wrong after which fault, the calls that were failed, and how many."""
    disk = insert_disk()
    disk.kind = 'write' if way == 'half written' else None
    positions = range(slice, _course(disk, folder / 'whole', Told()), SLICES)
    found: list[str] = []
    calls: set[str] = set()
    for at in positions:
        disk.kind = 'write' if way == 'half written' else None
        disk.fail_at, disk.and_on, disk.torn = at, way == 'from then on', way == 'half written'
        told, city = Told(), folder / str(at)
        _course(disk, city, told)
        failed = disk.failed[:1]
        calls.update(failed)
        disk.heal()
        complaints = wrong(city, told)
        if 'unknown' in told.order and 'stored' in told.order[told.order.index('unknown') :]:
            complaints.append(f'accepted after an unknown outcome: {told.order}')
        found += [f'{failed} (call {at}) {way}: {what}' for what in complaints]
        shutil.rmtree(city)
    return found, calls, len(positions)


def calls_of_a_course(folder: Path) -> set[str]:
    disk = insert_disk()
    seen: set[str] = set()

    def noted(what: str, file: str) -> bool:
        seen.add(f'{what} {Path(file).name}')
        return False

    disk.fails = noted  # type: ignore[method-assign]
    _course(disk, folder / 'city', Told())
    return seen


def fail_each_sync(folder: Path) -> list[list[str]]:
    """What the callers heard when the first, second, third ... sync failed once."""
    disk = insert_disk()
    disk.kind = 'sync'
    orders = []
    for at in range(_course(disk, folder / 'whole', Told())):
        disk.kind, disk.fail_at = 'sync', at
        told = Told()
        _course(disk, folder / str(at), told)
        disk.heal()
        orders.append(told.order)
    return orders


def _course(disk: Disk, city: Path, told: Told) -> int:
    """Open, write, read, checkpoint, close, from a fresh start; how many calls that took."""
    writer.CHECKPOINT_PAGES = CHECKPOINT_PAGES  # type: ignore[misc]
    disk.calls = 0
    try:
        store = open_store(city)
    except (apsw.Error, Stopped):
        return disk.calls
    try:
        for n in range(REQUESTS):
            told.ask(store, f'r{n}', given_up=n % 7 == 5, note=NOTE)
            if n == REQUESTS // 2:
                told.order.append(_upkeep(store.index, '道路', ['番号']))
                told.order.append(_upkeep(store.count, '道路', text='みほん'))
    finally:
        store.close()
    return disk.calls


def _upkeep(fn: Callable[..., object], *args: object, **more: object) -> str:
    try:
        fn(*args, **more)
    except OutcomeUnknown:
        return 'unknown'
    except (apsw.Error, NotStored, Stopped):
        return 'refused'
    return 'done'
