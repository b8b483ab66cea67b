"""What citizens do without an account: apply by a public form, and answer or cancel what is their own."""

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


def answer(task: Task, action: str) -> dict[str, Any]:
    """The applicant takes one of the actions that the definition leaves to them. Raises Refused when it is too late."""
    form = public_form_of(task.definition)
    values = task.before or {}
    if not any(each.name == action for each in form.left_to_applicants(task.definition, values, task.moment)):
        raise Refused('closed', detail='この操作は、いまはできません。お困りのときは窓口にご連絡ください。')
    return act(task, action, {}, None)
