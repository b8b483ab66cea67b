"""Personal tokens for programs: shown once, kept as a hash, never wider than the rights of their person."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from tinydb import where

from apps.accounts import ACCOUNTS, Accounts
from apps.audit import Audit
from apps.clock import Clock, stamp
from apps.outcome import Refused
from apps.people import Person
from apps.scopes import SCOPES, Reach
from apps.transactions import Transactions
from storage import Store, Tx
from storage.record import ANY

TOKENS = '_tokens'
BEGINNING = 'mado_'
"""By which people, and programs that look for secrets in sources, know a token of ours."""

DAYS, MOST_DAYS = 90, 365
LONGEST_NAME = 60
_SUSPENDING = ('disabled', 'temporary')
_NOTE_USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; the token itself is not. id: its hash. apps: none for all that the person may see.

    used: when it was last used, None for never. ended: why it works no more ('' while it does).
    """

    id: str
    account: str
    name: str
    scopes: tuple[str, ...]
    apps: tuple[str, ...]
    made: datetime
    expires: datetime
    used: datetime | None
    ended: str


class Tokens:
    """Make, list, revoke; and whose token it is that a request shows."""

    def __init__(
        self, store: Store, transactions: Transactions, accounts: Accounts, audit: Audit, clock: Clock
    ) -> None:
        self._store = store
        self._transactions = transactions
        self._accounts = accounts
        self._audit = audit
        self._clock = clock
        self._used: dict[str, datetime] = {}
        self._noted: dict[str, date] = {}
        self._suspended: dict[str, tuple[int, bool]] = {}

    async def make(  # noqa: PLR0913 - a token has these parts
        self,
        account: str,
        name: str,
        scopes: Iterable[str],
        *,
        apps: Iterable[str] = (),
        days: int = DAYS,
        by: Person,
    ) -> tuple[str, Token]:
        """A new token for `account`: (its text, which nobody can find out again, and what is known of it).

        scopes: of apps/scopes.py; whoever may do anything may read as well. Raises Refused 'invalid' or 'not_found'.
        """
        found = self._accounts.get(account)
        if found is None or found.disabled:
            raise Refused('not_found', detail=f'利用者ID「{account}」はないか、停止しています。')
        given = {'account': account, 'name': ' '.join(name.split()), 'apps': sorted(set(apps))}
        given['scopes'] = [each for each in SCOPES if each == 'read' or each in _known(scopes)]
        if not 1 <= len(given['name']) <= LONGEST_NAME:
            raise Refused('invalid', detail=f'トークンの名前を{LONGEST_NAME}文字までで書いてください。例 統計システム')
        if not 1 <= days <= MOST_DAYS:
            raise Refused('invalid', detail=f'有効期間は1日から{MOST_DAYS}日までです。')
        now = self._clock.now()
        text = BEGINNING + secrets.token_urlsafe(32)
        doc = {**given, 'rev': found.rev, 'made': stamp(now), 'expires': stamp(now + timedelta(days=days))}

        def work(tx: Tx) -> None:
            tx.put(TOKENS, doc, _id(text))

        await self._transactions.run(work, by=by, reason='APIトークンの発行')
        await self._audit.note('token', by, way='発行', name=doc['name'], target=account)
        made = self.get(_id(text))
        assert made is not None
        return text, made

    async def revoke(self, token_id: str, *, by: Person) -> None:
        """Nobody is let in by it any more when this returns. Raises Refused 'not_found'."""
        moment = stamp(self._clock.now())

        def work(tx: Tx) -> Mapping[str, Any]:
            found = tx.get(TOKENS, token_id)
            if found is None:
                raise Refused('not_found', detail='このAPIトークンはありません。')
            if 'revoked' not in found:
                tx.patch(TOKENS, token_id, {'revoked': moment}, ANY)
            return {'name': found['name'], 'account': found['account']}

        told = await self._transactions.run(work, by=by, reason='APIトークンの取り消し')
        await self._audit.note('token', by, way='取り消し', name=told['name'], target=told['account'])

    def get(self, token_id: str) -> Token | None:
        found = self._store.get(TOKENS, token_id)
        return self._token(found) if found is not None else None

    def of(self, account: str) -> list[Token]:
        """Every token of an account, the newest first; ended ones included, so that people see what there was."""
        found = self._store.find(TOKENS, where('account') == account, limit=None).docs
        return sorted((self._token(each) for each in found), key=lambda one: one.made, reverse=True)

    def person(self, text: str) -> Person | None:
        """Who comes by this token, with its limits; None for one that never was or works no more."""
        if not text.startswith(BEGINNING):
            return None
        token = self.get(_id(text))
        account = self._accounts.get(token.account) if token is not None and not token.ended else None
        if token is None or account is None:
            return None
        person = replace(account.person, reach=Reach(token.id, frozenset(token.scopes), frozenset(token.apps)))
        self._note_used(token, person)
        return person

    def _token(self, doc: Any) -> Token:
        used = self._used.get(doc.doc_id) or _moment(self._store.scratch.get(f'token/{doc.doc_id}'))
        return Token(
            doc.doc_id,
            doc['account'],
            doc['name'],
            tuple(doc['scopes']),
            tuple(doc['apps']),
            datetime.fromisoformat(doc['made']),
            datetime.fromisoformat(doc['expires']),
            used,
            self._ended(doc),
        )

    def _ended(self, doc: Any) -> str:
        if 'revoked' in doc:
            return '取り消し済み'
        if self._clock.now() >= datetime.fromisoformat(doc['expires']):
            return '期限切れ'
        return '利用者の停止か仮のパスワード' if self._was_suspended(doc) else ''

    def _was_suspended(self, doc: Any) -> bool:
        """Whether the account is disabled or got a temporary password, or did meanwhile: old tokens stay dead."""
        account = self._accounts.get(doc['account'])
        if account is None or account.disabled or account.temporary:
            return True
        rev, suspended = self._suspended.get(doc.doc_id, (0, False))
        if rev != account.rev:
            later = (each for each in self._store.history(ACCOUNTS, account.account) if each.rev > doc['rev'])
            suspended = any(each.changed.get(name, (None, None))[1] for each in later for name in _SUSPENDING)
            self._suspended[doc.doc_id] = (account.rev, suspended)
        return suspended

    def _note_used(self, token: Token, person: Person) -> None:
        now = self._clock.now()
        if token.used is None or now - token.used > _NOTE_USED_EVERY:
            self._used[token.id] = now
            self._store.scratch.put(f'token/{token.id}', stamp(now), wait=False)
        if self._noted.get(token.id) != now.date():
            self._noted[token.id] = now.date()
            self._audit.note_soon('token_used', person, name=token.name)


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _known(scopes: Iterable[str]) -> set[str]:
    asked = set(scopes)
    if wrong := sorted(asked - set(SCOPES)):
        known = '、'.join(SCOPES)
        raise Refused('invalid', detail=f'「{wrong[0]}」という範囲はありません。{known} から選んでください。')
    return asked
