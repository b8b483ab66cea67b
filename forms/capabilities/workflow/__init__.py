"""Statuses and the actions between them: who may take which step, what must be filled in, until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from forms.capabilities.workflow.assigning import STEPS, assigned, assigning
from forms.capabilities.workflow.contradictions import contradictions, no_way_back
from forms.capabilities.workflow.deadline import Deadline, due_date
from forms.capabilities.workflow.steps import Action, Status, closed_because, last_action
from forms.capability import Capability, FormulaSetting, Moment, Offer, Past, Performed, Values, capability
from forms.choices import Choice, ChoiceList
from forms.evaluation import Evaluation
from forms.field import Field, Value, field_types, setting
from forms.message import Message, message
from forms.problems import Problem
from forms.record_rules import is_blank

if TYPE_CHECKING:
    from forms.definition import AppDefinition


@capability('workflow', title='進行管理')
@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow(Capability):
    """The status changes only by an action: no submission, import or API call writes it."""

    field: str = setting('状態', label='状態の項目', help='状態が入る項目の名前。自動でできます。')
    initial: str = setting(label='始まりの状態', help='書かなければ最初の状態です。')
    assignee: str = setting(label='担当者の項目', help='次に動く職員の項目。操作の by に assignee と書けます。')
    assigns: tuple[str, ...] = setting(
        (), label='担当者を決められる人', help='役割か所属名。ほかの項目を変更できなくても、担当者だけを決められます。'
    )
    statuses: tuple[Status, ...] = setting(
        (), label='状態', help='必ず書きます。記録がいまどこにいるか。最初に書いたものが始まりです。'
    )
    actions: tuple[Action, ...] = setting(
        (), label='操作', help='状態から状態へ進むボタン。状態は操作でだけ変わります。'
    )
    deadline: Deadline | None = setting(None, label='期限', help='開庁日で数える期限。過ぎると「期限超過」と出ます。')

    @property
    def first_status(self) -> str:
        """The status of a new record."""
        return self.initial or (self.statuses[0].name if self.statuses else '')

    @property
    def done(self) -> frozenset[str]:
        """Statuses in which nothing remains to be done."""
        return frozenset(each.name for each in self.statuses if each.done)

    @property
    def ways_back(self) -> frozenset[str]:
        """Open statuses that only what was finished comes to (再開)."""
        from_open = {each.to for each in self.actions if not {*each.from_} <= self.done}
        after_end = {each.to for each in self.actions} - from_open - {self.first_status}
        return frozenset(after_end) - self.done

    def added_fields(self) -> Sequence[Field]:
        types = field_types()
        status = types['select_one'](name=self.field, readonly=True, choices=self._choices())  # type: ignore[call-arg]
        return (status, types['date'](name=self.deadline.field, readonly=True)) if self.deadline else (status,)

    def formula_settings(self) -> Iterable[FormulaSetting]:
        for index, action in enumerate(self.actions):
            if action.guard:
                yield FormulaSetting(('actions', index, 'guard'), action.guard, 'boolean')
            for name, text in action.sets.items():
                yield FormulaSetting(('actions', index, 'sets', name), text)
        if self.deadline:
            yield FormulaSetting(('deadline', 'business_days'), self.deadline.business_days, 'number')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        return contradictions(self, definition)

    def warnings(self, definition: AppDefinition) -> Iterable[Problem]:
        return no_way_back(self, definition)

    def fill(self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment) -> Values:
        """The first status; the deadline, again whenever what it is counted from has changed."""
        filled: dict[str, Value] = {}
        if new.get(self.field) is None:
            filled[self.field] = self.first_status
        if self.deadline:
            due = due_date(self.deadline, definition, new, moment)
            if old is None or due != due_date(self.deadline, definition, old, moment):
                filled[self.deadline.field] = due
        return filled

    def offers(self, definition: AppDefinition, values: Values, moment: Moment) -> Sequence[Offer]:
        own = tuple(
            Offer(
                name=action.name,
                label=action.label or action.name,
                asks=action.asks,
                needs=action.requires,
                confirm=action.confirm,
                closed=''.join(each.text for each in closed_because(self, index, definition, values, moment)),
                main=action.main,
            )
            for index, action in enumerate(self.actions)
            if values.get(self.field) in action.from_
        )
        return (*own, *assigning(self, definition, values, moment))

    def takes(self, action: str) -> bool:
        return any(each.name == action for each in self.actions) or (action in STEPS and bool(self.assigns))

    def perform(
        self, definition: AppDefinition, action: str, values: Values, given: Values, moment: Moment
    ) -> Performed:
        """The new status, what was asked, and what the action sets; or why it cannot be done, and then nothing."""
        index = next((index for index, each in enumerate(self.actions) if each.name == action), None)
        if index is None:
            return assigned(self, definition, action, values, given, moment)
        step = self.actions[index]
        refusals = [*closed_because(self, index, definition, values, moment), *_not_asked(step, definition, given)]
        if refusals:
            return Performed(messages=tuple(refusals))
        updates: dict[str, Value] = {**given}
        evaluation = Evaluation.at(definition, moment)
        for name in step.sets:
            updates[name] = evaluation.value(f'workflow.actions.{index}.sets', name, {**values, **updates})
        after = {**values, **updates}
        missing = [definition.fields[name].message('required') for name in step.requires if is_blank(after.get(name))]
        return Performed(messages=tuple(missing)) if missing else Performed({**updates, self.field: step.to})

    def undo(
        self, definition: AppDefinition, values: Values, past: Sequence[Past], given: Values, moment: Moment
    ) -> Performed | None:
        """Back to the status before the last action, by whoever took it or may take it.

        Fields that the action changed return too, unless somebody has changed them since.
        """
        last = last_action(past, self.field)
        if last is None or values.get(self.field) != last.after.get(self.field):
            return None
        action = next((each for each in self.actions if each.name == last.action), None)
        if last.by != moment.account and not (action and action.permits(values.get(self.assignee), moment)):
            return Performed(messages=(message(self.field, 'not_undone', label=self.field, action=last.action),))
        touched = dict.fromkeys((*last.before, *last.after))
        untouched_since = (name for name in touched if values.get(name) == last.after.get(name))
        return Performed({name: last.before.get(name) for name in untouched_since})

    def overdue(self, values: Values, today: date) -> bool:
        """Whether the deadline has passed and there is still something to do."""
        due = values.get(self.deadline.field) if self.deadline else None
        return due is not None and due < today.isoformat() and values.get(self.field) not in self.done

    def _choices(self) -> ChoiceList:
        return ChoiceList(tuple(Choice(value=each.name, label=each.label, color=each.color) for each in self.statuses))


def _not_asked(action: Action, definition: AppDefinition, given: Values) -> Iterable[Message]:
    for name in given:
        if name not in action.asks:
            label = definition.fields[name].title if name in definition.fields else name
            yield message(name, 'not_asked', label=label, action=action.name)
