"""The panel of a lottery: the stage it is at, and the part that belongs to the stage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from nicegui import background_tasks, run
from nicegui.element import Element

from apps.live import RecordChanged
from apps.outcome import Refused
from apps.panel import AppScene
from apps.panels.action_dialog import UNKNOWN
from apps.panels.lottery.answers_part import draw_answers
from apps.panels.lottery.attendance_part import AttendancePart
from apps.panels.lottery.draw_part import DrawPart
from apps.panels.lottery.list_part import ListPart
from apps.panels.lottery.numbers_part import draw_numbers
from apps.panels.lottery.redraw_part import RedrawPart
from apps.panels.lottery.result_part import draw_result
from apps.people import Person
from apps.reading.lottery_standing import Standing, standing
from apps.reading.shown import moment_text
from apps.tags import button, notice, tag
from forms.capabilities.period import Period, told

Step = Callable[[Person], Awaitable[Any]]


class DrawPanel:
    """Drawn anew when applications come in and when it was drawn, but never while somebody types.

    welcomed: who was received last on the day, None while nobody was. asks_next: the box waits for the next number.
    """

    def __init__(self, scene: AppScene) -> None:
        self.scene = scene
        self.app = scene.definition.name
        self._reading = 0
        self._typing = False
        self.welcomed: str | None = None
        self.asks_next = False

    def draw(self) -> None:
        self._place = tag('section', '', 'card card-body lottery', aria_labelledby='draw-title')
        with self._place:
            tag('h2', '抽選', 'card-title', id='draw-title')
        self.dialogs = tag('div')
        self.scene.listen(self._happened)
        self.read()

    def hold(self) -> None:
        """Somebody types here: what others do is not shown until they are done."""
        self._typing = True

    def read(self) -> None:
        self._reading += 1
        self._typing = False
        background_tasks.create(self._show(self._reading), name='lottery')

    async def take(self, step: Step, news: Element | None = None) -> bool:
        """Do a step as the person at the screen; a refusal is told in `news`, or on top of the panel.

        Returns whether it was done.
        """
        person = self.scene.person()
        if person is None:
            return False
        try:
            await step(person)
        except Refused as refused:
            self.dialogs.clear()
            self.refuse(refused.detail or UNKNOWN, news)
            return False
        self.dialogs.clear()
        self.read()
        return True

    def ask(self, title: str, lead: str, label: str, step: Step, *, told: str = '') -> None:
        """A question before a step that nobody can take back. told: what is about to be used, word for word."""
        self.dialogs.clear()
        with self.dialogs, tag('dialog', '', 'dialog', aria_label=title) as dialog:
            tag('h2', title, 'dialog-title')
            tag('p', lead, 'dialog-lead')
            if told:
                tag('p', told, 'ticket-hash')
            with tag('div', '', 'dialog-buttons'):
                button('やめる', self.dialogs.clear, 'button outline')
                button(label, lambda: self.take(step), 'button solid')
        dialog.on('close', self.dialogs.clear, args=[])
        dialog.run_method('showModal')

    def refuse(self, text: str, news: Element | None = None) -> None:
        place = news or self._news
        if not place.is_deleted:
            place.clear()
            with place:
                notice('error', text)

    def _happened(self, happening: object) -> None:
        own = isinstance(happening, RecordChanged) and happening.app == self.app
        if own and not self._typing:
            self.read()

    async def _show(self, reading: int) -> None:
        person = self.scene.person()
        if person is None:
            return
        context, definition = self.scene.context, self.scene.definition
        moment = context.reading.moment(person)
        now = await run.io_bound(standing, context.store, definition, moment)
        if now is None or reading != self._reading or self._place.is_deleted:
            return
        self._place.clear()
        sight = context.reading.sight(definition, person)
        can_act = sight.may('act')
        with self._place:
            tag('h2', '抽選', 'card-title', id='draw-title')
            self._draw_stages(now, moment.now)
            self._news = tag('div', '', 'workflow-news')
            if now.held is None:
                ListPart(self, now, can_act).draw()
                DrawPart(self, now, can_act).draw()
            else:
                draw_result(self, now.held, moment.now)
                draw_answers(self, now, moment.now)
                if can_act:
                    AttendancePart(self, now).draw()
                    RedrawPart(self, now.held, person).draw()
            draw_numbers(self, now, sight.may('export'))

    def _draw_stages(self, now: Standing, at: datetime) -> None:
        period = self.scene.definition.capabilities.get('period')
        has_period = isinstance(period, Period)
        opens, closes, announced = (
            (told(each) if each else '' for each in (period.opens, period.closes, period.announced))
            if isinstance(period, Period)
            else ('', '', '')
        )
        is_over = has_period and period.is_closed(at)  # type: ignore[union-attr]
        is_told = not has_period or period.is_announced(at)  # type: ignore[union-attr]
        listed = moment_text(now.ceremony.get('listed_at'))
        drawn = moment_text(now.held['at']) if now.held is not None else ''
        stages = [
            ('受付中', f'{opens}から' if opens else ''),
            ('締切', closes),
            ('一覧の確定', listed),
            ('抽選', drawn),
            ('発表', announced),
        ]
        current = 2 if now.is_fixed else 1 if is_over else 0
        if now.held is not None:
            current = 4 if is_told else 3
        with tag('ol', '', 'stages across'):
            for index, (name, note) in enumerate(stages):
                state = 'now' if index == current else 'passed' if index < current else ''
                with tag('li', '', f'stage {state}'.strip(), aria_current='step' if state == 'now' else None):
                    tag('span', name, 'stage-name')
                    tag('span', f'いまここ {note}'.strip() if state == 'now' else note, 'stage-note')
