"""The office of `telling`, with its people registered and no passwords."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from telling import APP, EVERYBODY, YAML, at

from apps.accounts import ACCOUNTS, SECTIONS
from apps.clock import StillClock
from apps.context import AppContext, open_context
from apps.settings import Settings


@pytest.fixture
def clock() -> StillClock:
    return StillClock(at('2026-11-20', '10:00'))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    definitions = tmp_path / 'definitions'
    definitions.mkdir()
    (definitions / f'{APP}.yaml').write_text(YAML, 'utf-8')
    return Settings(data=tmp_path / 'data', definitions=definitions)


@pytest.fixture
def office(settings: Settings, clock: StillClock) -> Iterator[AppContext]:
    context = open_context(settings, clock)

    def register(tx):  # type: ignore[no-untyped-def]
        for each in EVERYBODY:
            given = {'name': each.name, 'roles': list(each.roles), 'sections': list(each.sections), 'disabled': False}
            tx.put(ACCOUNTS, given, each.account)
            for section in each.sections:
                if tx.get(SECTIONS, section) is None:
                    tx.put(SECTIONS, {'name': section}, section)

    context.store.commit_blocking(register, actor='system', request_id='people')
    yield context
    context.close()
