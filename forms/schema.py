"""JSON Schema of the definition language, made from the registers, for editors that complete and check while typing."""

from __future__ import annotations

from typing import Any

from forms.capability import capabilities
from forms.choices import Choice
from forms.definition import AppDefinition
from forms.field import field_types
from forms.setting import Setting, Shape, settings_of

Json = dict[str, Any]

_SCALAR: Json = {'type': ['string', 'number', 'boolean']}
"""An editor reads 0120 as a number and yes as a truth value; we keep what was typed, so each may stand for text."""

_OTHERWISE: dict[str, Json] = {
    'integer': {'type': 'integer'},
    'number': {'type': 'number'},
    'yes_no': {'type': 'boolean'},
    'formula': {'type': ['string', 'number', 'boolean'], 'description': '式'},
    'yes_no_or_formula': {'type': ['boolean', 'string'], 'description': 'true、false、または式'},
    'any': {},
}


def definition_schema() -> Json:
    """The schema of one YAML file (JSON Schema 2020-12)."""
    parts: dict[str, Json] = {}
    app = _object(AppDefinition, parts)
    for key, cls in sorted(capabilities().items()):
        shape = next(each.shape for each in settings_of(cls).values() if each.name == cls.LIST) if cls.LIST else None
        own = _shape(shape, parts) if shape else _object(cls, parts)
        app['properties'][key] = {'title': cls.TITLE, **own}
    return {
        '$schema': 'https://json-schema.org/draft/2020-12/schema',
        'title': '窓口 アプリの定義',
        **app,
        'required': ['title', 'sections'],
        '$defs': {'field': _field(parts), 'choices': _choices(parts), **dict(sorted(parts.items()))},
    }


def _field(parts: dict[str, Json]) -> Json:
    """A field is judged by the settings of its type only, so that an editor offers just those."""
    types = field_types()
    titles = [{'const': name, 'title': cls.TITLE} for name, cls in sorted(types.items())]
    per_type = [
        {
            'if': {'properties': {'type': {'const': name}}, 'required': ['type']},
            'then': {**_object(cls, parts, also={'type': True})},
        }
        for name, cls in sorted(types.items())
    ]
    return {
        'type': 'object',
        'required': ['name', 'type'],
        'properties': {'type': {'anyOf': titles}},
        'allOf': per_type,
    }


def _choices(parts: dict[str, Json]) -> Json:
    one = {'anyOf': [_SCALAR, {**_object(Choice, parts), 'required': ['value']}]}
    several = {'type': 'array', 'items': one}
    return {
        'anyOf': [
            several,
            {'type': 'object', 'additionalProperties': several},
            {'type': 'string', 'pattern': r'\.csv$'},
        ]
    }


def _object(cls: type[Any], parts: dict[str, Json], also: Json | None = None) -> Json:
    settings = settings_of(cls)
    required = [key for key, each in settings.items() if each.required]
    return {
        'type': 'object',
        'additionalProperties': False,
        'properties': {**(also or {}), **{key: _setting(each, parts) for key, each in settings.items()}},
        **({'required': required} if required else {}),
    }


def _setting(setting: Setting, parts: dict[str, Json]) -> Json:
    told = {'title': setting.label, **({'description': setting.help} if setting.help else {})}
    if setting.words:
        words: list[Any] = (
            [int(each) for each in setting.words] if setting.shape.kind == 'integer' else list(setting.words)
        )
        one = {'enum': words}
        return {**told, **({'type': 'array', 'items': one} if setting.shape.kind == 'list' else one)}
    return {**_shape(setting.shape, parts), **told}


def _shape(shape: Shape, parts: dict[str, Json]) -> Json:
    match shape.kind:
        case 'list':
            items = _shape(shape.of or Shape('text'), parts)
            several = {'type': 'array', 'items': items}
            return {'anyOf': [several, _SCALAR]} if shape.of == Shape('text') else several
        case 'pairs':
            return {'type': 'object', 'additionalProperties': _shape(shape.of or Shape('text'), parts)}
        case 'settings' if shape.cls is not None:
            name = shape.cls.__name__
            if name not in parts:
                parts[name] = {}
                parts[name] = _object(shape.cls, parts)
            return {'$ref': f'#/$defs/{name}'}
        case 'field' | 'choices':
            return {'$ref': f'#/$defs/{shape.kind}'}
        case 'text' | 'date' | 'datetime' | 'time':
            return _SCALAR
    return _OTHERWISE[shape.kind]
