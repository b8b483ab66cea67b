"""The only way to write a record: form, capabilities and storage in one transaction, whichever way it came in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from apps.formula_failures import Heard, Place
from apps.live import Live, RecordChanged
from apps.operations import act, apply, change, files, queue, remove, repeated, same_report, submit
from apps.operations.files import Received
from apps.operations.hall import Hall, existing
from apps.operations.save import Task
from apps.operations.submit import Sample
from apps.outcome import Clash, Difference, Refused, Saved
from apps.people import PUBLIC, SYSTEM, Person
from apps.transactions import Transactions
from forms.field import Value
from storage import Store, Tx

if TYPE_CHECKING:
    from forms.definition import AppDefinition

__all__ = ['Clash', 'Difference', 'Operations', 'Received', 'Refused', 'Sample', 'Saved']

Raw = Mapping[str, Value]


class Operations:
    """Every method is one transaction: all of it happens, or nothing and Refused is raised.

    request_id: made by the sender; sent twice, the second gets the first answer. if_rev: the revision the person saw.
    """

    def __init__(self, store: Store, transactions: Transactions, hall: Hall, live: Live) -> None:
        self._store = store
        self._transactions = transactions
        self._hall = hall
        self._live = live

    async def submit(  # noqa: PLR0913
        self,
        app: str,
        raw: Raw,
        *,
        by: Person,
        request_id: str = '',
        opened_at: datetime | None = None,
        same_as: str = '',
    ) -> Saved:
        """A new record from raw values. same_as: a record that is about the same thing, which it follows at once."""
        definition = self._hall.permitted(app, 'create', by)
        received = files.received_by(self._store, raw, by)

        def work(tx: Tx, heard: Heard) -> dict[str, Any]:
            task = self._hall.task(tx, definition, by, heard, opened_at=opened_at, received=received)
            if same_as:
                return same_report.submit_merged(task, raw, same_as)
            return queue.after_closing_earlier(task, lambda: submit.submit(task, raw))

        reason, asked = ('重複として登録', (raw, same_as)) if same_as else ('登録', raw)
        return await self._run(work, (app, ''), by=by, request_id=request_id, reason=reason, asked=asked)

    async def apply(self, app: str, raw: Raw, *, request_id: str, opened_at: datetime | None = None) -> Saved:
        """An application by a citizen through the app's public form; only the fields it asks are taken."""
        definition = self._hall.catalogue.find(app)
        apply.public_form_of(definition)
        assert definition is not None
        received = files.received_by(self._store, raw, PUBLIC)

        def work(tx: Tx, heard: Heard) -> dict[str, Any]:
            task = self._hall.task(tx, definition, PUBLIC, heard, opened_at=opened_at, received=received)
            return apply.apply(task, raw)

        return await self._run(work, (app, ''), by=PUBLIC, request_id=request_id, reason='市民の申込み')

    async def answer(self, app: str, record_id: str, action: str, *, request_id: str) -> Saved:
        """An applicant answers or cancels what is their own; the caller has made sure that it is theirs."""
        definition = self._hall.catalogue.find(app)
        apply.public_form_of(definition)
        assert definition is not None
        return await self.on_record(
            definition,
            record_id,
            lambda task: apply.answer(task, action),
            by=PUBLIC,
            request_id=request_id,
            reason=f'{act.ACTION}{action}',
            asked=action,
        )

    async def submit_many(self, app: str, many: Iterable[Sample], *, request_id: str = '') -> int:
        """Several new records in one transaction, each at its own moment and by its own person; returns how many.

        For sample data: the rules are the same, only the sync to disk is shared. The history says that the program
        wrote them: it cannot name a person of each record, and must not name one for all.
        """
        samples = list(many)
        definition = self._hall.permitted(app, 'create', samples[0].by)

        def work(tx: Tx, heard: Heard) -> int:
            return submit.submit_many(self._hall, tx, definition, samples, heard)

        return int(await self._listened(work, (app, ''), by=SYSTEM, request_id=request_id, reason='登録'))

    async def change(  # noqa: PLR0913
        self, app: str, record_id: str, raw: Raw, *, by: Person, if_rev: int, request_id: str = ''
    ) -> Saved:
        """Change some values of a record; a missing key stays as it is."""
        definition = self._hall.permitted(app, 'change', by)
        received = files.received_by(self._store, raw, by)
        return await self.on_record(
            definition,
            record_id,
            lambda task: change.change(task, raw, if_rev),
            asked=(raw, if_rev),
            by=by,
            request_id=request_id,
            reason='変更',
            received=received,
        )

    async def act(  # noqa: PLR0913
        self,
        app: str,
        record_id: str,
        action: str,
        given: Raw,
        *,
        by: Person,
        request_id: str = '',
        if_rev: int | None = None,
        opened_at: datetime | None = None,
    ) -> Saved:
        """Take an action that the record offers, with the values it asks for. opened_at: when the record was opened."""
        definition = self._hall.permitted(app, 'act', by)
        received = files.received_by(self._store, given, by)
        return await self.on_record(
            definition,
            record_id,
            lambda task: act.act(task, action, given, if_rev, opened_at),
            asked=(given, if_rev),
            by=by,
            request_id=request_id,
            reason=f'{act.ACTION}{action}',
            received=received,
        )

    async def undo(  # noqa: PLR0913
        self,
        app: str,
        record_id: str,
        *,
        by: Person,
        request_id: str = '',
        if_rev: int | None = None,
        given: Raw | None = None,
    ) -> Saved:
        """Take back the last action, as a step of its own."""
        definition = self._hall.permitted(app, 'act', by)
        past = act.past_of(self._store, app, record_id)
        return await self.on_record(
            definition,
            record_id,
            lambda task: act.undo(task, past, given or {}, if_rev),
            asked=(given, if_rev),
            by=by,
            request_id=request_id,
            reason=act.UNDO,
        )

    async def remove(  # noqa: PLR0913
        self, app: str, record_id: str, reason: str, *, by: Person, request_id: str = '', if_rev: int | None = None
    ) -> Saved:
        """Remove a record for a stated reason."""
        definition = self._hall.permitted(app, 'remove', by)
        return await self.on_record(
            definition,
            record_id,
            lambda task: remove.remove(task, reason, if_rev),
            asked=if_rev,
            by=by,
            request_id=request_id,
            reason=reason,
        )

    async def call_next(  # noqa: PLR0913
        self, app: str, section: str, counter: str, *, by: Person, clerk: str = '', request_id: str = ''
    ) -> Saved:
        """Call whom the queue's rule says to a counter. Raises Refused 'closed' when nobody waits."""
        desk = queue.Desk(section, counter, clerk)
        do = partial(queue.call_next, desk=desk)
        return await self._at_desk(app, do, by=by, request_id=request_id, reason=queue.NEXT, asked=astuple(desk))

    async def walk_up(  # noqa: PLR0913
        self, app: str, raw: Raw, section: str, counter: str, *, by: Person, clerk: str = '', request_id: str = ''
    ) -> Saved:
        """Serve somebody who came to a counter without a number: received and numbered in the same transaction."""
        self._hall.permitted(app, 'create', by)
        desk = queue.Desk(section, counter, clerk)
        do = partial(queue.walk_up, raw=raw, desk=desk)
        asked = (*astuple(desk), raw)
        return await self._at_desk(app, do, by=by, request_id=request_id, reason=queue.WALK_UP, asked=asked)

    async def _at_desk(  # noqa: PLR0913
        self, app: str, do: Callable[[Task], dict[str, Any]], *, by: Person, request_id: str, reason: str, asked: Any
    ) -> Saved:
        definition = self._hall.permitted(app, 'act', by)

        def work(tx: Tx, heard: Heard) -> dict[str, Any]:
            return do(self._hall.task(tx, definition, by, heard))

        return await self._run(work, (app, ''), by=by, request_id=request_id, reason=reason, asked=asked)

    async def close_queue(self, app: str, *, by: Person, request_id: str = '') -> int:
        """End a queue's day: what is left over goes where the definition says. Returns how many visits changed."""
        definition = self._hall.permitted(app, 'act', by)

        def work(tx: Tx, heard: Heard) -> int:
            return queue.close_day(self._hall.task(tx, definition, by, heard))

        closed = await self._listened(work, (app, ''), by=by, request_id=request_id, reason=queue.CLOSING)
        self._live.publish(RecordChanged(app, '', 0, by.account))
        return int(closed)

    async def receive(self, content: BinaryIO, name: str, size: int, *, by: Person) -> Received:
        """Take an uploaded file; a record may name it afterwards."""
        return await asyncio.to_thread(files.receive, self._store, content, name, size, by)

    async def on_record(  # noqa: PLR0913
        self,
        definition: AppDefinition,
        record_id: str,
        do: Callable[[Task], dict[str, Any]],
        *,
        by: Person,
        request_id: str,
        reason: str,
        received: Mapping[str, Any] | None = None,
        asked: Any = None,
    ) -> Saved:
        def work(tx: Tx, heard: Heard) -> dict[str, Any]:
            old = existing(tx, definition, record_id)
            return do(self._hall.task(tx, definition, by, heard, old=old, received=received))

        place = (definition.name, record_id)
        return await self._run(work, place, by=by, request_id=request_id, reason=reason, asked=asked)

    async def _run(  # noqa: PLR0913
        self,
        work: Callable[[Tx, Heard], dict[str, Any]],
        place: Place,
        *,
        by: Person,
        request_id: str,
        reason: str,
        asked: Any = None,
    ) -> Saved:
        mark = repeated.digest(place, reason, asked)

        def marked(tx: Tx, heard: Heard) -> dict[str, Any]:
            return {**work(tx, heard), repeated.ASKED: mark}

        answer = await self._listened(marked, place, by=by, request_id=request_id, reason=reason)
        repeated.refuse_another(answer, mark)
        saved = repeated.saved(self._store, self._hall, answer, by)
        self._live.publish(RecordChanged(saved.app, saved.id, saved.rev, by.account, removed=not saved.rev))
        for record_id, rev in answer.get(same_report.TOUCHED, ()):
            self._live.publish(RecordChanged(saved.app, record_id, rev, by.account))
        if answer.get(queue.CLOSED):
            self._live.publish(RecordChanged(saved.app, '', 0, by.account))
        return saved

    async def _listened(
        self, work: Callable[[Tx, Heard], Any], place: Place, *, by: Person, request_id: str, reason: str
    ) -> Any:
        """Runs `work`; the formulas that failed meanwhile are kept for leaders. place: what the work is about."""
        heard, failures = Heard(), self._hall.failures
        try:
            answer = await self._transactions.run(
                lambda tx: work(tx, heard.restart()), by=by, request_id=request_id, reason=reason
            )
        except Refused:
            failures.met({place: heard.pending})
            raise
        failures.saved(heard.by_record)
        return answer
