"""Mails that came back: reports of delivery (RFC 3464) in a folder, one file each, matched by the id of our mail."""

from __future__ import annotations

import asyncio
import email
import email.policy
import logging
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from pathlib import Path

from tinydb import where

from apps.clock import Clock, stamp
from apps.outbox.notice import BOUNCED, OUTBOX, SENDING, SENT, UNKNOWN
from apps.people import SYSTEM
from apps.transactions import Transactions
from storage import ANY, Store, Tx

logger = logging.getLogger(__name__)

TAKEN = 'taken'
"""Subfolder for what was read, so that nobody reads it twice and nothing is thrown away."""

_ID = re.compile(r'<[^<>\s]+@[^<>\s]+>')
_LONGEST = 5_000_000


class Bounces:
    """Looks into the folder that the mail system fills."""

    def __init__(self, store: Store, transactions: Transactions, clock: Clock, folder: Path) -> None:
        self._store = store
        self._transactions = transactions
        self._clock = clock
        self._folder = folder

    async def take(self) -> int:
        """Mark the notices whose mails are reported as failed; returns how many."""
        count = 0
        for path in await asyncio.to_thread(self._waiting):
            content = await asyncio.to_thread(path.read_bytes)
            for status, message_id in failures(content):
                count += await self._mark(message_id, status)
            await asyncio.to_thread(self._put_away, path)
        return count

    def _waiting(self) -> list[Path]:
        files = (each for each in self._folder.iterdir() if each.is_file() and not each.name.startswith('.'))
        return sorted(each for each in files if each.stat().st_size <= _LONGEST)

    def _put_away(self, path: Path) -> None:
        taken = self._folder / TAKEN
        taken.mkdir(exist_ok=True)
        path.rename(taken / path.name)

    async def _mark(self, message_id: str, status: str) -> bool:
        found = self._store.find(OUTBOX, where('message_id') == message_id, limit=1).docs
        if not found:
            return False
        notice_id = found[0].doc_id

        def work(tx: Tx) -> bool:
            kept = tx.get(OUTBOX, notice_id)
            if kept is None or kept['state'] not in (SENT, SENDING, UNKNOWN):
                return False  # it went another way meanwhile
            tx.patch(OUTBOX, notice_id, {'state': BOUNCED, 'why': status, 'at': stamp(self._clock.now())}, ANY)
            return True

        return bool(await self._transactions.run(work, by=SYSTEM, reason='メールが戻ってきた'))


def failures(content: bytes) -> Iterator[tuple[str, str]]:
    """(status as the mail system tells it, id of our mail) of a report that says `failed`; nothing for other mail."""
    report = email.message_from_bytes(content, policy=email.policy.default)
    statuses = [_failed(each) for each in report.walk() if each.get_content_type() == 'message/delivery-status']
    told = next((status for status in statuses if status), '')
    ids = (_own_id(each) for each in report.walk())
    own = next((each for each in ids if each), '') if told else ''
    if told and own:
        yield told, own


def _failed(part: Message) -> str:
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, Message) and str(block.get('Action', '')).strip().lower() == 'failed':
            return ' '.join(str(block.get(name, '')) for name in ('Status', 'Diagnostic-Code')).strip()[:300]
    return ''


def _own_id(part: Message) -> str:
    """The id of the mail that the report encloses, whole or by its headers."""
    if part.get_content_type() == 'message/rfc822':
        inside = part.get_payload(0) if part.is_multipart() else None
        return str(inside.get('Message-ID', '')).strip() if isinstance(inside, Message) else ''
    if part.get_content_type() == 'text/rfc822-headers':
        text = part.get_content() if isinstance(part, EmailMessage) else str(part.get_payload())
        line = re.search(r'^Message-ID:\s*(\S+)', str(text), re.IGNORECASE | re.MULTILINE)
        found = _ID.search(line.group(1)) if line else None
        return found.group() if found else ''
    return ''
