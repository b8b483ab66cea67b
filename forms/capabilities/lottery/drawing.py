"""The draw: a fixed order from hashes, then places given out in that order; the same on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms.capabilities.lottery.methods import METHODS
from forms.capabilities.lottery.placing import Entry, Placed, Rules, place, queue

WON, WAITING, LOST, CANCELLED = '当選', '補欠', '落選', '中止'
OUTCOMES = (WON, WAITING, LOST, CANCELLED)


@dataclass(frozen=True, slots=True)
class Drawn:
    """order: place in the order of the draw, from 1. session: won, or waited for, or won and cancelled; '' for a loss.

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
    """drawn: in the order of the draw, without the withdrawn and the late. left: session -> places that stayed free.

    cancelled: sessions that fewer persons than their minimum got a place in.
    """

    seed: str
    drawn: tuple[Drawn, ...]
    left: Mapping[str, int]
    cancelled: tuple[str, ...] = ()


def draw(rules: Rules, entries: Iterable[Entry], seed: str) -> Result:
    """The result, whatever the order in which the entries come. Raises ValueError when an id is there twice."""
    entries = [entry for entry in entries if entry.is_drawn]
    if repeated := [each for each, count in Counter(entry.id for entry in entries).items() if count > 1]:
        raise ValueError(f'drawn twice: {repeated}')
    found = METHODS[rules.method]({entry.id: entry.tickets for entry in entries}, seed)
    rank = {each: number for number, (each, _) in enumerate(found)}
    tickets = dict(found)
    ordered = sorted(entries, key=lambda entry: (entry.tier, rank[entry.id]))
    placed = place(rules, ordered)
    queued = queue(rules, ordered, placed)
    drawn = tuple(
        Drawn(entry.id, tickets[entry.id], order, *_outcome(entry, placed, queued))
        for order, entry in enumerate(ordered, start=1)
    )
    return Result(seed, drawn, placed.left, placed.cancelled)


def _outcome(entry: Entry, placed: Placed, queued: Mapping[str, tuple[str, int]]) -> tuple[str, str, int]:
    """(outcome, session, place on the waiting list)."""
    if session := placed.won.get(entry.id):
        return CANCELLED if session in placed.cancelled else WON, session, 0
    if entry.id in queued:
        return WAITING, *queued[entry.id]
    all_cancelled = entry.choices and all(each in placed.cancelled for each in entry.choices)
    return CANCELLED if all_cancelled else LOST, '', 0
