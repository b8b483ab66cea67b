"""A small city hall on a temporary store: the shipped apps, a still clock, one person per role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from city_hall import LEADER, OTHER, SHIPPED, STAFF, SUPERVISOR, opened, password_of

from apps import catalogue
from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.settings import Settings
from forms.loader import load_folder


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO))


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    """A copy of the shipped definitions, free to be changed."""
    return Path(shutil.copytree(SHIPPED, tmp_path / 'definitions'))


@pytest.fixture(scope='session')
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One copy for every test that changes no definition, read once for all of them."""
    folder = Path(shutil.copytree(SHIPPED, tmp_path_factory.mktemp('shipped') / 'definitions'))
    before = texts(folder)
    loaded = load_folder(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, 'load_folder', lambda place: loaded if place == folder else load_folder(place))
        yield folder
    changed = {name for name, _ in texts(folder).items() ^ before.items()}
    assert not changed, 'whoever changes a definition asks for the fixture `definitions`'


def texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob('*') if path.is_file()}


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    own = 'definitions' in request.fixturenames
    folder = request.getfixturevalue('definitions' if own else 'unchanged')
    return Settings(data=tmp_path / 'data', definitions=folder, upload_mb=1)


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
