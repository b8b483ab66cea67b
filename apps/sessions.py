"""Who is signed in: tokens in the browser, their hashes in the store; locked when nobody has touched the screen."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apps.account import Account
from apps.accounts import Accounts
from apps.clock import Clock, stamp
from apps.people import Person
from storage import Store

_NOTE_SEEN_EVERY = timedelta(minutes=1)
REPORTED_EVERY = timedelta(seconds=20)
"""How often at most a page tells that somebody is there; so much later than the page the server locks by itself."""


@dataclass(frozen=True, slots=True)
class Session:
    """An open session. id: names it without opening it. device: the shared device it is on, else ''."""

    id: str
    account: Account
    opened: datetime
    seen: datetime
    place: str
    device: str
    locked: bool

    @property
    def barred(self) -> str:
        """Why nothing may be done with it at this moment: 'locked', 'password' (a new one must be chosen), or ''."""
        return 'password' if self.account.temporary else 'locked' if self.locked else ''


class Sessions:
    """Opens, finds, locks and closes sessions. Lasting: a restart of the server signs nobody out.

    hours: the most a session lasts. idle_minutes, shared_idle_minutes: without a touch it is locked after so long, on a
    device of one's own and on a shared one.
    """

    def __init__(  # noqa: PLR0913 - how long is settled for each case
        self,
        store: Store,
        accounts: Accounts,
        clock: Clock,
        *,
        hours: int = 12,
        idle_minutes: int = 15,
        shared_idle_minutes: int = 5,
    ) -> None:
        self._scratch = store.scratch
        self._accounts = accounts
        self._clock = clock
        self._longest = timedelta(hours=hours)
        self._idle = {False: timedelta(minutes=idle_minutes), True: timedelta(minutes=shared_idle_minutes)}
        self._seen: dict[str, datetime] = {}

    def open(self, account: Account, *, device: str = '', place: str = '') -> str:
        """A new session; its token, which is kept nowhere here. Always a fresh one, so that none can be planted.

        device: id of the shared device it is opened on. place: the kind of network it comes from, for people to read.
        """
        token = secrets.token_urlsafe(32)
        now = stamp(self._clock.now())
        session = {'account': account.account, 'endings': account.endings, 'opened': now, 'seen': now}
        self._scratch.put(_key(token), {**session, 'device': device, 'place': place, 'greet': True})
        return token

    def find(self, token: str) -> Session | None:
        """The session of this token, locked ones included; None when it is over or its account was stopped."""
        return self._session(_key(token)) if token else None

    def person(self, token: str) -> Person | None:
        """Who may act with this token now, with rights of this moment; None without a session or while it is barred.

        Asking keeps no session awake: only `touch` does, for what happens on a screen by itself is nobody's action.
        """
        session = self.find(token)
        return session.account.person if session is not None and not session.barred else None

    def touch(self, token: str) -> bool:
        """Somebody is there. Wakes nothing that is locked already; returns whether the session is awake."""
        session = self.find(token)
        if session is None or session.barred:
            return False
        key, now = _key(token), self._clock.now()
        kept = self._scratch.get(key)
        self._seen[key] = now
        if kept is not None and now - datetime.fromisoformat(kept['seen']) > _NOTE_SEEN_EVERY:
            self._scratch.put(key, {**kept, 'seen': stamp(now)}, wait=False)
        return True

    def lock(self, token: str) -> None:
        """Nothing but `unlock`, another operator or the end is accepted any more when this returns."""
        self._rewrite(token, {'locked': True})

    def unlock(self, token: str) -> None:
        """The person has shown who they are."""
        now = self._clock.now()
        self._seen[_key(token)] = now
        self._rewrite(token, {'locked': False, 'seen': stamp(now)})

    def idle(self, session: Session) -> timedelta:
        """After how long without a touch its screen is covered."""
        return self._idle[bool(session.device)]

    def of(self, account: str) -> list[Session]:
        """The open sessions of an account, the newest first."""
        found = (self._session(key) for key in self._scratch.keys('session/'))
        mine = [each for each in found if each is not None and each.account.account == account]
        return sorted(mine, key=lambda each: each.opened, reverse=True)

    def take_greeting(self, token: str) -> bool:
        """Whether the page is the first one since the sign-in; true once."""
        if not (self._scratch.get(_key(token)) or {}).get('greet'):
            return False
        self._rewrite(token, {'greet': False})
        return True

    def close(self, token: str) -> None:
        """Sign out; nobody is let in any more when this returns."""
        self._end(_key(token))

    def end(self, session: Session) -> None:
        """The same for a session somewhere else."""
        self._end(f'session/{session.id}')

    def end_on(self, device: str) -> None:
        """Close every session on a shared device."""
        for key in self._scratch.keys('session/'):
            if (self._scratch.get(key) or {}).get('device') == device:
                self._end(key)

    def purge(self) -> int:
        """Throw away what nobody can use any more; returns how many."""
        return self._scratch.purge(self._clock.now() - self._longest, 'session/')

    def _session(self, key: str) -> Session | None:
        kept = self._scratch.get(key)
        if kept is None:
            return None
        account = self._accounts.get(kept['account'])
        now = self._clock.now()
        too_long = now - datetime.fromisoformat(kept['opened']) > self._longest
        if account is None or account.disabled or account.endings != kept.get('endings') or too_long:
            self._end(key, wait=False)
            return None
        return self._made(key, kept, account, now)

    def _made(self, key: str, kept: Mapping[str, Any], account: Account, now: datetime) -> Session:
        seen = self._seen.get(key) or datetime.fromisoformat(kept['seen'])
        device = kept.get('device', '')
        too_idle = now - seen > self._idle[bool(device)] + REPORTED_EVERY
        opened = datetime.fromisoformat(kept['opened'])
        locked = bool(kept.get('locked')) or too_idle
        return Session(key.removeprefix('session/'), account, opened, seen, kept.get('place', ''), device, locked)

    def _rewrite(self, token: str, changes: Mapping[str, Any]) -> None:
        key = _key(token)
        if (kept := self._scratch.get(key)) is not None:
            self._scratch.put(key, {**kept, **changes})

    def _end(self, key: str, *, wait: bool = True) -> None:
        self._seen.pop(key, None)
        self._scratch.delete(key, wait=wait)


def _key(token: str) -> str:
    return f'session/{hashlib.sha256(token.encode()).hexdigest()}'
