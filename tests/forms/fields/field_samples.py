"""The city hall that the tests of field types ask about: two people of one name, two facilities, three files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from forms.field import Field, field_types

STAFF = {'mihon': '見本 太郎', 'reiji': '例示 花子', 'reiji2': '例示 花子'}
FACILITIES = {'f1': {'施設名': '見本小学校', '種類': '学校'}, 'f2': {'施設名': '例示公園', '種類': '公園'}}
FILES = {
    'aa': {'blob': 'aa', 'name': 'a.jpg', 'type': 'image/jpeg', 'size': 1000},
    'bb': {'blob': 'bb', 'name': 'b.pdf', 'type': 'application/pdf', 'size': 2000},
    'cc': {'blob': 'cc', 'name': 'c.png', 'type': 'image/png', 'size': 30 * 1024 * 1024},
}


class Hall:
    """Surroundings on 1 May 2026."""

    today = date(2026, 5, 1)

    def record(self, app: str, record_id: str) -> Mapping[str, Any] | None:
        return FACILITIES.get(record_id) if app == 'facilities' else None

    def record_title(self, app: str, record_id: str) -> str | None:
        found = self.record(app, record_id)
        return found['施設名'] if found else None

    def records_titled(self, app: str, title: str) -> list[str]:
        return [each for each in FACILITIES if self.record_title(app, each) == title]

    def staff_name(self, account: str) -> str | None:
        return STAFF.get(account)

    def staff_named(self, name: str) -> list[str]:
        return [account for account, each in STAFF.items() if each == name]

    def section_name(self, section: str) -> str | None:
        return section if section in ('道路管理課', '施設管理課') else None

    def file(self, digest: str) -> Mapping[str, Any] | None:
        return FILES.get(digest)


HALL = Hall()


def make(type_name: str, **settings: Any) -> Field:
    """A field named 項目 of that type."""
    return field_types()[type_name](**{'name': '項目', **settings})


def stored(field: Field, raw: Any) -> Any:
    """What is kept of a raw value that must be accepted."""
    parsed = field.parse(raw, HALL)
    assert not parsed.messages, parsed.messages
    return parsed.value


def refusal(field: Field, raw: Any, old: Any = None) -> str:
    """Code of the one message that a raw value gets, in reading or in checking; '' when it is accepted."""
    parsed = field.parse(raw, HALL)
    found = parsed.messages or (tuple(field.check(parsed.value, old)) if parsed.value is not None else ())
    assert len(found) <= 1, found
    return found[0].code if found else ''


def columns(field: Field, value: Any) -> dict[str, Any]:
    """Header -> cell of the data export."""
    return {header: cell(value) for header, cell in field.cells(HALL)}


def wrong_settings(field: Field) -> list[str]:
    """The settings that the field itself finds wrong."""
    return [problem.setting for problem in field.setting_problems()]
