"""What members of staff are told inside the app and by mail: about what, when, and who of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from forms.capabilities.notify.contradictions import contradictions
from forms.capabilities.notify.rule import ACTION, ASSIGNED, CHANGED, CREATED, Day, NotifyRule, day_of
from forms.capability import Capability, FormulaSetting, Moment, Values, capability
from forms.evaluation import Evaluation
from forms.field import setting
from forms.problems import Problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

__all__ = ['Day', 'Notify', 'NotifyRule']


@capability('notify', title='職員への通知')
@dataclass(frozen=True, slots=True, kw_only=True)
class Notify(Capability):
    """One notification per person and event; of a record that is done nobody is reminded."""

    LIST: ClassVar[str] = 'rules'

    rules: tuple[NotifyRule, ...] = setting((), label='通知', help='職員に知らせること。画面のお知らせに出ます。')

    def formula_settings(self) -> Iterable[FormulaSetting]:
        for index, rule in enumerate(self.rules):
            if rule.only:
                yield FormulaSetting((index, 'only'), rule.only, 'boolean')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for index, rule in enumerate(self.rules):
            yield from contradictions(rule, index, definition)

    def happened(
        self, definition: AppDefinition, old: Values | None, new: Values, action: str, moment: Moment
    ) -> Iterator[NotifyRule]:
        """The rules about what this save did. action: the name of the step it took, or ''."""
        for rule in self.rules:
            if _happened(rule, definition, old, new, action) and self._holds(definition, rule, new, moment):
                yield rule

    @property
    def dated(self) -> tuple[NotifyRule, ...]:
        """The rules about a day that comes or has passed."""
        return tuple(each for each in self.rules if each.is_dated)

    def due(self, definition: AppDefinition, rule: NotifyRule, values: Values, moment: Moment) -> datetime | None:
        """When this rule speaks about a record (Japanese time); None when it does not, or nothing is left to do."""
        day = day_of(rule, definition)
        if day is None or _is_done(definition, values) or not self._holds(definition, rule, values, moment):
            return None
        return day.moment_for(values.get(day.field), definition.calendar, before=rule.before is not None)

    def _holds(self, definition: AppDefinition, rule: NotifyRule, values: Values, moment: Moment) -> bool:
        if not rule.only:
            return True
        return Evaluation.at(definition, moment).holds(f'notify.{self.rules.index(rule)}', 'only', values)


def _happened(
    rule: NotifyRule, definition: AppDefinition, old: Values | None, new: Values, action: str
) -> bool:
    if rule.when == CREATED:
        return old is None
    if rule.when == CHANGED:
        names = rule.fields or tuple(definition.fields)
        return old is not None and any(old.get(name) != new.get(name) for name in names)
    if rule.when == ACTION:
        return bool(action) and action in (rule.actions or (action,))
    if rule.when == ASSIGNED:
        workflow: Any = definition.capabilities.get('workflow')
        account = new.get(workflow.assignee)
        return account is not None and account != (old or {}).get(workflow.assignee)
    return False


def _is_done(definition: AppDefinition, values: Values) -> bool:
    workflow: Any = definition.capabilities.get('workflow')
    return workflow is not None and values.get(workflow.field) in workflow.done
