"""A fault that nobody foresaw: what the log keeps of it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from apps import fault_log


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A library's logger, and what it writes."""
    before, text = logging.getLogRecordFactory(), io.StringIO()
    logger, handler = logging.getLogger('some.library'), logging.StreamHandler(text)
    logger.addHandler(handler)
    fault_log.install()
    yield logger, text
    logger.removeHandler(handler)
    logging.setLogRecordFactory(before)


def test_a_fault_is_logged_by_kind_and_place_and_quotes_no_record(log: tuple[logging.Logger, io.StringIO]) -> None:
    (logger, text), name, phone = log, '例示 花子', '090-0000-0001'
    try:
        try:
            int(name)
        except ValueError as error:
            raise KeyError(phone) from error
    except KeyError as error:
        logger.exception('the screen failed: %s', error)
        logger.exception(error)
    told = text.getvalue()
    assert '例示' not in told and '090' not in told
    assert 'the screen failed: KeyError' in told and 'ValueError' in told
    assert 'test_a_fault_is_logged_by_kind' in told and 'int(name)' in told, 'the place and its line of the program'


def test_what_the_operating_system_says_stays(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, text = log
    logger.error(OSError(98, 'address already in use'))
    assert text.getvalue() == 'OSError: address already in use\n'
