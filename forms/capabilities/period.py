"""When applications are taken: from an opening to a closing moment on Japanese time, and when results are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from forms.capability import Capability, Moment, Values, capability
from forms.field import Field, field_types, setting
from forms.japanese.era import wareki
from forms.message import Message, message
from forms.problems import Problem, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

_TOKYO = ZoneInfo('Asia/Tokyo')


@capability('period', title='受付期間')
@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Capability):
    """New records only within the period, the closing second included; what was taken in may still be changed by staff.

    late_by_staff: staff may enter what arrived on paper after the closing; such a record is marked and never drawn.
    """

    opens: datetime | None = setting(None, label='受付開始', help='例 2026-10-01 09:00')
    closes: datetime | None = setting(None, label='受付終了', help='例 2026-12-11 17:00。この時刻まで受け付けます。')
    announced: datetime | None = setting(None, label='結果の発表', help='結果を知らせてよくなる日時。')
    late_by_staff: bool = setting(
        False, label='終了後の職員入力', help='true なら、締切後も職員は入力できます。印が付き、抽選には入りません。'
    )
    late: str = setting('締切後の受付', label='締切後の印の項目', help='締切後に入力した申込みの印が入る項目の名前。')

    def added_fields(self) -> Sequence[Field]:
        return (field_types()['yes_no'](name=self.late, readonly=True),) if self.late_by_staff else ()

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        moments = [('opens', self.opens), ('closes', self.closes), ('announced', self.announced)]
        known = [(key, moment) for key, moment in moments if moment is not None]
        for (before, earlier), (after, later) in pairwise(known):
            if earlier >= later:
                yield problem('D750', at=(after,), before=before, after=after)
        if self.closes and self.closes.time() == time(0):
            # A closing day without a time would end with its first second; nobody means that.
            yield problem('D751', at=('closes',), day=f'{self.closes:%Y-%m-%d}')

    def fill(self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment) -> Values:
        return {self.late: True} if old is None and self.late_by_staff and self.is_closed(moment.now) else {}

    def refuse(
        self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
    ) -> Iterable[Message]:
        if old is not None:
            return
        if self.opens and moment.now < self.opens:
            yield message('', 'not_open_yet', label='', opens=told(self.opens))
        elif self.closes and self.is_closed(moment.now) and not (self.late_by_staff and moment.roles):
            yield message('', 'closed', label='', closes=told(self.closes))

    def is_open(self, now: datetime) -> bool:
        """Whether an application is taken at this moment."""
        return (self.opens is None or now >= self.opens) and not self.is_closed(now)

    def is_closed(self, now: datetime) -> bool:
        """Whether the period is over: from the second after the closing second."""
        return self.closes is not None and now.replace(microsecond=0) > self.closes

    def is_announced(self, now: datetime) -> bool:
        """Whether results may be told."""
        return self.announced is None or now >= self.announced


def told(moment: datetime) -> str:
    """令和8年12月11日(金)17時00分, on Japanese time."""
    here = moment.astimezone(_TOKYO)
    return f'{wareki(here.date())}{here.hour}時{here.minute:02}分'
