"""The clock of the city hall: Japanese time wherever the server runs, and a still one for samples and tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

TOKYO = timezone(timedelta(hours=9), 'JST')
"""Japan has had no summer time since 1951, so a fixed offset is right for every date an office enters."""


class Clock(Protocol):
    """Where operations ask what time it is."""

    def now(self) -> datetime:
        """Aware, Asia/Tokyo."""


class JapaneseClock:
    """The real time."""

    def now(self) -> datetime:
        return datetime.now(TOKYO)


@dataclass(slots=True)
class StillClock:
    """A time that moves only when told: for sample data and tests."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def stamp(moment: datetime) -> str:
    """The stored form of a moment: '2026-04-01T09:00:00+09:00', whole seconds."""
    return moment.astimezone(TOKYO).isoformat(timespec='seconds')


def japanese_today(clock: Clock) -> date:
    return clock.now().astimezone(TOKYO).date()
