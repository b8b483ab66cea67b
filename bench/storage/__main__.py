"""`python -m bench.storage [--sizes 1000,10000,65000] [--full]`: times and memory beside plain TinyDB, in one run."""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.storage.engines import ENGINES, FURTHER, Engine
from bench.storage.road_requests import ABSENT, COMMON, RARE, request

TASKS = {
    'insert_ms': 'one durable insert, ms',
    'page_ms': 'page of 50, filtered and sorted, ms',
    'further_ms': f'the same, {FURTHER:,} rows further on, ms',
    'rare_word_ms': 'rare word (4 characters), ms',
    'two_characters_ms': '2 characters, common, newest 50, ms',
    'no_match_ms': '2 characters, no match, ms',
    'start_ms': 'start to first page, ms',
    'memory_mb': 'memory after the first page, MB',
}

# The ratios of the prototype at 65,000 documents: plain TinyDB over ours, by the worse figure where two are given.
TARGETS_AT_65000 = {
    'insert_ms': 831 / 0.30,
    'page_ms': 604 / 0.19,
    'further_ms': 830 / 0.30,
    'rare_word_ms': 529 / 0.11,
    'two_characters_ms': 763 / 0.18,
    'no_match_ms': 763 / 30,
    'start_ms': 591 / 4.6,
    'memory_mb': 128 / 5.6,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m bench.storage', description=__doc__)
    parser.add_argument('--sizes', default='1000,10000,65000', help='numbers of documents, separated by commas')
    parser.add_argument('--full', action='store_true', help='add one million documents (needs 5 GB of memory)')
    parser.add_argument('--patience', type=float, default=1.5, help='seconds for which each task is repeated')
    wanted = parser.parse_args()
    sizes = [int(size) for size in wanted.sizes.split(',')] + ([1_000_000] if wanted.full else [])
    results = {}
    for size in sizes:
        results[size] = measure(size, wanted.patience)
        show(size, results[size])
    print(json.dumps({'bench': 'storage', 'sizes': {str(size): result for size, result in results.items()}}))


def measure(size: int, patience: float) -> dict[str, Any]:
    """{task: {plain, ours, ratio}} for one number of documents."""
    figures: dict[str, dict[str, float]] = {task: {} for task in TASKS}
    with tempfile.TemporaryDirectory(prefix='bench-') as folder:
        for name, engine_class in ENGINES.items():
            place = Path(folder) / name
            engine = engine_class(place)
            engine.load(request(number) for number in range(size))
            for task, value in tasks(engine, size, patience).items():
                figures[task][name] = value
            engine.close()
            first = [first_page(name, place) for _ in range(3 if size <= 100_000 else 1)]
            figures['start_ms'][name] = statistics.median(one['ms'] for one in first)
            figures['memory_mb'][name] = statistics.median(one['mb'] for one in first)
    for figure in figures.values():
        figure['ratio'] = figure['plain'] / max(figure['ours'], 1e-3)
    return figures


def tasks(engine: Engine, size: int, patience: float) -> dict[str, float]:
    extra = iter(range(size, size + 100_000))
    return {
        'insert_ms': clocked(lambda: engine.insert(request(next(extra))), patience),
        'page_ms': clocked(engine.page, patience),
        'further_ms': clocked(lambda: engine.page(FURTHER), patience),
        'rare_word_ms': clocked(lambda: engine.search(RARE), patience),
        'two_characters_ms': clocked(lambda: engine.search(COMMON), patience),
        'no_match_ms': clocked(lambda: engine.search(ABSENT), patience),
    }


def clocked(task: Callable[[], Any], patience: float) -> float:
    """The median in milliseconds of as many runs as patience allows; the first is left out when there are more."""
    runs = []
    until = time.perf_counter() + patience
    while not runs or (time.perf_counter() < until and len(runs) < 1_000):
        start = time.perf_counter()
        task()
        runs.append((time.perf_counter() - start) * 1e3)
    return statistics.median(runs[1:] or runs)


def first_page(name: str, place: Path) -> dict[str, float]:
    run = [sys.executable, '-m', 'bench.storage.first_page', name, str(place)]
    answer: dict[str, float] = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
    return answer


def show(size: int, figures: dict[str, dict[str, float]]) -> None:
    print(f'\n{size:,} documents {"plain TinyDB":>37} {"ours":>10} {"ratio":>9} {"prototype":>10}')
    for task, label in TASKS.items():
        figure = figures[task]
        target = f'{TARGETS_AT_65000[task]:10,.0f}' if size == 65_000 else ''
        print(f'{label:<40} {figure["plain"]:>12,.2f} {figure["ours"]:>10,.3f} {figure["ratio"]:>9,.0f} {target}')
    sys.stdout.flush()


if __name__ == '__main__':
    main()
