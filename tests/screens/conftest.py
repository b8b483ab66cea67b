"""A small office whose screens are opened without a browser: NiceGUI's User, signed in as whom a test names."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from nicegui import app
from nicegui.testing import User, user_simulation
from small_office import CLOSED, PEOPLE, Desk

from apps.api.routes import install
from apps.clock import TOKYO, Clock, StillClock
from apps.context import AppContext, open_context
from apps.pages import register
from apps.passwords import Passwords
from apps.people import SYSTEM
from apps.security import COOKIE
from apps.settings import Settings
from storage import Store

SHIPPED = Path(__file__).resolve().parents[2] / 'apps' / 'definitions'


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[AppContext]:
    definitions = Path(shutil.copytree(SHIPPED, tmp_path / 'definitions'))
    (definitions / 'personnel.yaml').write_text(CLOSED, 'utf-8')
    settings = Settings(data=tmp_path / 'data', definitions=definitions)
    clock = StillClock(datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO))
    context = open_context(settings, clock, passwords=_quick)
    for account, role in PEOPLE.items():
        await context.accounts.add(account, f'見本 {account}', 'long-enough-1', roles=[role], by=SYSTEM)
    yield context
    context.close()


def _quick(store: Store, clock: Clock) -> Passwords:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return Passwords(store, clock, attempts=3, lock_minutes=15, hasher=hasher)


@pytest.fixture
async def desk(office: AppContext) -> AsyncIterator[Desk]:
    """desk('taro'): the screens as that account sees them."""
    async with user_simulation() as user:
        install(app, office)
        register(office)

        async def sit_down(name: str) -> User:
            account = office.accounts.get(name)
            assert account is not None
            user.http_client.cookies.set(COOKIE, office.sessions.open(account))
            return user

        yield sit_down
