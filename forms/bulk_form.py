"""The entry form cut down to the fields that are given to many records at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from forms.definition import AppDefinition
from forms.field import Field, Surroundings, Value
from forms.form_json import Json, field_json
from forms.message import Message

_FILES = frozenset({'photo', 'attachment'})
_OPEN = {'relevant': None, 'default': None, 'constraint': None, 'forbidden': False, 'readonly': False}
"""Rules that look at a record are judged for each record, not in a form that stands for many."""


def bulk_fields(definition: AppDefinition) -> list[Field]:
    """The fields that make sense for many records alike: no tables, no files, nothing unique or calculated."""
    return [each for each in definition.written_fields if each.name in definition.fields and _suits(each)]


def _suits(field: Field) -> bool:
    typed = field.INPUT and not field.calculation and field.value_type.kind != 'table' and field.TYPE not in _FILES
    return typed and not (field.unique or field.retired or field.readonly is True)


def bulk_form(definition: AppDefinition, names: Iterable[str]) -> Json:
    """The form with these fields; a field that every record needs is needed here too."""
    fields = [definition.fields[name] for name in names]
    told = [each for field in fields for each in _told(definition, field)]
    return {
        'app': definition.name,
        'version': definition.version,
        'title': definition.title,
        'record_title': [],
        'sections': [{'title': '', 'help': '', 'columns': 1, 'relevant': None, 'fields': told}],
        'on_change': [],
    }


def _told(definition: AppDefinition, field: Field) -> Iterator[Json]:
    yield {**field_json(definition, field), **_OPEN, 'required': field.required is True, 'replies': False}
    for each in field.companions():
        yield {**field_json(definition, each), 'companionOf': field.name}


def read_values(definition: AppDefinition, raw: Mapping[str, Value], around: Surroundings) -> dict[str, Value]:
    """The values as they would be stored, blank ones as None. Raises Unreadable with every message."""
    read: dict[str, Value] = {}
    messages: list[Message] = []
    for name, value in raw.items():
        field = definition.fields.get(name)
        if field is None:
            continue
        outcome = field.parse(value, around)
        messages.extend(outcome.messages)
        read[name] = outcome.value
    if messages:
        raise Unreadable(messages)
    return read


class Unreadable(Exception):
    """Values that no record could take. messages: per field."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self.messages = tuple(messages)
        super().__init__(' '.join(each.text for each in self.messages))
