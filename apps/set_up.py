"""The one-time link with which the first administrator is made: there is no default password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from apps.accounts import Account, Accounts
from apps.clock import Clock, stamp
from apps.outcome import Refused
from apps.people import SYSTEM
from storage import Store

_KEY = 'set_up'
_VALID = timedelta(hours=24)


class SetUp:
    """Issues the link and redeems it. A newer link makes the older one worthless."""

    def __init__(self, store: Store, accounts: Accounts, clock: Clock) -> None:
        self._scratch = store.scratch
        self._accounts = accounts
        self._clock = clock

    def issue(self) -> str:
        """The token of a new link, or '' when there is already an administrator."""
        if self._accounts.has_administrator():
            return ''
        token = secrets.token_urlsafe(24)
        self._scratch.put(_KEY, {'hash': _hash(token), 'until': stamp(self._clock.now() + _VALID)})
        return token

    def valid(self, token: str) -> bool:
        """Whether this link still opens the door."""
        kept = self._scratch.get(_KEY)
        if not kept or self._accounts.has_administrator():
            return False
        fresh = self._clock.now() < datetime.fromisoformat(kept['until'])
        return fresh and secrets.compare_digest(kept['hash'], _hash(token))

    async def redeem(self, token: str, account: str, name: str, password: str) -> Account:
        """Make the first administrator. Raises Refused('forbidden') for a used or old link, 'invalid' for the input."""
        if not self.valid(token):
            raise Refused('forbidden', detail='このリンクは使えません。サーバーを起動し直すと新しいリンクが出ます。')
        made = await self._accounts.add(account, name, password, roles=['administrator'], by=SYSTEM)
        self._scratch.delete(_KEY)
        return made


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
