"""How long somebody will wait, and how sure that is: the line played forward with what is known of items and staff.

Known are: who is before this ticket and what for, who is being served since when and what for, how many counters call
people at which hour (lunch by turns), and how long each item took so far. Service times are learned from finished
tickets; until there are any, `minutes` of the section counts as much as `TRUST` finished tickets.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import floor, sqrt

from forms.capabilities.queue.tickets import Expected

TRUST = 3.0
"""A first guess weighs as much as so many finished tickets."""
SPREAD = 0.75
"""Standard deviation of a service time as a part of its mean, until it is learned (people differ much)."""
SURE = 1.0
"""Half of the range in standard deviations; six of seven waits fall inside (bench/queue_estimate.py)."""
STEP = 5
"""Ranges are shown in steps of so many minutes; nobody believes «between 13 and 17»."""

LONGEST = 24 * 60
"""Nothing is said beyond so many minutes: with no counter open, nobody is ever called."""

Items = tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    count: float = 0.0
    total: float = 0.0
    squares: float = 0.0

    def add(self, minutes: float) -> None:
        self.count += 1
        self.total += minutes
        self.squares += minutes * minutes


@dataclass(slots=True)
class Experience:
    """Service times so far of one section, by what people came for. first: minutes to assume before there are any."""

    first: float
    _all: _Seen = field(default_factory=_Seen)
    _by_items: dict[Items, _Seen] = field(default_factory=dict)

    def add(self, items: Iterable[str], minutes: float) -> None:
        """One finished ticket."""
        key = tuple(sorted(items))
        self._all.add(minutes)
        self._by_items.setdefault(key, _Seen()).add(minutes)

    def copy(self) -> Experience:
        """Another one that learns on its own."""
        parts = {key: _Seen(seen.count, seen.total, seen.squares) for key, seen in self._by_items.items()}
        return Experience(self.first, _Seen(self._all.count, self._all.total, self._all.squares), parts)

    def expected(self, items: Iterable[str]) -> tuple[float, float]:
        """(mean, variance) of the service time in minutes for these items."""
        mean, variance = _blended(self._all, self.first, (self.first * SPREAD) ** 2)
        seen = self._by_items.get(tuple(sorted(items)))
        return _blended(seen, mean, variance) if seen is not None else (mean, variance)

    def remaining(self, items: Iterable[str], served: float) -> tuple[float, float]:
        """(mean, variance) of the rest of a service that has lasted `served` minutes.

        What has lasted long goes on longer: a fifth of both keeps a forgotten «終える» from promising a free counter.
        """
        mean, variance = self.expected(items)
        return max(mean - served, (mean + served) / 5), variance


def _blended(seen: _Seen, mean: float, variance: float) -> tuple[float, float]:
    weight = seen.count + TRUST
    blended = (seen.total + mean * TRUST) / weight
    squares = (seen.squares + (variance + mean * mean) * TRUST) / weight
    return blended, max(squares - blended * blended, 0.0)


@dataclass(frozen=True, slots=True)
class AtCounter:
    """Somebody being served. minutes: so far."""

    items: Items
    minutes: float


@dataclass(frozen=True, slots=True)
class LineBefore:
    """What a newcomer meets. ahead: items of everybody who is called before, in order. open_at: counters by moment."""

    ahead: Sequence[Items]
    serving: Sequence[AtCounter]
    open_at: Callable[[datetime], int]


def expected_wait(line: LineBefore, experience: Experience, now: datetime) -> Expected:
    """Minutes until the person behind `line.ahead` is called, with a range that states how sure that is."""
    return expected_waits(line, experience, now)[-1]


def expected_waits(line: LineBefore, experience: Experience, now: datetime) -> Sequence[Expected]:
    """The same for everybody in `line.ahead`, in order, and last for who comes now."""
    rests = [experience.remaining(each.items, each.minutes) for each in line.serving]
    free = [rest for rest, _ in rests]
    heapq.heapify(free)
    spread = sum(variance for _, variance in rests)
    known: dict[Items, tuple[float, float]] = {}
    at, found = 0.0, []
    for items in (*line.ahead, None):
        at = _next_free(free, at, line.open_at, now)
        # Waits end when one of several counters is free: what is before somebody is shared by those who serve.
        found.append(_ranged(at, spread / max(len(free), 1) ** 2 if at else 0.0))
        if items is None:
            break
        if items not in known:
            known[items] = experience.expected(items)
        mean, variance = known[items]
        heapq.heappush(free, at + mean)
        spread += variance
    return found


def _next_free(free: list[float], at: float, open_at: Callable[[datetime], int], now: datetime) -> float:
    """The moment at which a counter can call: fewer are busy than are open then. free: ends of services, a heap."""
    while True:
        while free and free[0] <= at:
            heapq.heappop(free)
        if len(free) < open_at(now + timedelta(minutes=at)):
            return at
        # Looked at every minute: a change of staffing may open a counter before anybody is done.
        at = min(free[0], at + 1.0) if free else at + 1.0
        if at > LONGEST:
            return at


def _ranged(minutes: float, variance: float) -> Expected:
    if minutes <= 0:
        return Expected(0.0, 0, STEP)
    half = max(SURE * sqrt(variance), STEP / 2)
    low = floor(max(minutes - half, 0.0) / STEP + 0.5) * STEP
    high = floor((minutes + half) / STEP + 0.5) * STEP
    return Expected(round(minutes, 1), low, max(high, low + STEP))


def shown(expected: Expected) -> str:
    """15〜25分, as people read it on the board."""
    if expected.high <= STEP:
        return f'{STEP}分以内'
    return f'{expected.low}〜{expected.high}分' if expected.low else f'{expected.high}分以内'
