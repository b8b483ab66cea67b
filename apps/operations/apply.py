"""What citizens do without an account: apply by a public form, and take their own application back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from apps.operations.act import act
from apps.operations.save import Task, save
from apps.outcome import Refused
from forms.capabilities.public_form import KEY, PublicForm
from forms.field import Value
from forms.message import message

if TYPE_CHECKING:
    from forms.definition import AppDefinition


def public_form_of(definition: AppDefinition | None) -> PublicForm:
    """The public form of an app. Raises Refused 'not_found' where there is none."""
    form = definition.capabilities.get(KEY) if definition is not None else None
    if not isinstance(form, PublicForm):
        raise Refused('not_found', detail='このフォームはありません。アドレスを確かめてください。')
    return form


def apply(task: Task, raw: Mapping[str, Value]) -> dict[str, Any]:
    """Save an application. Raises Refused for a field that the form does not ask, as for one that is not there."""
    form = public_form_of(task.definition)
    asked = form.asked(task.definition)
    foreign = [name for name in raw if name not in asked]
    if foreign:
        raise Refused('invalid', [message(name, 'unknown_field', label=name) for name in foreign])
    return save(task, raw, ruled=form.decided(task.definition, task.moment)).answer()


def take_back(task: Task) -> dict[str, Any]:
    """The applicant cancels, by the action that the definition names. Raises Refused when it is too late."""
    form = public_form_of(task.definition)
    offers = [
        offer
        for each in task.definition.capabilities.values()
        for offer in each.offers(task.definition, task.before or {}, task.moment)
        if offer.name == form.cancel
    ]
    if not form.cancel or not offers:
        raise Refused('closed', detail='この申込みは、ここでは取り消せません。窓口にご連絡ください。')
    if offers[0].closed:
        raise Refused('closed', detail=offers[0].closed)
    return act(task, form.cancel, {}, None)
