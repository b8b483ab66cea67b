"""The entry form cut down to what an action asks, and forms that begin with some answers already in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from forms.capability import Moment, Offer, Values
from forms.definition import AppDefinition
from forms.evaluation import Evaluation
from forms.field import Field, Value
from forms.form_json import Json, field_json

_LITERALS = {str: 'text', bool: 'bool', int: 'num', float: 'num'}
_RULES = ('relevant', 'required', 'forbidden', 'readonly', 'constraint')


def asked_form(definition: AppDefinition, offer: Offer, values: Values, moment: Moment) -> Json:
    """The form of an action: the fields it asks, each with what the record holds or what the action would set.

    Fields that the rules of the asked ones look at come along unseen, so that a question appears when it applies; so do
    the photos before, beside which those after are taken.
    """
    fields = definition.fields
    asked = [one for name in offer.asks for one in (fields[name], *fields[name].companions())]
    begin = {each.name: _first(definition, offer, each, values, moment) for each in asked}
    told = [_asked(definition, each, needed=each.name in offer.needs) for each in asked]
    unseen = [_unseen(fields[name]) for name in _looked_at(definition, asked)]
    form: Json = {
        'app': definition.name,
        'version': definition.version,
        'title': definition.title,
        'record_title': [],
        'sections': [{'title': '', 'help': '', 'columns': 1, 'relevant': None, 'fields': [*unseen, *told]}],
        'on_change': [],
    }
    return with_answers(form, {**{each['name']: values.get(each['name']) for each in unseen}, **begin})


def with_answers(form: Json, answers: Mapping[str, Value]) -> Json:
    """The same form, whose fields begin with these answers: text, numbers, yes/no, and files; blank ones left out."""
    sections = [
        {**section, 'fields': [_beginning(each, answers.get(each['name'])) for each in section['fields']]}
        for section in form['sections']
    ]
    return {**form, 'sections': sections}


def _beginning(field: Json, answer: Value) -> Json:
    if are_files(answer):
        return {**field, 'beginsWith': answer}
    kind = _LITERALS.get(type(answer))
    return field if kind is None else {**field, 'default': {'k': kind, 'v': answer, 's': [0, 0]}}


def are_files(answer: Value) -> bool:
    """Whether an answer is photos or attachments, and not rows."""
    return isinstance(answer, list) and bool(answer) and all('blob' in each for each in answer)


def _asked(definition: AppDefinition, field: Field, *, needed: bool) -> Json:
    told = {**field_json(definition, field), 'default': None}
    return {**told, 'required': True} if needed else told


def _unseen(field: Field) -> Json:
    """Only its value counts: no widget draws it and nothing of it is sent."""
    rules: dict[str, Any] = {**dict.fromkeys(('required', 'forbidden', 'readonly'), False), 'retired': False}
    trees = dict.fromkeys(('relevant', 'default', 'calculation', 'constraint'))
    return {
        'name': field.name,
        'type': 'hidden',
        'widget': 'hidden',
        'label': field.title,
        'input': False,
        'valueType': field.value_type.kind,
        **rules,
        **trees,
    }


def _first(definition: AppDefinition, offer: Offer, field: Field, values: Values, moment: Moment) -> Value:
    """What stands in the field when the form opens: the record's value, else what the action sets by itself."""
    own = values.get(field.name)
    workflow: Any = definition.capabilities.get('workflow')
    actions: Sequence[Any] = getattr(workflow, 'actions', ())
    for index, action in enumerate(actions):
        if own is None and action.name == offer.name and field.name in action.sets:
            return Evaluation.at(definition, moment).value(f'workflow.actions.{index}.sets', field.name, values)
    return own


def _looked_at(definition: AppDefinition, asked: Iterable[Field]) -> list[str]:
    asked = tuple(asked)
    own = {each.name for each in asked}
    formulas = [definition.formula(name, use) for name in own for use in _RULES]
    reads = {name for formula in formulas if formula is not None for name in formula.reads}
    befores = {getattr(each, 'pair_of', '') for each in asked}
    return sorted(((reads | befores) - own) & set(definition.fields))
