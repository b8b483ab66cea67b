"""Lotteries from the commitment to the last promotion; each method is one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from apps.clock import stamp
from apps.formula_failures import Heard
from apps.live import Live, RecordChanged
from apps.operations import ceremony, draw
from apps.operations.ceremony import DRAWS, lottery_of
from apps.operations.draw import DrawHeld
from apps.operations.hall import Hall
from apps.operations.save import Task, save
from apps.outcome import Refused
from apps.people import SYSTEM, Person
from apps.transactions import Transactions, told
from forms.capabilities.lottery import Lottery
from forms.capabilities.period import Period
from storage import Store, Tx

if TYPE_CHECKING:
    from forms.definition import AppDefinition

SETTLING = '抽選後の繰上げ'


@dataclass(frozen=True, slots=True)
class Moved:
    """What a look at the answers led to: ids of those whose time ran out, and of those who were offered a place."""

    lapsed: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


class Lotteries:
    """Commit, fix the list, draw, ask and approve a re-draw, promote. Raises Refused as each step tells."""

    def __init__(self, store: Store, transactions: Transactions, hall: Hall, live: Live) -> None:
        self._store = store
        self._transactions = transactions
        self._hall = hall
        self._live = live

    def prepare(self) -> None:
        """Commit to a secret for every lottery that has none: before its applications open, and before anybody asks."""
        at = stamp(self._hall.clock.now())
        for definition in self._hall.catalogue.all():
            if isinstance(definition.capabilities.get('lottery'), Lottery):
                self._commit(definition.name, at)

    def _commit(self, app: str, at: str) -> None:
        if self._store.get(DRAWS, app) is None:

            def work(tx: Tx) -> None:
                ceremony.begun(tx, app, at)

            self._transactions.run_blocking(work, by=SYSTEM, reason='抽選の準備')

    async def fix_list(self, app: str, *, by: Person, request_id: str = '') -> dict[str, Any]:
        """Fix the list of applications and tell its hash."""
        return await self._step(app, ceremony.fix_list, by=by, request_id=request_id, reason='申込みの一覧の確定')

    async def are_different(
        self, app: str, first: str, second: str, *, by: Person, request_id: str = ''
    ) -> dict[str, Any]:
        """Two applications that look like one person's are by different people."""
        return await self._step(
            app,
            lambda task: ceremony.are_different(task, first, second),
            by=by,
            request_id=request_id,
            reason='別の方と確認',
        )

    async def draw(self, app: str, *, by: Person, value: str, request_id: str = '') -> DrawHeld:
        """Hold the lottery, once. value: the public value, without the spaces around it."""
        chosen = value.strip()
        if not chosen:
            raise Refused('invalid', detail='公開の値を入力してください。')
        answer = await self._step(
            app, lambda task: draw.draw(task, chosen), by=by, request_id=request_id, reason=draw.REASON
        )
        return DrawHeld(**answer)

    async def ask_redraw(
        self, app: str, reason: str, source: str, *, by: Person, request_id: str = ''
    ) -> dict[str, Any]:
        """Ask for a re-draw, with its reason and the public value that it will use."""
        return await self._step(
            app,
            lambda task: ceremony.ask_redraw(task, reason, source),
            by=by,
            request_id=request_id,
            reason='再抽選の求め',
        )

    async def approve_redraw(self, app: str, *, by: Person, request_id: str = '') -> dict[str, Any]:
        """Another person agrees; then it can be drawn once more."""
        return await self._step(app, ceremony.approve_redraw, by=by, request_id=request_id, reason='再抽選の承認')

    async def give_up_redraw(self, app: str, *, by: Person, request_id: str = '') -> dict[str, Any]:
        return await self._step(app, ceremony.give_up_redraw, by=by, request_id=request_id, reason='再抽選の取りやめ')

    async def settle(self, app: str) -> Moved:
        """Let offers lapse whose time is over, and offer what is free to the next; nothing before the announcement."""
        definition = self._hall.catalogue.get(app)
        if not self.is_settling(definition) or not await asyncio.to_thread(self._moves, definition):
            return Moved()
        answer = await self._work(definition, self._settled, by=SYSTEM, request_id='', reason=SETTLING)
        moved = Moved(tuple(answer['lapsed']), tuple(answer['offered']))
        for each in {*moved.lapsed, *moved.offered}:
            self._live.publish(RecordChanged(app, each, 0, SYSTEM.account))
        return moved

    async def settle_all(self, apps: Collection[str] | None = None) -> None:
        """The same for every lottery, or for those among `apps`."""
        for definition in self._hall.catalogue.all():
            if apps is None or definition.name in apps:
                await self.settle(definition.name)

    def is_settling(self, definition: AppDefinition) -> bool:
        """Whether it was drawn and announced and its last session has not begun long ago."""
        lottery, period = definition.capabilities.get('lottery'), definition.capabilities.get('period')
        if not isinstance(lottery, Lottery):
            return False
        kept = self._store.get(DRAWS, definition.name)
        announced = not isinstance(period, Period) or period.is_announced(self._hall.clock.now())
        return kept is not None and bool(kept.get('seed')) and announced

    def _moves(self, definition: AppDefinition) -> bool:
        """Whether there is anything to do; the writer is not asked for nothing."""
        records = {each.doc_id: told(each) for each in self._store.find(definition.name, limit=None).docs}
        return bool(lottery_of(definition).settled(definition, records, self._hall.clock.now()).updates)

    def _settled(self, task: Task) -> dict[str, Any]:
        lottery = lottery_of(task.definition)
        records = {each.doc_id: each for each in task.tx.find(task.definition.name, limit=None).docs}
        values = {record_id: told(each) for record_id, each in records.items()}
        settled = lottery.settled(task.definition, values, task.moment.now)
        for record_id, update in settled.updates.items():
            save(replace(task, old=records[record_id]), {}, ruled=update)
        offered = [each.id for one in settled.promotions.values() for each in one.offers]
        return {'offered': offered, 'lapsed': [each for each in settled.updates if each not in offered]}

    async def _step(
        self, app: str, do: Callable[[Task], dict[str, Any]], *, by: Person, request_id: str, reason: str
    ) -> dict[str, Any]:
        definition = self._hall.permitted(app, 'act', by)
        answer = await self._work(definition, do, by=by, request_id=request_id, reason=reason)
        self._live.publish(RecordChanged(app, '', 0, by.account))
        return dict(answer)

    async def _work(
        self,
        definition: AppDefinition,
        do: Callable[[Task], dict[str, Any]],
        *,
        by: Person,
        request_id: str,
        reason: str,
    ) -> Mapping[str, Any]:
        heard = Heard()

        def work(tx: Tx) -> dict[str, Any]:
            return do(self._hall.task(tx, definition, by, heard.restart()))

        answer: Mapping[str, Any] = await self._transactions.run(work, by=by, request_id=request_id, reason=reason)
        self._hall.failures.saved(heard.by_record)
        return answer
