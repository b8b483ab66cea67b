"""How long the audit is kept: what is older is erased while the chain still verifies; a warning where it is short."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tinydb import where

from apps.audit import AUDIT
from apps.clock import stamp
from apps.people import SYSTEM
from storage.erase import erase

if TYPE_CHECKING:
    from apps.context import AppContext

SHORTEST_GUIDED = 365
"""Days. The guideline for the security of local governments names no number; a year is what its model text implies."""

_PIECE = 1_000
"""Entries in one transaction: nobody's save waits for more."""


def warning(audit_days: int) -> str:
    """What leaders and administrators are told about a setting that is too short, '' when it is long enough."""
    if audit_days >= SHORTEST_GUIDED:
        return ''
    return (
        f'監査記録を残す日数(audit_days)が{audit_days}日です。不正アクセスなどは後から分かることが多いので、'
        f'{SHORTEST_GUIDED}日以上にしてください。'
    )


def expire(context: AppContext) -> int:
    """Erase the entries that are older than the setting says; returns how many. Changes of records are no entries.

    They go day by day, at the first call after midnight, so asking every hour costs nothing.
    """
    store, now = context.store, context.clock.now()
    store.index(AUDIT, ('at',))
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    end = stamp(midnight - timedelta(days=context.settings.audit_days))
    gone = 0
    while found := store.find(AUDIT, where('at') < end, sort=(('at', False),), limit=_PIECE, fields=()).docs:
        ids = [(AUDIT, each.doc_id) for each in found]
        gone += len(erase(store, ids, actor=SYSTEM.account, request_id='', reason='保存期間が過ぎた監査記録'))
    if gone:
        context.audit.note_blocking('audit_expired', SYSTEM, count=gone, until=end)
    return gone
