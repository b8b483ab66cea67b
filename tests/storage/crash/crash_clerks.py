"""What clerks write while the store is tormented, what became of it, and what must be true afterwards."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storage import NotStored, OutcomeUnknown, Stopped, Store, Tx, open_store
from storage.doctor import examine

SERIES = '道路-R8'
ACTOR = '見本 太郎'
NOTE = '見本町一丁目の交差点で舗装が割れています。'


class GivenUp(Exception):
    """A clerk who thinks better of it in the middle of a transaction."""


def receive(request: str, *, given_up: bool = False, note: str = NOTE) -> Callable[[Tx], int]:
    """One receipt: a number, the request under it, and the work order of another collection, together or not at all."""

    def run(tx: Tx) -> int:
        number = tx.number(SERIES)
        tx.put('道路', {'番号': number, '備考': note}, request, search=f'みほん{request}')
        tx.put('作業', {'番号': number, '元': request}, request)
        if given_up:
            raise GivenUp
        return number

    return run


@dataclass(slots=True)
class Told:
    """What the callers heard, by request id. `order`: the words in the order they were said."""

    stored: dict[str, int] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)

    def ask(self, store: Store, request: str, *, given_up: bool = False, note: str = NOTE) -> None:
        try:
            number = store.commit_blocking(
                receive(request, given_up=given_up, note=note), actor=ACTOR, request_id=request
            )
        except OutcomeUnknown:
            self.unknown.add(request)
            self.order.append('unknown')
        except (NotStored, Stopped, GivenUp) as error:
            self.refused.add(request)
            self.order.append(type(error).__name__)
        else:
            self.stored[request] = number
            self.order.append('stored')


def wrong(folder: Path, told: Told, *, rebuild: bool = True) -> list[str]:
    """Open the store again and say everything that is not as the callers were told. Empty: nothing is."""
    with open_store(folder) as store:
        found = [*_promises(store, told), *half_done(store), *_sent_again(store, told)]
    found += [finding.text for finding in examine(folder, rebuild=rebuild) if finding.severity == 'error']
    return found


def _promises(store: Store, told: Told) -> list[str]:
    there = {doc.doc_id: doc['番号'] for doc in store.find('道路', limit=None).docs}
    found = [f'{one} was acknowledged and is lost' for one in told.stored if one not in there]
    found += [f'{one} has another number' for one, number in told.stored.items() if there.get(one, number) != number]
    found += [f'{one} was refused and is there' for one in sorted(told.refused & there.keys())]
    return found


def half_done(store: Store) -> list[str]:
    """Transactions of which only a part is there, and numbers given twice or never."""
    requests = {doc.doc_id: doc['番号'] for doc in store.find('道路', limit=None).docs}
    orders = {doc.doc_id: doc['番号'] for doc in store.find('作業', limit=None).docs}
    found = [f'{one} is half there' for one in sorted({one for one, _ in requests.items() ^ orders.items()})]
    if sorted(requests.values()) != list(range(1, len(requests) + 1)):
        found.append(f'numbers have a gap or a repeat: {sorted(requests.values())}')
    if (store.last_number(SERIES) or 0) != len(requests):
        found.append(f'{len(requests)} numbers were given, the series is at {store.last_number(SERIES)}')
    return found


def _sent_again(store: Store, told: Told) -> list[str]:
    """Whoever heard nothing certain sends again: stored exactly once then. Whoever was answered hears the same."""
    newest = list(told.stored.items())[-3:]
    found = [f'{one} gets another answer' for one, number in newest if _send(store, one) != number]
    for one in sorted(told.unknown):
        _send(store, one)
        if len([line for line in store.history('道路', one) if line.op == 'insert']) != 1:
            found.append(f'{one} sent twice was not stored once')
    return found + half_done(store)


def _send(store: Store, request: str) -> int:
    return store.commit_blocking(receive(request), actor=ACTOR, request_id=request)


def everything(store: Store, words: Collection[str] = ()) -> dict[str, Any]:
    """All that people can read in a store, in the order in which they read it."""
    return {
        'docs': {
            coll: [(doc.doc_id, doc.rev, dict(doc)) for doc in store.find(coll, limit=None).docs]
            for coll in ('作業', '道路')
        },
        'sorted': [doc.doc_id for doc in store.find('道路', sort=[('番号', True)], limit=None).docs],
        'found': {word: [doc.doc_id for doc in store.find('道路', text=word, limit=None).docs] for word in words},
        'history': [(line.seq, line.coll, line.id, line.op, line.changed) for line in store.changes(0)],
        'number': store.last_number(SERIES),
    }
