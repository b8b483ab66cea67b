"""How much is tried: enough for every push, or a night's worth with --long."""

from collections.abc import Callable

import pytest
from hypothesis import settings

settings.register_profile('shared machine', deadline=None)
settings.load_profile('shared machine')

Amount = Callable[[int, int], int]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption('--long', action='store_true', help='the same crash tests with the numbers of a whole night')


@pytest.fixture
def amount(request: pytest.FixtureRequest) -> Amount:
    """amount(every_push, every_night)."""
    return lambda push, night: night if request.config.getoption('--long') else push
