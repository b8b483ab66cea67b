"""A month: the records of a view on the days of one of its date fields; a list of the chosen day below."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nicegui import background_tasks, run
from tinydb.queries import QueryInstance

from apps.filters import between
from apps.live import RecordChanged
from apps.outcome import Refused
from apps.reading.seen import Seen
from apps.reading.shown import Row
from apps.screens.narrowing_row import NarrowingRow, as_query
from apps.screens.record_line import draw_record_line
from apps.screens.view_screen import ViewScene, ViewScreen, view_screen
from apps.tags import icon, link, notice, tag
from forms.japanese.era import wareki, wareki_year
from storage.record import ARRIVAL

IN_A_DAY = 3
"""Titles in a day of the month; the others are counted and shown when the day is chosen."""

MOST = 200
"""Records in the list of one day."""

_WEEK = '日月火水木金土'
_WEEKEND = frozenset(('土曜日', '日曜日'))


@dataclass(frozen=True, slots=True)
class Month:
    """days: ISO day -> (first records, how many there really are). chosen: the same for the chosen day."""

    days: Mapping[str, tuple[Sequence[Row], int]]
    chosen: tuple[Sequence[Row], int]


@view_screen('calendar')
class CalendarScreen(ViewScreen):
    """The month and the chosen day stand in the address."""

    def __init__(self, scene: ViewScene) -> None:
        super().__init__(scene)
        self._query = dict(scene.query)
        self._reading = 0

    def draw(self) -> None:
        self._row = NarrowingRow(
            self.scene, lambda filters: self.scene.go({**self._place_in_time(), **as_query(filters)})
        )
        self._place = tag('div', '', 'calendar', aria_busy='true')
        self.follow(self._query)

    def follow(self, query: Mapping[str, str]) -> None:
        self._query = dict(query)
        self._row.draw(query)
        self._read()

    def happened(self, happening: object) -> None:
        if isinstance(happening, RecordChanged) and happening.app == self.scene.definition.name:
            self._read()

    # ---- which month, which day

    def _place_in_time(self) -> dict[str, str]:
        return {key: self._query[key] for key in ('month', 'day') if key in self._query}

    def _first(self) -> date:
        today = self.scene.context.clock.now().date()
        day = _day(self._query.get('day', ''))
        return _day(f'{self._query.get("month", "")}-01') or (day or today).replace(day=1)

    def _address(self, **place: str) -> str:
        return self.scene.address({**as_query(self._row.chosen(self._query)), **place})

    # ---- reading

    def _read(self) -> None:
        self._reading += 1
        background_tasks.create(self._show(self._reading), name='calendar')

    async def _show(self, reading: int) -> None:
        person = self.scene.person()
        if person is None:
            return
        reader, definition = self.scene.context.reading, self.scene.definition
        seen = reader.seen(definition, self.scene.view, self._row.chosen(self._query), person)
        first = self._first()
        day = _day(self._query.get('day', ''))
        try:
            month = await run.io_bound(self._month, seen, first, day)
        except (Refused, ValueError) as refused:
            self._refuse(str(refused))
            return
        if month is None or reading != self._reading or self._place.is_deleted:
            return
        self._place.clear()
        self._place.props.pop('aria-busy', None)
        with self._place:
            self._draw_head(first)
            self._draw_days(first, day, month)
            if day is not None:
                self._draw_day(day, *month.chosen)

    def _month(self, seen: Seen, first: date, day: date | None) -> Month:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        by = self.scene.view.by
        counts = dict(seen.store.group(seen.definition.name, self._within(seen, first, last), [(by, 'day')]))
        days = {each: (self._rows(seen, _day(each), IN_A_DAY), total) for each, total in counts.items() if each}
        if day is None:
            return Month(days, ((), 0))
        total = seen.store.count(seen.definition.name, self._within(seen, day, day))
        return Month(days, (self._rows(seen, day, MOST), total))

    def _rows(self, seen: Seen, day: date | None, limit: int) -> list[Row]:
        if day is None:
            return []
        query = self._within(seen, day, day)
        found = seen.store.find(seen.definition.name, query, sort=[(ARRIVAL, False)], limit=limit).docs
        return [seen.row(each) for each in found]

    def _within(self, seen: Seen, first: date, last: date) -> QueryInstance:
        own, condition = between(self.scene.view.by, first.isoformat(), last.isoformat()), seen.condition()
        return own if condition is None else condition & own

    def _refuse(self, text: str) -> None:
        if not self._place.is_deleted:
            self._place.clear()
            with self._place:
                notice('error', text or 'この条件では表示できません。')

    # ---- drawing

    def _draw_head(self, first: date) -> None:
        before, after = first - timedelta(days=1), first + timedelta(days=31)
        with tag('div', '', 'calendar-head'):
            with link('', self._address(month=f'{before:%Y-%m}'), 'button quiet'):
                icon('chevron_left')
                tag('span', '前の月')
            tag('h2', f'{wareki_year(first)}{first.month}月', 'calendar-title')
            with link('', self._address(month=f'{after:%Y-%m}'), 'button quiet'):
                tag('span', '次の月')
                icon('chevron_right')
            link('今月', self._address(), 'button plain')

    def _draw_days(self, first: date, chosen: date | None, month: Month) -> None:
        today = self.scene.context.clock.now().date()
        with tag('table', '', 'month'):
            tag('caption', f'{first.year}年{first.month}月', 'visually-hidden')
            with tag('thead'), tag('tr'):
                for name in _WEEK:
                    tag('th', name, scope='col')
            with tag('tbody'):
                for week in calendar.Calendar(firstweekday=6).monthdatescalendar(first.year, first.month):
                    with tag('tr'):
                        for day in week:
                            if day.month == first.month:
                                self._draw_cell(day, today, chosen, *month.days.get(day.isoformat(), ((), 0)))
                            else:
                                tag('td', '', 'day outside')

    def _draw_cell(self, day: date, today: date, chosen: date | None, rows: Sequence[Row], total: int) -> None:
        closed = self.scene.definition.calendar.name(day)
        marks = {'today': day == today, 'chosen': day == chosen, 'closed': bool(closed), 'empty': not total}
        with tag('td', '', ' '.join(['day', *(name for name, is_so in marks.items() if is_so)])):
            if total:
                address, words = self._address(day=day.isoformat()), f'{wareki(day)} {total:,}件'
                with link('', address, 'day-link', aria_label=words, aria_current='date' if day == today else None):
                    self._draw_content(day, today, closed, rows, total)
            else:
                self._draw_content(day, today, closed, rows, total)

    def _draw_content(self, day: date, today: date, closed: str, rows: Sequence[Row], total: int) -> None:
        with tag('span', '', 'day-head'):
            tag('span', str(day.day), 'day-number')
            tag('span', f'日({_WEEK[day.isoweekday() % 7]})', 'day-week')
            holiday = '' if closed in _WEEKEND else closed
            tag('span', '今日' if day == today else holiday, 'day-note')
        for each in rows:
            tag('span', each.title or '(名前なし)', 'day-record')
        if total > len(rows):
            tag('span', f'ほか{total - len(rows):,}件', 'day-more')

    def _draw_day(self, day: date, rows: Sequence[Row], total: int) -> None:
        with tag('section', '', 'card card-body calendar-day', aria_labelledby='day-title'):
            tag('h2', f'{wareki(day)} {total:,}件', 'card-title', id='day-title')
            with tag('ul', '', 'record-links'):
                for each in rows:
                    draw_record_line(self.scene.definition, each)
            if total > len(rows):
                tag('p', f'ほか {total - len(rows):,}件あります。一覧で日付を絞り込んでください。', 'home-nothing')


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
