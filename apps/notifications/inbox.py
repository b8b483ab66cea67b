"""What a person was told: unread ones, all of them, marking as read, and how they want to be told."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from tinydb import where

from apps.clock import Clock, stamp
from apps.live import Live, Notified
from apps.notifications.notification import (
    CHOICES,
    NOTIFICATIONS,
    READ,
    Choices,
    Notification,
    choices_of,
    notification_of,
)
from apps.operations.hall import Hall
from apps.outbox.safe_text import refused_address
from apps.outcome import Refused
from apps.people import Person
from apps.transactions import Transactions
from storage import ANY, Store, Tx

if TYPE_CHECKING:
    from forms.definition import AppDefinition

SHOWN = 100
"""The newest ones on the page; unread ones are all counted."""

_REASON = 'お知らせを読んだ'


class Inbox:
    """Everybody asks about themselves only. Reading is blocking and quick; writing is durable when it returns."""

    def __init__(self, store: Store, transactions: Transactions, hall: Hall, live: Live, clock: Clock) -> None:
        self._store = store
        self._transactions = transactions
        self._hall = hall
        self._live = live
        self._clock = clock
        store.index(NOTIFICATIONS, ['account', 'at'])

    async def watch(self) -> None:
        """Tell the open screens of everybody who was told something or has read it, until it is cancelled."""
        async for change in self._store.watch(coll=NOTIFICATIONS):
            self._live.publish(Notified(change.id.partition('/')[0]))

    def unread(self, person: Person) -> int:
        """How many were not read yet."""
        return self._store.count(NOTIFICATIONS, _unread(person))

    def newest(self, person: Person) -> list[Notification]:
        """The newest first, without those about what the person may not see any more."""
        own = where('account') == person.account
        docs = self._store.find(NOTIFICATIONS, own, sort=[('at', True)], limit=SHOWN).docs
        return [each for each in map(notification_of, docs) if self._may_know(each, person)]

    async def read(self, ids: Collection[str], *, by: Person) -> None:
        """These were read; those of other people are left alone."""
        now = stamp(self._clock.now())

        def work(tx: Tx) -> None:
            for each in ids:
                found = tx.get(NOTIFICATIONS, each)
                if found is not None and found['account'] == by.account and READ not in found:
                    tx.patch(NOTIFICATIONS, each, {READ: now}, ANY)

        await self._transactions.run(work, by=by, reason=_REASON)

    async def read_all(self, *, by: Person) -> int:
        """Everything that is unread now; returns how many."""
        ids = [each.doc_id for each in self._store.find(NOTIFICATIONS, _unread(by), limit=None).docs]
        await self.read(ids, by=by)
        return len(ids)

    async def read_about(self, app: str, record: str, *, by: Person) -> None:
        """Who has opened the record needs no telling any more."""
        about = _unread(by) & (where('app') == app) & (where('record') == record)
        if ids := [each.doc_id for each in self._store.find(NOTIFICATIONS, about, limit=None).docs]:
            await self.read(ids, by=by)

    def choices(self, person: Person) -> Choices:
        """How this person wants to be told by mail."""
        return choices_of(self._store.get(CHOICES, person.account))

    async def choose(self, choices: Choices, *, by: Person) -> None:
        """Keep their choice. Raises Refused 'invalid' when mail is wanted and the address will not do."""
        if choices.mail and (refusal := refused_address(choices.address)):
            raise Refused('invalid', detail=refusal)
        kept = {'mail': choices.mail, 'address': choices.address, 'without': sorted(choices.without)}
        await self._transactions.run(lambda tx: _put(tx, by.account, kept), by=by, reason='お知らせの設定')

    def events(self, person: Person) -> list[tuple[AppDefinition, str]]:
        """(app, event) of everything that could be told to somebody who sees the app."""
        return [
            (definition, rule.name)
            for definition in self._hall.catalogue.all()
            if self._hall.sees(definition, person)
            for rule in getattr(definition.capabilities.get('notify'), 'rules', ())
        ]

    def _may_know(self, one: Notification, person: Person) -> bool:
        """Whether the person may see the record still; of one that was removed only its name is left to tell."""
        definition = self._hall.catalogue.find(one.app)
        if definition is None:
            return False
        sight, record = self._hall.sight(definition, person), self._store.get(one.app, one.record)
        return sight.sees(record) if record is not None else sight.may('see')


def _unread(person: Person) -> Any:
    return (where('account') == person.account) & ~where(READ).exists()


def _put(tx: Tx, account: str, kept: dict[str, Any]) -> None:
    tx.put(CHOICES, kept, account, ANY)
