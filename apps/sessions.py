"""Who is signed in: tokens in the browser, their hashes in the store, over as soon as the account changes."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from apps.accounts import Account, Accounts
from apps.clock import Clock, stamp
from apps.people import Person
from storage import Store

_NOTE_SEEN_EVERY = timedelta(minutes=1)


class Sessions:
    """Opens, finds and closes sessions. Lasting: a restart of the server signs nobody out."""

    def __init__(
        self, store: Store, accounts: Accounts, clock: Clock, *, hours: int = 12, idle_minutes: int = 60
    ) -> None:
        self._scratch = store.scratch
        self._accounts = accounts
        self._clock = clock
        self._longest = timedelta(hours=hours)
        self._idle = timedelta(minutes=idle_minutes)
        self._seen: dict[str, datetime] = {}

    def open(self, account: Account) -> str:
        """A new session; its token, which is kept nowhere here. Always a fresh one, so that none can be planted."""
        token = secrets.token_urlsafe(32)
        now = self._clock.now()
        self._scratch.put(
            _key(token), {'account': account.account, 'rev': account.rev, 'opened': stamp(now), 'seen': stamp(now)}
        )
        return token

    def person(self, token: str) -> Person | None:
        """Who holds this token, or None when the session is over, idle too long, or its account was changed since."""
        if not token:
            return None
        key = _key(token)
        session = self._scratch.get(key)
        if session is None:
            return None
        account = self._accounts.get(session['account'])
        now = self._clock.now()
        seen = self._seen.get(key) or datetime.fromisoformat(session['seen'])
        too_long = now - datetime.fromisoformat(session['opened']) > self._longest or now - seen > self._idle
        if account is None or account.disabled or account.rev != session['rev'] or too_long:
            self._forget(key)
            return None
        self._note_seen(key, session, now)
        return account.person

    def close(self, token: str) -> None:
        """Sign out; nobody is let in any more when this returns."""
        self._seen.pop(_key(token), None)
        self._scratch.delete(_key(token))

    def purge(self) -> int:
        """Throw away what nobody can use any more; returns how many."""
        return self._scratch.purge(self._clock.now() - self._longest, 'session/')

    def _note_seen(self, key: str, session: dict[str, str], now: datetime) -> None:
        self._seen[key] = now
        if now - datetime.fromisoformat(session['seen']) > _NOTE_SEEN_EVERY:
            self._scratch.put(key, {**session, 'seen': stamp(now)}, wait=False)

    def _forget(self, key: str) -> None:
        self._seen.pop(key, None)
        self._scratch.delete(key, wait=False)


def _key(token: str) -> str:
    return f'session/{hashlib.sha256(token.encode()).hexdigest()}'
