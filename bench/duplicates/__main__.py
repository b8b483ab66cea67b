"""Likely duplicates of road requests: how often the right one is told, and how soon, beside plain loops over all."""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from apps.clock import TOKYO, StillClock
from apps.context import AppContext, open_context
from apps.demo.staff import DEMO_ACCOUNTS, add_staff
from apps.reading.likely_duplicates import likely_duplicates
from apps.settings import Settings
from bench.duplicates.recall import Recall, duplicates_of_roads, recall
from bench.duplicates.retold import Told, retold
from bench.duplicates.wordings import LOOKED_AT, OTHER, Wording
from forms.view import View
from storage import Tx

ROOT = Path(__file__).parents[2]
APP = 'road_requests'
A_YEAR = 6_500
CLERK = DEMO_ACCOUNTS[0].person


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m bench.duplicates', description=__doc__)
    parser.add_argument('--records', type=int, default=65_000, help='among how many the time is taken')
    parser.add_argument('--asked', type=int, default=100, help='for how many requests')
    wanted = parser.parse_args()
    told = print_recall('the words the settings were looked at with', LOOKED_AT, (1,))
    other = print_recall('other words, other places, other chance', OTHER, (11, 12, 13))
    every, _ = retold(Random(2), wanted.records, years=wanted.records / A_YEAR)
    asked = Random(3).sample(every[-A_YEAR:], wanted.asked)
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder), every)
        try:
            spent = {
                name: median_ms(way, asked if name == 'ours' else asked[:5])
                for name, way in ways(office, every).items()
            }
        finally:
            office.close()
    print_times(spent, wanted.records)
    ours = spent['ours']
    figures = {
        'bench': 'duplicates',
        'first': round(told.first, 3),
        'among_three': round(told.among_three, 3),
        'first with other words': round(other.first, 3),
        'among_three with other words': round(other.among_three, 3),
        'records': wanted.records,
        'ms': round(ours, 1),
        **{f'{name} over ours': round(each / ours, 1) for name, each in spent.items() if name != 'ours'},
    }
    print(json.dumps(figures))


def print_recall(name: str, wording: Wording, seeds: Sequence[int]) -> Recall:
    """The mean over the seeds, a year of requests for each."""
    found = [recall(*retold(Random(seed), A_YEAR, wording=wording)) for seed in seeds]
    first, three, needless = (
        statistics.mean(getattr(each, share) for each in found) for share in ('first', 'among_three', 'needless')
    )
    repeats = sum(each.repeats for each in found)
    print(f'{name}: {repeats} repeats, the right one first {first:.1%}, among three {three:.1%};')
    print(f'{"":4}something is told beside {needless:.1%} of the new ones')
    return Recall(repeats, first, three, needless)


def ways(office: AppContext, every: Sequence[Told]) -> dict[str, Callable[[Told], object]]:
    definition, duplicates = duplicates_of_roads()
    plain = TinyDB(storage=MemoryStorage)
    plain.insert_multiple({**each} for each in every)

    def ours(typed: Told) -> object:
        seen = office.reading.seen(office.reading.definition(APP, CLERK), View(name=''), {}, CLERK)
        return likely_duplicates(seen, {name: typed[name] for name in duplicates.compared})

    def near(typed: Told, each: Mapping[str, Any]) -> bool:
        days = date.fromisoformat(typed['受付日']) - date.fromisoformat(each['受付日'])
        here, there = duplicates.known(definition, '', typed), each['位置']
        assert here.point is not None
        lat, lon = abs(here.point[0] - there['lat']), abs(here.point[1] - there['lon'])
        return abs(days.days) <= duplicates.days and lat < 0.001 and lon < 0.001

    return {
        'ours': ours,
        'plain loop': lambda typed: [each for each in every if near(typed, each)],
        'TinyDB in memory': lambda typed: plain.search(lambda each: near(typed, each)),  # type: ignore[arg-type]
    }


def open_office(folder: Path, every: Sequence[Told]) -> AppContext:
    """The shipped app with these requests; to be closed by the caller."""
    settings = Settings(data=folder, definitions=ROOT / 'apps' / 'definitions', demo=True)
    office = open_context(settings, StillClock(datetime(2026, 11, 20, 10, tzinfo=TOKYO)))
    asyncio.run(add_staff(office.accounts))
    for start in range(0, len(every), 5_000):
        batch = every[start : start + 5_000]

        def put(tx: Tx, batch: Sequence[Told] = batch) -> None:
            for each in batch:
                tx.put(APP, {name: value for name, value in each.items() if not name.startswith('_')}, search='')

        office.store.commit_blocking(put, actor='bench', request_id='')
    office.indexes.wait()
    return office


def median_ms(way: Callable[[Told], object], asked: Sequence[Told]) -> float:
    spent = []
    for each in asked:
        start = time.perf_counter()
        way(each)
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def print_times(spent: Mapping[str, float], records: int) -> None:
    print(f'{records:,} records{"":7}{"milliseconds":>14}{"times ours":>12}')
    for name, each in spent.items():
        print(f'{name:20}{each:14.1f}{each / spent["ours"]:11.1f}x')


if __name__ == '__main__':
    main()
