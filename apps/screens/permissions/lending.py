"""To whom an app is lent to look at, until when and why; giving it and taking it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui.events import GenericEventArguments

from apps.grants import MOST_DAYS, Grant
from apps.outcome import Refused
from apps.reading.shown import moment_text
from apps.screens.accounts.boxes import SEND_FORM, given
from apps.tags import button, icon, notice, tag

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition


class Lending:
    """Drawn anew after each change."""

    def __init__(self, frame: Frame, definition: AppDefinition) -> None:
        self._frame = frame
        self._definition = definition

    def draw(self) -> None:
        with tag('section', '', 'card card-body record-section', aria_labelledby='lending-title'):
            with tag('h2', '', 'card-title', id='lending-title'):
                icon('key')
                tag('span', '閲覧の許可')
            tag('p', '権限に書かれていない人(システム管理者など)に、期限を決めて記録を見せます。監査に残ります。')
            self._news = tag('div', role='status')
            self._place = tag('div')
            self._fill()

    def _fill(self) -> None:
        context = self._frame.context
        self._place.clear()
        with self._place:
            grants = context.grants.of(self._definition.name)
            if not grants:
                tag('p', 'いま許可している人はいません。', 'hint')
            with tag('ul', '', 'permission-rules'):
                for each in grants:
                    self._draw_grant(each)
            self._draw_form()

    def _draw_grant(self, grant: Grant) -> None:
        names = self._frame.context.directory
        who, by = (names.staff_name(account) or account for account in (grant.account, grant.by))
        with tag('li', '', 'lent'):
            tag('span', f'{who}: {moment_text(grant.until.isoformat())}まで(許可した人 {by}、理由 {grant.reason})')
            button('取り消す', partial(self._end, grant.account), 'button quiet')

    def _draw_form(self) -> None:
        context = self._frame.context
        with tag('form', '', 'toolbar opened') as form:
            with tag('div', '', 'filter'):
                tag('label', '許可する人', 'toolbar-label', for_='lend-account')
                with tag('select', '', 'field-box', id='lend-account', name='account'):
                    tag('option', '選んでください', value='')
                    for each in context.accounts.all():
                        if not each.disabled and not context.reading.sight(self._definition, each.person).may('see'):
                            tag('option', f'{each.name}({each.account})', value=each.account)
            with tag('div', '', 'filter'):
                tag('label', '日数', 'toolbar-label', for_='lend-days')
                with tag('select', '', 'field-box', id='lend-days', name='days'):
                    for days in range(1, MOST_DAYS + 1):
                        tag('option', f'{days}日', value=str(days))
            with tag('div', '', 'filter'):
                tag('label', '理由', 'toolbar-label', for_='lend-reason')
                tag('input', '', 'field-box', id='lend-reason', name='reason', maxlength='200', autocomplete='off')
            tag('button', '許可する', 'button outline', type='submit')
        form.on('submit', self._give, js_handler=SEND_FORM)

    async def _give(self, event: GenericEventArguments) -> None:
        told = given(event)
        days = told.get('days', '')
        account, reason = told.get('account', ''), told.get('reason', '')
        if not account:
            self._say('error', '許可する人を選んでください。')
            return
        person = self._frame.person()
        if person is None:
            return
        grants = self._frame.context.grants
        await self._try(
            grants.give(self._definition, account, int(days) if days.isdecimal() else 0, reason, by=person),
            '許可しました。',
        )

    async def _end(self, account: str) -> None:
        person = self._frame.person()
        if person is not None:
            await self._try(self._frame.context.grants.end(self._definition, account, by=person), '取り消しました。')

    async def _try(self, deed: Any, done: str) -> None:
        try:
            await deed
        except Refused as refused:
            self._say('error', refused.detail)
            return
        self._say('success', done)
        self._fill()

    def _say(self, kind: str, text: str) -> None:
        self._news.clear()
        with self._news:
            notice(kind, text)
