"""The two stores, each doing the same daily tasks in the way its users would write them."""

import operator
import os
from collections.abc import Iterable
from functools import reduce
from pathlib import Path
from typing import Any, Protocol

from tinydb import TinyDB, where

from bench.storage.road_requests import SEARCHED, search_text
from storage import ARRIVAL, Tx, open_store

PAGE = 50
FURTHER = 5_000


class Engine(Protocol):
    def load(self, records: Iterable[dict[str, Any]]) -> None: ...
    def insert(self, record: dict[str, Any]) -> None: ...
    def page(self, skip: int = 0) -> list[Any]: ...
    def search(self, word: str) -> list[Any]: ...
    def close(self) -> None: ...


class Plain:
    """TinyDB with its JSONStorage. Its query cache is off: every change empties it, and a counter changes things."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.db = TinyDB(folder / 'plain.json', encoding='utf-8', ensure_ascii=False)
        self.table = self.db.table('道路', cache_size=0)

    def load(self, records: Iterable[dict[str, Any]]) -> None:
        self.table.insert_multiple(records)

    def insert(self, record: dict[str, Any]) -> None:
        self.table.insert(record)

    def page(self, skip: int = 0) -> list[Any]:
        found = self.table.search(where('状態') == '受付')
        found.sort(key=lambda doc: (doc['受付日'], doc.doc_id), reverse=True)
        return found[skip : skip + PAGE]

    def search(self, word: str) -> list[Any]:
        wanted = reduce(operator.or_, (where(name).search(word) for name in SEARCHED))
        return self.table.search(wanted)[: -PAGE - 1 : -1]

    def close(self) -> None:
        self.db.close()


class Ours:
    """The store, with everything it does beside: history, chain, witness, request ids, checksums, search index."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(folder)
        self.store.index('道路', ['状態', '受付日'])

    def load(self, records: Iterable[dict[str, Any]]) -> None:
        batch: list[dict[str, Any]] = []
        for record in records:
            batch.append(record)
            if len(batch) == 5_000:
                self._put(batch)
                batch = []
        self._put(batch)

    def _put(self, batch: list[dict[str, Any]]) -> None:
        def run(tx: Tx) -> None:
            for record in batch:
                tx.put('道路', record, search=search_text(record))

        self.store.commit_blocking(run, actor='bench', request_id='')

    def insert(self, record: dict[str, Any]) -> None:
        self._put([record])

    def page(self, skip: int = 0) -> list[Any]:
        found = self.store.find('道路', where('状態') == '受付', sort=[('受付日', True)], limit=PAGE, offset=skip)
        return list(found.docs)

    def search(self, word: str) -> list[Any]:
        return list(self.store.find('道路', text=word, sort=[(ARRIVAL, True)], limit=PAGE).docs)

    def close(self) -> None:
        self.store.close()


ENGINES: dict[str, type[Plain] | type[Ours]] = {'plain': Plain, 'ours': Ours}


def resident_mb() -> float:
    """Memory of this process as the system counts it (Linux)."""
    pages = int(Path('/proc/self/statm').read_text(encoding='ascii').split()[1])
    return pages * os.sysconf('SC_PAGE_SIZE') / 1e6
