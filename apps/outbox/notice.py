"""One notice as it is kept: what it says, to whom, by which way, and how far it came."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

OUTBOX = '_outbox'

UNSENT = 'unsent'
QUEUED, SENDING, SENT = 'queued', 'sending', 'sent'
UNKNOWN, BOUNCED, FAILED = 'unknown', 'bounced', 'failed'
PRINTED, MERGED = 'printed', 'merged'

STATES: Mapping[str, str] = {
    UNSENT: 'まだ送っていない',
    QUEUED: '送信待ち',
    SENDING: '送信中',
    SENT: '送信ずみ',
    UNKNOWN: '送ったか不明',
    BOUNCED: '戻ってきた',
    FAILED: '送れない',
    PRINTED: '手紙を印刷ずみ',
    MERGED: '差込ファイルに出力ずみ',
}
"""How far a notice came -> what people call it. Without a notice a record stands at the first."""

COLORS: Mapping[str, str] = {
    UNSENT: 'gray',
    QUEUED: 'orange',
    SENDING: 'orange',
    SENT: 'green',
    UNKNOWN: 'red',
    BOUNCED: 'red',
    FAILED: 'red',
    PRINTED: 'green',
    MERGED: 'green',
}

APPLICANT = ''
"""As `person`: the one whom the record is about. Members of staff stand with their account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What was frozen when it was queued, printed or merged; what is sent is what was written here.

    link: address of the record, put behind the body of a mail to staff. not_before: stored form of a moment, or ''.
    message_id: fixed before the first attempt, the same in every later one. why: what the mail server said.
    """

    app: str
    record: str
    event: str
    person: str = APPLICANT
    occasion: str = ''
    to: str = ''
    addressee: str = ''
    postal: str = ''
    address: str = ''
    subject: str = ''
    body: str = ''
    link: str = ''
    state: str = QUEUED
    not_before: str = ''
    tries: int = 0
    message_id: str = ''
    why: str = ''
    by: str = ''
    at: str = ''

    @property
    def id(self) -> str:
        """One per record, event, person and occasion: the second notice of that kind has no place to be put."""
        return notice_id(self.app, self.record, self.event, self.person, self.occasion)

    def kept(self) -> dict[str, Any]:
        """As the store takes it; what is blank is left out."""
        return {name: value for name, value in asdict(self).items() if value not in ('', 0)}


def notice_id(app: str, record: str, event: str, person: str = APPLICANT, occasion: str = '') -> str:
    """Begins with app and record, so that everything about a record is found by its beginning."""
    rest = hashlib.sha256('\x1f'.join((event, person, occasion)).encode()).hexdigest()[:24]
    return f'{app}/{record}/{rest}'


def notice_of(doc: Mapping[str, Any]) -> Notice:
    """A kept notice."""
    known = {each.name for each in fields(Notice)}
    return Notice(**{name: value for name, value in doc.items() if name in known})


def is_waiting(notice: Notice) -> bool:
    """Whether nothing of it was said to a mail server yet."""
    return notice.state == QUEUED and not notice.message_id
