"""The desk where files are handed in: opened, checked, taken in and taken back, for screens, API and commands alike."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from apps.audit import Audit
from apps.clock import Clock
from apps.importing.court import FEW, Processes, expect, judge_all
from apps.importing.draft import Draft, Problem, Progress, Report
from apps.importing.judging import REFUSED, Asked, Court, Judge, Verdict
from apps.importing.keys import Keys, claimed_twice
from apps.importing.mapping import remembered
from apps.importing.reading import read_book
from apps.importing.rows import DetailSheets, Place, Row, RowReader
from apps.live import Live
from apps.operations.hall import Hall
from apps.operations.imports_kept import Import, ImportsKept
from apps.operations.take_back import TakeBack
from apps.operations.take_in import Cancelled, Judged, Order, RowRefused, TakeIn
from apps.outcome import Refused
from apps.people import Person
from apps.reading import Reading, Wanted
from apps.settings import Settings
from apps.transactions import Transactions
from forms.message import Message
from storage import Store

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEPT = timedelta(hours=2)
MOST_DRAFTS = 3
"""Of one person; the oldest goes when a fourth is begun."""

_PLACE = re.compile(r'[.\[]')


class ImportDesk:
    """Drafts live in memory only: the file stays with the person until it is taken in."""

    def __init__(  # noqa: PLR0913 - everything an import touches
        self,
        settings: Settings,
        store: Store,
        transactions: Transactions,
        hall: Hall,
        live: Live,
        *,
        reading: Reading,
        clock: Clock,
        audit: Audit,
    ) -> None:
        folder = settings.data
        self._settings = settings
        self._store = store
        self._hall = hall
        self._reading = reading
        self._clock = clock
        self._audit = audit
        self.back = TakeBack(store, transactions, hall, live, folder=folder)
        self._take_in = TakeIn(store, transactions, hall, live, back=self.back, folder=folder)
        self.kept = ImportsKept(store)
        self._drafts: dict[str, Draft] = {}

    # ---- handing in

    async def open(self, app: str, content: bytes, name: str, *, by: Person) -> Draft:
        """Read a file and propose where its columns go. Raises Refused."""
        definition = self._hall.narrowed(app, 'import', by)
        expect(len(content))
        book = await asyncio.to_thread(read_book, content, name)
        digest = hashlib.sha256(content).hexdigest()
        draft = await asyncio.to_thread(
            Draft,
            secrets.token_urlsafe(16),
            by.account,
            definition,
            book,
            digest,
            self._clock.now(),
            self.kept.mapping(app),
            self.kept.of_file(app, digest),
        )
        self._keep(draft)
        return draft

    def draft(self, draft_id: str, *, by: Person) -> Draft:
        """A draft of this person's own. Raises Refused."""
        found = self._drafts.get(draft_id)
        if found is None or found.account != by.account:
            raise Refused('not_found', detail='この取り込みの準備は、もうありません。ファイルを選び直してください。')
        self._hall.permitted(found.definition.name, 'import', by)
        found.touched = self._clock.now()
        return found

    def drop(self, draft: Draft) -> None:
        draft.progress.stop = True
        self._drafts.pop(draft.id, None)

    def _keep(self, draft: Draft) -> None:
        now = self._clock.now()
        self._drafts = {key: each for key, each in self._drafts.items() if now - each.touched < KEPT}
        own = sorted((each for each in self._drafts.values() if each.account == draft.account), key=_touched)
        for each in own[: max(0, len(own) - MOST_DRAFTS + 1)]:
            self.drop(each)
        self._drafts[draft.id] = draft

    # ---- checking

    async def check(self, draft: Draft, *, by: Person) -> Report:
        """Judge every row as a save would, and write nothing. Raises Refused, Cancelled."""
        definition = self._hall.narrowed(draft.definition.name, 'import', by)
        if draft.mistakes:
            raise Refused('invalid', detail=' '.join(draft.mistakes))
        progress = draft.progress = Progress('確かめています', total=len(draft.table.rows))
        seq, now = self._store.seq, self._clock.now()
        court = Court(self._settings, definition.name, definition.version, by, now)
        processes = Processes(court) if len(draft.table.rows) > FEW else None
        try:
            rows: dict[int, Row] = {}
            asked = self._asked(draft, definition, by, rows)
            judge = self.judge(definition.name, by)
            verdicts = await judge_all(asked, judge, processes, partial(_tell, progress), lambda: progress.stop)
        finally:
            if processes is not None:
                processes.close()
        verdicts = _without_twice(verdicts)
        problems = [each for one in verdicts for each in _problems(draft, rows[one.number], one.messages)]
        draft.definition = definition
        draft.report = Report(definition.version, seq, now.date().isoformat(), verdicts, problems, rows)
        return draft.report

    def _asked(self, draft: Draft, definition: AppDefinition, by: Person, rows: dict[int, Row]) -> Iterator[Asked]:
        """Every row with the record it changes. rows: gets them by number."""
        reader = RowReader(
            definition, draft.targets, draft.chosen, draft.table.sheet, keys=draft.keys, clears=draft.clears
        )
        details = DetailSheets(draft.book, definition)
        records = self._reading.every(definition.name, '', Wanted(), by=by) if draft.keys else ()
        keys = Keys(definition, draft.keys, records, self._reading.world(by))
        for number, cells in draft.table.rows:
            if draft.progress.stop:
                raise Cancelled
            row = reader.read(number, cells)
            details.add_to(row)
            found = keys.find(row)
            rows[number] = row
            yield row, found

    def judge(self, app: str, by: Person) -> Judge:
        """Who judges rows of this app as if `by` saved them. Raises Refused."""
        return Judge(self._store, self._hall, app, by)

    # ---- taking in and back

    async def take(self, draft: Draft, *, by: Person, partly: bool = False) -> Import:
        """Take the checked rows in, as one act. partly: the good ones although others are wrong.

        Raises Refused, Cancelled; afterwards `draft.refused_later` tells rows that were right when they were checked.
        """
        report = draft.report
        if report is None:
            raise Refused('closed', detail='先に内容を確かめてください。')
        if report.problems and not partly:
            raise Refused('invalid', detail=f'誤りが{len(report.problems)}件あるので、まだ取り込めません。')
        if not report.can_be_taken:
            raise Refused('invalid', detail='取り込む行がありません。')
        order = self._order(draft, report, partly=partly)
        progress = draft.progress = Progress('取り込んでいます', total=len(order.rows))
        try:
            made, lost = await self._take_in.take_in(
                order, by=by, told=partial(_tell, progress), stopped=lambda: progress.stop
            )
        except RowRefused as refused:
            draft.report = None
            told = _problems(draft, report.rows[refused.number], refused.messages)
            detail = f'確かめたあとに変わったため、取り込みませんでした。{told[0].address}: {told[0].text}'
            raise Refused('invalid', refused.messages, detail=detail) from refused
        draft.refused_later = [
            each for one in lost for each in _problems(draft, report.rows[one.number], one.messages)
        ]
        await self._audit.note('import', by, app=made.app, count=made.new + made.changed, name=made.file)
        return made

    def _order(self, draft: Draft, report: Report, *, partly: bool) -> Order:
        counts = report.counts
        rows = [
            Judged(each.number, report.rows[each.number].raw, each.record_id, each.rev, each.cleaned, each.folded)
            for each in report.taken
            if each.cleaned is not None
        ]
        return Order(
            draft.definition.name,
            draft.book.name,
            draft.digest,
            report.version,
            report.seq,
            report.day,
            rows,
            counts['unchanged'],
            counts[REFUSED],
            partly,
            remembered(draft.chosen, draft.table.columns),
        )

    async def take_back(self, import_id: str, *, by: Person, leave_changed: bool = False) -> Import:
        """See TakeBack.take_back."""
        made = await self.back.take_back(import_id, by=by, leave_changed=leave_changed)
        await self._audit.note('import', by, app=made.app, name=made.file, way='取り消し')
        return made


def _touched(draft: Draft) -> float:
    return draft.touched.timestamp()


def _tell(progress: Progress, done: int) -> None:
    progress.done = done


def _without_twice(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """A value that only one record may hold is refused from its second row on."""
    twice = claimed_twice((each.number, each.claims) for each in verdicts)
    return [
        replace(each, kind=REFUSED, messages=tuple(twice[each.number]), cleaned=None) if each.number in twice else each
        for each in verdicts
    ]


def _problems(draft: Draft, row: Row, messages: Sequence[Message]) -> list[Problem]:
    """Each message at the cell that it is about; at the row when no column holds the field."""
    found = []
    for each in messages:
        place, told = _place_of(draft, row, each.path)
        sheet = draft.book.sheet(place[0])
        found.append(Problem(sheet.address(place[1], place[2]), told, each.text, place, each.code, each.path))
    return found


def _place_of(draft: Draft, row: Row, path: str) -> tuple[Place, str]:
    if path in row.cells:
        return row.cells[path]
    top = _PLACE.split(path)[0]
    if top in row.cells and '[' in path:
        same_row = [place for key, (place, _) in row.cells.items() if key.startswith(path.partition('].')[0])]
        sheet, number, _ = same_row[0] if same_row else row.cells[top][0]
        return (sheet, number, None), ''
    return row.cells.get(top, ((draft.table.sheet.name, row.number, None), ''))
