"""The browser form of citizens: only what is asked, nothing that would tell of the rest, in plain or easy Japanese."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from forms.capabilities.public_form import PublicForm
from forms.definition import AppDefinition, Section
from forms.field import Field
from forms.form_json import Json, form_json
from forms.stops_form import stops_json

_RULES = ('required', 'forbidden', 'readonly', 'relevant', 'default', 'calculation', 'constraint')


def public_form_json(definition: AppDefinition, form: PublicForm, *, easy: bool = False) -> Json:
    """As `form_json`, without the fields that are not asked.

    A rule that reads such a field is left to the server: neither the rule nor the field's name goes to the browser.
    """
    asked = frozenset(form.asked(definition))
    whole = form_json(definition)
    pairs = zip(definition.sections, whole['sections'], strict=True)
    sections = [_section(definition, index, *pair, asked, easy) for index, pair in enumerate(pairs)]
    return {
        **whole,
        'record_title': [name for name in whole['record_title'] if name in asked],
        'sections': [each for each in sections if each['fields']],
        'on_change': [],
        'easy': easy,
        'stops': [each for each in stops_json(definition, outside=True, easy=easy) if asked.issuperset(each['reads'])],
        'routing': None,
    }


def easy_words(definition: AppDefinition, form: PublicForm) -> Mapping[str, str]:
    """What fields are called in easy Japanese, by their ordinary title; for texts that quote a title."""
    fields = (definition.fields[name] for name in form.asked(definition))
    return {each.title: each.easy_label for each in fields if each.easy_label}


def _section(  # noqa: PLR0913, PLR0917 - the section twice, what is asked, and how it is said
    definition: AppDefinition, index: int, section: Section, written: Json, asked: Collection[str], easy: bool
) -> Json:
    fields = [
        _field(definition, definition.fields[each['name']], each, asked, easy)
        for each in written['fields']
        if each['name'] in asked
    ]
    told: Json = {**written, 'columns': 1, 'fields': fields}
    if _reads_more(definition, f'sections.{index}', 'relevant', asked):
        told['relevant'] = None
    if easy:
        told['title'] = section.easy_title or section.title
    return told


def _field(definition: AppDefinition, field: Field, written: Json, asked: Collection[str], easy: bool) -> Json:
    left_to_the_server = {
        rule: False if rule in {'required', 'forbidden', 'readonly'} else None
        for rule in _RULES
        if _reads_more(definition, field.name, rule, asked)
    }
    told: dict[str, Any] = {**written, **left_to_the_server, 'replies': False}
    if told.get('location') not in asked:
        told.pop('location', None)
    if told.get('pairOf') not in asked:
        told.pop('pairOf', None)
    if easy:
        told['label'] = field.easy_label or told['label']
        told['hint'] = field.easy_hint or told['hint']
    return told


def _reads_more(definition: AppDefinition, path: str, use: str, asked: Collection[str]) -> bool:
    """Whether a formula reads a field that the public is not asked for."""
    formula = definition.formula(path, use)
    return formula is not None and not formula.reads.isdisjoint(definition.fields.keys() - set(asked))
