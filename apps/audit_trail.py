"""The audit as it is read: what was noted and what was changed in one order, for those who may look at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from apps.accounts import ACCOUNTS
from apps.audit import AUDIT
from apps.audit_kinds import DETAILS, KINDS
from apps.catalogue import Catalogue
from apps.clock import TOKYO
from apps.directory import Directory
from apps.operations.act import ACTION, BULK
from apps.outcome import Refused
from apps.owners import owner_of
from apps.people import PUBLIC, SYSTEM, Person
from apps.reading.shown import label_of
from forms.definition import AppDefinition
from storage import Store
from storage.journal import Wanted, every, read
from storage.record import Change

RECORD = 'record'
REGISTER = 'register'
TRAIL_KINDS = {RECORD: 'レコードの登録・変更', REGISTER: '利用者の登録・変更', **KINDS}
"""Kinds to narrow by: changes of records and of the register of people, then what is noted."""

PAGE = 50
_OPS = {'insert': '登録', 'update': '変更', 'delete': '削除', 'take_out': '個人情報の消去'}
_NOT_ALLOWED = '監査記録を見られるのは、システム管理者と、アプリを所管する課の所属長です。'


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for. since, until: whole days, both included. person: an account. kind: of TRAIL_KINDS."""

    since: date | None = None
    until: date | None = None
    person: str = ''
    kind: str = ''
    app: str = ''
    record: str = ''


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. Who, when, what, where, never what stood in the record. details: (name, text)."""

    seq: int
    at: datetime
    account: str
    name: str
    what: str
    app: str = ''
    app_title: str = ''
    record: str = ''
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TrailPage:
    """entries: newest first. before: where the next page begins, None on the last."""

    entries: tuple[Entry, ...]
    before: int | None


class AuditTrail:
    """Administrators see all of it; supervisors what is about the apps that their sections own."""

    def __init__(self, store: Store, catalogue: Catalogue, directory: Directory) -> None:
        self._store = store
        self._catalogue = catalogue
        self._directory = directory

    def may_look(self, person: Person) -> bool:
        return _sees_all(person) or ('supervisor' in person.roles and bool(self.apps(person)))

    def apps(self, person: Person) -> list[AppDefinition]:
        """The apps about which this person may ask."""
        whole = _sees_all(person)
        return [each for each in self._catalogue.all() if whole or owner_of(self._store, each) in person.sections]

    def page(self, asked: Asked, *, by: Person, before: int | None = None) -> TrailPage:
        """Blocking; a moment for a short period, a second for the whole of years. Raises Refused 'forbidden'."""
        found = read(self._store, self._wanted(asked, by), before=before, limit=PAGE + 1)
        shown = found[:PAGE]
        return TrailPage(tuple(self._entries(shown)), shown[-1].seq if len(found) > PAGE else None)

    def every(self, asked: Asked, *, by: Person) -> Iterator[Entry]:
        """All of it, without an end."""
        return self._entries(every(self._store, self._wanted(asked, by)))

    # ---- what is asked of the store

    def _wanted(self, asked: Asked, by: Person) -> Wanted:
        if not self.may_look(by):
            raise Refused('forbidden', detail=_NOT_ALLOWED)
        if asked.kind and asked.kind not in TRAIL_KINDS:
            raise Refused('invalid', detail=f'「{asked.kind}」という種類はありません。')
        apps = [each.name for each in self.apps(by)]
        if asked.app and asked.app not in apps:
            raise Refused('not_found', detail='このアプリの監査記録は見られません。')
        whole = _sees_all(by)
        about = [asked.app] if asked.app else [] if whole else apps
        return Wanted(
            self._collections(asked, apps, whole=whole),
            since=_midnight(asked.since),
            until=_midnight(asked.until + timedelta(days=1)) if asked.until else None,
            actor=asked.person,
            reasons=[asked.kind] if asked.kind in KINDS else [],
            notes=AUDIT,
            apps=about,
            record=asked.record,
        )

    def _collections(self, asked: Asked, apps: list[str], *, whole: bool) -> list[str]:
        if asked.kind in KINDS:
            return [AUDIT]
        if asked.kind == REGISTER:
            return [ACCOUNTS] if whole else []
        if asked.kind == RECORD:
            return apps
        return [AUDIT, *apps, *([ACCOUNTS] if whole else [])]

    # ---- what it tells

    def _entries(self, changes: Iterable[Change]) -> Iterator[Entry]:
        names: dict[str, str] = {SYSTEM.account: SYSTEM.name, PUBLIC.account: PUBLIC.name, '': ''}
        for each in changes:
            if each.actor not in names:
                names[each.actor] = self._directory.name(each.actor)
            name = names[each.actor]
            yield self._noted(each, name) if each.coll == AUDIT else self._changed(each, name)

    def _noted(self, change: Change, name: str) -> Entry:
        told: dict[str, Any] = {key: new for key, (_, new) in change.changed.items()}
        app = told.get('app', '')
        return Entry(
            change.seq,
            datetime.fromisoformat(told['at']),
            change.actor,
            told.get('name') or name,
            KINDS.get(told['kind'], told['kind']),
            app,
            self._title(app),
            told.get('record', ''),
            tuple((DETAILS.get(key, key), _text(value)) for key, value in (told.get('detail') or {}).items()),
        )

    def _changed(self, change: Change, name: str) -> Entry:
        where = (change.seq, change.at, change.actor, name)
        if change.coll == ACCOUNTS:
            return Entry(*where, change.reason or TRAIL_KINDS[REGISTER], details=(('対象', change.id),))
        definition = self._catalogue.find(change.coll)
        labels = [
            label_of(definition, field) if definition is not None else field
            for field in change.changed
            if not field.startswith('_')
        ]
        fields = (('項目', '、'.join(labels)),) if change.op == 'update' and labels else ()
        return Entry(*where, _what(change), change.coll, self._title(change.coll), change.id, fields)

    def _title(self, app: str) -> str:
        definition = self._catalogue.find(app) if app else None
        return definition.title if definition is not None else app


def _sees_all(person: Person) -> bool:
    return person is SYSTEM or 'administrator' in person.roles


def _what(change: Change) -> str:
    """登録, 変更, 削除, or the action; a reason that somebody typed may hold anything and is not told."""
    alone = change.reason.removeprefix(BULK)
    known = change.op == 'update' and (alone.startswith(ACTION) or alone != change.reason)
    return change.reason if known else _OPS.get(change.op, change.op)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return '、'.join(str(each) for each in value)
    return f'{value:,}' if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), TOKYO) if day is not None else None
