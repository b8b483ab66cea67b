"""One list of records whose personal data is to go: looked through, approved, erased, and then its certificate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from nicegui.events import GenericEventArguments

from apps.addresses import record_address
from apps.outcome import Refused
from apps.people import Person
from apps.retention.certificate import facts
from apps.retention.disposal import APPROVED, DONE, ERASING, PROPOSED, Disposal, Item
from apps.retention.rule import day_text
from apps.screens.accounts.boxes import SEND_FORM, Said, given
from apps.screens.print_button import draw_print_button
from apps.tags import button, link, notice, tag

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition

PAGE = 100


class ListPage:
    def __init__(self, frame: Frame, definition: AppDefinition, found: Disposal) -> None:
        self.frame, self.definition, self.found = frame, definition, found
        self._page = 0

    def draw(self) -> None:
        """Again after every step, with how it ended at the top."""
        with tag('div', '', 'page-head'):
            with tag('div', '', 'page-head-words'):
                self._title = tag('h1', '', 'page-title')
            with tag('div', '', 'page-actions'):
                draw_print_button()
        self._said = Said()
        self._place = tag('div', '', 'retention-list')
        self._fill()

    def _fill(self) -> None:
        self._title.set_text('個人情報の消去証明' if self.found.state == DONE else '消去の一覧')
        self._place.clear()
        with self._place:
            with tag('section', '', 'card card-body', aria_label='この一覧について'), tag('dl', '', 'facts'):
                for name, text in facts(self.found, self.definition.title, self.frame.context.directory):
                    with tag('div', '', 'fact'):
                        tag('dt', name)
                        tag('dd', text)
            self._draw_next_step()
            self._draw_items()

    def _draw_next_step(self) -> None:
        person, found = self.frame.person(), self.found
        if person is None or found.state not in (PROPOSED, APPROVED, ERASING):
            return
        with tag('section', '', 'card card-body no-print', aria_label='次にすること'):
            tag('h2', '次にすること', 'card-title')
            if found.state == PROPOSED and found.made_by == person.account:
                notice('info', '承認は、一覧を作った人とは別の人がします。このページを、承認する人に知らせてください。')
            elif found.state == PROPOSED:
                tag('p', f'{len(found.wanted):,}件の番号を確かめてから承認します。')
                button('承認する', self._approve, 'button solid')
            else:
                tag('p', f'{len(found.wanted):,}件の個人情報を、変更履歴や通知、写真も含めて消します。')
                with tag('details', '', 'retention-sure'):
                    tag('summary', '消す', 'button danger')
                    tag('p', '消したものは、だれにも元に戻せません。消しますか。')
                    button(f'はい、{len(found.wanted):,}件の個人情報を消します', self._run, 'button danger')
            if found.state != ERASING:
                with tag('form', '', 'toolbar') as form:
                    with tag('div'):
                        tag('label', '取りやめる理由', 'toolbar-label', for_='refuse-why')
                        tag('input', '', 'field-box', id='refuse-why', name='why', required=True, autocomplete='off')
                    tag('button', 'この一覧を取りやめる', 'button outline', type='submit')
                form.on('submit', self._refuse, js_handler=SEND_FORM)

    def _draw_items(self) -> None:
        found = self.found
        items = found.erased if found.state == DONE else list(found.items)
        first, last = self._page * PAGE, min((self._page + 1) * PAGE, len(items))
        with tag('section', '', 'card card-body', aria_label='レコード'):
            tag('h2', '消したレコード' if found.state == DONE else '一覧のレコード', 'card-title')
            with tag('table', '', 'retention-items'):
                with tag('thead'), tag('tr'):
                    leaving_out = ('一覧から外す',) if found.state == PROPOSED else ()
                    for title in ('番号', '保存期間の最後の日', *leaving_out):
                        tag('th', title, scope='col')
                with tag('tbody'):
                    for item in items[first:last]:
                        self._draw_item(item)
            if len(items) > PAGE:
                with tag('nav', '', 'retention-pages no-print', aria_label='ページ'):
                    tag('span', f'{first + 1:,}〜{last:,}件目 / 全{len(items):,}件', role='status')
                    button('前の100件', partial(self._turn, -1), 'button outline', disabled=self._page == 0)
                    button('次の100件', partial(self._turn, 1), 'button outline', disabled=last >= len(items))

    def _draw_item(self, item: Item) -> None:
        why = (self.found.held or {}).get(item.id, '')
        with tag('tr', '', 'is-held' if why else ''):
            with tag('td'):
                link(item.number, record_address(self.definition.name, item.id))
            tag('td', day_text(item.last))
            if self.found.state != PROPOSED:
                return
            with tag('td', '', 'no-print'):
                if why:
                    tag('span', f'外しました: {why} ')
                    button('戻す', partial(self._hold, item, ''), 'button plain')
                    return
                with tag('form', '', 'retention-hold') as form:
                    label = f'{item.number}を外す理由'
                    tag('input', '', 'field-box', name='why', required=True, autocomplete='off', aria_label=label)
                    tag('button', '外す', 'button outline', type='submit', aria_label=f'{item.number}を外す')
                form.on('submit', partial(self._hold_for, item), js_handler=SEND_FORM)

    # ---- what happens

    def _turn(self, by: int) -> None:
        self._page += by
        self._fill()

    async def _approve(self) -> None:
        desk = self.frame.context.retention
        read = self.found.held or {}
        await self._do(lambda by: desk.approve(self.found.id, by=by, held=read), '承認しました。まだ消していません。')

    async def _refuse(self, event: GenericEventArguments) -> None:
        desk, why = self.frame.context.retention, given(event).get('why', '')
        await self._do(lambda by: desk.refuse(self.found.id, why, by=by), '取りやめました。何も消していません。')

    async def _hold_for(self, item: Item, event: GenericEventArguments) -> None:
        await self._hold(item, given(event).get('why', ''))

    async def _hold(self, item: Item, why: str) -> None:
        desk = self.frame.context.retention
        text = f'{item.number} を一覧から外しました。' if why else f'{item.number} を一覧に戻しました。'
        await self._do(lambda by: desk.hold(self.found.id, item.id, why, by=by), text)

    async def _run(self) -> None:
        self._said.say('info', '消しています。終わるまで、このページを開いたままお待ちください。')
        desk = self.frame.context.retention
        done = '消しました。この画面が消去証明です。印刷して保管できます。'
        await self._do(lambda by: desk.run(self.found.id, by=by), done)

    async def _do(self, deed: Callable[[Person], Awaitable[object]], done: str) -> None:
        by = self.frame.person()
        if by is None:
            return
        try:
            await deed(by)
        except Refused as refused:
            self._said.say('error', refused.detail)
        else:
            self._said.say('success', done)
        self.found = self.frame.context.retention.disposal(self.found.id, by)
        self._fill()

