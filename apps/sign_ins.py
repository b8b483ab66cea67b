"""Coming in: who signed in when and from what kind of network, what failed meanwhile, and who has not come for long."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from apps.account import Account
from apps.accounts import Accounts
from apps.audit import Audit
from apps.clock import Clock, stamp
from apps.passwords import Passwords
from storage import Store

_LONGEST_ID = 40
_KEPT = 5


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in. at: a stamp; place: the kind of network; failed: wrong attempts between the one before and it."""

    at: str
    place: str
    failed: int


class SignIns:
    """Checks the password, notes every attempt, and remembers the last sign-ins of everybody."""

    def __init__(self, store: Store, accounts: Accounts, passwords: Passwords, audit: Audit, clock: Clock) -> None:
        self._scratch = store.scratch
        self._accounts = accounts
        self._passwords = passwords
        self._audit = audit
        self._clock = clock

    async def by_password(self, typed: str, password: str, *, place: str = '') -> Account | None:
        """The account, when the password is right and it may sign in; None for every other reason alike.

        typed: the id as typed; full-width signs and capitals are read as what is meant.
        """
        account_id = account_id_of(typed)
        was_shut = self._passwords.shut(account_id)
        account = await self._accounts.sign_in(account_id, password)
        if account is None:
            self._failed(account_id, place, shuts=not was_shut and self._passwords.shut(account_id))
            return None
        self.came(account, place=place)
        return account

    def came(self, account: Account, *, place: str = '', way: str = 'パスワード') -> None:
        """Note that somebody has signed in; sign-ins by other means than a password call this as well."""
        failures = self._scratch.get(_failures(account.account)) or 0
        self._scratch.delete(_failures(account.account), wait=False)
        this = [stamp(self._clock.now()), place, failures]
        self._scratch.put(_key(account.account), [this, *self._kept(account.account)][:_KEPT])
        self._audit.note_soon('sign_in', account.person, way=way, place=place)

    def last(self, account: str) -> list[SignIn]:
        """The last sign-ins, the newest first."""
        return [SignIn(*each) for each in self._kept(account)]

    def failures(self, account: str) -> int:
        """Wrong attempts since the last sign-in."""
        return int(self._scratch.get(_failures(account)) or 0)

    def last_used(self, account: Account) -> datetime | None:
        """When the account was used last; an account that nobody ever used counts from the day it was made."""
        kept = self._kept(account.account)
        at = kept[0][0] if kept else account.since
        return datetime.fromisoformat(at) if at else None

    def unused(self, days: int) -> list[Account]:
        """Accounts that could sign in and have not for so many days, the longest unused first."""
        oldest = self._clock.now() - timedelta(days=days)
        used = ((self.last_used(each) or oldest, each) for each in self._accounts.all() if not each.disabled)
        return [each for at, each in sorted(used, key=lambda pair: pair[0]) if at <= oldest]

    def _failed(self, account: str, place: str, *, shuts: bool) -> None:
        known = self._accounts.get(account)
        if known is not None:
            self._scratch.put(_failures(account), self.failures(account) + 1)
        # What was typed for an account that is not there may be a password in the wrong box: it is not kept.
        self._audit.note_soon('sign_in_failed', known.person if known else '', place=place)
        if shuts:
            self._audit.note_soon('locked', known.person if known else '', place=place)

    def _kept(self, account: str) -> list[list[str]]:
        return list(self._scratch.get(_key(account)) or [])


def account_id_of(typed: str) -> str:
    """What was meant: 'ＭＩＨＯＮ ' is mihon. Cut to the longest id there can be, so that guesses fill no disk."""
    return unicodedata.normalize('NFKC', typed).strip().lower()[: _LONGEST_ID + 1]


def place_of(host: str | None) -> str:
    """The kind of network an address belongs to, for people to recognise; the address itself is not kept."""
    try:
        address = ip_address(host or '')
    except ValueError:
        return '不明なネットワーク'
    if address.is_loopback:
        return 'サーバー自身'
    return '庁内のネットワーク' if address.is_private or address.is_link_local else '庁外のネットワーク'


def _key(account: str) -> str:
    return f'last_sign_in/{account}'


def _failures(account: str) -> str:
    return f'failures/{account}'
