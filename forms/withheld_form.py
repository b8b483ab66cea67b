"""The entry form of a person from whom fields are withheld: without them, and without what could only guess at them."""

from __future__ import annotations

from collections.abc import Iterator

from forms.definition import AppDefinition
from forms.form_json import Json
from forms.routing_form import without_hidden
from forms.stops_form import without_unread

REASON = 'あなたの権限では変更できません。'
_SAFE = {'required': False, 'forbidden': False, 'readonly': False}
"""What a rule says while the form does not know; the save judges by the whole record."""
_TREES = ('relevant', 'default', 'calculation', 'constraint')
_FILTERS = (('choice_filter', 'choiceFilter'), ('filter', 'filter'))

Names = frozenset[str]


def withheld_form(form: Json, definition: AppDefinition, left_out: Names, readonly: Names) -> Json:
    """`form` without the fields in `left_out`; those in `readonly` are drawn, with the reason why they do not open.

    A formula that reads a field that is left out does not go along: its result comes with the answer to the save.
    definition: the whole one, as the paths of its formulas count its sections and rules.
    """
    if not left_out and not readonly:
        return form
    sections = [
        {
            **section,
            'relevant': None if _reads(definition, f'sections.{index}', 'relevant') & left_out else section['relevant'],
            'fields': [
                _field(definition, each, each['name'], left_out, readonly)
                for each in section['fields']
                if each['name'] not in left_out
            ],
        }
        for index, section in enumerate(form['sections'])
    ]
    rules = list(_change_rules(form, definition, left_out | readonly))
    return {
        **form,
        'sections': [each for each in sections if each['fields']],
        'on_change': rules,
        'stops': without_unread(form, left_out),
        'routing': without_hidden(form, left_out, readonly),
    }


def _field(definition: AppDefinition, field: Json, path: str, left_out: Names, readonly: Names) -> Json:
    known = {**field}
    for use, safe in (*_SAFE.items(), *((use, None) for use in _TREES)):
        if _reads(definition, path, use) & left_out:
            known[use] = safe
    for use, key in _FILTERS:
        if key in known and _reads(definition, path, use) & left_out:
            known[key] = None
    if 'fields' in known:
        known['fields'] = [
            _field(definition, each, f'{path}.{each["name"]}', left_out, frozenset()) for each in known['fields']
        ]
    if field['name'] in readonly:
        known |= {'readonly': True, 'required': False, 'hint': f'{REASON} {field["hint"]}'.strip()}
    return known


def _change_rules(form: Json, definition: AppDefinition, locked: Names) -> Iterator[Json]:
    for index, rule in enumerate(form['on_change']):
        if rule['field'] in locked or rule['add_row'] in locked:
            continue
        prefill = {
            column: tree
            for column, tree in rule['prefill'].items()
            if not _reads(definition, f'on_change.{index}.prefill', column) & locked
        }
        clear = [name for name in rule['clear'] if name not in locked]
        yield {**rule, 'prefill': prefill, 'clear': clear}


def _reads(definition: AppDefinition, path: str, use: str) -> Names:
    formula = definition.formula(path, use)
    return frozenset(formula.reads) if formula is not None else frozenset()
