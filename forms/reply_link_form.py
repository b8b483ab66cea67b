"""The entry form of somebody who answers by a link: what the action asks, and nothing else of the record."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from forms.capability import Offer
from forms.field import Field
from forms.form_json import Json, field_json

if TYPE_CHECKING:
    from forms.capabilities.reply_link import ReplyLink
    from forms.definition import AppDefinition

_RULES = {
    'required': False, 'forbidden': False, 'readonly': False,
    'relevant': None, 'default': None, 'calculation': None, 'constraint': None,
}  # fmt: skip
"""What the form goes by where a rule stays with the server."""


def reply_link_form(definition: AppDefinition, rules: ReplyLink, offer: Offer) -> Json:
    """Rules that read a field that is not asked stay with the server: neither they nor the field's name go out."""
    names = rules.asked(definition)
    tops = [definition.fields[name] for name in offer.asks]
    fields = []
    for top in tops:
        fields.append(_field(definition, top, names, needed=top.name in offer.needs))
        fields += [
            {**_field(definition, each, names, needed=False), 'companionOf': top.name} for each in top.companions()
        ]
    return {
        'app': definition.name,
        'version': definition.version,
        'title': definition.title,
        'record_title': [],
        'sections': [{'title': '返信の内容', 'help': '', 'columns': 1, 'relevant': None, 'fields': fields}],
        'on_change': [],
    }


def _field(definition: AppDefinition, field: Field, asked: Collection[str], *, needed: bool) -> Json:
    told = {**field_json(definition, field), 'replies': False}
    for rule, left_to_the_server in _RULES.items():
        formula = definition.formula(field.name, rule)
        if formula is not None and not formula.reads <= {*asked}:
            told[rule] = left_to_the_server
    return {**told, 'required': True} if needed else told
