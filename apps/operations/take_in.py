"""Taking in the judged rows of a file as one act: in short transactions, written down first, so that a stop in the
middle leaves what the next start takes back by itself.

Between two transactions the saves of other people find their turn. An import is complete when its journal says so; only
then is it acknowledged.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from apps.clock import stamp
from apps.formula_failures import Heard
from apps.live import Live, RecordChanged
from apps.operations.hall import Hall
from apps.operations.imports_kept import BROKEN_OFF, DONE, IMPORTS, MAPPINGS, PARTS, WRITING, Import, Written
from apps.operations.permitted import refuse_unpermitted
from apps.operations.save import Folded, Task, keep_untitled, save
from apps.operations.take_back import TakeBack
from apps.operations.turn import turn_or_refusal
from apps.outcome import Refused
from apps.people import Person
from apps.transactions import Transactions
from forms.field import Value
from forms.message import Message
from forms.submission import Cleaned
from storage import ANY, Doc, Store, Tx, new_id

if TYPE_CHECKING:
    from forms.definition import AppDefinition

BATCH = 800
"""Most records per transaction: some 130 ms in which nobody else is saved."""

SECONDS = 0.3
"""What a transaction may take; on a machine that has more to do, the next one holds fewer records."""

REASON = '取り込み: '
"""Before the file's name in the reason of every change that an import made."""

_PEOPLE = ('_accounts', '_sections')


class Cancelled(Exception):
    """The person wants no more of it; nothing is left behind."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A row that may be written. record_id, rev: what it changes, '' and 0 for a new record.

    cleaned: what it comes to, as long as nothing changes that the judgement had read; raw: to judge it again if so.
    """

    number: int
    raw: dict[str, Value]
    record_id: str
    rev: int
    cleaned: Cleaned
    folded: Folded | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be taken in. version: of the definition by which was judged; seq: last change then; day: of then.

    partly: rows that turn out wrong meanwhile are left out; else nothing is taken in. mapping: to be proposed again.
    """

    app: str
    file: str
    digest: str
    version: str
    seq: int
    day: str
    rows: Sequence[Judged]
    unchanged: int = 0
    refused: int = 0
    partly: bool = False
    mapping: dict[str, str] | None = None


class RowRefused(Exception):
    """A row that was right when it was judged and is not any more. number: of the row in its sheet, from 0."""

    def __init__(self, number: int, messages: tuple[Message, ...]) -> None:
        self.number = number
        self.messages = messages
        super().__init__(f'row {number + 1}: {[each.code for each in messages]}')


class TakeIn:
    """Runs in the loop; the writing itself happens in the store's own thread."""

    def __init__(  # noqa: PLR0913 - what every writer needs, and the way back
        self, store: Store, transactions: Transactions, hall: Hall, live: Live, *, back: TakeBack, folder: Path
    ) -> None:
        self._store = store
        self._transactions = transactions
        self._hall = hall
        self._live = live
        self._back = back
        self._folder = folder

    async def take_in(
        self,
        order: Order,
        *,
        by: Person,
        told: Callable[[int], object] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> tuple[Import, list[RowRefused]]:
        """All rows, or none and Refused, Cancelled or RowRefused is raised. told: how many are written so far."""
        definition = self._hall.permitted(order.app, 'import', by)
        if definition.version != order.version:
            raise Refused('closed', detail='確かめたあとにアプリの定義が変わりました。もう一度確かめてください。')
        with turn_or_refusal(self._folder):
            await self._back.recover()
            made = await self._begin(order, by)
            writing = _Writing(self._store, self._hall, definition, order=order, made=made, by=by)
            try:
                written, number, size = 0, 0, BATCH
                while batch := order.rows[written : written + size]:
                    if stopped():
                        raise Cancelled
                    began = perf_counter()
                    await self._transactions.run(
                        writing.part(number, batch), by=by, request_id=f'{made.id}-{number}', reason=REASON + order.file
                    )
                    written, number = written + len(batch), number + 1
                    size = next_size(len(batch), perf_counter() - began)
                    told(written)
                done = await self._finish(order, made, writing, by)
            except BaseException:
                await asyncio.shield(self._back.undo(made, by, BROKEN_OFF))
                raise
        self._hall.failures.saved(writing.heard.by_record)
        self._live.publish(RecordChanged(order.app, '', 0, by.account))
        return done, writing.refused

    async def _begin(self, order: Order, by: Person) -> Import:
        now = self._hall.clock.now()
        made = Import(new_id(now), order.app, order.file, order.digest, by.account, stamp(now), WRITING)

        def work(tx: Tx) -> None:
            tx.put(IMPORTS, made.document(), made.id)

        await self._transactions.run(work, by=by, reason=REASON + order.file)
        return made

    async def _finish(self, order: Order, made: Import, writing: _Writing, by: Person) -> Import:
        lost = {each.number for each in writing.refused}
        new = sum(not each.record_id for each in order.rows if each.number not in lost)
        changed = len(order.rows) - len(lost) - new
        counts = {'new': new, 'changed': changed, 'unchanged': order.unchanged, 'refused': order.refused + len(lost)}
        done = replace(made, state=DONE, mapping=order.mapping or {}, **counts)

        def work(tx: Tx) -> None:
            tx.put(IMPORTS, done.document(), done.id, ANY)
            if order.mapping:
                tx.put(MAPPINGS, {'mapping': order.mapping}, order.app, ANY)

        await self._transactions.run(work, by=by, reason=REASON + order.file)
        return done


class _Writing:
    """The parts of one import, and what came of them."""

    def __init__(  # noqa: PLR0913 - all that an import consists of
        self, store: Store, hall: Hall, definition: AppDefinition, *, order: Order, made: Import, by: Person
    ) -> None:
        self._store = store
        self._hall = hall
        self._definition = definition
        self._order = order
        self._made = made
        self._by = by
        self._watched = watched(definition)
        self._fresh = True
        self._seen = order.seq
        self.heard = Heard()
        self.refused: list[RowRefused] = []

    def part(self, number: int, batch: Sequence[Judged]) -> Callable[[Tx], Any]:
        """One transaction: these rows, and the note of what they became. It may run again."""
        refused_before, heard_before = list(self.refused), dict(self.heard.by_record)

        def work(tx: Tx) -> int:
            self.refused, self.heard.by_record = list(refused_before), dict(heard_before)
            noted = _Noted(tx)
            task = replace(self._hall.task(cast(Tx, noted), self._definition, self._by, self.heard), tells=False)
            self._fresh = self._fresh and self._nothing_else_changed(task)
            for each in batch:
                self._take(tx, task, each)
            rows = [[one.app, one.id, one.before, one.after] for one in noted.written]
            tx.put(PARTS, {'import': self._made.id, 'written': rows}, f'{self._made.id}-{number:05}')
            return len(batch)

        return work

    def _take(self, tx: Tx, task: Task, each: Judged) -> None:
        try:
            if self._order.partly:
                with tx.savepoint():
                    self._write(task, each)
            else:
                self._write(task, each)
        except Refused as refused:
            lost = RowRefused(each.number, refused.messages or (Message('', refused.kind, refused.detail),))
            if not self._order.partly:
                raise lost from refused
            self.refused.append(lost)

    def _write(self, task: Task, each: Judged) -> None:
        old = task.tx.get(self._definition.name, each.record_id) if each.record_id else None
        if each.record_id and old is None:
            raise Refused('not_found', detail='この記録は、確かめたあとに削除されました。')
        if old is not None and old.rev != each.rev:
            raise Refused('conflict')
        if self._fresh:
            for failure in each.cleaned.formula_errors:
                self.heard(failure)
            keep_untitled(replace(task, old=old, folded=each.folded), each.cleaned)
            return
        again = replace(self._hall.task(task.tx, self._definition, self._by, self.heard, old=old), tells=False)
        refuse_unpermitted(again, 'change')
        save(again, each.raw)

    def _nothing_else_changed(self, task: Task) -> bool:
        """Whether the rows would be judged today as they were: same day, same people, same records to look up."""
        if task.moment.now.date().isoformat() != self._order.day:
            return False
        since, self._seen = self._seen, self._store.seq
        return all(next(self._store.changes(since, each), None) is None for each in self._watched)


class _Noted:
    """A transaction that remembers which records were put in it."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.written: list[Written] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)

    def put(self, coll: str, doc: Any, id: str | None = None, if_rev: int | None = None, search: str = '') -> Doc:
        kept = self._tx.put(coll, doc, id, if_rev, search)
        if not coll.startswith('_') and kept.rev != if_rev:
            self.written.append(Written(coll, kept.doc_id, if_rev or 0, kept.rev))
        return kept


def watched(definition: AppDefinition) -> frozenset[str]:
    """The collections, besides the record itself, that judging a row of this app may read."""
    found: set[str] = set()
    for each in definition.fields.values():
        for one in (each, *getattr(each, 'columns', ())):
            if one.TYPE == 'lookup':
                found.add(one.app)
            elif one.TYPE in ('staff', 'section'):
                found.update(_PEOPLE)
    return frozenset(found)


def next_size(count: int, seconds: float) -> int:
    """How many records the next transaction may hold, after one of `count` took so long."""
    return max(1, BATCH // 8, min(BATCH, int(count * SECONDS / seconds)))
