"""A city hall with one app that sends notices, and a mail server that listens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from mailing import EVENT, YAML
from post_office import HOST, PostOffice, free_port, open_post_office

from apps.clock import TOKYO, StillClock
from apps.context import AppContext, open_context
from apps.settings import Settings


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO))


@pytest.fixture
def post() -> Iterator[PostOffice]:
    office = PostOffice(port=free_port())
    controller = open_post_office(office)
    yield office
    controller.stop()


@pytest.fixture
def settings(tmp_path: Path, post: PostOffice) -> Settings:
    definitions = tmp_path / 'definitions'
    definitions.mkdir()
    (definitions / f'{EVENT}.yaml').write_text(YAML, 'utf-8')
    return Settings(
        data=tmp_path / 'data',
        definitions=definitions,
        origins=('https://madoguchi.example.lg.jp',),
        smtp_host=HOST,
        smtp_port=post.port,
        smtp_security='none',
        mail_from='見本市 <no-reply@city.example.lg.jp>',
        mail_per_minute=6000,
    )


@pytest.fixture
def city(settings: Settings, clock: StillClock) -> Iterator[AppContext]:
    context = open_context(settings, clock)
    yield context
    context.close()
