"""Transfers that will take effect on a date: one by one, by CSV, and the list of those that are planned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from nicegui.events import GenericEventArguments

from apps.account import Account, Transfer
from apps.accounts_csv import TRANSFER_COLUMNS, TransferRow, Unreadable, day_of, planned
from apps.addresses import account_address
from apps.clock import japanese_today
from apps.outcome import Refused
from apps.screens.accounts.boxes import SEND_FORM, Boxes, Said, given, roles_in, sections_in
from apps.screens.accounts.chosen_csv import CsvBox
from apps.screens.accounts.place import administrator, enter, roles_text
from apps.tags import button, link, tag
from forms.japanese.era import wareki
from forms.message import Message

if TYPE_CHECKING:
    from apps.frame import Frame

Told = Callable[[str], None]


def draw(frame: Frame) -> None:
    """Everything that is planned, and a file to plan more."""
    lead = '発令日の0時から、新しい所属と役割になります。サーバーが止まっていても同じです。'
    if enter(frame, '異動の予定', lead) is None:
        return
    with tag('div', '', 'account-parts'):
        _TransfersPage(frame).draw()


class _TransfersPage:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def draw(self) -> None:
        self._said = Said()
        self._list = tag('section', '', 'card card-body', aria_label='予定')
        self._fill()
        with tag('section', '', 'card card-body', aria_label='CSVで予定に入れる'):
            tag('h2', 'CSVで予定に入れる', 'card-title')
            tag('p', f'1行目に列の名前を書きます: {"、".join(TRANSFER_COLUMNS)}。役割が空なら、いまの役割のままです。')
            self._box = CsvBox(self._read)
            self._preview = tag('div', '', 'csv-preview')

    def _fill(self) -> None:
        self._list.clear()
        with self._list:
            tag('h2', '予定', 'card-title')
            draw_planned(self.frame, self.frame.context.accounts.all(), self._again)

    def _again(self, told: str) -> None:
        self._said.say('success', told)
        self._fill()

    def _read(self, content: bytes) -> None:
        if administrator(self.frame) is None:
            return
        self._preview.clear()
        accounts = {each.account: each for each in self.frame.context.accounts.all()}
        try:
            rows = planned(content, accounts, japanese_today(self.frame.context.clock))
        except Unreadable as error:
            self._box.refuse(str(error))
            return
        with self._preview:
            _preview(rows)
            good = [each for each in rows if not each.mistakes]
            if good and len(good) == len(rows):
                button(f'{len(good)}人の異動を予定に入れる', partial(self._plan, good), 'button solid')
            else:
                tag('p', '断られた行を直して、もう一度選んでください。1行でも断られると、どれも予定に入りません。')

    async def _plan(self, rows: list[TransferRow]) -> None:
        by = administrator(self.frame)
        if by is None:
            return
        plans = [(each.account, each.day, each.sections, each.roles) for each in rows if each.day is not None]
        try:
            await self.frame.context.accounts.plan(plans, by=by)
        except Refused as refused:
            self._box.refuse(refused.detail)
            return
        await self.frame.context.audit.note('account', by, way='transfers', count=len(plans))
        self._preview.clear()
        self._again(f'{len(plans)}人の異動を予定に入れました。')


def draw_planned(frame: Frame, accounts: Iterable[Account], again: Told, *, named: bool = True) -> None:
    """Transfers that have not taken effect, each with a button to take it back."""
    listed = sorted(((each, one) for one in accounts for each in one.transfers), key=lambda pair: pair[0].day)
    if not listed:
        tag('p', '予定はありません。', 'hint')
        return
    with tag('ul', '', 'account-planned'):
        for transfer, account in listed:
            with tag('li'):
                with tag('div'):
                    tag('strong', f'{wareki(transfer.day)}から ')
                    if named:
                        link(account.name, account_address(account.account))
                    tag('div', f'{"・".join(transfer.sections) or "所属なし"} / {roles_text(transfer.roles)}')
                cancel = partial(_cancel, frame, account, transfer, again)
                label = f'{account.name}さんの{wareki(transfer.day)}の異動を取り消す'
                button('取り消す', cancel, 'button outline', aria_label=label)


async def _cancel(frame: Frame, account: Account, transfer: Transfer, again: Told) -> None:
    by = administrator(frame)
    if by is None:
        return
    try:
        await frame.context.accounts.cancel(account.account, transfer.id, by=by)
    except Refused as refused:
        again(refused.detail)
        return
    await frame.context.audit.note('account', by, way='transfer_cancelled', target=account.account)
    again(f'{account.name}さんの異動の予定を取り消しました。')


class TransferForm:
    """What somebody will be from a day on."""

    def __init__(self, frame: Frame, account: Account, done: Told) -> None:
        self.frame = frame
        self.account = account
        self.done = done

    def draw(self) -> None:
        with tag('form', '', 'account-form') as form:
            self._boxes = Boxes(f'{self.account.account}-transfer')
            self._boxes.text('day', '発令日', '例 令和9年4月1日、2027-04-01')
            sections = self.frame.context.directory.sections()
            self._boxes.roles_and_sections(sections, self.account.roles, ())
            tag('button', '予定に入れる', 'button solid', type='submit')
        form.on('submit', self._plan, js_handler=SEND_FORM)

    async def _plan(self, event: GenericEventArguments) -> None:
        by, sent = administrator(self.frame), given(event)
        if by is None:
            return
        day = day_of(sent.get('day', ''))
        if day is None:
            self._boxes.show([Message('day', 'account', '発令日は 2027-04-01 か 令和9年4月1日 の形で書いてください。')])
            return
        plan = (self.account.account, day, sections_in(sent), roles_in(sent))
        try:
            await self.frame.context.accounts.plan([plan], by=by)
        except Refused as refused:
            self._boxes.show(refused.messages or [Message('day', 'account', refused.detail)])
            return
        await self.frame.context.audit.note('account', by, way='transfer', target=self.account.account)
        self.done(f'{self.account.name}さんの{wareki(day)}からの異動を予定に入れました。')


def _preview(rows: list[TransferRow]) -> None:
    with tag('ul', '', 'csv-rows'):
        for each in rows:
            with tag('li', '', 'csv-row refused' if each.mistakes else 'csv-row'):
                tag('span', f'{each.number}行目', 'csv-number')
                tag('strong', f'{each.name}({each.account})')
                day = wareki(each.day) if each.day else ''
                tag('span', f'{day}から {"・".join(each.sections) or "所属なし"} / {roles_text(each.roles)}')
                if each.mistakes:
                    tag('span', ' '.join(each.mistakes), 'box-mistake')
