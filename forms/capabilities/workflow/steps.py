"""A status, an action from one status to another, and whether the action can be taken now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.capability import UNDO, Moment, Past, Values
from forms.choices import COLORS
from forms.evaluation import Evaluation
from forms.field import FormulaText, Value, setting
from forms.message import Message, message

if TYPE_CHECKING:
    from forms.capabilities.workflow import Workflow
    from forms.definition import AppDefinition

ROLES: Mapping[str, str] = {
    'staff': '職員',
    'leader': 'デジタル推進リーダー',
    'supervisor': '所属長',
    'administrator': '管理者',
}
ASSIGNEE = 'assignee'


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where a record stands. done: nothing remains to be done; such a record is never overdue."""

    name: str = setting(label='状態', help='記録に残る言葉。公開したら変えられません。')
    label: str = setting(label='表示名', help='画面に出る言葉。いつでも変えられます。')
    color: str = setting('', label='色', help='一覧とボードで状態に付く色。', choices=COLORS)
    done: bool = setting(
        False, label='終わり', help='true なら、することが残っていない状態。期限を過ぎても知らせません。'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A named step. by: who may take it (roles, section names, `assignee`); nobody named means everybody."""

    name: str = setting(label='操作', help='変更履歴に残る言葉。')
    label: str = setting(label='表示名', help='ボタンに出る言葉。書かなければ操作の名前です。')
    from_: tuple[str, ...] = setting((), label='元の状態', help='必ず書きます。この状態のときだけボタンが出ます。')
    to: str = setting(label='次の状態', help='必ず書きます。操作のあとの状態。')
    by: tuple[str, ...] = setting((), label='できる人', help='役割(leader など)、所属名、assignee。')
    asks: tuple[str, ...] = setting((), label='一緒に入力する項目', help='ボタンを押したときに、その場で入力する項目。')
    requires: tuple[str, ...] = setting((), label='必須の項目', help='空のままでは進めない項目。')
    sets: Mapping[str, FormulaText] = setting(
        {}, label='自動で入れる値', help="{項目: 式}。例 {完了日: 'Coalesce(完了日, Today())'}"
    )
    guard: FormulaText | None = setting(None, label='できる条件', help='この式が成り立つときだけ進めます。')
    guard_message: str = setting(label='できないときの説明', help='条件に合わないときに読む文。')
    confirm: str = setting(label='確認の言葉', help='押したあとに聞き直す文。')
    main: bool = setting(False, label='目立たせる', help='true なら、いちばん目立つボタンになります。')

    def permits(self, assignee: Value, moment: Moment) -> bool:
        """Whether this person may take the action on a record of that assignee."""
        own = {*moment.roles, *moment.sections}
        return not self.by or bool(own & set(self.by)) or (ASSIGNEE in self.by and assignee == moment.account != '')


def closed_because(
    workflow: Workflow, index: int, definition: AppDefinition, values: Values, moment: Moment
) -> Iterable[Message]:
    """Why an action cannot be taken now; nothing when it can. The status of another moment is the first reason."""
    action, label = workflow.actions[index], definition.fields[workflow.field].title
    status = values.get(workflow.field)
    if status not in action.from_:
        yield message(workflow.field, 'status_passed', label=label, status=status, action=action.name)
    elif not action.permits(values.get(workflow.assignee), moment):
        who = 'か'.join(ROLES.get(word, '担当者' if word == ASSIGNEE else word) for word in action.by)
        yield message(workflow.field, 'not_permitted', label=label, action=action.name, who=who)
    elif action.guard and not Evaluation.at(definition, moment).holds(
        f'workflow.actions.{index}', 'guard', values
    ):
        text = message(workflow.field, 'guard', label=label, action=action.name)
        yield Message(text.path, text.code, action.guard_message or text.text)


def last_action(past: Sequence[Past], status_field: str) -> Past | None:
    """The last change of status that has not been taken back yet; past: newest first.

    Two undos in a row go two steps back: each takes away the step before it.
    """
    standing: list[Past] = []
    for change in reversed(past):
        if change.before.get(status_field) is None or status_field not in change.after:
            continue
        if change.action == UNDO:
            if standing:
                standing.pop()
        else:
            standing.append(change)
    return standing[-1] if standing else None
