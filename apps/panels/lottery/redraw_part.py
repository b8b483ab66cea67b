"""Drawing again: one person asks with a reason, another approves, and only then the value can be entered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from nicegui.events import GenericEventArguments

from apps.panels.lottery.draw_part import SEND_FORM
from apps.people import Person
from apps.tags import button, notice, tag

if TYPE_CHECKING:
    from apps.panels.lottery.draw_panel import DrawPanel

LEAD = '前の結果はそのまま残り、公表するものに再抽選の理由が加わります。'


class RedrawPart:
    """Folded away: a re-draw is rare, and nobody should meet it by accident."""

    def __init__(self, panel: DrawPanel, held: Mapping[str, Any], person: Person) -> None:
        self._panel = panel
        self._asked: Mapping[str, Any] = held.get('redraw') or {}
        self._person = person
        self._request_id = str(uuid4())

    def draw(self) -> None:
        with tag('details', '', 'more', open=bool(self._asked)):
            tag('summary', '抽選をやり直す')
            if not self._asked:
                self._draw_asking()
            elif not self._asked.get('approved_by'):
                self._draw_approving()
            else:
                self._draw_drawing()

    def _draw_asking(self) -> None:
        tag('p', '再抽選には、理由と、別の人の承認が要ります。' + LEAD, 'draw-hint')
        with tag('form', '', 'redraw-form') as form:
            self._box('reason', '再抽選の理由')
            self._box('source', '使う公開の値の出どころ(これから分かる値)')
            tag('button', '再抽選を求める', 'button outline', type='submit')
        form.on('submit', lambda event: self._panel.take(partial(self._ask, event)), js_handler=SEND_FORM)

    def _draw_approving(self) -> None:
        asked = self._asked
        by = self._panel.scene.context.directory.staff_name(asked['by']) or asked['by']
        notice('warning', f'{by}が再抽選を求めています。理由: {asked["reason"]} 公開の値: {asked["source"]}')
        lotteries = self._panel.scene.context.lotteries
        with tag('div', '', 'double-buttons'):
            if asked['by'] == self._person.account:
                tag('p', '別の人の承認を待っています。', 'draw-hint')
            else:
                approve = partial(self._panel.ask, '再抽選を承認する', LEAD, '承認する', self._approve)
                button('承認する', approve, 'button solid')
            give_up = partial(self._panel.take, lambda by: lotteries.give_up_redraw(self._panel.app, by=by))
            button('取りやめる', give_up, 'button quiet')

    def _draw_drawing(self) -> None:
        notice('info', f'再抽選が承認されました。公開の値: {self._asked["source"]}')
        with tag('form', '', 'redraw-form') as form:
            self._box('value', '公開の値')
            tag('button', 'もう一度抽選する', 'button solid', type='submit')
        form.on('submit', self._ask_draw, js_handler=SEND_FORM)

    def _box(self, name: str, label: str) -> None:
        tag('label', label, 'toolbar-label', for_=f'redraw-{name}')
        box = tag('input', '', 'field-box', id=f'redraw-{name}', name=name, required=True, autocomplete='off')
        box.props['maxlength'] = 200
        box.on('focus', self._panel.hold, args=[])

    async def _ask(self, event: GenericEventArguments, by: Person) -> None:
        given: Any = event.args if isinstance(event.args, dict) else {}
        reason, source = (str(given.get(name) or '') for name in ('reason', 'source'))
        await self._panel.scene.context.lotteries.ask_redraw(self._panel.app, reason, source, by=by)

    async def _approve(self, by: Person) -> None:
        await self._panel.scene.context.lotteries.approve_redraw(self._panel.app, by=by)

    def _ask_draw(self, event: GenericEventArguments) -> None:
        given: Any = event.args if isinstance(event.args, dict) else {}
        value = str(given.get('value') or '').strip()
        self._panel.ask('もう一度抽選する', LEAD, '抽選する', partial(self._draw, value), told=value)

    async def _draw(self, value: str, by: Person) -> None:
        lotteries = self._panel.scene.context.lotteries
        await lotteries.draw(self._panel.app, by=by, value=value, request_id=self._request_id)
