"""Deciding who is to act next: a step of its own, for those who may decide it without changing anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from forms.capabilities.workflow.steps import ROLES
from forms.capability import Moment, Offer, Performed, Values
from forms.message import message

if TYPE_CHECKING:
    from forms.capabilities.workflow import Workflow
    from forms.definition import AppDefinition

ASSIGN: Final = '担当者を決める'
"""Name of the step, as it stands in the history."""


def may_assign(workflow: Workflow, moment: Moment) -> bool:
    """Whether this person decides who is to act."""
    return bool(workflow.assignee) and bool({*moment.roles, *moment.sections} & {*workflow.assigns})


def assigning(workflow: Workflow, definition: AppDefinition, values: Values, moment: Moment) -> tuple[Offer, ...]:
    """Taking it on oneself, and giving it to somebody; nothing while nothing remains to be done."""
    if not may_assign(workflow, moment) or values.get(workflow.field) in workflow.done:
        return ()
    title = definition.fields[workflow.assignee].title
    someone = Offer(ASSIGN, f'{title}を決める', asks=(workflow.assignee,))
    if not moment.account or values.get(workflow.assignee) == moment.account:
        return (someone,)
    return Offer(ASSIGN, f'自分が{title}になる', given={workflow.assignee: moment.account}), someone


def assigned(
    workflow: Workflow, definition: AppDefinition, values: Values, given: Values, moment: Moment
) -> Performed:
    """The record with its new assignee (None: nobody); or why not."""
    if not may_assign(workflow, moment):
        who = 'か'.join(ROLES.get(word, word) for word in workflow.assigns)
        refusal = message(workflow.assignee, 'not_permitted', label=workflow.assignee, action=ASSIGN, who=who)
        return Performed(messages=(refusal,))
    if (status := values.get(workflow.field)) in workflow.done:
        label = definition.fields[workflow.field].title
        refusal = message(workflow.field, 'status_passed', label=label, status=status, action=ASSIGN)
        return Performed(messages=(refusal,))
    if foreign := [name for name in given if name != workflow.assignee]:
        label = foreign[0]
        return Performed(messages=(message(label, 'not_asked', label=label, action=ASSIGN),))
    return Performed({workflow.assignee: given.get(workflow.assignee)})
