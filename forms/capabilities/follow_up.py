"""Records that follow from others: every faulty row of an inspection becomes a repair, once; others at a button."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from forms.capabilities.workflow.steps import ROLES
from forms.capability import Capability, FollowUp, FormulaSetting, Moment, Offer, Performed, Values, capability
from forms.definition import columns_of
from forms.evaluation import Evaluation
from forms.field import Field, FormulaText, Value, setting
from forms.fields.checklist import Checklist
from forms.kept import Kept
from forms.message import message
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

MADE = '派生登録の記録'
"""Field that remembers, per row, into which app a record was made: [{'row': '点検表/外壁', 'app': 'repairs'}]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRule:
    """For each row of `each` (without it: for the record itself) that meets `when`, a record of `app`.

    copy: field there -> column or field here. link: field there that points back to this record. button: the rule
    works only when somebody presses a button of that name, as often as they press. by: who may (roles, sections).
    """

    each: str = setting(label='元になる明細', help='明細か点検表の項目。書かなければ、記録1件につき1つ作ります。')
    when: FormulaText | None = setting(None, label='条件', help='この式が成り立つ行(記録)だけ作ります。')
    app: str = setting(label='作るアプリ', help='必ず書きます。記録を作る先のアプリ(定義ファイルの名前)。')
    label: str = setting(label='名前', help='画面に出る、この派生登録の名前。')
    copy: Mapping[str, str] = setting(MappingProxyType({}), label='写す項目', help='作る側の項目: 元の列か項目。')
    link: str = setting(label='元を指す項目', help='作る側で、元の記録を指すルックアップの項目。')
    button: str = setting(label='ボタン', help='書くと、この名前のボタンを押したときだけ作ります。何件でも作れます。')
    by: tuple[str, ...] = setting((), label='押せる人', help='ボタンを押せる役割(staff など)か所属名。')

    def permits(self, moment: Moment) -> bool:
        """Whether this person may press the button."""
        return not self.by or bool({*moment.roles, *moment.sections} & {*self.by})


@capability('follow_up', title='派生登録')
@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps(Capability):
    """What was made for a row is remembered in the record, so that no later change makes it again."""

    LIST: ClassVar[str] = 'rules'

    rules: tuple[FollowUpRule, ...] = setting((), label='派生登録', help='保存と同時に、ほかのアプリに記録を作る規則。')

    def added_fields(self) -> Sequence[Field]:
        return (Kept(name=MADE),)

    def formula_settings(self) -> Iterable[FormulaSetting]:
        for index, rule in enumerate(self.rules):
            if rule.when:
                yield FormulaSetting((index, 'when'), rule.when, 'boolean', rule.each)

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for index, rule in enumerate(self.rules):
            table = definition.fields.get(rule.each) if rule.each else None
            if rule.by and not rule.button:
                yield problem('D733', at=(index, 'by'), key='by')
            if rule.each and rule.button:
                yield problem('D734', at=(index, 'each'))
            if rule.each and (table is None or not columns_of(table)):
                yield problem('D755', at=(index, 'each'), name=rule.each)
                continue
            if not rule.app:
                yield problem('D103', at=(index,), key='app', where='follow_up')
            of_master = table.row_columns if isinstance(table, Checklist) else ()
            known = (*definition.fields, *(columns_of(table) if table else ()), *of_master)
            for target, source in rule.copy.items():
                if source not in known:
                    at = (index, 'copy', target)
                    yield problem('D209', at=at, setting='copy', name=source, instead=instead(source, known))

    def fill(self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment) -> Values:
        """Remembers the rows for which a record will be made with this save; forgets rows that are gone."""
        evaluation = Evaluation.at(definition, moment)
        made: list[Value] = []
        known = list(new.get(MADE) or ())
        for index, rule in enumerate(self.rules):
            if rule.button:
                made += [mark for mark in known if mark['row'].startswith(f'{rule.button}/')]
                continue
            for row_name, row in _rows(rule, new):
                mark = {'row': row_name, 'app': rule.app}
                if mark in known or self._wanted(definition, index, {**new, **row}, evaluation):
                    made.append(mark)
        return {MADE: made or None}

    def follow_ups(
        self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
    ) -> Iterable[FollowUp]:
        before = (old or {}).get(MADE) or ()
        marks = [mark for mark in new.get(MADE) or () if mark not in before]
        for rule in self.rules:
            table = definition.fields.get(rule.each)
            for row_name, row in _pressed(rule, marks) if rule.button else _rows(rule, new):
                if {'row': row_name, 'app': rule.app} in marks:
                    seen = {**new, **(table.with_master(row) if isinstance(table, Checklist) else row)}
                    values = {target: seen.get(source) for target, source in rule.copy.items()}
                    filled = {name: value for name, value in values.items() if value is not None}
                    yield FollowUp(rule.app, filled, row_name, rule.link)

    def offers(self, definition: AppDefinition, values: Values, moment: Moment) -> Sequence[Offer]:
        """The buttons of this record, for those who may press them."""
        evaluation = Evaluation.at(definition, moment)
        return tuple(
            Offer(rule.button, rule.button)
            for index, rule in enumerate(self.rules)
            if rule.button and rule.permits(moment) and self._wanted(definition, index, values, evaluation)
        )

    def takes(self, action: str) -> bool:
        return any(rule.button == action != '' for rule in self.rules)

    def perform(
        self, definition: AppDefinition, action: str, values: Values, given: Values, moment: Moment
    ) -> Performed:
        """Mark that one more record is to be made; `follow_ups` then makes it in the same save."""
        rule = next(each for each in self.rules if each.button == action)
        if not any(each.name == action for each in self.offers(definition, values, moment)):
            code = 'guard' if rule.permits(moment) else 'not_permitted'
            who = 'と'.join(ROLES.get(each, each) for each in rule.by)
            return Performed(messages=(message('', code, label='', action=action, who=who),))
        known = list(values.get(MADE) or ())
        pressed = sum(mark['row'].startswith(f'{action}/') for mark in known)
        return Performed({MADE: [*known, {'row': f'{action}/{pressed + 1}', 'app': rule.app}]})

    def _wanted(self, definition: AppDefinition, index: int, seen: Values, evaluation: Evaluation) -> bool:
        rule = self.rules[index]
        columns = columns_of(definition.fields[rule.each]) if rule.each else {}
        return not rule.when or evaluation.holds(f'follow_up.{index}', 'when', seen, columns)


def _pressed(rule: FollowUpRule, marks: Iterable[Mapping[str, str]]) -> Iterable[tuple[str, Values]]:
    return [(mark['row'], {}) for mark in marks if mark['row'].startswith(f'{rule.button}/')]


def _rows(rule: FollowUpRule, values: Values) -> Iterable[tuple[str, Values]]:
    """(name of the row as in `FollowUp.origin`, its cells); the record itself when the rule is about no subtable."""
    if not rule.each:
        return [('', {})]
    return [(f'{rule.each}/{row["_row"]}', row) for row in values.get(rule.each) or () if row.get('_row')]
