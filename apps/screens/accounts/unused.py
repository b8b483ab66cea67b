"""Accounts that nobody has used for long, to be stopped together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui.events import GenericEventArguments

from apps.addresses import account_address
from apps.clock import stamp
from apps.outcome import Refused
from apps.reading.shown import moment_text
from apps.screens.accounts.boxes import SEND_FORM, Said, given
from apps.screens.accounts.place import administrator, enter
from apps.tags import link, tag

if TYPE_CHECKING:
    from apps.account import Account
    from apps.frame import Frame


def draw(frame: Frame) -> None:
    days = frame.context.settings.unused_days
    lead = f'{days}日のあいだサインインがない利用者です。日数は設定の unused_days で変えられます。'
    if enter(frame, '使われていない利用者', lead) is None:
        return
    _UnusedPage(frame).draw()


class _UnusedPage:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def draw(self) -> None:
        self._said = Said()
        self._place = tag('div')
        self._fill()

    def _fill(self) -> None:
        context = self.frame.context
        found = context.sign_ins.unused(context.settings.unused_days)
        self._place.clear()
        with self._place:
            if not found:
                tag('p', '使われていない利用者はいません。', 'empty')
                return
            with tag('form', '', 'card card-body account-form') as form:
                with tag('ul', '', 'account-planned'):
                    for each in found:
                        self._row(each)
                tag('button', '選んだ人を停止する', 'button danger', type='submit')
            form.on('submit', self._stop, js_handler=SEND_FORM)

    def _row(self, account: Account) -> None:
        last = self.frame.context.sign_ins.last_used(account)
        used = bool(self.frame.context.sign_ins.last(account.account))
        told = ('最後のサインイン: ' if used else 'まだサインインがありません。登録: ') + (
            moment_text(stamp(last)) if last else ''
        )
        with tag('li'), tag('label', '', 'check'):
            tag('input', type='checkbox', name=f'account.{account.account}', id=f'unused-{account.account}')
            with tag('span'):
                link(account.name, account_address(account.account))
                tag('span', f' {"・".join(account.sections)} ', 'tile-note')
                tag('span', told, 'tile-note')

    async def _stop(self, event: GenericEventArguments) -> None:
        by = administrator(self.frame)
        if by is None:
            return
        chosen = [name.removeprefix('account.') for name in given(event) if name.startswith('account.')]
        if not chosen:
            self._said.say('error', '停止する人を選んでください。')
            return
        if by.account in chosen:
            self._said.say('error', '自分の利用は止められません。')
            return
        try:
            await self.frame.context.accounts.take_in({}, {each: {'disabled': True} for each in chosen}, by=by)
        except Refused as refused:
            self._said.say('error', refused.detail)
            return
        await self.frame.context.audit.note('account', by, way='stop', count=len(chosen))
        self._said.say('success', f'{len(chosen)}人を停止しました。')
        self._fill()
