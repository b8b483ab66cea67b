"""Until when something is to be done: a day so many working days after another, or the day that was planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from forms.capability import Moment, Values
from forms.evaluation import Evaluation
from forms.field import FormulaText, setting

if TYPE_CHECKING:
    from forms.definition import AppDefinition

# Ten years of working days; a formula that says more is a slip of the pen, and counting it would stop everybody.
_MOST_DAYS = 2_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """business_days: a number or a formula over the record; 0 is the day itself when the city hall is open."""

    field: str = setting('期限', label='期限の項目', help='期限の日付が入る項目の名前。自動でできます。')
    from_: str = setting(label='数え始める日', help='必ず書きます。この日付の項目から数えます。')
    business_days: FormulaText = setting('0', label='開庁日の数', help='例 10、または Switch(危険度, "緊急", 0, 10)')
    restarts_from: str = setting(
        label='数え直す日', help='この日付の項目に日があれば、from ではなくこの日から数えます。再開した日など。'
    )
    moved_to: str = setting(
        label='決めた期限', help='この日付の項目に日があれば、数えずにその日を期限にします。工事の予定日など。'
    )

    @property
    def days_from(self) -> tuple[str, ...]:
        """The fields that hold a day from which is counted, the one that goes before first."""
        return (self.restarts_from, self.from_) if self.restarts_from else (self.from_,)


def due_date(deadline: Deadline, definition: AppDefinition, values: Values, moment: Moment) -> str | None:
    """'YYYY-MM-DD', or None while neither a planned day nor the first day and the number of days are known."""
    if planned := values.get(deadline.moved_to):
        return str(planned)[:10]
    start = next((values[name] for name in deadline.days_from if values.get(name)), None)
    if not start:
        return None
    days = Evaluation.at(definition, moment).value('workflow.deadline', 'business_days', values)
    if days is None or abs(days) > _MOST_DAYS:
        return None
    return definition.calendar.add_business_days(date.fromisoformat(start[:10]), int(days)).isoformat()
