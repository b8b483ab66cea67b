"""The browser form of the phone screen: the caller's number, what is asked in its order, and the rest folded away."""

from __future__ import annotations

from collections.abc import Collection

from forms.capabilities.call import Call
from forms.definition import AppDefinition
from forms.form_json import Json, form_json
from forms.withheld_form import withheld_form

LATER = 'そのほかの項目'

Names = frozenset[str]


def call_form(
    definition: AppDefinition,
    call: Call,
    unseen: Collection[str] = (),
    *,
    left_out: Names = frozenset(),
    readonly: Names = frozenset(),
) -> Json:
    """As `form_json`, in two sections: what is asked, and what is folded away (its key `folded` is true).

    unseen: fields that go along with what they begin with, though nobody sees them here. left_out, readonly: fields
    that this person may not read, or not write. A rule that reads a field which is not asked stays on the server.
    """
    asked = call.asked(definition)
    unasked = definition.fields.keys() - {*asked, *unseen}
    whole = withheld_form(form_json(definition), definition, frozenset(unasked) | left_out, readonly)
    fields = {each['name']: each for section in whole['sections'] for each in section['fields']}
    later = {name for name in asked if _root(definition, name) in call.more}
    first = [fields[name] for name in asked if name in fields and name not in later]
    folded = [fields[name] for name in asked if name in fields and name in later]
    beside = [{**fields[name], 'type': 'hidden', 'widget': 'hidden'} for name in fields.keys() - {*asked}]
    sections = [_section('', [*first, *beside]), {**_section(LATER, folded), 'folded': True}]
    return {**whole, 'sections': [each for each in sections if each['fields']], 'on_change': []}


def _root(definition: AppDefinition, name: str) -> str:
    """The choice a companion belongs to, else the field itself."""
    owners = (each.name for each in definition.written_fields if name in {one.name for one in each.companions()})
    return next(owners, name)


def _section(title: str, fields: list[Json]) -> Json:
    return {'title': title, 'help': '', 'columns': 1, 'relevant': None, 'fields': fields}

