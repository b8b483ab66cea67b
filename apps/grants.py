"""An app lent to somebody to look at for a few days: who gave it, why, until when. Kept, and noted in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from apps.clock import Clock, stamp
from apps.outcome import Refused
from apps.people import SYSTEM, Person, may
from storage.record import ANY

if TYPE_CHECKING:
    from apps.accounts import Accounts
    from apps.audit import Audit
    from apps.transactions import Transactions
    from forms.definition import AppDefinition
    from storage import Store, Tx

GRANTS = '_grants'
MOST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Grant:
    """account may look at every record of the app until then, and do nothing with it. by: who gave it, an account."""

    app: str
    account: str
    by: str
    reason: str
    since: datetime
    until: datetime


class Grants:
    """Who looks after accounts sees no record by that; this is the way in when needed, with an end and a trace."""

    def __init__(
        self, store: Store, transactions: Transactions, accounts: Accounts, audit: Audit, clock: Clock
    ) -> None:
        self._store = store
        self._transactions = transactions
        self._accounts = accounts
        self._audit = audit
        self._clock = clock

    def lent(self, app: str, account: str) -> bool:
        """Whether the account may look at the app now."""
        kept = self._store.get(GRANTS, f'{app}/{account}')
        return kept is not None and datetime.fromisoformat(kept['until']) > self._clock.now()

    def of(self, app: str) -> list[Grant]:
        """What is lent now, the first to end first."""
        found = (_grant(each) for each in self._store.find(GRANTS, limit=None).docs)
        now = self._clock.now()
        return sorted((each for each in found if each.app == app and each.until > now), key=lambda one: one.until)

    def may_give(self, definition: AppDefinition, by: Person) -> bool:
        """Who may change the app's definition; where nobody may, an administrator."""
        if by is SYSTEM or may(by, definition, 'define'):
            return True
        return 'administrator' in by.roles and self.has_nobody(definition)

    def has_nobody(self, definition: AppDefinition) -> bool:
        """Whether no account that can sign in may change the app's definition."""
        open_ones = (each for each in self._accounts.all() if not each.disabled)
        return not any(may(each.person, definition, 'define') for each in open_ones)

    async def give(self, definition: AppDefinition, account: str, days: int, reason: str, *, by: Person) -> Grant:
        """Lend the app for so many days (1 to MOST_DAYS); one that was lent before ends anew.

        Raises Refused 'forbidden' for who may not give it, 'not_found' for an unknown account, 'invalid' otherwise.
        """
        self._refuse_giver(definition, by)
        found = self._accounts.get(account)
        if found is None or found.disabled:
            raise Refused('not_found', detail=f'利用者ID「{account}」はありません。')
        if not 1 <= days <= MOST_DAYS:
            raise Refused('invalid', detail=f'許可の日数は1日から{MOST_DAYS}日までです。')
        if not reason.strip():
            raise Refused('invalid', detail='許可する理由を入力してください。')
        now = self._clock.now()
        grant = Grant(definition.name, account, by.account, reason.strip(), now, now + timedelta(days=days))
        kept = {
            'app': grant.app,
            'account': grant.account,
            'by': grant.by,
            'reason': grant.reason,
            'since': stamp(grant.since),
            'until': stamp(grant.until),
        }
        # The trace first: what could not be noted must not be lent.
        await self._audit.note(
            'grant', by, app=grant.app, target=account, reason=grant.reason, until=stamp(grant.until)
        )
        await self._keep(kept, by, '閲覧の許可')
        return grant

    async def end(self, definition: AppDefinition, account: str, *, by: Person) -> None:
        """Take back what was lent, at once. Raises Refused as `give`."""
        self._refuse_giver(definition, by)
        kept = self._store.get(GRANTS, f'{definition.name}/{account}')
        if kept is None:
            raise Refused('not_found', detail='この許可はありません。')
        now = stamp(self._clock.now())
        await self._audit.note('grant', by, app=definition.name, target=account, reason='取り消し', until=now)
        await self._keep({**dict(kept), 'until': now}, by, '閲覧の許可の取り消し')

    def _refuse_giver(self, definition: AppDefinition, by: Person) -> None:
        if not self.may_give(definition, by):
            detail = f'「{definition.title}」の記録を見る許可は、このアプリの定義を変えられる人が出します。'
            raise Refused('forbidden', detail=detail)

    async def _keep(self, kept: dict[str, Any], by: Person, reason: str) -> None:
        def work(tx: Tx) -> None:
            tx.put(GRANTS, kept, f'{kept["app"]}/{kept["account"]}', ANY)

        await self._transactions.run(work, by=by, reason=reason)


def _grant(doc: Any) -> Grant:
    since, until = (datetime.fromisoformat(doc[key]) for key in ('since', 'until'))
    return Grant(doc['app'], doc['account'], doc['by'], doc['reason'], since, until)
