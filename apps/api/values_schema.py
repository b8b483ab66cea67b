"""The JSON Schema of an app's record values, made from its definition: what programs get, and may send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.definition import AppDefinition, columns_of
from forms.field import Field

Json = dict[str, Any]

_SHAPES: Mapping[str, Json] = {
    'number': {'type': 'number'},
    'boolean': {'type': 'boolean'},
    'date': {'type': 'string', 'format': 'date'},
    'datetime': {'type': 'string', 'format': 'date-time'},
    'time': {'type': 'string', 'pattern': r'^\d{2}:\d{2}$'},
}
_FILE: Json = {
    'type': 'object',
    'required': ['blob', 'name', 'type', 'size'],
    'properties': {
        'blob': {'type': 'string', 'description': '/api/v1/files で受け取った番号'},
        'name': {'type': 'string'},
        'type': {'type': 'string'},
        'size': {'type': 'integer'},
    },
}
_PLACE: Json = {
    'type': 'object',
    'properties': {'lat': {'type': 'number'}, 'lon': {'type': 'number'}, 'place': {'type': 'string'}},
}


def schema_of(definition: AppDefinition) -> Json:
    """Of `values` (JSON Schema 2020-12). A blank field is left out of a record, so none is required there.

    x-type: the field type of the definition. x-required: true, or 'sometimes' where a formula decides.
    """
    fields = {name: each for name, each in definition.fields.items() if each.TYPE != 'note'}
    return {
        '$schema': 'https://json-schema.org/draft/2020-12/schema',
        'title': definition.title,
        'description': definition.description,
        'type': 'object',
        'properties': {name: _field(each) for name, each in fields.items()},
        'additionalProperties': False,
    }


def _field(field: Field) -> Json:
    told: Json = {'title': field.title, 'x-type': field.TYPE}
    if field.hint:
        told['description'] = field.hint
    if field.calculation or not field.INPUT or field.readonly is True:
        told['readOnly'] = True
    if field.required:
        told['x-required'] = True if field.required is True else 'sometimes'
    return {**told, **_shape(field)}


def _shape(field: Field) -> Json:
    browser = field.browser()
    match field.TYPE:
        case 'select_one':
            shape = {'type': 'string', **_choices(browser)}
        case 'select_multiple':
            shape = {'type': 'array', 'uniqueItems': True, 'items': {'type': 'string', **_choices(browser)}}
        case 'photo' | 'attachment':
            shape = {'type': 'array', 'items': _FILE}
        case 'location':
            shape = _PLACE
        case 'hidden':
            shape = {}
        case 'lookup':
            shape = {'type': 'string', 'x-app': getattr(field, 'app', '')}
        case 'subtable' | 'checklist':
            row = {name: _field(each) for name, each in columns_of(field).items()}
            shape = {'type': 'array', 'items': {'type': 'object', 'properties': {'_row': {'type': 'string'}, **row}}}
        case _:
            shape = {**_SHAPES.get(field.value_type.kind, {'type': 'string'}), **_limits(browser)}
    return shape


def _choices(browser: Mapping[str, Any]) -> Json:
    """Retired ones included: records of earlier years hold them."""
    choices = browser.get('choices') or ()
    return {
        'enum': [each['value'] for each in choices],
        'x-labels': {each['value']: each['label'] for each in choices if each['label'] != each['value']},
    }


def _limits(browser: Mapping[str, Any]) -> Json:
    names = {'min': 'minimum', 'max': 'maximum', 'maxLength': 'maxLength'}
    return {told: browser[name] for name, told in names.items() if browser.get(name) is not None}
