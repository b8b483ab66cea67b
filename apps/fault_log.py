"""What the log tells of a fault nobody foresaw: its kind and place, not its message, which may quote a record."""

from __future__ import annotations

import logging
import traceback
from typing import Any


def install() -> None:
    """From now on, for every logger of this process, those of the libraries included."""
    logging.setLogRecordFactory(discreet_record)


def discreet_record(*args: Any, **named: Any) -> logging.LogRecord:
    """A log record whose exceptions are told by kind and place.

    What the operating system says (a port in use, a full disk) stays: it knows no record.
    """
    record = logging.LogRecord(*args, **named)
    if isinstance(record.msg, BaseException):
        record.msg = _told(record.msg)
    if isinstance(record.args, tuple):
        record.args = tuple(_told(each) if isinstance(each, BaseException) else each for each in record.args)
    if record.exc_info and record.exc_info[1] is not None:
        record.exc_text = _whole(record.exc_info[1])
    return record


def _whole(error: BaseException) -> str:
    """As Python prints it, what caused it first, each without its message."""
    parts: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        parts.append(''.join(traceback.format_tb(one.__traceback__)) + _told(one))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return '\n\nand then:\n'.join(reversed(parts))


def _told(error: BaseException) -> str:
    kind = type(error).__name__
    return f'{kind}: {error.strerror}' if isinstance(error, OSError) and error.strerror else kind
