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
TAKE_ON: Final = '自分が担当者になる'
STEPS: Final = frozenset((ASSIGN, TAKE_ON))
"""Names of the steps, as they stand in the history."""


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
    return Offer(TAKE_ON, f'自分が{title}になる'), someone


def assigned(  # noqa: PLR0913, PLR0917 - which step, on what, with what, by whom
    workflow: Workflow, definition: AppDefinition, step: str, values: Values, given: Values, moment: Moment
) -> Performed:
    """The record with its new assignee (None: nobody); or why not. step: one of STEPS."""
    if not may_assign(workflow, moment):
        who = 'か'.join(ROLES.get(word, word) for word in workflow.assigns)
        refusal = message(workflow.assignee, 'not_permitted', label=workflow.assignee, action=step, who=who)
        return Performed(messages=(refusal,))
    if (status := values.get(workflow.field)) in workflow.done:
        label = definition.fields[workflow.field].title
        refusal = message(workflow.field, 'status_passed', label=label, status=status, action=step)
        return Performed(messages=(refusal,))
    asked = () if step == TAKE_ON else (workflow.assignee,)
    if foreign := [name for name in given if name not in asked]:
        label = foreign[0]
        return Performed(messages=(message(label, 'not_asked', label=label, action=step),))
    account = moment.account if step == TAKE_ON else given.get(workflow.assignee)
    return Performed({workflow.assignee: account})
