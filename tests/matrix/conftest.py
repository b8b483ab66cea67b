"""One office for the whole matrix: nothing that is tried leaves anything behind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime

import pytest
from argon2 import PasswordHasher
from matrix_office import APP, YAML, Office, furnished

from apps.clock import TOKYO, Clock, StillClock
from apps.context import open_context
from apps.passwords import Passwords
from apps.settings import Settings
from storage import Store


@pytest.fixture(scope='module')
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp('matrix')
    (folder / 'definitions').mkdir()
    (folder / 'definitions' / f'{APP}.yaml').write_text(YAML, 'utf-8')
    settings = Settings(data=folder / 'data', definitions=folder / 'definitions')
    context = open_context(settings, StillClock(datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO)), passwords=_quick)
    yield asyncio.run(furnished(context))
    context.close()


def _quick(store: Store, clock: Clock) -> Passwords:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return Passwords(store, clock, attempts=3, lock_minutes=15, hasher=hasher)
