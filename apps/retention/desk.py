"""What people do about personal data whose time is over; every step is audited, the erasing can be taken up again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from tinydb import where

from apps.audit import Audit
from apps.clock import Clock, stamp
from apps.formula_failures import FormulaFailures
from apps.live import Live, RecordChanged
from apps.operations.hall import Hall
from apps.operations.personal import over, retention_of, take_out_personal
from apps.outcome import Refused
from apps.people import SYSTEM, Person
from apps.retention.disposal import APPROVED, DISPOSALS, DONE, ERASING, PROPOSED, REFUSED, Disposal, Item, disposal_of
from apps.transactions import Transactions
from forms.capabilities.open311 import number_field
from storage import Store, Tx
from storage.erase import finish, forget_answers

if TYPE_CHECKING:
    from forms.definition import AppDefinition

PIECE: Final = 50
"""Records in one transaction: nobody's save waits for more."""

MOST: Final = 5_000
"""Records on one list; the next list has the rest."""

REASON: Final = '保存期間による個人情報の消去'
_STEP: Final = '消去の一覧を変える'
_NOT_ALLOWED: Final = '個人情報の消去を扱えるのは、このアプリのデジタル推進リーダーと所属長、システム管理者です。'


class RetentionDesk:
    """Every method asks permission first and raises Refused. Those that are not async are blocking."""

    def __init__(  # noqa: PLR0913 - it stands between all of these
        self,
        store: Store,
        transactions: Transactions,
        hall: Hall,
        live: Live,
        *,
        clock: Clock,
        audit: Audit,
        failures: FormulaFailures,
    ) -> None:
        self._store, self._transactions, self._hall, self._live = store, transactions, hall, live
        self._clock, self._audit, self._failures = clock, audit, failures
        self._one_at_a_time = threading.Lock()
        store.index(DISPOSALS, ('app', 'made_at'))

    # ---- who, and what there is

    def may(self, app: str, by: Person) -> bool:
        """Whether this person may list, approve and erase in an app that has a rule."""
        definition = self._hall.catalogue.find(app)
        if definition is None or retention_of(definition) is None:
            return False
        if by is SYSTEM or 'administrator' in by.roles:
            return True
        responsible = self._hall.may(definition, 'define', by) or 'supervisor' in by.roles
        return responsible and self._hall.knows_whole(definition, by)

    def definition(self, app: str, by: Person) -> AppDefinition:
        """Of an app with a rule. Raises Refused 'not_found' or 'forbidden'."""
        definition = self._hall.catalogue.find(app)
        if definition is None or retention_of(definition) is None:
            raise Refused('not_found', detail='個人情報の保存期間を決めたアプリではありません。')
        if not self.may(app, by):
            raise Refused('forbidden', detail=_NOT_ALLOWED)
        return definition

    def due(self, app: str, by: Person) -> list[Item]:
        """The records whose time is over now, oldest period first. Reads the whole app."""
        definition = self.definition(app, by)
        moment = replace(SYSTEM.moment(self._clock.now()), around=self._hall.world(self._store, SYSTEM).whole())
        number = number_field(definition)
        found = over(self._store, self._hall, definition, moment)
        items = (Item(record_id, str(values.get(number) or record_id), last) for record_id, values, last in found)
        return sorted(items, key=lambda each: (each.last, each.number))

    def lists(self, app: str, by: Person) -> list[Disposal]:
        """The lists of an app, newest first."""
        self.definition(app, by)
        found = self._store.find(DISPOSALS, where('app') == app, sort=[('made_at', True)], limit=None)
        return [disposal_of(each.doc_id, each) for each in found.docs]

    def disposal(self, id: str, by: Person) -> Disposal:
        """One list."""
        kept = self._store.get(DISPOSALS, id)
        if kept is None:
            raise Refused('not_found', detail='この一覧はありません。')
        self.definition(kept['app'], by)
        return disposal_of(id, kept)

    # ---- listing and approving

    async def propose(self, app: str, *, by: Person) -> Disposal:
        """Make a list of what is over. Refused 'invalid' when there is nothing, 'conflict' while one still waits."""
        return await asyncio.to_thread(self._propose, app, by)

    def _propose(self, app: str, by: Person) -> Disposal:
        definition = self.definition(app, by)
        items = self.due(app, by)[:MOST]
        if not items:
            raise Refused('invalid', detail='保存期間が過ぎて、個人情報が残っているレコードはありません。')
        retention = retention_of(definition)
        assert retention is not None
        gone = retention.gone(definition)
        made = Disposal(id='', app=app, made_by=by.account, made_at=self._now(), fields=gone, items=tuple(items))

        def work(tx: Tx) -> str:
            waiting = (where('app') == app) & where('state').one_of([PROPOSED, APPROVED, ERASING])
            if tx.find(DISPOSALS, waiting, limit=1).docs:
                raise Refused('conflict', detail='前の一覧がまだ終わっていません。承認するか、取りやめてください。')
            return tx.put(DISPOSALS, made.kept()).doc_id

        id: str = self._transactions.run_blocking(work, by=by, reason='消去の一覧を作る')
        self._audit.note_blocking('retention', by, app=app, way='一覧', count=len(items), target=id)
        return replace(made, id=id)

    async def hold(self, id: str, record: str, why: str, *, by: Person) -> None:
        """Leave a record out of the list, for a stated reason; '' takes it in again."""
        found = self.disposal(id, by)
        if record not in {each.id for each in found.items}:
            raise Refused('not_found', detail='このレコードは一覧にありません。')
        held = {**(found.held or {}), record: why.strip()}
        changes = {'held': {key: each for key, each in held.items() if each}}
        step = _patch(id, (PROPOSED,), changes, held=dict(found.held or {}))
        await self._transactions.run(step, by=by, reason=_STEP)
        way = '一覧から外す' if why.strip() else '一覧に戻す'
        await self._audit.note('retention', by, app=found.app, record=record, way=way, target=id)

    async def approve(self, id: str, *, by: Person, held: Mapping[str, str] | None = None) -> None:
        """By another person than who made the list. held: what was left out when they read it, None for whatever is."""
        found = self.disposal(id, by)
        if found.made_by == by.account:
            raise Refused('forbidden', detail='一覧を作った人とは別の人が承認してください。')
        if not found.wanted:
            raise Refused('invalid', detail='消すレコードが1件もありません。取りやめてください。')
        read = dict((found.held if held is None else held) or {})
        await asyncio.to_thread(self._decide, found, APPROVED, '', by, held=read)

    async def refuse(self, id: str, why: str, *, by: Person) -> None:
        """Drop the list before anything is erased; anybody who may handle it can."""
        await asyncio.to_thread(self._decide, self.disposal(id, by), REFUSED, why.strip(), by)

    def _decide(self, found: Disposal, state: str, why: str, by: Person, **seen: Any) -> None:
        before = (PROPOSED,) if state == APPROVED else (PROPOSED, APPROVED)
        changes = {'state': state, 'decided_by': by.account, 'decided_at': self._now(), 'why': why}
        self._transactions.run_blocking(_patch(found.id, before, changes, **seen), by=by, reason=_STEP)
        way, count = '承認' if state == APPROVED else '取りやめ', len(found.wanted)
        self._audit.note_blocking('retention', by, app=found.app, way=way, count=count, target=found.id)

    # ---- erasing

    async def run(self, id: str, *, by: Person) -> Disposal:
        """Erase what was approved, or go on where it stopped; returns the finished list, which is the certificate."""
        found = self.disposal(id, by)
        if found.state not in (APPROVED, ERASING):
            raise Refused('conflict', detail='承認された一覧だけを消せます。')
        return await asyncio.to_thread(self._erase, id, by)

    def unfinished(self) -> list[Disposal]:
        """Lists whose erasing was broken off."""
        found = self._store.find(DISPOSALS, where('state') == ERASING, limit=None).docs
        return [disposal_of(each.doc_id, each) for each in found]

    def go_on(self) -> int:
        """Finish what was broken off; returns how many lists. For the start and the hourly round."""
        lists = self.unfinished()
        for each in lists:
            self._erase(each.id, SYSTEM)
        return len(lists)

    def automatic(self) -> int:
        """List and erase where the definition says that nobody needs to approve; returns how many records."""
        count = 0
        for definition in self._hall.catalogue.all():
            retention = retention_of(definition)
            if retention is not None and retention.automatic and self.due(definition.name, SYSTEM):
                made = self._propose(definition.name, SYSTEM)
                self._decide(made, APPROVED, '定義の automatic', SYSTEM)
                count += len(self._erase(made.id, SYSTEM).erased)
        return count

    def _erase(self, id: str, by: Person) -> Disposal:
        with self._one_at_a_time:
            found = self.disposal(id, by)
            if found.state == DONE:
                return found
            definition = self.definition(found.app, by)
            mark = {'at': self._now(), 'list': id}
            places = self._store.collections()
            while found.next < len(found.wanted):
                self._piece(found, definition, mark, places, by)
                found = self.disposal(id, by)
            self._scrub(found)
            done = {'state': DONE, 'orphans': [], 'done_by': by.account, 'done_at': self._now()}
            self._transactions.run_blocking(_patch(id, (ERASING,), done), by=by, reason='個人情報の消去を終える')
        found = self.disposal(id, by)
        count, left = len(found.erased), len(found.left)
        self._audit.note_blocking('retention', by, app=found.app, way='消去', count=count, failed=left, target=id)
        self._live.publish(RecordChanged(found.app, '', 0, by.account))
        return found

    def _piece(
        self, found: Disposal, definition: AppDefinition, mark: Mapping[str, str], places: list[str], by: Person
    ) -> None:
        part = [each.id for each in found.wanted[found.next : found.next + PIECE]]

        def work(tx: Tx) -> None:
            taken = take_out_personal(tx, self._hall, definition, part, mark=mark, places=places)
            changes = {
                'state': ERASING,
                'next': found.next + len(part),
                'left': [*found.left, *taken.left],
                'orphans': [*found.orphans, *taken.orphans],
                'files': found.files + len(taken.orphans),
            }
            _patch(found.id, (APPROVED, ERASING), changes, next=found.next)(tx)

        self._transactions.run_blocking(work, by=by, reason=REASON)

    def _scrub(self, found: Disposal) -> None:
        """What lies outside the records: small pictures, old pages, answers kept for a second sending, failures."""
        ids = [each.id for each in found.wanted]
        for record_id in ids:
            self._failures.forget(found.app, record_id)
        for digest in found.orphans:
            self._store.scratch.delete(f'file/{digest}', wait=False)
        forget_answers(self._store, ids)
        finish(self._store, found.orphans)

    def _now(self) -> str:
        return stamp(self._clock.now())


def _patch(id: str, states: tuple[str, ...], changes: Mapping[str, Any], **seen: Any) -> Callable[[Tx], None]:
    """seen: of what the list said when the step was begun, all that must still be so.

    Two who erase the same list at once do not count twice, and nobody approves what they have not read.
    """

    def work(tx: Tx) -> None:
        kept = tx.get(DISPOSALS, id)
        if kept is None or kept['state'] not in states or any(kept[name] != value for name, value in seen.items()):
            raise Refused('conflict', detail='この一覧は、別の人が先に進めました。画面を開き直してください。')
        tx.patch(DISPOSALS, id, changes, kept.rev)

    return work
