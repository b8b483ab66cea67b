"""`python -m bench.screens [--records 65000] [--small 1000]`: a list and its form, beside the plain way, in one run."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.screens.both_ways import Ours, Plain, Request, Way, tasks
from bench.screens.road_office import open_office

Figures = dict[str, dict[str, float]]


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m bench.screens', description=__doc__)
    parser.add_argument('--records', type=int, default=65_000, help='how many records the large app has')
    parser.add_argument('--small', type=int, default=1_000, help='and the small one, to see what does not grow')
    parser.add_argument('--patience', type=float, default=1.0, help='seconds for which each task is repeated')
    parser.add_argument('--no-browser', action='store_true', help="only the server's part")
    wanted = parser.parse_args()
    sizes: dict[str, Any] = {}
    for records in (wanted.small, wanted.records):
        with tempfile.TemporaryDirectory(prefix='bench-screens-') as folder:
            server = server_part(Path(folder), records, wanted.patience)
            sizes[str(records)] = {'server_ms': server, 'browser_ms': {}}
            show_server(records, server)
            if not wanted.no_browser:
                from bench.screens.browser_part import measured

                sizes[str(records)]['browser_ms'] = measured(Path(folder))
                show_browser(records, sizes[str(records)]['browser_ms'])
    print(json.dumps({'bench': 'screens', 'sizes': sizes}, ensure_ascii=False))


def server_part(folder: Path, records: int, patience: float) -> Figures:
    """{task: {plain, ours, ratio}} in milliseconds of the process's own time, so that a busy machine does not count."""
    office = open_office(folder, records)
    try:
        office.indexes.wait()
        ways: dict[str, Way] = {'ours': Ours(office), 'plain': Plain(office)}
        figures: Figures = {}
        for task, requests in tasks(office, records).items():
            asked = cycle(requests) if isinstance(requests, list) else iter(requests)
            figures[task] = {name: clocked(way, asked, patience) for name, way in ways.items()}
            figures[task]['ratio'] = figures[task]['plain'] / max(figures[task]['ours'], 1e-3)
        return figures
    finally:
        office.close()


def clocked(way: Way, requests: Iterator[Request], patience: float) -> float:
    """The median of as many runs as patience allows, at least three; the first is left out when there are more."""
    runs: list[float] = []
    until = time.perf_counter() + patience
    while len(runs) < 3 or (time.perf_counter() < until and len(runs) < 200):
        asked = next(requests)
        start = time.thread_time()
        way.answer(asked)
        runs.append((time.thread_time() - start) * 1e3)
    return statistics.median(runs[1:])


def show_server(records: int, figures: Figures) -> None:
    print(f'\n{records:,} records: server part, ms {"plain":>20} {"ours":>10} {"ratio":>8}')
    for task, figure in figures.items():
        print(f'{task:<40} {figure["plain"]:>11,.2f} {figure["ours"]:>10,.2f} {figure["ratio"]:>8,.1f}')
    sys.stdout.flush()


def show_browser(records: int, figures: dict[str, float]) -> None:
    print(f'\n{records:,} records: in Chromium, ms')
    for task, figure in figures.items():
        print(f'{task:<40} {figure:>11,.0f}')
    sys.stdout.flush()


if __name__ == '__main__':
    main()
