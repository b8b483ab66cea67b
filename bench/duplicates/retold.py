"""Made-up road requests of which every eighth was told before, by somebody else, in other words, some metres away."""

from __future__ import annotations

import math
from datetime import date, timedelta
from random import Random
from typing import Any, Final

TELLINGS: Final = {
    '舗装': (
        '道路に穴があいています。車が通ると音がします。',
        '車道の舗装がはがれて、くぼみに水がたまる。',
        '路面に大きな穴があり、自転車でころびそう。',
        'アスファルトが割れて段差ができた。',
    ),
    '側溝': (
        '側溝のふたが割れています。',
        'みぞのふたがずれて、足を踏み外しそう。',
        '側溝がつまって、雨の日に水があふれる。',
        'グレーチングがガタガタと鳴ってうるさい。',
    ),
    '街路樹': (
        '街路樹の枝が信号を隠しています。',
        '歩道の木の枝が折れて、たれ下がっている。',
        '並木の落葉が多くてすべる。',
        '木の根で歩道が盛り上がっている。',
    ),
    '照明': (
        '街灯が消えています。',
        '道路の明かりがつかず、夜は真っ暗です。',
        '照明がちかちかと点滅している。',
        '街灯の柱が傾いている。',
    ),
    '標識・白線': (
        '横断歩道の白線が消えかけています。',
        '停止線が見えない。',
        'カーブの標識が曲がっている。',
        '道路標識が木に隠れて見えません。',
    ),
    '除雪': (
        '除雪されておらず、車が通れません。',
        '雪の山が歩道をふさいでいる。',
        '路面が凍っていて危ない。',
        '除雪の車が塀にぶつかったようです。',
    ),
}
TOWNS: Final = [f'{name}{part}' for name in ('見本町', '例示町', '架空台', '仮名橋', '雛形通り') for part in '東西南北']
MARKS: Final = ('公園の前', '小学校の横', 'コンビニの角', '橋のたもと', '交差点', '電柱のそば', 'バス停の近く', '')
SHARE: Final = 0.12
BETWEEN: Final = (5.0, 80.0)
"""Metres between the two places that two people point at."""
DAYS: Final = 30
LAT, LON = 36.56, 136.65
_METRES = 111_195.0
"""A degree of latitude."""

Told = dict[str, Any]


def retold(chance: Random, count: int, years: float = 1.0) -> tuple[list[Told], dict[int, int]]:
    """Requests in the order in which they came in, and for the repeats: place of the repeat -> place of the first.

    Places lie about a centre, half of them within 1.4 km; the days end with 2026-11-20.
    """
    firsts = round(count * (1 - SHARE))
    told = [_first(chance, int(years * 365)) for _ in range(firsts)]
    repeats = [(at, _again(chance, told[at])) for at in chance.sample(range(firsts), count - firsts)]
    every = [(each, None) for each in told] + [(each, at) for at, each in repeats]
    order = sorted(range(count), key=lambda at: every[at][0]['受付日'])
    place = {at: number for number, at in enumerate(order)}
    pairs = {place[firsts + number]: place[at] for number, (at, _) in enumerate(repeats)}
    return [every[at][0] for at in order], pairs


def _first(chance: Random, days: int) -> Told:
    kind = chance.choices(list(TELLINGS), [40, 16, 12, 10, 10, 12])[0]
    north, east = (max(-4000.0, min(4000.0, chance.gauss(0, 1200))) for _ in 'ne')
    day = date(2026, 11, 20) - timedelta(days=chance.randrange(DAYS, days + DAYS))
    town = TOWNS[int((north + 4000) // 1601) * 4 + int((east + 4000) // 2001)]
    return _told(chance, kind, north, east, day) | {'場所': f'{town}{chance.randint(1, 9)}丁目 {chance.choice(MARKS)}'}


def _again(chance: Random, first: Told) -> Told:
    """The same trouble told by another: another landmark, other words, in one of six cases another category."""
    angle, away = chance.uniform(0, 2 * math.pi), chance.uniform(*BETWEEN)
    north, east = first['_north'] + away * math.sin(angle), first['_east'] + away * math.cos(angle)
    kind = first['種別'] if chance.random() < 5 / 6 else chance.choice(list(TELLINGS))
    day = date.fromisoformat(first['受付日']) + timedelta(days=chance.randint(0, DAYS))
    others = [each for each in TELLINGS[first['種別']] if each != first['内容']]
    again = _told(chance, kind, north, east, day) | {'内容': chance.choice(others)}
    return again | {'場所': f'{first["場所"].split()[0]} {chance.choice(MARKS)}'}


def _told(chance: Random, kind: str, north: float, east: float, day: date) -> Told:
    lat = LAT + north / _METRES
    return {
        '受付日': day.isoformat(),
        '種別': kind,
        '内容': chance.choice(TELLINGS[kind]),
        '位置': {
            'lat': round(lat, 6),
            'lon': round(LON + east / (_METRES * math.cos(math.radians(LAT))), 6),
            'place': '',
        },
        '状態': chance.choices(['受付', '対応中', '完了'], [2, 3, 5])[0],
        '_north': north,
        '_east': east,
    }
