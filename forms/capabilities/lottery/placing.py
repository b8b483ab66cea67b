"""Places given out in the order of the draw: each takes the dearest choice that has room (serial dictatorship).

Nobody gains by hiding what they want. Places set aside are for those with priority; what they leave is opened to
all, and the places are given out again from the first ticket, so that an earlier ticket never sees a later one get what
it wanted. A session below its minimum is cancelled, the emptiest first, and the places are given out again without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Policy = Literal['skip', 'stop']
Unfilled = Literal['open', 'keep']
UnderMinimum = Literal['move', 'lose']
WaitingOrder = Literal['priority', 'draw']


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """capacity: session -> places. waiting: session -> longest waiting list; not named: all.

    policy, when a group is larger than what is left: skip gives the places to the next who fit; stop closes the
    session (its open part only, when the group had no priority). set_aside: session -> places for priority.
    unfilled: whether what priority leaves is opened. waiting_order: priority first, or as drawn.
    minimum: session -> fewest persons. under_minimum: its winners move to what they chose next, or lose.
    method: a name of METHODS.
    """

    capacity: Mapping[str, int]
    waiting: Mapping[str, int] | None = None
    policy: Policy = 'skip'
    set_aside: Mapping[str, int] = field(default_factory=dict)
    unfilled: Unfilled = 'open'
    waiting_order: WaitingOrder = 'priority'
    minimum: Mapping[str, int] = field(default_factory=dict)
    under_minimum: UnderMinimum = 'move'
    method: str = 'sha256'

    def most(self, session: str, priority: bool) -> int:
        """Persons of one application that the session could ever hold."""
        kept = self.set_aside.get(session, 0) if self.unfilled == 'keep' and not priority else 0
        return self.capacity.get(session, 0) - kept


@dataclass(frozen=True, slots=True)
class Entry:
    """An application. id: as published. choices: sessions, the dearest first. size: persons, all or none of them.

    tier: 0 is drawn before 1. priority: may take places set aside. tickets: how many; the best counts.
    person: the same for all applications of one person; '' when that does not matter.
    """

    id: str
    choices: tuple[str, ...]
    size: int = 1
    withdrawn: bool = False
    late: bool = False
    tier: int = 0
    priority: bool = False
    tickets: int = 1
    person: str = ''

    @property
    def is_drawn(self) -> bool:
        return not (self.withdrawn or self.late)


@dataclass(frozen=True, slots=True)
class Placed:
    """won: entry id -> session, cancelled ones included when their winners lose. left: session -> free places.

    cancelled: sessions below their minimum; nothing is left in them. winners: persons who have won.
    """

    won: Mapping[str, str]
    left: Mapping[str, int]
    cancelled: tuple[str, ...]
    winners: frozenset[str]


def place(rules: Rules, ordered: Sequence[Entry]) -> Placed:
    """ordered: everybody who is drawn, in the order of the draw."""
    cancelled: tuple[str, ...] = ()
    while True:
        placed = _place_in(rules, ordered, cancelled)
        persons = {each: rules.capacity[each] - places for each, places in placed.left.items() if each not in cancelled}
        below = [each for each, count in persons.items() if count < rules.minimum.get(each, 0)]
        if not below:
            return placed
        if rules.under_minimum == 'lose':
            left = {each: 0 if each in below else places for each, places in placed.left.items()}
            return Placed(placed.won, left, tuple(below), placed.winners)
        # Of equally empty sessions the one written last goes first.
        cancelled = (*cancelled, min(reversed(below), key=persons.__getitem__))


def queue(rules: Rules, ordered: Sequence[Entry], placed: Placed) -> Mapping[str, tuple[str, int]]:
    """Entry id -> (session, place): who got nothing waits for the dearest choice that could ever hold the group."""
    without = [each for each in ordered if each.id not in placed.won and each.person not in placed.winners]
    if any(rules.set_aside.values()) and rules.waiting_order == 'priority':
        without.sort(key=lambda each: not each.priority)
    longest = rules.waiting or {}
    queued: dict[str, tuple[str, int]] = {}
    lengths: Counter[str] = Counter()
    for entry in without:
        for session in entry.choices:
            could_hold = session not in placed.cancelled and entry.size <= rules.most(session, entry.priority)
            if could_hold and (session not in longest or lengths[session] < longest[session]):
                lengths[session] += 1
                queued[entry.id] = session, lengths[session]
                break
    return queued


def _place_in(rules: Rules, ordered: Sequence[Entry], cancelled: Iterable[str]) -> Placed:
    sessions = [each for each in rules.capacity if each not in cancelled]
    kept = {each: rules.set_aside.get(each, 0) for each in sessions}
    while True:
        room = _Room({each: rules.capacity[each] - kept[each] for each in sessions}, dict(kept), rules.policy)
        won, winners = _taken(room, ordered)
        unused = {each: places for each, places in room.kept.items() if places}
        if not unused or rules.unfilled == 'keep':
            free = {each: room.open[each] + room.kept[each] for each in sessions}
            left = {each: free.get(each, 0) for each in rules.capacity}
            return Placed(won, left, tuple(cancelled), frozenset(winners))
        kept = {each: places - unused.get(each, 0) for each, places in kept.items()}


def _taken(room: _Room, ordered: Sequence[Entry]) -> tuple[dict[str, str], set[str]]:
    won: dict[str, str] = {}
    winners: set[str] = set()
    for entry in ordered:
        if entry.person in winners:
            continue
        for session in entry.choices:
            if room.takes(session, entry):
                won[entry.id] = session
                if entry.person:
                    winners.add(entry.person)
                break
    return won, winners


@dataclass(slots=True)
class _Room:
    """What is left while places are given out: open to all, and kept for those with priority."""

    open: dict[str, int]
    kept: dict[str, int]
    policy: Policy
    closed: set[tuple[str, bool]] = field(default_factory=set)

    def takes(self, session: str, entry: Entry) -> bool:
        if session not in self.open or (session, entry.priority) in self.closed:
            return False
        from_kept = min(entry.size, self.kept[session]) if entry.priority else 0
        if entry.size - from_kept <= self.open[session]:
            self.kept[session] -= from_kept
            self.open[session] -= entry.size - from_kept
            return True
        if self.policy == 'stop':
            self.closed |= {(session, False), (session, entry.priority)}
        return False
