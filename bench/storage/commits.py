"""`python -m bench.storage.commits [--seconds 1]`: durable commits per second, one sync for each beside group commit.

A commit is a document, its number without gaps and the hash-chained line of its history. Ours also keep the request id.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import orjson

from bench.storage.road_requests import request, search_text
from storage import Tx, open_store
from storage.sqlite import connect_writer

CALLERS = (1, 4, 16, 64)
ROUNDS = 3
SERIES = '道路-R8'
RECORDS = [request(number) for number in range(500)]
TEXTS = [search_text(record) for record in RECORDS]

# Group commit's gain over one sync for each, as the prototype had it at 1, 4, 16 and 64 threads.
TARGETS = {1: 3_009 / 3_096, 4: 6_601 / 4_460, 16: 9_772 / 4_312, 64: 13_079 / 4_602}


class Way(Protocol):
    def run(self, callers: int, until: float) -> int:
        """Commit until that moment; how many."""

    def close(self) -> int:
        """The number given last, over all runs."""


class OneSyncForEach:
    """A lock around one connection, with the settings and tables of the store: how a careful program does it."""

    def __init__(self, folder: Path) -> None:
        self.db = connect_writer(folder / 'city.db')
        self.lock = threading.Lock()
        self.chain = b''

    def run(self, callers: int, until: float) -> int:
        return in_threads(self.commit, callers, until)

    def commit(self, at: int) -> None:
        with self.lock, self.db:
            sql = 'INSERT INTO number VALUES (?, 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last'
            number: Any = self.db.execute(sql, (SERIES,)).fetchall()[0][0]
            body = orjson.dumps({**RECORDS[at % 500], '番号': number})
            digest = sha256(body).digest()
            self.chain = sha256(self.chain + digest).digest()
            self.db.execute("INSERT INTO doc VALUES (?, '道路', ?, 1, ?)", (number, str(number), body.decode()))
            row = (number, number, str(number), body.decode(), digest, self.chain)
            self.db.execute("INSERT INTO change VALUES (?, ?, '道路', ?, 1, 'insert', ?, NULL, ?, ?)", row)

    def close(self) -> int:
        last = self.db.execute('SELECT last FROM number').fetchone()
        self.db.close()
        return int(last[0])  # type: ignore[index]


class Ours:
    """The store, called from threads."""

    searchable = False

    def __init__(self, folder: Path) -> None:
        self.store = open_store(folder)

    def run(self, callers: int, until: float) -> int:
        return in_threads(self.commit, callers, until)

    def commit(self, at: int) -> None:
        self.store.commit_blocking(self.work(at), actor='bench', request_id='')

    def work(self, at: int) -> Callable[[Tx], int]:
        def put(tx: Tx) -> int:
            number = tx.number(SERIES)
            tx.put('道路', {**RECORDS[at % 500], '番号': number}, search=TEXTS[at % 500] if self.searchable else '')
            return number

        return put

    def close(self) -> int:
        last = self.store.last_number(SERIES)
        self.store.close()
        return last or 0


class Searchable(Ours):
    """With the text by which lists find it, and its trigrams."""

    searchable = True


class OneLoop(Ours):
    """From coroutines of one event loop, as the screens do."""

    def run(self, callers: int, until: float) -> int:
        return asyncio.run(self.gather(callers, until))

    async def gather(self, callers: int, until: float) -> int:
        async def caller(first: int) -> int:
            at = first
            while time.perf_counter() < until:
                await self.store.commit(self.work(at), actor='bench', request_id='')
                at += 1
            return at - first

        return sum(await asyncio.gather(*(caller(number * 31) for number in range(callers))))


WAYS: dict[str, Callable[[Path], Way]] = {
    'one sync for each': OneSyncForEach,
    'ours': Ours,
    'ours, with search text': Searchable,
    'ours, from one event loop': OneLoop,
}


def in_threads(commit: Callable[[int], None], callers: int, until: float) -> int:
    done = [0] * callers

    def call(caller: int) -> None:
        while time.perf_counter() < until:
            commit(caller * 31 + done[caller])
            done[caller] += 1

    threads = [threading.Thread(target=call, args=(caller,)) for caller in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)


def measure(seconds: float, rounds: int) -> dict[str, dict[int, float]]:
    """{way: {callers: commits per second}}, medians. AssertionError when a number is missing or was given twice."""
    rates: dict[str, dict[int, list[float]]] = {name: {callers: [] for callers in CALLERS} for name in WAYS}
    with tempfile.TemporaryDirectory(prefix='bench-') as folder:
        ways = {name: open_way(make, Path(folder) / str(at)) for at, (name, make) in enumerate(WAYS.items())}
        stored = dict.fromkeys(ways, 0)
        for callers in CALLERS * rounds:
            for name, way in ways.items():
                start = time.perf_counter()
                done = way.run(callers, start + seconds)
                rates[name][callers].append(done / (time.perf_counter() - start))
                stored[name] += done
        for name, way in ways.items():
            assert way.close() == stored[name], f'{name}: numbers do not fit {stored[name]} commits'
    return {name: {callers: statistics.median(runs) for callers, runs in way.items()} for name, way in rates.items()}


def open_way(make: Callable[[Path], Way], folder: Path) -> Way:
    folder.mkdir()
    return make(folder)


def show(rates: dict[str, dict[int, float]]) -> None:
    print(f'{"durable commits per second":<34}' + ''.join(f'{f"{callers} callers":>12}' for callers in CALLERS))
    for name, way in rates.items():
        print(f'{name:<34}' + ''.join(f'{way[callers]:>12,.0f}' for callers in CALLERS))
    gains = {callers: rates['ours'][callers] / rates['one sync for each'][callers] for callers in CALLERS}
    print(f'{"gain of group commit":<34}' + ''.join(f'{gains[callers]:>12.2f}' for callers in CALLERS))
    print(f'{"the prototype had":<34}' + ''.join(f'{TARGETS[callers]:>12.2f}' for callers in CALLERS))


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m bench.storage.commits', description=__doc__)
    parser.add_argument(
        '--seconds', type=float, default=1.0, help='how long each way commits, at each number of callers'
    )
    parser.add_argument('--rounds', type=int, default=ROUNDS)
    wanted = parser.parse_args()
    rates = measure(wanted.seconds, wanted.rounds)
    show(rates)
    sys.stdout.flush()
    print(json.dumps({'bench': 'commits', 'per_second': rates}))


if __name__ == '__main__':
    main()
