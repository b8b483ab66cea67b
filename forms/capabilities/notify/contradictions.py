"""What in a rule of notifications contradicts itself or the rest of the definition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from forms.capabilities.notices import merge_problems
from forms.capabilities.notify.rule import ACTION, ASSIGNED, ASSIGNEE, CHANGED, OVERDUE, Day, NotifyRule
from forms.capabilities.permissions import ROLES
from forms.definition import columns_of
from forms.merge_text import merge_fields
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

RECEIVING = ('staff', 'section')
"""Field types whose value is somebody to be told."""


def contradictions(rule: NotifyRule, index: int, definition: AppDefinition) -> Iterator[Problem]:
    """Every mistake in this rule."""
    if sum((bool(rule.when), rule.before is not None, rule.after is not None)) != 1:
        yield problem('D792', at=(index,), name=rule.name)
    yield from _of_event(rule, index, definition)
    for key, day in (('before', rule.before), ('after', rule.after)):
        if day is not None:
            yield from _of_day(rule, day, (index, key), definition)
    for place, word in enumerate(rule.to):
        yield from _of_receiver(rule, word, (index, 'to', place), definition)
    yield from _of_text(rule, index, definition)


def _of_event(rule: NotifyRule, index: int, definition: AppDefinition) -> Iterator[Problem]:
    workflow: Any = definition.capabilities.get('workflow')
    missing = {
        ASSIGNED: '' if workflow and workflow.assignee else '担当者の項目(workflow の assignee)',
        ACTION: '' if workflow or 'lottery' in definition.capabilities else '進行管理(workflow)',
        OVERDUE: '' if workflow and workflow.deadline else '期限(workflow の deadline)',
    }.get(rule.when)
    if missing:
        yield problem('D794', at=(index, 'when'), name=rule.name, key=f'when: {rule.when}', missing=missing)
    for key, names, when in (('fields', rule.fields, CHANGED), ('actions', rule.actions, ACTION)):
        if names and rule.when != when:
            yield problem('D797', at=(index, key), name=rule.name, key=key, when=when)
    for name in rule.fields:
        if name not in definition.fields:
            near = instead(name, definition.fields)
            yield problem('D209', at=(index, 'fields'), setting='fields', name=name, instead=near)
    known = [each.name for each in workflow.actions] if workflow else []
    for name in rule.actions if workflow else ():
        if name not in known:
            yield problem('D108', at=(index, 'actions'), key='actions', value=name, instead=instead(name, known))


def _of_day(rule: NotifyRule, day: Day, at: tuple[str | int, ...], definition: AppDefinition) -> Iterator[Problem]:
    fields = definition.fields
    if not day.field:
        yield problem('D103', at=at, key='field', where=str(at[-1]))
    elif day.field not in fields:
        near = instead(day.field, fields)
        yield problem('D209', at=(*at, 'field'), setting='field', name=day.field, instead=near)
    elif fields[day.field].TYPE not in ('date', 'datetime'):
        title = fields[day.field].TITLE
        yield problem('D210', at=(*at, 'field'), setting='field', name=day.field, type=title, wanted='日付か日時')
    if (day.days is None) == (day.business_days is None):
        yield problem('D793', at=at, name=rule.name)
    for key, number in (('days', day.days), ('business_days', day.business_days)):
        if number is not None and number < 0:
            yield problem('D753', at=(*at, key), key=key, value=number)


def _of_receiver(
    rule: NotifyRule, word: str, at: tuple[str | int, ...], definition: AppDefinition
) -> Iterator[Problem]:
    """A word that is no role and no field is the name of a section, which only the directory knows."""
    workflow: Any = definition.capabilities.get('workflow')
    if word == ASSIGNEE:
        if not (workflow and workflow.assignee):
            missing = '担当者の項目(workflow の assignee)'
            yield problem('D794', at=at, name=rule.name, key='to: assignee', missing=missing)
    elif word not in ROLES and word in definition.fields and definition.fields[word].TYPE not in RECEIVING:
        title = definition.fields[word].TITLE
        yield problem('D210', at=at, setting='to', name=word, type=title, wanted='職員か所属')


def _of_text(rule: NotifyRule, index: int, definition: AppDefinition) -> Iterator[Problem]:
    found = list(merge_problems(definition, [('text', rule.text)], (index,)))
    yield from found
    if found:
        return
    for name in merge_fields(rule.text):
        field = definition.fields[name]
        if any(each.privacy for each in (field, *columns_of(field).values())):
            yield problem('D791', at=(index, 'text'), name=name)
