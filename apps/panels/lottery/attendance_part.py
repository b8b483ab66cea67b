"""The day itself: a receipt number typed, or read from its QR code, marks that somebody has come."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui.events import GenericEventArguments

from apps.operations.ceremony import lottery_of
from apps.outcome import Refused
from apps.people import Person
from apps.reading.lottery_standing import Standing
from apps.tags import notice, tag
from forms.capabilities.lottery.answering import ATTEND, COMES
from forms.japanese.search_key import search_key

if TYPE_CHECKING:
    from apps.panels.lottery.draw_panel import DrawPanel

SEND_AND_EMPTY = """(e) => {
  e.preventDefault()
  emit(Object.fromEntries(new FormData(e.target)))
  e.target.reset()
}"""
"""Empties the box at once: what a reader types next would stand behind a number that was refused."""


class AttendancePart:
    """A reader of QR codes types the number and presses Enter, like a person; the box is ready for the next at once."""

    def __init__(self, panel: DrawPanel, now: Standing) -> None:
        self._panel = panel
        self._now = now
        self._lottery = lottery_of(panel.scene.definition)

    def draw(self) -> None:
        coming = [each for each in self._now.records.values() if each.get(self._lottery.answer) == COMES]
        came = sum(bool(each.get(self._lottery.attended)) for each in coming)
        with tag('details', '', 'more', open=self._panel.welcomed is not None):
            tag('summary', f'当日の受付(来場 {came:,}件 / 参加 {len(coming):,}件)')
            tag('p', '受付番号を入力してEnterキーを押します。QRコードは、読み取り機でそのまま読めます。', 'draw-hint')
            with tag('form', '', 'redraw-form') as form:
                tag('label', '受付番号', 'toolbar-label', for_='attending')
                box = tag('input', '', 'field-box', id='attending', name='number', required=True, autocomplete='off')
                box.on('focus', self._panel.hold, args=[])
                tag('button', '来場を受け付ける', 'button solid', type='submit')
            form.on('submit', self._came, js_handler=SEND_AND_EMPTY)
            self._news = tag('div')
            if self._panel.welcomed:
                with self._news:
                    notice('success', self._panel.welcomed, role='status')
        if self._panel.asks_next:
            self._panel.asks_next = False
            box.run_method('focus')

    async def _came(self, event: GenericEventArguments) -> None:
        given: Any = event.args if isinstance(event.args, dict) else {}
        await self._panel.take(partial(self._attend, str(given.get('number') or '')), self._news)

    async def _attend(self, typed: str, by: Person) -> None:
        definition = self._panel.scene.definition
        name = self._lottery.number_field(definition)
        wanted = search_key(typed).strip()
        found = [each for each, values in self._now.records.items() if search_key(str(values.get(name))) == wanted]
        if not found:
            raise Refused('not_found', detail=f'受付番号「{typed}」の申込みはありません。')
        values = self._now.records[found[0]]
        if values.get(self._lottery.attended):
            raise Refused('closed', detail=f'{values[name]}は、もう受け付けています。')
        if values.get(self._lottery.answer) != COMES:
            told = values.get(self._lottery.answer) or values.get(self._lottery.result) or '申込み'
            raise Refused('closed', detail=f'{values[name]}は「{told}」です。参加の方ではありません。')
        await self._panel.scene.context.operations.act(self._panel.app, found[0], ATTEND, {}, by=by)
        size = self._lottery.entry(definition, found[0], values).size
        self._panel.welcomed = f'{values[name]} {size}人 {values.get(self._lottery.placed_in)} を受け付けました。'
        self._panel.asks_next = True
