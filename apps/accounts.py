"""The register of people who may sign in; every change of it is a transaction with a history, like a record's."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from apps.account import Account, Kept, account_at, before, settled
from apps.clock import Clock, japanese_today, stamp
from apps.live import AccountChanged, Live
from apps.outcome import Refused
from apps.passwords import Passwords, password_mistake
from apps.people import ROLES, Person
from apps.transactions import Transactions
from forms.message import Message
from storage import Store, Tx, new_id
from storage.record import ANY

__all__ = ['ACCOUNTS', 'SECTIONS', 'Account', 'Accounts']

ACCOUNTS = '_accounts'
SECTIONS = '_sections'
_ACCOUNT = re.compile(r'[a-z0-9][a-z0-9._-]{1,39}')
_LONGEST_NAME = 60


class Accounts:
    """Add, change, stop, transfer; and the only question that matters at sign-in.

    Refused('invalid') carries a message for every part that will not do; its path is the part's name
    (account, name, password, roles, sections, day), or '' for the whole.
    """

    def __init__(
        self, store: Store, transactions: Transactions, passwords: Passwords, live: Live, clock: Clock
    ) -> None:
        self._store = store
        self._transactions = transactions
        self._passwords = passwords
        self._live = live
        self._clock = clock

    def get(self, account: str) -> Account | None:
        """The account as it stands at this moment, transfers that are due included."""
        found = self._store.get(ACCOUNTS, account)
        return self._account(found) if found is not None else None

    def all(self) -> list[Account]:
        """Every account, stopped ones included, in order of their ids."""
        found = [self._account(each) for each in self._store.find(ACCOUNTS, limit=None).docs]
        return sorted(found, key=lambda one: one.account)

    def has_administrator(self) -> bool:
        return any('administrator' in each.roles and not each.disabled for each in self.all())

    def has_password(self, account: str) -> bool:
        """Whether anybody could sign in to it with a password at all."""
        return self._passwords.has(account)

    async def is_password(self, account: str, password: str) -> bool:
        """Whether this is the password of somebody who is signed in already; counts no failure."""
        return await asyncio.to_thread(self._passwords.is_current, account, password)

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
        temporary: bool = False,
        by: Person,
    ) -> Account:
        """A new account; without a password nobody can sign in to it yet.

        temporary: the password must be changed at the first sign-in. Raises Refused('invalid').
        """
        given = {'name': name.strip(), 'roles': list(roles), 'sections': list(sections)}
        mistakes = [*_wrong_account(account, self.get(account) is not None), *wrong_parts(given)]
        if password and (mistake := password_mistake(account, password)):
            mistakes.append(_wrong('password', mistake))
        _refuse(mistakes)

        def work(tx: Tx) -> None:
            if tx.get(ACCOUNTS, account) is not None:
                _refuse(_wrong_account(account, True))
            _put_new(tx, account, given, stamp(self._clock.now()), temporary=temporary)

        await self._transactions.run(work, by=by, reason='利用者の登録')
        if password:
            await asyncio.to_thread(self._passwords.set, account, password)
        return self._changed(account)

    async def change(self, account: str, changes: Mapping[str, Any], *, by: Person) -> Account:
        """Change name, roles, sections or disabled. New rights hold from the next action; a stop ends open sessions.

        Raises Refused('invalid') for what will not do, and when nobody would be left to administer.
        """
        _refuse(wrong_parts(changes))
        await self._transactions.run(lambda tx: self._write(tx, {account: changes}), by=by, reason='利用者の変更')
        return self._changed(account)

    async def set_password(self, account: str, password: str, *, by: Person, temporary: bool = False) -> Account:
        """A new password. Open sessions of the account end. temporary: it must be changed at the next sign-in."""
        if mistake := password_mistake(account, password):
            _refuse([_wrong('password', mistake)])
        moment = stamp(self._clock.now())

        def work(tx: Tx) -> None:
            found = tx.get(ACCOUNTS, account)
            if found is None:
                raise Refused('not_found', detail=f'利用者ID「{account}」はありません。')
            counts = {name: found.get(name, 0) + 1 for name in ('password_changes', 'endings')}
            tx.patch(ACCOUNTS, account, {'password_changed': moment, 'temporary': temporary, **counts}, ANY)

        await self._transactions.run(work, by=by, reason='パスワードの変更')
        await asyncio.to_thread(self._passwords.set, account, password)
        return self._changed(account)

    async def take_in(
        self, new: Mapping[str, Mapping[str, Any]], changed: Mapping[str, Mapping[str, Any]], *, by: Person
    ) -> None:
        """Many at once, all or none. new, changed: account -> name, roles, sections, disabled."""

        def work(tx: Tx) -> None:
            for account, given in new.items():
                if tx.get(ACCOUNTS, account) is not None:
                    _refuse(_wrong_account(account, True))
                _put_new(tx, account, given, stamp(self._clock.now()))
            self._write(tx, changed)

        await self._transactions.run(work, by=by, reason='利用者の取り込み')
        for account in {**new, **changed}:
            self._changed(account)

    async def plan(self, plans: Sequence[tuple[str, date, Sequence[str], Sequence[str]]], *, by: Person) -> None:
        """Transfers, all or none: (account, first day, sections, roles). They take effect by the clock."""
        today = japanese_today(self._clock)
        for _, day, sections, roles in plans:
            mistakes = wrong_parts({'sections': sections, 'roles': roles})
            if day < today:
                mistakes.append(_wrong('day', '発令日は、今日かそれよりあとの日にしてください。'))
            _refuse(mistakes)

        def work(tx: Tx) -> None:
            for account, day, sections, roles in plans:
                self._plan(tx, account, day, {'sections': list(sections), 'roles': list(roles)})

        await self._transactions.run(work, by=by, reason='異動の予定')
        for account, *_ in plans:
            self._changed(account)

    async def cancel(self, account: str, transfer: str, *, by: Person) -> Account:
        """Take back a transfer that has not taken effect. Raises Refused('not_found')."""

        def work(tx: Tx) -> None:
            found = settled(tx.get(ACCOUNTS, account) or {}, self._clock.now())
            left = [each for each in found.get('transfers', ()) if each['id'] != transfer]
            if len(left) == len(found.get('transfers', ())):
                raise Refused('not_found', detail='この異動の予定は、もうありません。')
            tx.patch(ACCOUNTS, account, {**found, 'transfers': left}, ANY)

        await self._transactions.run(work, by=by, reason='異動の予定の取り消し')
        return self._changed(account)

    # ---- within a transaction

    def _plan(self, tx: Tx, account: str, day: date, parts: Mapping[str, Any]) -> None:
        found = tx.get(ACCOUNTS, account)
        if found is None:
            raise Refused('not_found', detail=f'利用者ID「{account}」はありません。')
        _add_sections(tx, parts['sections'])
        now = self._clock.now()
        kept = [each for each in found.get('transfers', ()) if each['from'] != day.isoformat()]
        transfer = {'id': new_id(now), 'from': day.isoformat(), 'at': stamp(now), **parts}
        tx.patch(ACCOUNTS, account, {'transfers': [*kept, transfer]}, ANY)
        if 'administrator' not in parts['roles'] and _administers(found):
            _refuse_the_last(tx)

    def _write(self, tx: Tx, changes: Mapping[str, Mapping[str, Any]]) -> None:
        """Changes upon what holds now: a transfer that is due is carried out first."""
        now = self._clock.now()
        administered = False
        for account, wanted in changes.items():
            found = tx.get(ACCOUNTS, account)
            if found is None:
                raise Refused('not_found', detail=f'利用者ID「{account}」はありません。')
            kept = settled(found, now)
            administered = administered or _administers(kept)
            if any(name in wanted and _other(wanted[name], kept[name]) for name in ('name', 'sections')):
                kept |= before(kept, stamp(now))
            if wanted.get('disabled') and not kept.get('disabled'):
                kept['endings'] = kept.get('endings', 0) + 1
            _add_sections(tx, wanted.get('sections', ()))
            tx.patch(ACCOUNTS, account, {**kept, **wanted}, ANY)
        if administered:
            _refuse_the_last(tx)

    def _account(self, doc: Any) -> Account:
        return account_at(doc.doc_id, doc, doc.rev, self._clock.now())

    def _changed(self, account: str) -> Account:
        self._live.publish(AccountChanged(account))
        found = self.get(account)
        assert found is not None
        return found


def wrong_parts(given: Mapping[str, Any]) -> list[Message]:
    """What will not do of a name and of roles, where they are given."""
    mistakes = []
    if 'name' in given and not given['name'].strip():
        mistakes.append(_wrong('name', '氏名を入力してください。'))
    if len(given.get('name', '')) > _LONGEST_NAME:
        mistakes.append(_wrong('name', f'氏名は{_LONGEST_NAME}文字までです。'))
    if wrong := [role for role in given.get('roles', ()) if role not in ROLES]:
        known = '、'.join(ROLES.values())
        mistakes.append(_wrong('roles', f'「{wrong[0]}」という役割はありません。{known} から選んでください。'))
    return mistakes


def wrong_id(account: str) -> str:
    """Why this cannot be the id of an account, or ''."""
    told = '利用者IDは半角の英小文字と数字、. _ - で、2文字から40文字にしてください。'
    return '' if _ACCOUNT.fullmatch(account) else told


def _wrong_account(account: str, exists: bool) -> list[Message]:
    told = wrong_id(account) or (f'利用者ID「{account}」は、すでにあります。' if exists else '')
    return [_wrong('account', told)] if told else []


def _wrong(path: str, text: str) -> Message:
    return Message(path, 'account', text)


def _refuse(mistakes: Sequence[Message]) -> None:
    if mistakes:
        raise Refused('invalid', mistakes)


def _administers(kept: Kept) -> bool:
    """Whether the account is an administrator who can sign in, and stays one whatever is planned."""
    rest = kept.get('transfers', ())
    return not kept.get('disabled') and all('administrator' in each['roles'] for each in (kept, *rest))


def _refuse_the_last(tx: Tx) -> None:
    if not any(_administers(each) for each in tx.find(ACCOUNTS, limit=None).docs):
        _refuse([_wrong('roles', '最後のシステム管理者は、停止も変更もできません。')])


def _other(wanted: Any, kept: Any) -> bool:
    return list(wanted) != list(kept)


def _put_new(tx: Tx, account: str, given: Mapping[str, Any], since: str, *, temporary: bool = False) -> None:
    _add_sections(tx, given['sections'])
    tx.put(ACCOUNTS, {'disabled': False, **given, 'since': since, 'temporary': temporary}, account)


def _add_sections(tx: Tx, sections: Iterable[str]) -> None:
    for section in sections:
        if tx.get(SECTIONS, section) is None:
            tx.put(SECTIONS, {'name': section}, section)
