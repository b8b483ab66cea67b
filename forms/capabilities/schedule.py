"""Work that comes round again: the next day for every facility, and what is due."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from typing import TYPE_CHECKING

from forms.capability import Capability, Moment, Values, capability
from forms.field import Field, Value, field_types, setting
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

UNITS = ('days', 'weeks', 'months', 'years')


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done again. of: the thing (a record id of its app); last: the newest record about it."""

    of: Value
    next: Day
    last: str

    def is_overdue(self, today: Day) -> bool:
        return self.next < today


@capability('schedule', title='定期の予定')
@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Capability):
    """Every record holds the next day; only the newest record of a thing counts. every: {months: 6} and the like."""

    of: str = setting(label='対象の項目', help='必ず書きます。何の予定か。施設などのルックアップの項目。')
    date: str = setting(label='実施日の項目', help='必ず書きます。実施した日。この日から数えます。')
    every: Mapping[str, int] = setting({}, label='間隔', help='必ず書きます。例 {months: 6}、{weeks: 2}')
    next: str = setting('次回予定日', label='次回の日の項目', help='次の予定日が入る項目の名前。')

    def added_fields(self) -> Sequence[Field]:
        return (field_types()['date'](name=self.next, readonly=True),)

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for key in ('of', 'date'):
            name = getattr(self, key)
            if name not in definition.fields:
                yield problem('D209', at=(key,), setting=key, name=name, instead=instead(name, definition.fields))
        day = definition.fields.get(self.date)
        if day and day.TYPE not in ('date', 'datetime'):
            yield problem('D210', at=('date',), setting='date', name=self.date, type=day.TITLE, wanted='日付か日時')
        for unit, number in self.every.items():
            if unit not in UNITS:
                yield problem('D108', at=('every', unit), key='every', value=unit, instead=instead(unit, UNITS))
            elif number < 1:
                yield problem('D752', at=('every', unit), unit=unit, number=number)
        if not self.every:
            yield problem('D103', at=(), key='every', where='schedule')

    def fill(self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment) -> Values:
        done = new.get(self.date)
        return {self.next: after(Day.fromisoformat(done[:10]), self.every).isoformat() if done else None}

    def due(self, records: Iterable[tuple[str, Values]], until: Day) -> tuple[Due, ...]:
        """What is due by that day, the longest overdue first. records: (id, values) of every living record."""
        newest: dict[str, tuple[str, str, Values]] = {}
        for record_id, values in records:
            thing, done = values.get(self.of), values.get(self.date)
            if thing and done and (done, record_id) > newest.get(thing, ('', '', {}))[:2]:
                newest[thing] = (done, record_id, values)
        found = (
            Due(thing, Day.fromisoformat(values[self.next]), record_id)
            for thing, (_, record_id, values) in newest.items()
            if values.get(self.next)
        )
        return tuple(sorted((each for each in found if each.next <= until), key=lambda each: (each.next, str(each.of))))


def after(day: Day, every: Mapping[str, int]) -> Day:
    """2026-08-31 + {months: 6} = 2027-02-28: the last day of a month that is too short."""
    months = day.month - 1 + every.get('months', 0) + 12 * every.get('years', 0)
    year, month = day.year + months // 12, months % 12 + 1
    moved = Day(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return moved + timedelta(days=every.get('days', 0), weeks=every.get('weeks', 0))
