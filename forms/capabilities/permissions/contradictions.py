"""What contradicts itself in the permissions of an app, or asks for fields that are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from forms.capabilities.permissions.rule import VERBS, WITHHOLDING, Permission, Who, assignees_in
from forms.field import Field
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition


def contradictions(rules: Sequence[Permission], definition: AppDefinition) -> Iterator[Problem]:
    """Every mistake, by the place of its rule in the list."""
    for index, rule in enumerate(rules):
        if rule.who == Who():
            yield problem('D754', at=(index, 'who'))
        for verb in rule.can:
            if verb not in VERBS:
                yield problem('D108', at=(index, 'can'), key='can', value=verb, instead=instead(verb, VERBS))
        yield from _names(rule, index, definition)
        yield from _records(rule, index, definition)
        if 'create' in rule.can:
            yield from _unanswerable(rule, index, rules, definition)


def readable_elsewhere(rules: Sequence[Permission], definition: AppDefinition) -> Iterator[Problem]:
    """Fields that a rule shows although they are calculated from fields that it withholds."""
    for index, rule in enumerate(rules):
        withheld = {*rule.hide, *rule.mask}
        for name in definition.fields if withheld else ():
            formula = definition.formula(name, 'calculation')
            read = sorted(withheld & formula.reads) if formula is not None and name not in withheld else []
            for source in read:
                key = 'hide' if source in rule.hide else 'mask'
                yield problem('D759', at=(index, key), name=name, source=source, setting=key)


def _names(rule: Permission, index: int, definition: AppDefinition) -> Iterator[Problem]:
    for key in WITHHOLDING:
        for name in getattr(rule, key):
            if name not in definition.fields:
                known = instead(name, definition.fields)
                yield problem('D209', at=(index, key), setting=key, name=name, instead=known)


def _records(rule: Permission, index: int, definition: AppDefinition) -> Iterator[Problem]:
    sections = [name for name, each in definition.fields.items() if each.TYPE == 'section']
    if rule.section_field and rule.section_field not in sections:
        known, name = instead(rule.section_field, sections), rule.section_field
        yield problem('D209', at=(index, 'section_field'), setting='section_field', name=name, instead=known)
    elif rule.records == 'own_section' and not rule.section_field and len(sections) != 1:
        yield problem('D757', at=(index, 'records'), count=len(sections))
    if rule.records == 'assigned' and not assignees_in(definition):
        yield problem('D758', at=(index, 'records'))


def _unanswerable(
    rule: Permission, index: int, rules: Iterable[Permission], definition: AppDefinition
) -> Iterator[Problem]:
    """Fields that must be answered by people who do not get to them."""
    shown_by = [each for each in rules if {'see', 'create'} & {*each.can} and each.who.holds_for_all_of(rule.who)]
    for key in WITHHOLDING:
        for name in getattr(rule, key):
            field = definition.fields.get(name)
            if field is None or not _must_be_typed(field):
                continue
            if all(_withholds(each, name) for each in shown_by):
                yield problem('D756', at=(index, key), name=name, setting=key)


def _must_be_typed(field: Field) -> bool:
    return (
        field.required is True and field.INPUT and not (field.default or field.calculation or field.relevant)
    )


def _withholds(rule: Permission, name: str) -> bool:
    return any(name in getattr(rule, key) for key in WITHHOLDING)
