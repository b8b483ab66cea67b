"""How long staff find what they were told: old notifications are erased, with their past."""

from __future__ import annotations

from datetime import datetime, timedelta

from tinydb import where

from apps.clock import stamp
from apps.notifications.notification import NOTIFICATIONS
from apps.people import SYSTEM
from storage import Store
from storage.erase import erase

KEPT_DAYS = 180
"""Read or not: whoever has not looked for half a year finds the work itself in the lists."""

_PIECE = 1_000
"""In one transaction: nobody's save waits for more."""


def expire(store: Store, now: datetime) -> int:
    """Erase those that are too old; returns how many. They go day by day, so asking every hour costs nothing."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    end, gone = stamp(midnight - timedelta(days=KEPT_DAYS)), 0
    store.index(NOTIFICATIONS, ('at',))
    while found := store.find(NOTIFICATIONS, where('at') < end, sort=(('at', False),), limit=_PIECE, fields=()).docs:
        ids = [(NOTIFICATIONS, each.doc_id) for each in found]
        gone += len(erase(store, ids, actor=SYSTEM.account, request_id='', reason='古いお知らせ'))
    return gone
