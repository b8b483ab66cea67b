"""Personal data goes when its time is over; what is counted stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from forms.capabilities.retention.after import After, last_day
from forms.capabilities.retention.contradictions import contradictions
from forms.capability import Capability, FormulaSetting, Moment, Values, capability
from forms.definition import columns_of
from forms.evaluation import Evaluation
from forms.field import FormulaText, setting
from forms.problems import Problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'retention'


@capability(KEY, title='個人情報の消去')
@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Capability):
    """Says when and what. Who lists, approves and erases: `apps/retention/`."""

    after: After = setting(MISSING, label='保存期間', help='必ず書きます。例 {from: 完了日, fiscal_years: 5}')
    only: FormulaText | None = setting(
        None, label='対象の条件', help='この式が成り立つレコードだけ。なければ進行管理の終わりの状態のものです。'
    )
    erases: tuple[str, ...] = setting(
        (), label='ほかに消す項目', help='個人情報の印(privacy)のある項目のほかに消す文や写真。項目名か「明細.列」。'
    )
    keeps: tuple[str, ...] = setting(
        (), label='残す項目', help='印があっても、消す項目から計算されても、残す項目。年代など、だれか分からないもの。'
    )
    coarse: Mapping[str, int] = setting(
        MappingProxyType({}), label='粗くする位置', help='位置の項目: 小数の桁数。3なら100m、2なら1kmほどになります。'
    )
    automatic: bool = setting(
        False, label='自動で消す', help='trueなら一覧の承認を待たず、毎日消します。なければ別の人の承認が要ります。'
    )

    def formula_settings(self) -> Iterable[FormulaSetting]:
        if self.after.from_:
            yield FormulaSetting(('after', 'from'), self.after.from_)
        if self.only:
            yield FormulaSetting(('only',), self.only, 'boolean')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        return contradictions(self, definition)

    def gone(self, definition: AppDefinition) -> tuple[str, ...]:
        """Paths of the fields that are erased, private ones first: a field's name, or 'table.column'."""
        named = (*_private(definition), *self.erases)
        fields = definition.fields
        with_companions = (
            path
            for name in named
            for path in (name, *(each.name for each in (fields[name].companions() if name in fields else ())))
        )
        return tuple(path for path in dict.fromkeys(with_companions) if path not in self.keeps)

    def last_day(
        self, definition: AppDefinition, values: Values, moment: Moment, *, removed: bool = False
    ) -> date | None:
        """The last day on which a record keeps its personal data; None while that is not known or not its turn.

        removed: of a record that was deleted, whose status stands still where it was.
        """
        meant = removed or self._is_meant(definition, values, moment)
        return last_day(self.after, definition, values, moment) if meant else None

    def is_over(self, definition: AppDefinition, values: Values, moment: Moment, *, removed: bool = False) -> bool:
        """Whether its time is over at that moment."""
        day = self.last_day(definition, values, moment, removed=removed)
        return day is not None and day < moment.now.date()

    def _is_meant(self, definition: AppDefinition, values: Values, moment: Moment) -> bool:
        if self.only:
            return Evaluation.at(definition, moment).holds(KEY, 'only', values)
        workflow = definition.capabilities.get('workflow')
        return values.get(getattr(workflow, 'field', '')) in getattr(workflow, 'done', frozenset())


def _private(definition: AppDefinition) -> Iterable[str]:
    for name, field in definition.fields.items():
        if field.privacy:
            yield name
        else:
            yield from (f'{name}.{column}' for column, each in columns_of(field).items() if each.privacy)
