"""The draw: a fixed order from hashes, then places given out in that order. The same everywhere, checkable by anybody.

The ticket of an application is SHA-256 over the UTF-8 bytes of `seed|id`, in hexadecimal; the lowest comes first, and
of equal tickets the lower id. In this order each applicant gets the first of the ranked choices that still has room
(serial dictatorship, so that nobody gains by hiding what they want).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

WON, WAITING, LOST = '当選', '補欠', '落選'
OUTCOMES = (WON, WAITING, LOST)
Policy = Literal['skip', 'stop']


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """capacity: session -> places. waiting: session -> longest waiting list; not named: all.

    policy, when a group is larger than what is left: skip gives them to the next who fit; stop closes the session.
    """

    capacity: Mapping[str, int]
    waiting: Mapping[str, int] | None = None
    policy: Policy = 'skip'


@dataclass(frozen=True, slots=True)
class Entry:
    """An application. id: as published. choices: sessions, the dearest first. size: persons, all or none of them."""

    id: str
    choices: tuple[str, ...]
    size: int = 1
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """order: place in the order of the draw, from 1. session: won, or waited for; '' for a loss.

    waiting: place on the waiting list of the session, from 1; 0 for everybody else.
    """

    id: str
    ticket: str
    order: int
    outcome: str
    session: str = ''
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """drawn: in the order of the draw, without the withdrawn. left: session -> places that stayed free."""

    seed: str
    drawn: tuple[Drawn, ...]
    left: Mapping[str, int]


def ticket_of(seed: str, entry_id: str) -> str:
    """64 hexadecimal digits."""
    return sha256(f'{seed}|{entry_id}'.encode()).hexdigest()


def draw(rules: Rules, entries: Iterable[Entry], seed: str) -> Result:
    """The result, whatever the order in which the entries come. Raises ValueError when an id is there twice."""
    entries = [entry for entry in entries if not entry.withdrawn]
    if repeated := [each for each, count in Counter(entry.id for entry in entries).items() if count > 1]:
        raise ValueError(f'drawn twice: {repeated}')
    tickets = {entry.id: ticket_of(seed, entry.id) for entry in entries}
    ordered = sorted(entries, key=lambda entry: (tickets[entry.id], entry.id))
    left = dict(rules.capacity)
    won = _given_out(rules, ordered, left)
    queued = _queued(rules, [entry for entry in ordered if entry.id not in won])
    drawn = []
    for order, entry in enumerate(ordered, start=1):
        ticket = tickets[entry.id]
        if entry.id in won:
            drawn.append(Drawn(entry.id, ticket, order, WON, won[entry.id]))
        elif entry.id in queued:
            session, place = queued[entry.id]
            drawn.append(Drawn(entry.id, ticket, order, WAITING, session, place))
        else:
            drawn.append(Drawn(entry.id, ticket, order, LOST))
    return Result(seed, tuple(drawn), left)


def _given_out(rules: Rules, ordered: Sequence[Entry], left: dict[str, int]) -> Mapping[str, str]:
    """Entry id -> session won; takes the places out of `left`."""
    won: dict[str, str] = {}
    closed: set[str] = set()
    for entry in ordered:
        for session in entry.choices:
            if session not in left or session in closed:
                continue
            if entry.size <= left[session]:
                left[session] -= entry.size
                won[entry.id] = session
                break
            if rules.policy == 'stop':
                closed.add(session)
    return won


def _queued(rules: Rules, without_place: Sequence[Entry]) -> Mapping[str, tuple[str, int]]:
    """Entry id -> (session, place): each waits for the dearest choice that could ever hold the group."""
    longest = rules.waiting or {}
    queued: dict[str, tuple[str, int]] = {}
    lengths: Counter[str] = Counter()
    for entry in without_place:
        for session in entry.choices:
            could_hold = entry.size <= rules.capacity.get(session, 0)
            if could_hold and (session not in longest or lengths[session] < longest[session]):
                lengths[session] += 1
                queued[entry.id] = session, lengths[session]
                break
    return queued
