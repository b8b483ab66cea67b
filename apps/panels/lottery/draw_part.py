"""Holding the draw: the commitment everybody could see, and the public value as it was announced."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from nicegui.events import GenericEventArguments

from apps.operations.ceremony import lottery_of
from apps.people import Person
from apps.reading.lottery_standing import Standing
from apps.tags import icon, tag

if TYPE_CHECKING:
    from apps.panels.lottery.draw_panel import DrawPanel

SEND_FORM = '(e) => { e.preventDefault(); emit(Object.fromEntries(new FormData(e.target))) }'
LEAD = '抽選は1回だけです。公開の値が、知らせたとおりの値と書き方であることを確かめてください。'
COMMITMENT_HINT = '受付の前に公表します。抽選のあとで秘密の値を公開すると、だれでも同じハッシュになるか確かめられます。'


class DrawPart:
    """A form with one box; a draw is asked for once per page, however often the button is pressed."""

    def __init__(self, panel: DrawPanel, now: Standing, can_act: bool) -> None:
        self._panel = panel
        self._now = now
        self._can_act = can_act
        self._request_id = str(uuid4())

    def draw(self) -> None:
        ceremony = self._now.ceremony
        if ceremony.get('commitment'):
            tag('p', '秘密の値のハッシュ', 'toolbar-label')
            tag('p', ceremony['commitment'], 'ticket-hash')
            tag('p', COMMITMENT_HINT, 'draw-hint')
        if self._now.is_fixed and self._can_act and not self._now.refusal:
            self._draw_form()
        else:
            self._draw_closed()

    def _draw_closed(self) -> None:
        not_yet = '先に、申込みの一覧を確定します。' if self._can_act else '抽選する権限がありません。'
        why = self._now.refusal or not_yet
        with tag('div', '', 'closed-action'):
            icon('lock')
            with tag('div'):
                tag('strong', '抽選する')
                tag('span', why)

    def _draw_form(self) -> None:
        source = lottery_of(self._panel.scene.definition).public_value
        thrown = '会場で決めた値(さいころの目など)を入力します。'
        hint = f'前もって知らせた値を、そのまま入力します: {source}' if source else thrown
        with tag('form', '', 'draw-form') as form:
            with tag('div', '', 'draw-seed'):
                tag('label', '公開の値', 'toolbar-label', for_='value')
                tag('p', hint, 'draw-hint', id='value-hint')
                box = tag('input', '', 'field-box', id='value', name='value', required=True, autocomplete='off')
                box.props.update({'maxlength': 200, 'aria-describedby': 'value-hint'})
                box.on('focus', self._panel.hold, args=[])
            tag('button', '抽選する', 'button solid large', type='submit')
        form.on('submit', self._ask, js_handler=SEND_FORM)

    def _ask(self, event: GenericEventArguments) -> None:
        given: Any = event.args if isinstance(event.args, dict) else {}
        value = str(given.get('value') or '').strip()[:200]
        if not value:
            self._panel.refuse('公開の値を入力してください。')
            return
        title = f'{self._now.count:,}件を抽選する'
        self._panel.ask(title, LEAD, '抽選する', partial(self._hold_draw, value), told=value)

    async def _hold_draw(self, value: str, by: Person) -> None:
        lotteries = self._panel.scene.context.lotteries
        await lotteries.draw(self._panel.app, by=by, value=value, request_id=self._request_id)
