"""Made-up road requests of which every eighth was told before, by somebody else, in other words, some metres away."""

from __future__ import annotations

import math
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from bench.duplicates.wordings import LOOKED_AT, Wording

SHARE: Final = 0.12
BETWEEN: Final = (5.0, 80.0)
"""Metres between the two places that two people point at."""
DAYS: Final = 30
LAT, LON = 36.56, 136.65
_METRES = 111_195.0
"""A degree of latitude."""

Told = dict[str, Any]


def retold(
    chance: Random, count: int, years: float = 1.0, wording: Wording = LOOKED_AT
) -> tuple[list[Told], dict[int, int]]:
    """Requests in the order in which they came in, and for the repeats: place of the repeat -> place of the first.

    Places lie about a centre, half of them within 1.4 km; the days end with 2026-11-20.
    """
    firsts = round(count * (1 - SHARE))
    told = [_first(chance, int(years * 365), wording) for _ in range(firsts)]
    repeats = [(at, _again(chance, told[at], wording)) for at in chance.sample(range(firsts), count - firsts)]
    every = [(each, None) for each in told] + [(each, at) for at, each in repeats]
    order = sorted(range(count), key=lambda at: every[at][0]['受付日'])
    place = {at: number for number, at in enumerate(order)}
    pairs = {place[firsts + number]: place[at] for number, (at, _) in enumerate(repeats)}
    return [every[at][0] for at in order], pairs


def _first(chance: Random, days: int, wording: Wording) -> Told:
    kind = chance.choices(list(wording.tellings), [40, 16, 12, 10, 10, 12])[0]
    north, east = (max(-4000.0, min(4000.0, chance.gauss(0, 1200))) for _ in 'ne')
    day = date(2026, 11, 20) - timedelta(days=chance.randrange(DAYS, days + DAYS))
    town = wording.towns[int((north + 4000) // 1601) * 4 + int((east + 4000) // 2001)]
    told = _told(chance, kind, north, east, day, wording)
    return told | {'場所': f'{town}{chance.randint(1, 9)}丁目 {chance.choice(wording.marks)}'}


def _again(chance: Random, first: Told, wording: Wording) -> Told:
    """The same trouble told by another: another landmark, other words, in one of six cases another category."""
    angle, away = chance.uniform(0, 2 * math.pi), chance.uniform(*BETWEEN)
    north, east = first['_north'] + away * math.sin(angle), first['_east'] + away * math.cos(angle)
    kind = first['種別'] if chance.random() < 5 / 6 else chance.choice(list(wording.tellings))
    day = date.fromisoformat(first['受付日']) + timedelta(days=chance.randint(0, DAYS))
    others = [each for each in wording.tellings[first['種別']] if each != first['内容']]
    again = _told(chance, kind, north, east, day, wording) | {'内容': chance.choice(others)}
    return again | {'場所': f'{first["場所"].split()[0]} {chance.choice(wording.marks)}'}


def _told(  # noqa: PLR0913, PLR0917 - what was told, where, when, how
    chance: Random, kind: str, north: float, east: float, day: date, wording: Wording
) -> Told:
    lat = LAT + north / _METRES
    return {
        '受付日': day.isoformat(),
        '種別': kind,
        '内容': chance.choice(wording.tellings[kind]),
        '位置': {
            'lat': round(lat, 6),
            'lon': round(LON + east / (_METRES * math.cos(math.radians(LAT))), 6),
            'place': '',
        },
        '状態': chance.choices(['受付', '対応中', '完了'], [2, 3, 5])[0],
        '_north': north,
        '_east': east,
    }
