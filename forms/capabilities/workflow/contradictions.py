"""What cannot be right in a workflow: unknown statuses and fields, dead ends, statuses that nobody reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.capabilities.workflow import Workflow
    from forms.definition import AppDefinition


def contradictions(workflow: Workflow, definition: AppDefinition) -> Iterable[Problem]:
    """Every mistake at once."""
    yield from _unknown_statuses(workflow)
    yield from _dead_ends(workflow, _given_by_others(definition))
    yield from _unknown_fields(workflow, definition)


def no_way_back(workflow: Workflow, definition: AppDefinition) -> Iterable[Problem]:
    """Statuses at the end that no action leaves: what turns out not to be done after all stays there for ever."""
    left = _left(workflow) | _given_by_others(definition)
    for index, status in enumerate(workflow.statuses):
        if status.done and status.name not in left:
            yield problem('D737', at=('statuses', index), name=status.name)


def _given_by_others(definition: AppDefinition) -> frozenset[str]:
    return frozenset(name for each in definition.capabilities.values() for name in each.statuses_given())


def _left(workflow: Workflow) -> frozenset[str]:
    return frozenset(name for each in workflow.actions for name in each.from_)


def _unknown_statuses(workflow: Workflow) -> Iterable[Problem]:
    names = [each.name for each in workflow.statuses]
    if workflow.first_status not in names:
        better = instead(workflow.initial, names)
        yield problem('D730', at=('initial',), setting='initial', name=workflow.initial, instead=better)
    for index, action in enumerate(workflow.actions):
        for key, written in (('from', action.from_), ('to', (action.to,))):
            for name in written:
                if name not in names:
                    place = ('actions', index, key)
                    yield problem('D730', at=place, setting=key, name=name, instead=instead(name, names))
        if not action.from_:
            yield problem('D103', at=('actions', index), key='from', where=f'操作「{action.name}」')


def _dead_ends(workflow: Workflow, given: frozenset[str]) -> Iterable[Problem]:
    reached = {workflow.first_status, *given}
    while more := {each.to for each in workflow.actions if reached & set(each.from_)} - reached:
        reached |= more
    left = _left(workflow) | given
    for index, status in enumerate(workflow.statuses):
        if status.name not in reached:
            yield problem('D731', at=('statuses', index), name=status.name)
        if status.name not in left and not status.done:
            yield problem('D732', at=('statuses', index), name=status.name)
    if workflow.statuses and not workflow.done:
        yield problem('D736', at=('statuses',))


def _unknown_fields(workflow: Workflow, definition: AppDefinition) -> Iterable[Problem]:
    fields = definition.fields
    for index, action in enumerate(workflow.actions):
        for key in ('asks', 'requires', 'sets'):
            for name in getattr(action, key):
                place = ('actions', index, key)
                if name == workflow.field:
                    yield problem('D735', at=place, name=action.name, field=name)
                elif name not in fields:
                    yield problem('D209', at=place, setting=key, name=name, instead=instead(name, fields))
    if workflow.assignee:
        yield from _wrong_field(definition, workflow.assignee, ('assignee',), ('staff',), '職員')
    if workflow.deadline:
        for key in ('from_', 'restarts_from', 'moved_to'):
            name = getattr(workflow.deadline, key)
            if name or key == 'from_':
                at = ('deadline', key.rstrip('_'))
                yield from _wrong_field(definition, name, at, ('date', 'datetime'), '日付か日時')


def _wrong_field(
    definition: AppDefinition, name: str, at: tuple[str, ...], types: tuple[str, ...], wanted: str
) -> Iterable[Problem]:
    each = definition.fields.get(name)
    if each is None:
        yield problem('D209', at=at, setting=at[-1], name=name, instead=instead(name, definition.fields))
    elif each.TYPE not in types:
        yield problem('D210', at=at, setting=at[-1], name=name, type=each.TITLE, wanted=wanted)
