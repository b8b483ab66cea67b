"""One change or one action on many records: every record judged as alone, all of them in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from apps.audit import Audit
from apps.formula_failures import Heard
from apps.live import Live, RecordChanged
from apps.operations import act, bulk_undo, change, files, repeated
from apps.operations.bulk_outcome import BulkOutcome, Making, Refusal, refusal_of
from apps.operations.hall import Hall, existing
from apps.operations.save import Task
from apps.outcome import Refused
from apps.people import Person
from apps.transactions import Transactions, refusals, told
from forms.field import Value
from storage import Store, Tx
from storage.journal import of_request

if TYPE_CHECKING:
    from forms.definition import AppDefinition

MOST = 1_000
"""Records in one bulk act: the writer is theirs for less than a second, so nobody else's save waits longer."""

_PIECE = 100
"""Records of a preview that are tried in one transaction."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done to which records.

    targets: record id -> the revision that was seen. raw: the same raw values for each. action: '' for a change.
    """

    app: str
    targets: Mapping[str, int]
    raw: Mapping[str, Value]
    action: str = ''

    @property
    def reason(self) -> str:
        """What the history says."""
        return act.BULK + (f'{act.ACTION}{self.action}' if self.action else '変更')


class _Previewed(Exception):
    """Carries what was found out of a transaction that must leave nothing behind."""

    def __init__(self, outcome: BulkOutcome) -> None:
        self.outcome = outcome


class _Same(Exception):
    """The record already is as wanted: no line of history."""


class Bulk:
    """Previews, carries out and takes back; each record by the rules of a single save or action, and no others."""

    def __init__(self, store: Store, transactions: Transactions, hall: Hall, live: Live, audit: Audit) -> None:
        self._store = store
        self._transactions = transactions
        self._hall = hall
        self._live = live
        self._audit = audit

    def revisions(self, app: str, ids: Iterable[str]) -> dict[str, int]:
        """At which revision these records are now, 0 for one that is gone; what a preview then stands on."""
        found = ((each, self._store.get(app, each)) for each in ids)
        return {each: doc.rev if doc is not None else 0 for each, doc in found}

    async def preview(self, plan: Plan, *, by: Person) -> BulkOutcome:
        """What would become of it. Nothing is kept: each piece is really done, and undone.

        Raises Refused when this person may do it to no record at all, or there are too many.
        """
        definition = self._permitted(plan, by)
        outcome = BulkOutcome()
        ids = list(plan.targets)
        for start in range(0, len(ids), _PIECE):
            part = replace(plan, targets={each: plan.targets[each] for each in ids[start : start + _PIECE]})
            outcome = outcome.plus(await self._tried(definition, part, by))
        return outcome

    async def carry_out(
        self, plan: Plan, *, by: Person, request_id: str = '', passing_only: bool = False
    ) -> BulkOutcome:
        """Do it to all, or, with `passing_only`, to those that pass.

        Raises Refused with the messages of every record that does not pass (path `<record>.<field>`); then nothing
        was changed.
        """
        definition = self._permitted(plan, by)
        received = files.received_by(self._store, plan.raw, by)

        def work(tx: Tx, heard: Heard) -> dict[str, Any]:
            outcome = _done(self._making(tx, definition, by, heard, received), plan)
            if outcome.refused and not passing_only:
                raise outcome.as_refused()
            return outcome.answer()

        asked = repeated.digest(plan.app, plan.targets, plan.raw, plan.action, passing_only)
        return await self._run(work, plan.app, asked, by=by, request_id=request_id, reason=plan.reason)

    async def undo(self, app: str, done: str, *, by: Person, request_id: str = '') -> BulkOutcome:
        """Take back the bulk act that had the request id `done`, where nobody has changed the record since.

        Raises Refused 'not_found' when this person did no such thing in this app.
        """
        lines = [each for each in of_request(self._store, done) if each.coll == app and each.actor == by.account]
        if not lines or not lines[0].reason.startswith(act.BULK):
            raise Refused('not_found', detail='取り消せる「まとめて」の処理がありません。')
        action = act.action_of(lines[0].reason)
        definition = self._hall.permitted(app, 'act' if action else 'change', by)
        past = {each.id: act.past_of(self._store, app, each.id) for each in lines} if action else {}

        def work(tx: Tx, heard: Heard) -> dict[str, Any]:
            return bulk_undo.undone(self._making(tx, definition, by, heard), lines, past).answer()

        reason = act.BULK + (act.UNDO if action else '変更の取り消し')
        return await self._run(work, app, repeated.digest(app, done), by=by, request_id=request_id, reason=reason)

    def _permitted(self, plan: Plan, by: Person) -> AppDefinition:
        definition = self._hall.permitted(plan.app, 'act' if plan.action else 'change', by)
        if not plan.targets:
            raise Refused('invalid', detail='変更するレコードを選んでください。')
        if len(plan.targets) > MOST:
            raise Refused(
                'invalid',
                detail=f'まとめて変更できるのは{MOST:,}件までです({len(plan.targets):,}件選ばれています)。'
                '条件を付けて、分けてください。',
            )
        if not (plan.action or plan.raw):
            raise Refused('invalid', detail='変更する項目を選んでください。')
        return definition

    async def _tried(self, definition: AppDefinition, plan: Plan, by: Person) -> BulkOutcome:
        received = files.received_by(self._store, plan.raw, by)

        def work(tx: Tx) -> None:
            raise _Previewed(_done(self._making(tx, definition, by, Heard(), received), plan))

        try:
            await self._transactions.run(work, by=by)
        except _Previewed as previewed:
            return previewed.outcome
        raise AssertionError('a preview always leaves by its exception')

    def _making(
        self, tx: Tx, definition: AppDefinition, by: Person, heard: Heard, received: Mapping[str, Any] | None = None
    ) -> Making:
        """The task over one record, exactly as a single change makes it."""

        def task_on(record_id: str) -> Task:
            old = existing(tx, definition, record_id)
            return self._hall.task(tx, definition, by, heard, old=old, received=received)

        return Making(tx, task_on)

    async def _run(  # noqa: PLR0913 - what, where, by whom
        self,
        work: Callable[[Tx, Heard], dict[str, Any]],
        app: str,
        asked: str,
        *,
        by: Person,
        request_id: str,
        reason: str,
    ) -> BulkOutcome:
        heard, failures = Heard(), self._hall.failures

        def marked(tx: Tx) -> dict[str, Any]:
            return {**work(tx, heard.restart()), repeated.ASKED: asked}

        try:
            answer = await self._transactions.run(marked, by=by, request_id=request_id, reason=reason)
        except Refused:
            failures.met({(app, ''): heard.pending})
            raise
        repeated.refuse_another(answer, asked)
        failures.saved(heard.by_record)
        outcome = BulkOutcome.of(answer)
        self._live.publish(RecordChanged(app, '', 0, by.account))
        counts = {'count': outcome.changed, 'failed': outcome.refused_count or None}
        self._audit.note_soon('bulk', by, app=app, reason=reason, **counts, target=request_id)
        return outcome


def _done(making: Making, plan: Plan) -> BulkOutcome:
    """Every target in a savepoint of its own, so that what is refused leaves nothing of itself."""
    found: list[Refusal | bool] = [_one(making, plan, record_id, rev) for record_id, rev in plan.targets.items()]
    refused = tuple(each for each in found if isinstance(each, Refusal))
    return BulkOutcome(found.count(True), found.count(False), refused)


def _one(making: Making, plan: Plan, record_id: str, rev: int) -> Refusal | bool:
    """Whether the record was changed, or why not."""
    task: Task | None = None
    try:
        with refusals(), making.tx.savepoint():
            task = making.task_on(record_id)
            if plan.action:
                act.act(task, plan.action, plan.raw, rev)
            else:
                change.change(task, plan.raw, rev)
                _leave_when_same(task)
    except _Same:
        return False
    except Refused as refused:
        return refusal_of(record_id, task, refused)
    return True


def _leave_when_same(task: Task) -> None:
    assert task.old is not None
    now = task.tx.get(task.definition.name, task.old.doc_id)
    if now is not None and told(now) == told(task.old):
        raise _Same

