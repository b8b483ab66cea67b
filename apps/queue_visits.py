"""Which visits are in the lists of a queue on a day, as a query of the store."""

from __future__ import annotations

from datetime import date

from tinydb import where
from tinydb.queries import QueryInstance

from forms.capabilities.queue import CARRIED, ENDED, Queue


def of_day(queue: Queue, day: date) -> QueryInstance:
    """Received for this day, or carried over from an earlier one and still open."""
    received = where(queue.day) == day.isoformat() if queue.day else where('_created_at') >= day.isoformat()
    return received | (where(queue.standing) == CARRIED)


def stepped_on(queue: Queue, day: date) -> QueryInstance:
    """Everything to which something may have happened on a day: received for it, or before and changed since."""
    received, begin = where(queue.day or '_created_at'), day.isoformat()
    return (received <= f'{begin}T99') & ((received >= begin) | (where('_changed_at') >= begin))


def open_of_day(queue: Queue, day: date) -> QueryInstance:
    """Those of them to which something is still to come."""
    received = where(queue.day) == day.isoformat() if queue.day else where('_created_at') >= day.isoformat()
    return (received & ~(where(queue.standing) == ENDED)) | (where(queue.standing) == CARRIED)
