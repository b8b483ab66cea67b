"""One rule of what staff are told: the event or the day, the people, the words."""

from __future__ import annotations

from dataclasses import MISSING, dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from forms.field import FormulaText, Value, setting
from forms.japanese.calendar import BusinessCalendar

if TYPE_CHECKING:
    from forms.definition import AppDefinition

CREATED, CHANGED, ACTION, ASSIGNED, OVERDUE = 'created', 'changed', 'action', 'assigned', 'overdue'
WHENS = (CREATED, CHANGED, ACTION, ASSIGNED, OVERDUE)
ASSIGNEE = 'assignee'
MORNING = time(8, 30)
_TOKYO = ZoneInfo('Asia/Tokyo')


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """So many days, or days on which the city hall is open, before or after the day in `field`, at an hour."""

    field: str = setting(label='日付の項目', help='必ず書きます。この項目の日から数えます。')
    days: int | None = setting(None, label='日数', help='暦の日数。0 は当日。')
    business_days: int | None = setting(None, label='開庁日の数', help='開庁日で数えた日数。')
    at: time = setting(MORNING, label='時刻', help='例 08:30')

    def moment_for(self, value: Value, calendar: BusinessCalendar, *, before: bool) -> datetime | None:
        """The moment for a stored date or date-time; None for a blank one."""
        if not isinstance(value, str) or not value:
            return None
        day, sign = date.fromisoformat(value[:10]), -1 if before else 1
        if self.business_days:
            day = calendar.add_business_days(day, sign * self.business_days)
        elif self.days:
            day += timedelta(days=sign * self.days)
        return datetime.combine(day, self.at, _TOKYO)

    @property
    def widest(self) -> timedelta:
        """No moment lies further from its day: closed days in a row are fewer than two weeks."""
        return timedelta(days=(self.days or 0) + 2 * (self.business_days or 0) + 14)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyRule:
    """Exactly one of when, before and after. to: assignee, roles, fields (staff, section), names of sections."""

    name: str = setting(label='通知の名前', help='お知らせの見出し。1人に同じ出来事は1回だけ知らせます。')
    when: str = setting(
        '',
        label='出来事',
        help='created 登録、changed 変更、action 操作、assigned 担当の決定、overdue 期限超過。',
        choices=WHENS,
    )
    before: Day | None = setting(None, label='日付の前', help='例 {field: 期限, business_days: 3, at: 08:30}')
    after: Day | None = setting(None, label='日付のあと', help='例 {field: 完了日, days: 30}')
    fields: tuple[str, ...] = setting((), label='変わった項目', help='changed のとき、この項目が変わったときだけ。')
    actions: tuple[str, ...] = setting((), label='操作の名前', help='action のとき、この操作だけ。')
    to: tuple[str, ...] = setting(
        MISSING,
        label='知らせる人',
        help='assignee、役割(leader など)、職員か所属の項目、所属の名前。操作した本人には知らせません。',
    )
    text: str = setting(label='文', help='{受付番号} のように項目を入れられます。個人情報の項目は入れられません。')
    only: FormulaText | None = setting(None, label='条件', help='この式が成り立つレコードだけ知らせます。')

    @property
    def is_dated(self) -> bool:
        return self.before is not None or self.after is not None or self.when == OVERDUE


def day_of(rule: NotifyRule, definition: AppDefinition) -> Day | None:
    """The day that a rule is about; a deadline is overdue on the morning after it."""
    if rule.when != OVERDUE:
        return rule.before or rule.after
    workflow: Any = definition.capabilities.get('workflow')
    return Day(field=workflow.deadline.field, days=1) if workflow and workflow.deadline else None
