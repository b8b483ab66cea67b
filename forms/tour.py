"""A short way through several places: nearest neighbour first, then crossings taken out (2-opt)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from forms.capabilities.duplicates.distance import Point, metres

MOST_ROUNDS = 50
"""Passes over the way; one of a hundred places is settled after fewer than ten."""


def tour(start: Point, points: Sequence[Point]) -> list[int]:
    """Indices of `points` in an order that is short to travel from `start` and back to it.

    Deterministic; 100 places take a few milliseconds. Not always the shortest way: the tests tell how near it comes.
    """
    places = [start, *points]
    apart = [[metres(one, other) for other in places] for one in places]
    way = _untangled(_nearest_first(apart), apart)
    return [each - 1 for each in way[1:]]


def length(start: Point, points: Sequence[Point], order: Sequence[int]) -> float:
    """Metres from `start` through the points in that order and back, as the crow flies."""
    stops = [start, *(points[each] for each in order), start]
    return sum(metres(one, other) for one, other in pairwise(stops))


def _nearest_first(apart: Sequence[Sequence[float]]) -> list[int]:
    way, left = [0], list(range(1, len(apart)))
    while left:
        here = way[-1]
        following = min(left, key=lambda each: (apart[here][each], each))
        left.remove(following)
        way.append(following)
    return way


def _untangled(way: list[int], apart: Sequence[Sequence[float]]) -> list[int]:
    """Turn stretches round as long as that makes the round trip shorter; the start stays first."""
    count = len(way)
    for _ in range(MOST_ROUNDS):
        better = False
        for first in range(count - 2):
            for last in range(first + 2, count):
                one, two, three = way[first], way[first + 1], way[last]
                four = way[(last + 1) % count]
                gain = apart[one][two] + apart[three][four] - apart[one][three] - apart[two][four]
                if gain > 0.01:
                    way[first + 1 : last + 1] = reversed(way[first + 1 : last + 1])
                    better = True
        if not better:
            break
    return way
