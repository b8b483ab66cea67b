"""Judging the rows of a file by the very rules of a save, without writing: in this process or in one of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from apps.clock import StillClock
from apps.formula_failures import Heard
from apps.importing.rows import Row
from apps.operations.hall import Hall
from apps.operations.permitted import refuse_unpermitted
from apps.operations.save import Folded, Task, claims_of, folded_words, judged
from apps.outcome import Refused
from apps.people import DEEDS, SYSTEM, Person
from apps.settings import Settings
from apps.transactions import told
from forms.definition import columns_of
from forms.message import Message
from forms.submission import Cleaned, Note
from storage import Doc, Store

if TYPE_CHECKING:
    from apps.context import AppContext

NEW, CHANGED, UNCHANGED, REFUSED = 'new', 'changed', 'unchanged', 'refused'
KINDS = {NEW: '新しく登録', CHANGED: '変更', UNCHANGED: '変わりなし', REFUSED: '誤りあり'}
"""What becomes of a row -> what people read."""

Asked = tuple[Row, str]
"""A row and the record it changes, '' for a new one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would become of one row. claims: (scope, value, refusal) of what only one record may hold."""

    number: int
    kind: str
    record_id: str = ''
    rev: int = 0
    messages: tuple[Message, ...] = ()
    notes: tuple[Note, ...] = ()
    cleaned: Cleaned | None = None
    claims: tuple[tuple[str, str, Message], ...] = ()
    folded: Folded | None = None


class Judge:
    """Judges rows of one app for one person. Names and titles are looked up once for all of them."""

    def __init__(self, store: Store, hall: Hall, app: str, by: Person) -> None:
        self._store = store
        self._hall = hall
        self._definition = hall.permitted(app, 'import', by)
        self._task = hall.task(store, self._definition, by, Heard())  # type: ignore[arg-type]  # it only reads
        self._whole = self._task.world.whole()
        self._looks_up = any(each.TYPE == 'lookup' or columns_of(each) for each in self._definition.fields.values())
        self._closed = {
            deed: '' if hall.may(self._definition, deed, by) else _not_allowed(self._definition.title, deed)
            for deed in ('create', 'change')
        }

    def all(self, asked: Sequence[Asked]) -> list[Verdict]:
        return [self.one(row, record_id) for row, record_id in asked]

    def one(self, row: Row, record_id: str = '') -> Verdict:
        old = self._store.get(self._definition.name, record_id) if record_id else None
        task = self._over(old)
        if detail := self._closed['create' if old is None else 'change']:
            return self._refused(row, record_id, [Message('', 'forbidden', detail)])
        try:
            refuse_unpermitted(task, 'change')
            cleaned = judged(task, row.raw)
        except Refused as refused:
            return self._refused(row, record_id, refused.messages or (Message('', refused.kind, refused.detail),))
        before, rev = task.before, 0 if old is None else old.rev
        messages = cleaned.messages or tuple(
            text
            for each in self._definition.capabilities.values()
            for text in each.refuse(self._definition, before, cleaned.values, task.moment)
        )
        unread = {each.path for each in row.wrong}
        if messages := (*row.wrong, *(each for each in messages if each.path not in unread)):
            return self._refused(row, record_id, messages, cleaned.notes)
        if old is not None and cleaned.values == told(old):
            return Verdict(row.number, UNCHANGED, record_id, rev)
        claims, taken = self._claims(cleaned, record_id)
        if taken:
            return self._refused(row, record_id, taken, cleaned.notes)
        kind = NEW if old is None else CHANGED
        folded = folded_words(self._definition, cleaned.values, self._whole)
        return Verdict(row.number, kind, record_id, rev, (), cleaned.notes, cleaned, claims, folded)

    def _over(self, old: Doc | None) -> Task:
        """What an old record names may stay although this person cannot see it, so its world is its own."""
        if old is None:
            return self._task
        if not self._looks_up:
            return replace(self._task, old=old)
        return self._hall.task(self._task.tx, self._definition, self._task.by, Heard(), old=old)

    def _claims(
        self, cleaned: Cleaned, record_id: str
    ) -> tuple[tuple[tuple[str, str, Message], ...], list[Message]]:
        """What the row claims, and the refusals where another record holds it already."""
        definition, holder = self._definition, self._store.holder
        claims = [
            (f'{definition.name}/{each.scope}', each.value, each.refusal)
            for each in claims_of(definition, cleaned.values)
        ]
        free = (None, record_id or None)
        taken = [refusal for scope, value, refusal in claims if holder(scope, value) not in free]
        return tuple(claims), taken

    @staticmethod
    def _refused(
        row: Row, record_id: str, messages: Sequence[Message], notes: tuple[Note, ...] = ()
    ) -> Verdict:
        return Verdict(row.number, REFUSED, record_id, 0, tuple(messages), notes)


def _not_allowed(title: str, deed: str) -> str:
    return f'「{title}」で{DEEDS[deed]}権限がありません。'


# ---- in a process of its own

_here: list[Judge] = []
_open: list[AppContext] = []


@dataclass(frozen=True, slots=True)
class Court:
    """All that a process needs to judge: the same folder, the same definition, the same moment."""

    settings: Settings
    app: str
    version: str
    by: Person
    now: datetime


def open_court(court: Court) -> None:
    """Called once in each process, before any row arrives."""
    import atexit
    import gc

    from apps.context import open_context

    gc.set_threshold(50_000, 50, 50)  # rows make no circles, and looking for some takes a third of the time
    context = open_context(court.settings, StillClock(court.now))
    atexit.register(context.close)
    if context.catalogue.get(court.app).version != court.version:
        raise RuntimeError('the definition changed meanwhile')
    by = SYSTEM if court.by == SYSTEM else court.by  # who is known by identity loses it on the way here
    _open.append(context)
    _here.append(context.imports.judge(court.app, by))


def judge_here(asked: Sequence[Asked]) -> list[Verdict]:
    """In a process that `open_court` has prepared."""
    return _here[0].all(asked)
