"""One account: made, changed, given a temporary password, stopped; what is planned, and how it was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.events import GenericEventArguments

from apps.account import Account
from apps.addresses import account_address
from apps.outcome import Refused
from apps.passwords import temporary_password
from apps.reading.shown import moment_text
from apps.screens.accounts.boxes import SEND_FORM, Boxes, Said, given, roles_in, sections_in
from apps.screens.accounts.place import administrator, enter, state_of
from apps.screens.accounts.transfers import TransferForm, draw_planned
from apps.screens.refusal import draw_not_found
from apps.tags import button, icon, tag
from forms.message import Message

if TYPE_CHECKING:
    from apps.frame import Frame


def draw_new(frame: Frame) -> None:
    """The empty form."""
    if enter(frame, '新しい利用者', '登録すると、はじめの1回だけ使えるパスワードを表示します。') is None:
        return
    with tag('form', '', 'card card-body account-form') as form:
        boxes = Boxes('new')
        boxes.text('account', '利用者ID', '半角の英小文字と数字。あとから変えられません。例 mihon.taro')
        boxes.text('name', '氏名', '画面や変更履歴に出ます。例 見本 太郎')
        boxes.roles_and_sections(frame.context.directory.sections(), ('staff',), ())
        tag('button', '登録する', 'button solid large', type='submit')
    place = tag('div', '', 'account-new-done')

    async def add(event: GenericEventArguments) -> None:
        by, sent = administrator(frame), given(event)
        if by is None:
            return
        password = temporary_password()
        account, name = sent.get('account', '').strip(), sent.get('name', '').strip()
        parts = {'roles': roles_in(sent), 'sections': sections_in(sent), 'temporary': True, 'by': by}
        try:
            made = await frame.context.accounts.add(account, name, password, **parts)
        except Refused as refused:
            boxes.show(refused.messages or [Message('account', 'account', refused.detail)])
            return
        await frame.context.audit.note('account', by, way='add', target=account)
        form.delete()
        with place:
            show_once(made, password, 'を登録しました。')

    form.on('submit', add, js_handler=SEND_FORM)


def draw(frame: Frame, account: str) -> None:
    """The page about one person."""
    found = frame.context.accounts.get(account)
    if found is None and administrator(frame) is not None:
        draw_not_found(frame, 'この利用者はいません。')
        return
    if enter(frame, found.name if found else '利用者') is None or found is None:
        return
    _PersonPage(frame, found).draw()


class _PersonPage:
    def __init__(self, frame: Frame, account: Account) -> None:
        self.frame = frame
        self.context = frame.context
        self.account = account

    def draw(self) -> None:
        self._said = Said()
        self._place = tag('div', '', 'account-parts')
        self._fill()

    def _fill(self) -> None:
        self._place.clear()
        with self._place:
            self._facts()
            self._change_form()
            self._transfers()
            self._password()
            self._switch()

    def _facts(self) -> None:
        state, colour = state_of(self.account, self.context.accounts.has_password(self.account.account))
        known = self.context.sign_ins.last(self.account.account)
        open_now = len(self.context.sessions.of(self.account.account))
        last = f'{moment_text(known[0].at)}({known[0].place})' if known else 'まだありません'
        with tag('section', '', 'card card-body', aria_label='様子'), tag('dl', '', 'facts'):
            _fact('利用者ID', self.account.account)
            tag('dt', '状態')
            with tag('dd'):
                tag('span', state, f'chip {colour}')
            _fact('最後のサインイン', last)
            _fact('そのあとの失敗', f'{self.context.sign_ins.failures(self.account.account)}回')
            _fact('いま開いているサインイン', f'{open_now}件')

    def _change_form(self) -> None:
        with tag('form', '', 'card card-body account-form') as form:
            tag('h2', '氏名・役割・所属', 'card-title')
            boxes = Boxes(self.account.account)
            boxes.text('name', '氏名', value=self.account.name)
            sections = self.context.directory.sections()
            boxes.roles_and_sections(sections, self.account.roles, self.account.sections)
            tag('button', '変更を保存する', 'button solid', type='submit')

        async def change(event: GenericEventArguments) -> None:
            sent = given(event)
            changes = {'name': sent.get('name', '').strip(), 'roles': roles_in(sent), 'sections': sections_in(sent)}
            by = administrator(self.frame)
            if by is None:
                return
            if by.account == self.account.account and 'administrator' not in changes['roles']:
                told = '自分の「システム管理者」の役割は外せません。ほかの管理者に頼んでください。'
                boxes.show([Message('roles', 'account', told)])
                return
            try:
                self.account = await self.context.accounts.change(self.account.account, changes, by=by)
            except Refused as refused:
                boxes.show(refused.messages)
                return
            await self.context.audit.note('account', by, way='change', target=self.account.account)
            self._said.say('success', f'{self.account.name}さんを変更しました。')
            self._fill()

        form.on('submit', change, js_handler=SEND_FORM)

    def _transfers(self) -> None:
        with tag('section', '', 'card card-body', aria_label='異動'):
            tag('h2', '異動', 'card-title')
            draw_planned(self.frame, [self.account], self._again, named=False)
            with tag('details', '', 'account-more'):
                tag('summary', '異動を予定に入れる', 'button outline')
                TransferForm(self.frame, self.account, self._again).draw()

    def _password(self) -> None:
        with tag('section', '', 'card card-body', aria_label='パスワード'):
            tag('h2', 'パスワード', 'card-title')
            tag(
                'p', '仮のパスワードを作って1回だけ表示します。本人は、はじめのサインインで自分のパスワードを決めます。'
            )
            self._shown = tag('div', '', 'account-shown')
            button('仮のパスワードを作る', self._reset, 'button outline')

    async def _reset(self) -> None:
        by = administrator(self.frame)
        if by is None:
            return
        if by.account == self.account.account:
            self._said.say('error', '自分のパスワードは「自分の設定」で変えてください。')
            return
        password = temporary_password()
        accounts, account = self.context.accounts, self.account.account
        self.account = await accounts.set_password(account, password, by=by, temporary=True)
        await self.context.audit.note('account', by, way='reset', target=account)
        self._fill()
        with self._shown:
            show_once(self.account, password, 'のパスワードを新しくしました。いま開いている画面は閉じました。')

    def _switch(self) -> None:
        stopped = self.account.disabled
        with tag('section', '', 'card card-body account-switch', aria_label='停止'):
            tag('h2', '停止', 'card-title')
            if not stopped:
                tag('p', 'いま開いている画面もすぐに閉じます。記録と変更履歴に出る名前は残ります。')
            text = 'もう一度使えるようにする' if stopped else 'サインインできなくする'
            button(text, self._stop, 'button outline' if stopped else 'button danger')

    async def _stop(self) -> None:
        by = administrator(self.frame)
        if by is None:
            return
        if by.account == self.account.account:
            self._said.say('error', '自分の利用は止められません。ほかの管理者に頼んでください。')
            return
        stop = not self.account.disabled
        try:
            self.account = await self.context.accounts.change(self.account.account, {'disabled': stop}, by=by)
        except Refused as refused:
            self._said.say('error', refused.detail)
            return
        await self.context.audit.note('account', by, way='stop' if stop else 'start', target=self.account.account)
        done = 'はもうサインインできません。' if stop else 'がまたサインインできるようにしました。'
        self._said.say('success', f'{self.account.name}さん{done}')
        self._fill()

    def _again(self, told: str) -> None:
        self.account = self.context.accounts.get(self.account.account) or self.account
        self._said.say('success', told)
        self._fill()


def show_once(account: Account, password: str, done: str) -> None:
    """A temporary password, readable, with a button that copies it; it is kept nowhere."""
    with tag('div', '', 'notice success account-once', role='status'):
        icon('check_circle')
        with tag('div', '', 'notice-words'):
            tag('p', f'{account.name}さん{done}')
            tag('p', 'この仮のパスワードは、この画面にしか出ません。本人に直接伝えてください。')
            tag('p', password, 'account-password', translate='no')
            copied = f'navigator.clipboard?.writeText({password!r})'
            button('写す', lambda: ui.run_javascript(copied), 'button outline')
            if account.account:
                tag('a', 'この人の設定へ', 'button plain', href=account_address(account.account))


def _fact(name: str, text: str) -> None:
    tag('dt', name)
    tag('dd', text)
