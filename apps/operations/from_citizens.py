"""What citizens say about records that are there: that they meet the same, and whether it was put right."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from apps.operations import Operations
from apps.operations.save import Task, keep
from apps.outcome import Refused, Saved
from apps.people import PUBLIC
from apps.transactions import Transactions
from forms.capabilities.public_reports import KEY, PublicReports
from forms.capability import Values
from forms.definition import AppDefinition
from forms.evaluation import context_of
from forms.submission import Cleaned, clean
from storage import ANY, Store, Tx

ME_TOO: Final = '_me_too'
"""Kept beside the records, so that nobody who is writing in one is disturbed: app, record, count, visitors."""

SAID: Final = '市民からの知らせ'
"""What the history says of an answer."""

_MOST_VISITORS: Final = 5_000


class FromCitizens:
    """Every method is one transaction."""

    def __init__(self, store: Store, transactions: Transactions, operations: Operations) -> None:
        self._store, self._transactions, self._operations = store, transactions, operations

    def me_too(self, app: str, record_id: str) -> int:
        """How many have said so."""
        kept = self._store.get(ME_TOO, f'{app}/{record_id}')
        return int(kept['count']) if kept is not None else 0

    def all_me_too(self, app: str) -> dict[str, int]:
        """Record id -> how many, of those that have any."""
        found = self._store.find(ME_TOO, limit=None, fields=('app', 'record', 'count')).docs
        return {each['record']: int(each['count']) for each in found if each['app'] == app}

    async def say_me_too(self, app: str, record_id: str, visitor: str) -> int:
        """Count a browser once; how many there are. visitor: what the browser is known by; only a hash of it stays."""
        mark = hashlib.sha256(f'{app}/{record_id}/{visitor}'.encode()).hexdigest()[:16]

        def work(tx: Tx) -> int:
            place = f'{app}/{record_id}'
            kept = tx.get(ME_TOO, place) or {'app': app, 'record': record_id, 'count': 0, 'visitors': []}
            visitors = kept.get('visitors', [])
            if mark in visitors or len(visitors) >= _MOST_VISITORS:
                return int(kept['count'])
            counted = {**kept, 'count': kept['count'] + 1, 'visitors': [*visitors, mark]}
            tx.put(ME_TOO, counted, place, ANY)
            return int(counted['count'])

        return int(await self._transactions.run(work, by=PUBLIC, reason='わたしも'))

    async def answer(self, definition: AppDefinition, record_id: str, *, well: bool, words: str) -> Saved:
        """Write into the record whether it was put right; the caller has made sure that it is their own.

        Raises Refused 'closed' when it is not asked (any more).
        """
        rules = definition.capabilities.get(KEY)
        assert isinstance(rules, PublicReports) and rules.asks is not None
        asks = rules.asks

        def do(task: Task) -> dict[str, Any]:
            if not rules.may_answer(definition, task.before or {}, task.moment.now.date()):
                raise Refused('closed', detail='この質問には、もう答えられません。お困りのときは窓口にご連絡ください。')
            chosen = rules.answers(definition)[0 if well else 1]
            more = {asks.words: words.strip()} if asks.words and words.strip() and not well else {}
            return keep(task, _with(task, {asks.into: chosen, **more})).answer()

        asked = [well, words]
        return await self._operations.on_record(
            definition, record_id, do, by=PUBLIC, request_id='', reason=SAID, asked=asked
        )


def _with(task: Task, ruled: Values) -> Cleaned:
    """The record with these values; nothing else of it is touched, and whoever says so sees nothing of it."""
    context = context_of(task.definition, task.moment, task.before)
    return clean(
        task.definition, {}, old=task.before, around=task.world, context=context, moment=task.moment, ruled=ruled
    )
