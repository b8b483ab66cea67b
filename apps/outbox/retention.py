"""How long it is kept what a notice said and to whom: the texts go, that it was sent stays, so that none goes twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from tinydb import where

from apps.clock import stamp
from apps.operations.personal import ERASED, TEXTS
from apps.outbox.notice import BOUNCED, FAILED, MERGED, OUTBOX, PRINTED, SENT
from apps.people import SYSTEM
from apps.transactions import Transactions
from storage import Store, Tx
from storage.erase import finish
from storage.take_out import Gone

_SETTLED: Final = (SENT, PRINTED, MERGED, BOUNCED, FAILED)
_PIECE: Final = 500
"""In one transaction: nobody's save waits for more."""


def expire(store: Store, now: datetime, days: int) -> int:
    """Take the texts out of those that are too old; returns how many. They go day by day, so asking often is cheap."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    old = (where('at') < stamp(midnight - timedelta(days=days))) & where('state').one_of(list(_SETTLED))
    gone = 0
    store.index(OUTBOX, ('at',))
    while found := store.find(OUTBOX, old & ~where(ERASED).exists(), limit=_PIECE, fields=()).docs:
        ids = [each.doc_id for each in found]

        def work(tx: Tx, ids: list[str] = ids) -> int:
            return sum(tx.take_out(OUTBOX, each, Gone(fields=TEXTS, marks={ERASED: True}), []) for each in ids)

        Transactions(store).run_blocking(work, by=SYSTEM, reason='古い通知の文')
        gone += len(ids)
    if gone:
        finish(store)
    return gone
