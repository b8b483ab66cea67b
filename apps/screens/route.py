"""The way through the places of today: on paper in the order in which one goes, on a phone to open and to complete."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from nicegui import ui

from apps.addresses import record_address
from apps.live import RecordChanged
from apps.outcome import Refused
from apps.panels.action_dialog import ActionDialog
from apps.reading import IN_LISTS
from apps.reading.day_route import DayRoute, RouteLine, day_route, route_of
from apps.reading.seen import Seen
from apps.reading.shown import label_of
from apps.route_days import RouteDays, moved
from apps.route_sketch import as_picture, route_sketch
from apps.screens.print_button import draw_print_button
from apps.screens.refusal import draw_not_found
from apps.tags import button, icon, link, notice, tag
from forms.capabilities.route import MOST
from forms.japanese.era import wareki
from forms.view import View

if TYPE_CHECKING:
    from apps.frame import Frame
    from apps.people import Person
    from forms.capability import Offer
    from forms.definition import AppDefinition

_FOCUS = 'requestAnimationFrame(() => %s.map((id) => document.getElementById(id)).find(Boolean)?.focus())'
"""On the first of these buttons that is there: at either end of the list one of them is missing."""


def draw(frame: Frame, app: str) -> None:
    """The page of one app."""
    person = frame.person()
    if person is None:
        return
    try:
        definition = frame.context.reading.definition(app, person)
        page = RoutePage(frame, definition)
        page.seen(person)
    except Refused as refused:
        draw_not_found(frame, refused.detail)
        return
    page.draw()


class RoutePage:
    """Alive: drawn anew when a record of the app changes, but not while a dialog is open."""

    def __init__(self, frame: Frame, definition: AppDefinition) -> None:
        self.context = frame.context
        self.definition = definition
        self.person = frame.person
        self.days = RouteDays(frame.context.store)
        self._frame = frame
        self._client = ui.context.client
        self._held = False
        self._is_old = False

    @property
    def today(self) -> date:
        return self.context.clock.now().date()

    def seen(self, person: Person) -> Seen:
        """Raises Refused 'not_found' where there are no routes for this person."""
        found = self.context.reading.seen(self.definition, View(name=''), {}, person, IN_LISTS)
        route_of(found)
        return found

    def draw(self) -> None:
        title = '今日の道順'
        self._frame.title(f'{title} - {self.definition.title}', self.definition.title)
        with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
            link(self.definition.title, self._frame.list_address(self.definition.name))
            tag('span', '›', aria_hidden='true')
            tag('span', title, aria_current='page')
        self._news = tag('div')
        self._dialogs = tag('div')
        self._place = tag('div', '', 'route')
        self._fill()
        self._frame.listen(self._happened)

    def _fill(self, focus: Sequence[str] = ()) -> None:
        self._is_old = False
        person = self.person()
        if person is None or self._place.is_deleted:
            return
        kept = self.days.of(person.account, self.definition.name, self.today)
        found = day_route(self.seen(person), kept)
        self._place.clear()
        with self._place:
            self._draw_head(found, person, arranged=bool(kept.order))
            if not found.lines:
                tag('p', '今日の道順に入る記録はありません。一覧で選んで「道順に入れる」を押すと入ります。', 'empty')
            else:
                self._draw_sketch(found)
                with tag('ol', '', 'route-stops'):
                    for number, line in enumerate(found.lines, 1):
                        self._draw_stop(found, number, line, person)
        if focus:
            self._client.run_javascript(_FOCUS % json.dumps(list(focus)))

    # ---- the head

    def _draw_head(self, found: DayRoute, person: Person, *, arranged: bool) -> None:
        with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
            tag('h1', f'{wareki(self.today)}の道順', 'page-title')
            count = f'{len(found.lines):,}か所' if found.lines else '0か所'
            far = f' 直線で約{found.metres / 1000:.1f} km' if found.lines else ''
            tag('p', f'{person.name} {count}{far}(出発 {found.rules.start.name})', 'page-lead route-sum')
        with tag('div', '', 'page-actions route-ways'):
            draw_print_button()
            if arranged:
                button('近い順に並べ直す', self._propose, 'button quiet')
        if found.left_over:
            text = f'1日に{MOST}か所までです。ほか{found.left_over:,}件は入っていません。'
            notice('warning', text)

    def _draw_sketch(self, found: DayRoute) -> None:
        stops = [(number, line.point) for number, line in enumerate(found.lines, 1) if line.point is not None]
        if stops:
            start = found.rules.start
            drawn = route_sketch(start.point, start.name, stops)
            words = f'{start.name}から{len(stops)}か所を回って戻る略図'
            tag('img', '', 'route-sketch', src=as_picture(drawn), alt=words)

    # ---- one stop

    def _draw_stop(self, found: DayRoute, number: int, line: RouteLine, person: Person) -> None:
        row = line.row
        with tag('li', '', 'route-stop', id=f'stop-{row.id}'):
            tag('span', str(number), 'route-number')
            tag('span', '', 'route-check', aria_hidden='true')
            with tag('div', '', 'route-words'):
                link(row.title or '(名前なし)', record_address(self.definition.name, row.id), 'route-title')
                with tag('dl', '', 'route-facts'):
                    for name, text in row.cells.items():
                        if text and text not in row.title:
                            with tag('div'):
                                tag('dt', label_of(self.definition, name))
                                tag('dd', text)
                if line.point is None:
                    tag('p', '位置が登録されていません。', 'route-nowhere')
            with tag('div', '', 'route-buttons'):
                self._draw_action(row.id, person)
                self._draw_moves(found, number, row.id, row.title)

    def _draw_action(self, record: str, person: Person) -> None:
        """The step that finishes the record, or the first of the large ones."""
        offers = [each for each in self.context.reading.offers(self.definition.name, record, by=person) if each.main]
        offers = [each for each in offers if not each.closed]
        if not offers:
            return
        offer = next((each for each in offers if self._finishes(each)), offers[0])
        dialog = ActionDialog(
            self, record, offer, self._dialogs, done=self._fill, refused=self._refuse, hold=self._hold
        )
        button(offer.label, dialog.press, 'button solid')

    def _finishes(self, offer: Offer) -> bool:
        workflow = self.definition.capabilities.get('workflow')
        done = getattr(workflow, 'done', ())
        return any(each.name == offer.name and each.to in done for each in getattr(workflow, 'actions', ()))

    def _draw_moves(self, found: DayRoute, number: int, record: str, title: str) -> None:
        with tag('div', '', 'route-moves'):
            if number > 1:
                self._icon('arrow_upward', f'{title}を1つ前へ', f'up-{record}', lambda: self._move(found, record, -1))
            if number < len(found.lines):
                words = f'{title}を1つ後へ'
                self._icon('arrow_downward', words, f'down-{record}', lambda: self._move(found, record, 1))
            self._icon('close', f'{title}を道順から外す', f'off-{record}', lambda: self._leave_out(record))

    @staticmethod
    def _icon(symbol: str, words: str, name: str, press: object) -> None:
        with button('', press, 'icon-button', aria_label=words, id=name):  # type: ignore[arg-type]
            icon(symbol)

    # ---- what is done

    def _move(self, found: DayRoute, record: str, steps: int) -> None:
        if (person := self.person()) is not None:
            self.days.arrange(person.account, self.definition.name, self.today, moved(found.ids, record, steps))
            ways = f'up-{record}', f'down-{record}'
            self._fill(ways if steps < 0 else ways[::-1])

    def _leave_out(self, record: str) -> None:
        if (person := self.person()) is not None:
            self.days.leave_out(person.account, self.definition.name, self.today, record)
            self._fill()

    def _propose(self) -> None:
        if (person := self.person()) is not None:
            self.days.arrange(person.account, self.definition.name, self.today, ())
            self._fill()

    def _refuse(self, text: str) -> None:
        if not self._news.is_deleted:
            self._news.clear()
            with self._news:
                notice('error', text)

    def _hold(self, held: bool) -> None:
        self._held = held
        if not held and self._is_old:
            self._fill()

    def _happened(self, happening: object) -> None:
        if isinstance(happening, RecordChanged) and happening.app == self.definition.name:
            if self._held:
                self._is_old = True
            else:
                self._fill()
