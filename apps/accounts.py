"""The register of people who may sign in; every change of it is a transaction with a history, like a record's."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.clock import Clock, stamp
from apps.live import AccountChanged, Live
from apps.outcome import Refused
from apps.passwords import Passwords, password_mistake
from apps.people import ROLES, Person
from apps.transactions import Transactions
from storage import Store, Tx
from storage.record import ANY

ACCOUNTS = '_accounts'
SECTIONS = '_sections'
_ACCOUNT = re.compile(r'[a-z0-9][a-z0-9._-]{1,39}')


@dataclass(frozen=True, slots=True)
class Account:
    """One account. rev rises with every change of it; a session opened at an older one is over."""

    account: str
    name: str
    roles: tuple[str, ...]
    sections: tuple[str, ...]
    disabled: bool
    rev: int

    @property
    def person(self) -> Person:
        return Person(self.account, self.name, self.roles, self.sections)


class Accounts:
    """Add, change, disable; and the only question that matters at sign-in."""

    def __init__(
        self, store: Store, transactions: Transactions, passwords: Passwords, live: Live, clock: Clock
    ) -> None:
        self._store = store
        self._transactions = transactions
        self._passwords = passwords
        self._live = live
        self._clock = clock

    def get(self, account: str) -> Account | None:
        found = self._store.get(ACCOUNTS, account)
        return _account(found) if found is not None else None

    def all(self) -> list[Account]:
        """Every account, disabled ones included, in order of their ids."""
        found = [_account(each) for each in self._store.find(ACCOUNTS, limit=None).docs]
        return sorted(found, key=lambda one: one.account)

    def has_administrator(self) -> bool:
        return any('administrator' in each.roles and not each.disabled for each in self.all())

    async def sign_in(self, account: str, password: str) -> Account | None:
        """The account when the password is right and it may sign in; None for every other reason alike."""
        found = self.get(account)
        right = await asyncio.to_thread(self._passwords.matches, account, password)
        return found if right and found is not None and not found.disabled else None

    async def add(  # noqa: PLR0913 - an account has these parts
        self,
        account: str,
        name: str,
        password: str,
        *,
        roles: Iterable[str],
        sections: Iterable[str] = (),
        by: Person,
    ) -> Account:
        """A new account; without a password nobody can sign in to it yet.

        Raises Refused('invalid') when it exists, or id, role or password will not do.
        """
        given = {'name': name.strip(), 'roles': list(roles), 'sections': list(sections)}
        self._check(account, given, password)

        def work(tx: Tx) -> None:
            if tx.get(ACCOUNTS, account) is not None:
                raise Refused('invalid', detail=f'利用者ID「{account}」は、すでにあります。')
            _add_sections(tx, given['sections'])
            tx.put(ACCOUNTS, {**given, 'disabled': False, 'since': stamp(self._clock.now())}, account)

        await self._transactions.run(work, by=by, reason='利用者の登録')
        if password:
            await asyncio.to_thread(self._passwords.set, account, password)
        return self._changed(account)

    async def change(self, account: str, changes: Mapping[str, Any], *, by: Person) -> Account:
        """Change name, roles, sections or disabled. Open sessions of the account end.

        Raises Refused('invalid') for an unknown role, and when nobody would be left to administer.
        """
        _check_roles(changes.get('roles', ()))

        def work(tx: Tx) -> None:
            if _administers(tx.get(ACCOUNTS, account), {}) and not _administers(tx.get(ACCOUNTS, account), changes):
                others = [each for each in tx.find(ACCOUNTS, limit=None).docs if each.doc_id != account]
                if not any(_administers(each, {}) for each in others):
                    raise Refused('invalid', detail='最後のシステム管理者は、停止も変更もできません。')
            _add_sections(tx, changes.get('sections', ()))
            tx.patch(ACCOUNTS, account, dict(changes), ANY)

        await self._transactions.run(work, by=by, reason='利用者の変更')
        return self._changed(account)

    async def set_password(self, account: str, password: str, *, by: Person) -> Account:
        """A new password. Open sessions of the account end."""
        if mistake := password_mistake(account, password):
            raise Refused('invalid', detail=mistake)
        moment = stamp(self._clock.now())

        def work(tx: Tx) -> None:
            found = tx.get(ACCOUNTS, account)
            if found is None:
                raise Refused('not_found', detail=f'利用者ID「{account}」はありません。')
            count = found.get('password_changes', 0) + 1
            tx.patch(ACCOUNTS, account, {'password_changed': moment, 'password_changes': count}, ANY)

        await self._transactions.run(work, by=by, reason='パスワードの変更')
        await asyncio.to_thread(self._passwords.set, account, password)
        return self._changed(account)

    def _changed(self, account: str) -> Account:
        self._live.publish(AccountChanged(account))
        found = self.get(account)
        assert found is not None
        return found

    def _check(self, account: str, given: Mapping[str, Any], password: str) -> None:
        if not _ACCOUNT.fullmatch(account):
            raise Refused('invalid', detail='利用者IDは半角の英小文字と数字、. _ - で、2文字から40文字にしてください。')
        if self.get(account) is not None:
            raise Refused('invalid', detail=f'利用者ID「{account}」は、すでにあります。')
        if not given['name']:
            raise Refused('invalid', detail='名前を入力してください。')
        _check_roles(given['roles'])
        if password and (mistake := password_mistake(account, password)):
            raise Refused('invalid', detail=mistake)


def _account(doc: Any) -> Account:
    return Account(
        doc.doc_id, doc['name'], tuple(doc['roles']), tuple(doc['sections']), bool(doc.get('disabled')), doc.rev
    )


def _administers(doc: Mapping[str, Any] | None, changes: Mapping[str, Any]) -> bool:
    """Whether the account, after these changes, is an administrator who can sign in."""
    after = {**(doc or {}), **changes}
    return 'administrator' in after.get('roles', ()) and not after.get('disabled')


def _check_roles(roles: Iterable[str]) -> None:
    if wrong := [role for role in roles if role not in ROLES]:
        known = '、'.join(ROLES)
        raise Refused('invalid', detail=f'「{wrong[0]}」という役割はありません。{known} から選んでください。')


def _add_sections(tx: Tx, sections: Iterable[str]) -> None:
    for section in sections:
        if tx.get(SECTIONS, section) is None:
            tx.put(SECTIONS, {'name': section}, section)
