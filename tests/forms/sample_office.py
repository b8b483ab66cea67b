"""What the tests of capabilities and submissions stand on: a definition from YAML, a moment, other records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

from forms.capability import Moment
from forms.definition import AppDefinition
from forms.evaluation import context_of
from forms.loader import Others, load_text
from forms.problems import Problem
from forms.submission import Cleaned, clean

TOKYO = ZoneInfo('Asia/Tokyo')


@dataclass(frozen=True)
class Office:
    """Surroundings of a test: records of other apps, and a staff list in which everybody exists."""

    today: date = date(2026, 5, 1)
    records: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def record(self, app: str, record_id: str) -> Mapping[str, Any] | None:
        return self.records.get(app, {}).get(record_id)

    def record_title(self, app: str, record_id: str) -> str | None:
        return record_id if self.record(app, record_id) else None

    def records_titled(self, app: str, title: str) -> list[str]:
        return [title] if self.record(app, title) else []

    def staff_name(self, account: str) -> str | None:
        return '見本 太郎' if account else None

    def staff_named(self, name: str) -> list[str]:
        return ['mihon'] if name == '見本 太郎' else []

    def section_name(self, section: str) -> str | None:
        return section

    def file(self, digest: str) -> Mapping[str, Any] | None:
        return {'blob': digest, 'name': 'a.jpg', 'type': 'image/jpeg', 'size': 1}


OFFICE = Office()


def at(text: str, **who: Any) -> Moment:
    """A moment on Japanese time: at('2026-05-01 09:00', account='mihon', roles=('staff',))."""
    return Moment(datetime.fromisoformat(text).replace(tzinfo=TOKYO), **{'around': OFFICE, **who})


NOON = at('2026-05-01 12:00', account='mihon', roles=('staff',))


def app(text: str, *, name: str = 'sample', others: Others | None = None) -> AppDefinition:
    """The definition written in YAML; every problem is shown when there is one."""
    loaded = load_text(dedent(text), name, others=others)
    assert isinstance(loaded, AppDefinition), '\n'.join(map(str, loaded))
    return loaded


def mistakes(text: str) -> list[tuple[str, int]]:
    """(code, line) of every problem of a definition that must be wrong."""
    loaded = load_text(dedent(text), 'sample')
    assert not isinstance(loaded, AppDefinition), 'no problem was found'
    return [(each.code, each.place.line) for each in loaded if isinstance(each, Problem)]


def submit(
    definition: AppDefinition, raw: Mapping[str, Any], old: Mapping[str, Any] | None = None, moment: Moment = NOON,
    office: Office = OFFICE, **more: Any,
) -> Cleaned:
    """The submission as the operation hands it to `clean`."""
    context = context_of(definition, moment)
    moment = replace(moment, around=office)
    return clean(definition, raw, old=old, around=office, context=context, moment=moment, **more)


def codes(cleaned: Cleaned) -> dict[str, str]:
    """Path -> code of every message."""
    return {each.path: each.code for each in cleaned.messages}
