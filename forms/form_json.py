"""A definition as the JSON from which the browser draws its form; formulas go as trees, never as source."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from forms.capabilities.replies import KEY as REPLIES
from forms.capabilities.replies import Replies
from forms.definition import AppDefinition, Section
from forms.field import Field
from forms.routing_form import routing_json
from forms.stops_form import stops_json

Json = dict[str, Any]
_RULES = ('required', 'forbidden', 'readonly')
_TREES = ('relevant', 'default', 'calculation', 'constraint')


def form_json(definition: AppDefinition) -> Json:
    """The form: sections with their fields and companions, the rules on change, what stops and what is filled in.

    A rule is true, false or a tree; a tree that is not there is None. Fields that capabilities add are nobody's to type
    and stand in no section.
    """
    return {
        'app': definition.name,
        'version': definition.version,
        'title': definition.title,
        'record_title': list(definition.record_title),
        'sections': [_section(definition, index, each) for index, each in enumerate(definition.sections)],
        'on_change': [
            {
                'field': rule.field,
                'not_first': rule.not_first,
                'add_row': rule.add_row,
                'prefill': {column: _tree(definition, f'on_change.{index}.prefill', column) for column in rule.prefill},
                'clear': list(rule.clear),
                'offer_same': rule.offer_same,
                'message': rule.message,
            }
            for index, rule in enumerate(definition.on_change)
        ],
        'stops': stops_json(definition),
        'routing': routing_json(definition),
    }


def field_json(definition: AppDefinition, field: Field, path: str = '') -> Json:
    """One field as the browser needs it. path: of a column (移動履歴.移動日); the field's name when left out."""
    path = path or field.name
    return {
        'name': field.name,
        'type': field.TYPE,
        'widget': field.WIDGET,
        'label': field.title,
        'hint': field.hint,
        'input': field.INPUT and not field.calculation,
        'width': field.width,
        'privacy': field.privacy,
        'retired': field.retired,
        'valueType': field.value_type.kind,
        **{rule: _rule(definition, field, path, rule) for rule in _RULES},
        **{use: _tree(definition, path, use) for use in _TREES},
        'constraintMessage': field.constraint_message,
        'replies': field.name == path and field.name in _with_replies(definition),
        **_own(definition, field, path),
    }


def _with_replies(definition: AppDefinition) -> Collection[str]:
    """Names of the fields for which there are texts to choose from."""
    replies = definition.capabilities.get(REPLIES)
    return replies.into if isinstance(replies, Replies) else ()


def _section(definition: AppDefinition, index: int, section: Section) -> Json:
    fields: list[Json] = []
    for each in section.fields:
        fields.append(field_json(definition, each))
        fields += [{**field_json(definition, one), 'companionOf': each.name} for one in each.companions()]
    return {
        'title': section.title,
        'help': section.help,
        'columns': section.columns,
        'relevant': _tree(definition, f'sections.{index}', 'relevant'),
        'fields': fields,
    }


def _own(definition: AppDefinition, field: Field, path: str) -> Json:
    """What the field type adds; its columns and filters with their formulas."""
    own = dict(field.browser())
    if columns := getattr(field, 'columns', ()):
        own['fields'] = [
            {
                **field_json(definition, one, f'{path}.{one.name}'),
                **({'companionOf': column.name} if one is not column else {}),
            }
            for column in columns
            for one in (column, *column.companions())
        ]
    for use, key in (('choice_filter', 'choiceFilter'), ('filter', 'filter')):
        if getattr(field, use, None):
            own[key] = _tree(definition, path, use)
    return own


def _rule(definition: AppDefinition, field: Field, path: str, rule: str) -> bool | Mapping[str, Any] | None:
    written = getattr(field, rule)
    return written if isinstance(written, bool) else _tree(definition, path, rule)


def _tree(definition: AppDefinition, path: str, use: str) -> Json | None:
    formula = definition.formula(path, use)
    return formula.tree() if formula else None
