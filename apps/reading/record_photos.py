"""The photos of one record as its page shows them: taken when, painted over or not, and what this person may do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.operations.world import FILES
from apps.sight import Sight
from forms.capabilities.redaction import Redaction, has_photos, redaction_of
from forms.definition import AppDefinition, columns_of
from forms.field import Field, Value
from forms.fields.rows import stored_rows
from storage import Doc, Store


@dataclass(frozen=True, slots=True)
class RecordPhoto:
    """title: '施工前 2枚目'. taken_at: ISO or ''. original: blob of what is under the boxes, for who may see it.

    keeps_original: whether what is under new boxes stays for somebody.
    """

    field: str
    blob: str
    title: str
    taken_at: str
    is_redacted: bool
    may_redact: bool
    keeps_original: bool
    original: str


def record_photos(store: Store, definition: AppDefinition, record: Doc, sight: Sight) -> tuple[RecordPhoto, ...]:
    """Every photo this person sees, in form order, those in the rows of tables included.

    definition: the whole one. record: as stored.
    """
    redaction = redaction_of(definition)
    may_change, locked = sight.may_on('change', record), sight.locked(record)
    may_reveal = redaction is not None and redaction.may_see_originals(sight.moment)
    found = []
    for field, title, item in _photos(definition, sight.readable(record)):
        open_to = may_change and field.name not in locked and _covers(redaction, field)
        original = _original(store, item) if may_reveal else ''
        found.append(
            RecordPhoto(
                field.name,
                str(item['blob']),
                title,
                str(item.get('taken_at', '')),
                item.get('redacted') is True,
                open_to,
                redaction is not None and bool(redaction.originals),
                original,
            )
        )
    return tuple(found)


def _covers(redaction: Redaction | None, field: Field) -> bool:
    return redaction is not None and redaction.covers(field)


def _photos(
    definition: AppDefinition, values: Mapping[str, Value]
) -> Iterator[tuple[Field, str, Mapping[str, Any]]]:
    """(top-level field, what people call the photo, the photo)"""
    for name, field in definition.fields.items():
        if field.TYPE == 'photo':
            yield from ((field, f'{field.title} {number}枚目', each) for number, each in _numbered(values.get(name)))
        elif has_photos(field):
            columns = [each for each in columns_of(field).values() if each.TYPE == 'photo']
            for place, row in enumerate(stored_rows(values.get(name)), start=1):
                for column in columns:
                    title, photos = f'{field.title} {place}行目 {column.title}', _numbered(row.get(column.name))
                    yield from ((field, f'{title} {number}枚目', each) for number, each in photos)


def _numbered(value: Value) -> Iterator[tuple[int, Mapping[str, Any]]]:
    return enumerate(value if isinstance(value, list) else (), start=1)


def _original(store: Store, item: Mapping[str, Any]) -> str:
    known = store.get(FILES, str(item['blob'])) if item.get('redacted') else None
    return str(known.get('original') or '') if known is not None else ''
