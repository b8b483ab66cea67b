"""A short way through several places, beside the shortest there is."""

from __future__ import annotations

from itertools import permutations
from random import Random

from forms.tour import length, tour

START = (36.56, 136.65)


def places(chance: Random, count: int) -> list[tuple[float, float]]:
    return [(36.56 + chance.uniform(-0.05, 0.05), 136.65 + chance.uniform(-0.05, 0.05)) for _ in range(count)]


def test_up_to_seven_places_the_way_is_hardly_longer_than_the_shortest():
    chance = Random(7)
    ratios = []
    for count in (1, 2, 3, 4, 5, 6, 7) * 3:
        points = places(chance, count)
        shortest = min(length(START, points, each) for each in permutations(range(count)))
        ratios.append(length(START, points, tour(START, points)) / shortest)
    assert min(ratios) > 0.999, 'nothing is shorter than the shortest'
    assert max(ratios) < 1.1
    assert sum(ratios) / len(ratios) < 1.01


def test_every_place_once_the_same_each_time_and_much_shorter_than_as_written():
    points = places(Random(3), 60)
    way = tour(START, points)
    assert sorted(way) == list(range(60))
    assert tour(START, points) == way
    assert length(START, points, way) < length(START, points, range(60)) / 3


def test_places_at_one_spot_stand_together():
    here, there = (36.57, 136.66), (36.50, 136.60)
    way = tour(START, [here, there, here, there, here])
    assert {*way[:2]} == {1, 3} or {*way[3:]} == {1, 3}


def test_nothing_to_do_is_no_way():
    assert tour(START, []) == []
    assert length(START, [], []) == 0
