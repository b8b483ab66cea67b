"""A store in a temporary folder, a clock that tells what it is told, and the engines the contract is kept on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clerk import Clock, Do
from tinydb import TinyDB
from tinydb.storages import MemoryStorage
from tinydb.table import Table

from storage import Store, Tx, open_store
from storage.table import CityDB


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    with open_store(tmp_path / 'city', clock=clock) as opened:
        yield opened


@pytest.fixture
def do(store: Store) -> Do:
    """Run a function of tx as one transaction of a clerk."""

    def run(fn: Callable[[Tx], Any], *, actor: str = '見本', request_id: str = '', reason: str = '') -> Any:
        return store.commit_blocking(fn, actor=actor, request_id=request_id, reason=reason)

    return run


ENGINES = ['oracle', 'sqlite']


@pytest.fixture(params=ENGINES)
def table(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Table]:
    """One table of TinyDB's face: stock TinyDB in memory as the oracle, then each engine of ours."""
    db = TinyDB(storage=MemoryStorage) if request.param == 'oracle' else CityDB(tmp_path / 'city')
    yield db.table('道路')
    db.close()
