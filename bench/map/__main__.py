"""`python -m bench.map [--records 65000]`: clusters for the box that is seen, beside every pin at once, in one run."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from apps.context import AppContext
from bench.map.both_ways import Every, Ours, Way
from bench.screens.road_office import APP, open_office

RUNS = 7
SEEN = {
    'the city': ((36.50, 136.55, 36.62, 136.75), 12),
    'a district': ((36.548, 136.63, 36.572, 136.67), 15),
    'a block': ((36.559, 136.648, 36.562, 136.652), 18),
}
"""What somebody looks at -> box and zoom, as a map of 800 x 500 pixels shows it."""


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m bench.map', description=__doc__)
    parser.add_argument('--records', type=int, default=65_000, help='how many records the app has')
    parser.add_argument('--no-browser', action='store_true', help="only the server's part")
    wanted = parser.parse_args()
    figures: dict[str, object] = {'bench': 'map', 'records': wanted.records}
    with tempfile.TemporaryDirectory(prefix='bench-map-') as folder:
        figures['server_ms'] = server_part(Path(folder), wanted.records)
        if not wanted.no_browser:
            from bench.map.browser_part import measured

            figures['browser_ms'] = measured(Path(folder))
            print('\nin Chromium, ms')
            for task, figure in figures['browser_ms'].items():
                print(f'{task:<52} {figure:>10,.0f}')
    print(json.dumps(figures, ensure_ascii=False))


def server_part(folder: Path, records: int) -> dict[str, dict[str, float]]:
    """{task: {every, ours, ratio, bytes_every, bytes_ours}}: milliseconds of the process's own time."""
    office = open_office(folder, records)
    try:
        office.indexes.wait()
        view = next(each for each in office.catalogue.get(APP).views if each.type == 'map')
        figures = {}
        for which, one in {'open ones': view, 'all of them': replace(view, name='', filter=None)}.items():
            ways: dict[str, Way] = {'ours': Ours(office, one), 'every': Every(office, one)}
            print(f'\n{records:,} records, {which}: {ways["ours"].count():,} with a place', flush=True)
            print(f'{"":<34}{"every pin":>12}{"ours":>12}{"ratio":>8}{"bytes":>22}')
            figures[f'{which}, first look'] = compared(office, ways, 'the city', first=True)
            for look in SEEN:
                figures[f'{which}, {look}'] = compared(office, ways, look)
        return figures
    finally:
        office.close()


def compared(office: AppContext, ways: dict[str, Way], look: str, *, first: bool = False) -> dict[str, float]:
    """first: nothing is remembered of an earlier look."""
    figure: dict[str, float] = {}
    for name, way in ways.items():
        figure[name], figure[f'bytes_{name}'] = clocked(way, look, first)
    figure['ratio'] = figure['every'] / max(figure['ours'], 1e-3)
    title = 'the first look at the city' if first else look
    sizes = f'{figure["bytes_every"]:>12,} {figure["bytes_ours"]:>9,}'
    print(f'{title:<34}{figure["every"]:>12,.1f}{figure["ours"]:>12,.1f}{figure["ratio"]:>8,.1f}{sizes}', flush=True)
    return figure


def clocked(way: Way, look: str, first: bool) -> tuple[float, int]:
    """(median milliseconds, bytes of the answer)."""
    runs, size = [], 0
    ask: Callable[[], bytes] = lambda: way.answer(*SEEN[look])  # noqa: E731 - one thing, asked again and again
    ask()
    for _ in range(RUNS if not first else 3):
        if first:
            way.forget()
        start = time.thread_time()
        size = len(ask())
        runs.append((time.thread_time() - start) * 1e3)
    return statistics.median(runs), size


if __name__ == '__main__':
    main()
