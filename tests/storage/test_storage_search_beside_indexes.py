"""A search goes on while indexes come and go: a definition that changes must not fail anybody's list."""

import threading
from pathlib import Path

from storage import Store, open_store


def test_searches_go_on_while_indexes_are_made(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        for number in range(20):
            store.commit_blocking(lambda tx, n=number: _put(tx, n), actor='見本', request_id=f'r{number}')
        done = threading.Event()
        failures: list[BaseException] = []
        searches = [threading.Thread(target=_search, args=(store, done, failures)) for _ in range(4)]
        for each in searches:
            each.start()
        for number in range(150):
            store.index('要望', [f'項目{number}'])
        done.set()
        for each in searches:
            each.join()
    assert failures == []


def _put(tx, number: int) -> None:  # type: ignore[no-untyped-def]
    tx.put('要望', {'番号': number}, search=f'見本町{number}丁目')


def _search(store: Store, done: threading.Event, failures: list[BaseException]) -> None:
    try:
        while not done.is_set():
            assert store.find('要望', text='見本町').docs
            assert store.count('要望', text='丁目') == 20
    except BaseException as error:
        failures.append(error)
