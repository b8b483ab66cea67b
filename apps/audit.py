"""What is done besides changing records: sign-ins, looks, searches, exports, prints. Kept in the chained history."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from apps.audit_kinds import KINDS
from apps.clock import Clock, stamp
from apps.people import Person
from apps.transactions import Transactions, Work
from storage import Store, Tx
from storage.errors import StorageError

logger = logging.getLogger(__name__)

AUDIT = '_audit'
_KEY = 'audit/search_key'
_KEPT_BACK = 10_000
"""Entries held while the disk refuses them; more than that would take the memory of everybody."""

Entry = Mapping[str, Any]


class Audit:
    """Notes who did what. Each entry is a transaction of its own by that person, so `doctor` and the witness hold it.

    detail: ids, counts and words of purpose, never values of a record or words that were searched for.
    """

    def __init__(self, store: Store, transactions: Transactions, clock: Clock) -> None:
        self._store = store
        self._transactions = transactions
        self._clock = clock
        self._unwritten: deque[tuple[Person, Entry]] = deque(maxlen=_KEPT_BACK)
        self._search_key = b''

    async def note(self, kind: str, by: Person | str, *, app: str = '', record: str = '', **detail: Any) -> None:
        """Durable when this returns. Raises Refused 'not_stored': what must be noted must not happen then."""
        person = _person(by)
        entry = self._entry(kind, person, app, record, detail)
        await self._transactions.run(_putting(entry), by=person, reason=kind)

    def note_blocking(self, kind: str, by: Person | str, *, app: str = '', record: str = '', **detail: Any) -> None:
        """`note` for threads and commands."""
        person = _person(by)
        self._transactions.run_blocking(
            _putting(self._entry(kind, person, app, record, detail)), by=person, reason=kind
        )

    def note_soon(self, kind: str, by: Person | str, *, app: str = '', record: str = '', **detail: Any) -> None:
        """Accepted when this returns, from any thread; the writer puts many into one sync to disk.

        What the disk refuses is kept and tried again with the next entry and at the end.
        """
        person = _person(by)
        entry = self._entry(kind, person, app, record, detail)
        self._send_again()
        self._send(person, entry)

    def searched(self, by: Person, app: str, words: str, hits: int) -> None:
        """A search, told by a keyed hash of its words: the same search is recognised, the words cannot be read."""
        digest = hmac.new(self._key(), ' '.join(words.split()).encode(), hashlib.sha256).hexdigest()[:16]
        self.note_soon('search', by, app=app, words=digest, length=len(words), count=hits)

    @property
    def unwritten(self) -> int:
        """How many entries wait because the disk refused them."""
        return len(self._unwritten)

    def close(self) -> None:
        """Hand over what is left; the store finishes everything it has accepted when it is closed."""
        self._send_again()

    def _send_again(self) -> None:
        for _ in range(len(self._unwritten)):
            self._send(*self._unwritten.popleft())

    def _send(self, person: Person, entry: Entry) -> None:
        def done(future: Future[Any]) -> None:
            if future.cancelled() or isinstance(future.exception(), StorageError):
                self._keep_back(person, entry)
            elif error := future.exception():
                logger.error('an entry of the audit (%s) could not be noted: %s', entry['kind'], type(error).__name__)

        try:
            self._transactions.soon(_putting(entry), by=person, reason=entry['kind']).add_done_callback(done)
        except StorageError:
            self._keep_back(person, entry)

    def _keep_back(self, person: Person, entry: Entry) -> None:
        self._unwritten.append((person, entry))
        logger.error('the audit could not be written; %d entries wait', len(self._unwritten))

    def _entry(self, kind: str, by: Person, app: str, record: str, detail: Mapping[str, Any]) -> Entry:
        if kind not in KINDS:
            raise ValueError(f'{kind} is not in apps/audit_kinds.py')
        entry: dict[str, Any] = {'kind': kind, 'at': stamp(self._clock.now()), 'by': by.account, 'name': by.name}
        sections = {'sections': list(by.sections)} if by.sections else {}
        place = {name: value for name, value in (('app', app), ('record', record)) if value}
        told = {name: value for name, value in detail.items() if value is not None and value != ''}
        return {**entry, **sections, **place, **({'detail': told} if told else {})}

    def _key(self) -> bytes:
        """Made once, kept beside the records: whoever is given an export of the audit cannot try words against it."""
        if not self._search_key:
            kept = self._store.scratch.get(_KEY)
            if kept is None:
                kept = secrets.token_hex(32)
                self._store.scratch.put(_KEY, kept, wait=False)
            self._search_key = bytes.fromhex(kept)
        return self._search_key


def _putting(entry: Entry) -> Work:
    def work(tx: Tx) -> None:
        tx.put(AUDIT, entry)

    return work


def _person(by: Person | str) -> Person:
    """Someone who is not signed in is known by what was typed."""
    return by if isinstance(by, Person) else Person(by, '')
