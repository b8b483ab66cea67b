"""A small office on a temporary store with the shipped apps and a still clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from panel_office import SHIPPED

from apps.clock import TOKYO, StillClock
from apps.context import AppContext, open_context
from apps.settings import Settings


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO))


@pytest.fixture
def office(tmp_path: Path, clock: StillClock) -> Iterator[AppContext]:
    context = open_context(Settings(data=tmp_path / 'data', definitions=SHIPPED), clock)
    yield context
    context.close()
