"""Tablets and counter PCs that several people share: marked by an administrator, known by a cookie of their own."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from apps.clock import Clock, stamp
from apps.outcome import Refused
from apps.people import Person
from apps.transactions import Transactions
from storage import Store, Tx, new_id
from storage.record import ANY

DEVICES = '_devices'
COOKIE = 'madoguchi_device'
LASTS = timedelta(days=400)
"""As long as browsers keep a cookie at most."""

_LATELY = timedelta(days=14)
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Device:
    """A shared device. name: where it stands, as the administrator called it; since: a stamp."""

    id: str
    name: str
    since: str


class Devices:
    """Marks devices as shared, knows them again, and remembers who works on them."""

    def __init__(self, store: Store, transactions: Transactions, clock: Clock) -> None:
        self._store = store
        self._transactions = transactions
        self._clock = clock

    async def share(self, name: str, *, by: Person) -> str:
        """Make a device shared; returns the token for its cookie, which is kept nowhere here. Raises Refused."""
        if not name.strip():
            raise Refused('invalid', detail='端末の名前を入力してください。例 1階窓口のタブレット')
        token, now = secrets.token_urlsafe(32), self._clock.now()
        given = {'name': name.strip()[:60], 'key': _hash(token), 'since': stamp(now), 'revoked': False}
        await self._transactions.run(lambda tx: _put(tx, new_id(now), given), by=by, reason='共用端末の登録')
        return token

    async def revoke(self, device: str, *, by: Person) -> None:
        """The device is shared no more, and its operators must sign in there anew. Raises Refused('not_found')."""

        def work(tx: Tx) -> None:
            tx.patch(DEVICES, device, {'revoked': True}, ANY)

        await self._transactions.run(work, by=by, reason='共用端末の取り消し')

    def all(self) -> list[Device]:
        """Every shared device, the newest first."""
        found = [each for each in self._store.find(DEVICES, limit=None).docs if not each['revoked']]
        return sorted((_device(each) for each in found), key=lambda each: each.since, reverse=True)

    def known(self, token: str) -> Device | None:
        """The shared device that holds this cookie."""
        if not token:
            return None
        key = _hash(token)
        docs = self._store.find(DEVICES, limit=None).docs
        return next((_device(each) for each in docs if each['key'] == key and not each['revoked']), None)

    def get(self, device: str) -> Device | None:
        """The device while it is shared."""
        found = self._store.get(DEVICES, device)
        return _device(found) if found is not None and not found['revoked'] else None

    def came(self, device: str, account: str) -> None:
        """Somebody began to work there."""
        people: dict[str, str] = self._store.scratch.get(f'device/{device}') or {}
        self._store.scratch.put(f'device/{device}', {**people, account: stamp(self._clock.now())})

    def lately(self, device: str) -> list[str]:
        """Accounts that worked there within two weeks, the latest first."""
        people: dict[str, str] = self._store.scratch.get(f'device/{device}') or {}
        oldest = stamp(self._clock.now() - _LATELY)
        fresh = sorted(((at, account) for account, at in people.items() if at >= oldest), reverse=True)
        return [account for _, account in fresh[:_MOST_NAMES]]


def _put(tx: Tx, device: str, given: Mapping[str, Any]) -> None:
    tx.put(DEVICES, given, device)


def _device(doc: Any) -> Device:
    return Device(doc.doc_id, doc['name'], doc['since'])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
