"""One notification as it is kept, and what a person has chosen about them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOTIFICATIONS = '_notifications'
CHOICES = '_notification_choices'

READ = 'read'
"""Present once it was read: the moment, stored form."""


@dataclass(frozen=True, slots=True)
class Notification:
    """What one person was told about one record. at, read: stored moments; read is '' until it was read."""

    id: str
    account: str
    app: str
    record: str
    event: str
    title: str
    text: str
    at: str
    read: str = ''


@dataclass(frozen=True, slots=True)
class Choices:
    """How a person wants to be told besides in the app. without: «app/event» that go by no mail."""

    mail: bool = False
    address: str = ''
    without: frozenset[str] = frozenset()

    def mails(self, app: str, event: str) -> bool:
        """Whether this event goes out by mail."""
        return self.mail and bool(self.address) and f'{app}/{event}' not in self.without


def notification_id(account: str, app: str, record: str, event: str, occasion: str) -> str:
    """One per person and event: the second one has no place to be put. occasion: revision or day that it is about."""
    rest = hashlib.sha256('\x1f'.join((app, record, event, occasion)).encode()).hexdigest()[:24]
    return f'{account}/{rest}'


def notification_of(doc: Any) -> Notification:
    """A kept notification."""
    return Notification(
        doc.doc_id,
        doc['account'],
        doc['app'],
        doc['record'],
        doc['event'],
        doc['title'],
        doc['text'],
        doc['at'],
        doc.get(READ, ''),
    )


def choices_of(kept: Mapping[str, Any] | None) -> Choices:
    """What somebody chose; nothing by mail until they did."""
    if kept is None:
        return Choices()
    return Choices(bool(kept.get('mail')), kept.get('address', ''), frozenset(kept.get('without', ())))
