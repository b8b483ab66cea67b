"""A day of a queue step by step: a slider and a list of steps, and what stood in every section after each."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from nicegui import background_tasks, run, ui
from nicegui.events import GenericEventArguments

from apps.addresses import app_address, queue_statistics_address
from apps.outcome import Refused
from apps.screens.refusal import draw_not_found
from apps.tags import button, icon, link, notice, tag
from forms.capabilities.queue.tickets import (
    ABSENT,
    CALLED,
    CANCELLED,
    COLLECT,
    HELD,
    SENT_HOME,
    SERVED,
    SERVING,
    WAITING,
    Ticket,
)
from forms.japanese.era import wareki

if TYPE_CHECKING:
    from apps.frame import Frame
    from apps.reading.queue_statistics import DayAgain

AROUND = 6
"""Steps shown before and after the one that is looked at."""
_SHOWN = (CALLED, SERVING, WAITING, HELD, COLLECT, ABSENT)
_ENDED = {SERVED: '受付済', CANCELLED: '取消', SENT_HOME: '閉庁で終了'}


def draw(frame: Frame, app: str, day: str) -> None:
    """day: ISO; today where it says nothing that can be read."""
    person = frame.person()
    if person is None:
        return
    try:
        definition = frame.context.reading.definition(app, person)
    except Refused as refused:
        draw_not_found(frame, refused.detail)
        return
    if 'queue' not in definition.capabilities:
        draw_not_found(frame)
        return
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        wanted = frame.context.clock.now().date()
    frame.title(f'{wareki(wanted)}の流れ - {definition.title}', definition.title)
    with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
        link(definition.title, app_address(definition.name))
        tag('span', '›', aria_hidden='true')
        link('統計', queue_statistics_address(definition.name, {'span': 'day', 'at': wanted.isoformat()}))
        tag('span', '›', aria_hidden='true')
        tag('span', '1日の流れ', aria_current='page')
    with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
        tag('h1', f'{wareki(wanted)}の流れ', 'page-title')
        tag('p', '残っている流れから、1手ずつ見直せます。記録は変わりません。', 'page-lead')
    place = tag('div', '', 'replay', aria_busy='true')
    background_tasks.create(_fill(frame, definition.name, wanted, place), name='queue replay')


async def _fill(frame: Frame, app: str, day: date, place: ui.element) -> None:
    person = frame.person()
    if person is None:
        return
    try:
        found = await run.io_bound(frame.context.queue_reports.again, app, day, by=person)
    except Refused as refused:
        with place:
            notice('error', refused.detail or 'いまは見られません。')
        return
    if found is None or place.is_deleted:
        return
    place.props.pop('aria-busy', None)
    with place:
        if found.steps:
            Replay(frame, found).draw()
        else:
            tag('p', 'この日の受付はありません。', 'empty')


class Replay:
    """Stands at one step; the last one first, which is how the day ended."""

    def __init__(self, frame: Frame, found: DayAgain) -> None:
        self._frame = frame
        self._found = found
        self._at = len(found.steps) - 1

    def draw(self) -> None:
        self._where = tag('p', '', 'replay-where', role='status')
        with tag('div', '', 'replay-row'):
            with button('', lambda: self._go(self._at - 1), 'button outline', aria_label='前の1手'):
                icon('chevron_left')
            last = len(self._found.steps) - 1
            self._slider = tag('input', '', 'replay-slider', type='range', min=0, max=last, aria_label='何手目か')
            where = '(event) => emit(Number(event.target.value))'
            self._slider.on('input', self._slid, throttle=0.08, js_handler=where)
            with button('', lambda: self._go(self._at + 1), 'button outline', aria_label='次の1手'):
                icon('chevron_right')
        with tag('div', '', 'replay-parts'):
            self._steps = tag('ol', '', 'card replay-steps')
            self._state = tag('div', '', 'replay-state')
        self._show()

    def _slid(self, event: GenericEventArguments) -> None:
        if isinstance(event.args, int):
            self._go(event.args)

    def _go(self, at: int) -> None:
        self._at = max(0, min(at, len(self._found.steps) - 1))
        self._show()

    def _show(self) -> None:
        steps, here = self._found.steps, self._at
        step = steps[here]
        self._slider.props['value'] = here
        where = f'{len(steps)}手のうち{here + 1}手目 {step.at:%H:%M:%S} {step.words}'
        self._slider.props['aria-valuetext'] = where
        self._where.text = where
        self._steps.clear()
        with self._steps:
            for at in range(max(0, here - AROUND), min(len(steps), here + AROUND + 1)):
                self._draw_step(at)
        self._state.clear()
        with self._state:
            for section in self._found.queue.sections:
                self._draw_section(section.name, [each for each in step.tickets if each.section == section.name])

    def _draw_step(self, at: int) -> None:
        step = self._found.steps[at]
        by = str(step.step.get('clerk') or step.step.get('by') or '')
        name = self._frame.context.directory.staff_name(by) or ''
        with tag('li', '', 'replay-step', aria_current='step' if at == self._at else None):
            with button('', lambda: self._go(at), 'replay-button'):
                tag('span', f'{step.at:%H:%M:%S}', 'replay-time')
                tag('span', step.words, 'replay-words')
                tag('span', name, 'replay-by')

    def _draw_section(self, name: str, tickets: list[Ticket]) -> None:
        counts = Counter(each.status for each in tickets)
        with tag('section', '', 'card replay-section'):
            tag('h2', name, 'replay-name')
            for status in _SHOWN:
                if own := [each for each in tickets if each.status == status]:
                    with tag('p', '', 'replay-line'):
                        tag('span', f'{status} {len(own)}', 'replay-status')
                        tag('span', '  '.join(_told(each) for each in own), 'replay-numbers')
            ended = [f'{words} {counts[status]}' for status, words in _ENDED.items() if counts[status]]
            tag('p', '、'.join(ended) or '終わった人はまだいません。', 'replay-ended')


def _told(ticket: Ticket) -> str:
    at_counter = ticket.status in (CALLED, SERVING) and ticket.counter
    return f'{ticket.called_as}({ticket.counter})' if at_counter else ticket.called_as
