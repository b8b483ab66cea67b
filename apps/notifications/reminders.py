"""Reminders: at each tick, and after a start for the time in between, those whose day and hour have come are told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tinydb import where

from apps.clock import Clock, stamp
from apps.notifications.announce import About, occasion_of
from apps.operations.hall import Hall
from apps.people import SYSTEM
from apps.transactions import Transactions, told
from forms.capabilities.notify import Notify, NotifyRule
from forms.capabilities.notify.rule import Day, day_of
from storage import ANY, Doc, Store, Tx

if TYPE_CHECKING:
    from forms.definition import AppDefinition

logger = logging.getLogger(__name__)

REMINDED = '_reminded'
"""One document per app and rule: until which moment people have been reminded."""

TICK_SECONDS = 30
_AT_ONCE = 200
_REASON = '日時の来た通知'


class Reminders:
    """Asks the store what is due since the last time. What was told is written with how far it got, as one."""

    def __init__(self, store: Store, transactions: Transactions, hall: Hall, clock: Clock) -> None:
        self._store = store
        self._transactions = transactions
        self._hall = hall
        self._clock = clock

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                await self.tick()
            except Exception as error:
                # Only its kind: what went wrong may hold what a record says. The next tick tries again.
                logger.error('reminding failed: %s', type(error).__name__)
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> int:
        """Tell what has come due; returns how many notifications that were."""
        now, count = self._clock.now(), 0
        for definition in self._hall.catalogue.all():
            notify = definition.capabilities.get('notify')
            for rule in notify.dated if isinstance(notify, Notify) else ():
                count += await self._remind(definition, rule, now)
        return count

    async def _remind(self, definition: AppDefinition, rule: NotifyRule, now: datetime) -> int:
        day, since = day_of(rule, definition), self._since(definition, rule)
        if since is None:
            # A rule that is new tells what comes from now on, not what has long passed.
            await self._keep_until(definition, rule, now)
            return 0
        if day is None or not _hour_between(day, since, now):
            return 0
        count, ids = 0, [each.doc_id for each in self._candidates(definition, day, since, now)]
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]

            def work(tx: Tx, part: list[str] = part) -> int:
                return sum(self._tell(tx, definition, rule, each, (since, now)) for each in part)

            count += await self._transactions.run(work, by=SYSTEM, reason=_REASON)
        await self._keep_until(definition, rule, now)
        return count

    def _tell(
        self, tx: Tx, definition: AppDefinition, rule: NotifyRule, record: str, window: tuple[datetime, datetime]
    ) -> int:
        doc = tx.get(definition.name, record)
        notify: Any = definition.capabilities['notify']
        if doc is None:
            return 0
        since, now = window
        moment = replace(SYSTEM.moment(now), around=self._hall.world(tx, SYSTEM))
        due = notify.due(definition, rule, told(doc), moment)
        if due is None or not since < due <= now:
            return 0
        return About(tx, definition, doc, moment).tell(rule, occasion_of(rule, definition, doc))

    def _candidates(self, definition: AppDefinition, day: Day, since: datetime, now: datetime) -> list[Doc]:
        """Records whose day may lead to a moment within the window; which do is asked of each."""
        first, last = (since - day.widest).date().isoformat(), (now + day.widest + timedelta(days=1)).date().isoformat()
        return self._store.find(
            definition.name, (where(day.field) >= first) & (where(day.field) < last), limit=None, fields=[day.field]
        ).docs

    def _since(self, definition: AppDefinition, rule: NotifyRule) -> datetime | None:
        kept = self._store.get(REMINDED, f'{definition.name}/{rule.name}')
        return datetime.fromisoformat(kept['until']) if kept is not None else None

    async def _keep_until(self, definition: AppDefinition, rule: NotifyRule, now: datetime) -> None:
        until = {'until': stamp(now)}
        place = f'{definition.name}/{rule.name}'

        def work(tx: Tx) -> None:
            tx.put(REMINDED, until, place, ANY)

        await self._transactions.run(work, by=SYSTEM, reason=_REASON)


def _hour_between(day: Day, since: datetime, now: datetime) -> bool:
    """Whether the rule's hour has struck since; between two of them nothing can come due."""
    return any(since < each <= now for each in _hours(day, since, now))


def _hours(day: Day, since: datetime, now: datetime) -> Iterator[datetime]:
    one = since
    while one.date() <= now.date():
        yield one.replace(hour=day.at.hour, minute=day.at.minute, second=day.at.second, microsecond=0)
        one += timedelta(days=1)
