"""A small city hall on a temporary store: the shipped apps, a still clock, one person per role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from city_hall import LEADER, OTHER, SHIPPED, STAFF, SUPERVISOR, opened, password_of

from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.settings import Settings


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO))


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    """A copy of the shipped definitions, free to be changed."""
    return Path(shutil.copytree(SHIPPED, tmp_path / 'definitions'))


@pytest.fixture
def settings(tmp_path: Path, definitions: Path) -> Settings:
    return Settings(data=tmp_path / 'data', definitions=definitions, upload_mb=1)


@pytest.fixture
def office(settings: Settings, clock: StillClock) -> Iterator[AppContext]:
    context = opened(settings, clock)
    yield context
    context.close()


@pytest.fixture
async def staffed(office: AppContext) -> AppContext:
    """The office with the people registered; `password_of` tells the passwords."""
    for person in (STAFF, OTHER, LEADER, SUPERVISOR):
        parts = {'roles': person.roles, 'sections': person.sections, 'by': LEADER}
        await office.accounts.add(person.account, person.name, password_of(person), **parts)
    return office
