"""Taking in the register of people from CSV: every row is shown first as new, changed, unchanged or refused."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from apps.accounts_csv import COLUMNS, Row, Unreadable, compared
from apps.addresses import ACCOUNTS_CSV, prefix_of
from apps.outcome import Refused
from apps.passwords import temporary_password
from apps.screens.accounts.boxes import Said
from apps.screens.accounts.chosen_csv import CsvBox
from apps.screens.accounts.place import administrator, enter
from apps.screens.print_button import draw_print_button
from apps.tags import button, tag

if TYPE_CHECKING:
    from apps.frame import Frame

KINDS = {'refused': '断られた行', 'new': '新しい人', 'changed': '変わる人', 'same': '変わらない人'}
_MOST_SAME = 20


def draw(frame: Frame) -> None:
    lead = '取り込む前に、1行ずつどうなるかを表示します。表にない人は変わりません。'
    if enter(frame, 'CSVで取り込む', lead) is None:
        return
    with tag('div', '', 'account-parts'):
        _FilePage(frame).draw()


class _FilePage:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def draw(self) -> None:
        self._said = Said()
        with tag('section', '', 'card card-body', aria_label='ファイル'):
            tag(
                'p',
                f'1行目に列の名前を書きます: {"、".join(COLUMNS)}。役割と所属がいくつもあるときは「・」で区切ります。',
            )
            with tag('p'):
                tag('a', 'いまの利用者のCSV', href=prefix_of(self.frame.client.request) + ACCOUNTS_CSV, download=True)
                tag('span', 'を書き出し、Excelで直して、ここで選べます。')
            self._box = CsvBox(self._read)
        self._preview = tag('div', '', 'csv-preview')

    def _read(self, content: bytes) -> None:
        if administrator(self.frame) is None:
            return
        self._said.clear()
        self._preview.clear()
        try:
            rows = compared(content, {each.account: each for each in self.frame.context.accounts.all()})
        except Unreadable as error:
            self._box.refuse(str(error))
            return
        with self._preview:
            _draw_rows(rows)
            wanted = [each for each in rows if each.kind in {'new', 'changed'}]
            if any(each.kind == 'refused' for each in rows):
                tag('p', '断られた行を直して、もう一度選んでください。1行でも断られると、だれも取り込みません。')
            elif wanted:
                button(f'{len(wanted)}人を取り込む', partial(self._take_in, rows), 'button solid large')
            else:
                tag('p', '変わる人がいません。')

    async def _take_in(self, rows: list[Row]) -> None:
        by = administrator(self.frame)
        if by is None:
            return
        new = {each.account: each.wanted for each in rows if each.kind == 'new'}
        changed = {each.account: each.wanted for each in rows if each.kind == 'changed'}
        try:
            await self.frame.context.accounts.take_in(new, changed, by=by)
        except Refused as refused:
            self._box.refuse(refused.detail)
            return
        await self.frame.context.audit.note('account', by, way='csv', count=len(new) + len(changed))
        self._preview.clear()
        self._said.say('success', f'新しい人{len(new)}人、変わった人{len(changed)}人を取り込みました。')
        if new:
            with self._preview, tag('section', '', 'card card-body', aria_label='新しい人のパスワード'):
                tag('p', '新しい人には、まだパスワードがありません。')
                give = partial(self._give_passwords, list(new))
                button(f'{len(new)}人の仮のパスワードを作る', give, 'button outline')

    async def _give_passwords(self, people: list[str]) -> None:
        """Everybody's temporary password on one sheet, shown once, to be printed and cut."""
        by = administrator(self.frame)
        if by is None:
            return
        accounts = self.frame.context.accounts
        made = []
        for account in people:
            if accounts.has_password(account):
                continue
            password = temporary_password()
            person = await accounts.set_password(account, password, by=by, temporary=True)
            made.append((person.name, account, password))
        await self.frame.context.audit.note('account', by, way='reset', count=len(made))
        self._preview.clear()
        with self._preview, tag('section', '', 'card card-body', aria_label='仮のパスワード'):
            tag('h2', '仮のパスワード', 'card-title')
            tag('p', 'この画面にしか出ません。印刷して、1人ずつ本人に渡してください。')
            with tag('table', '', 'password-sheet'):
                for name, account, password in made:
                    with tag('tr'):
                        tag('th', name, scope='row')
                        tag('td', account)
                        tag('td', password, 'account-password', translate='no')
            draw_print_button()


def _draw_rows(rows: list[Row]) -> None:
    for kind, label in KINDS.items():
        members = [each for each in rows if each.kind == kind]
        if not members:
            continue
        with tag('section', '', f'card card-body csv-kind {kind}', aria_label=label):
            tag('h2', f'{label} {len(members):,}人', 'card-title')
            with tag('ul', '', 'csv-rows'):
                for each in members[: _MOST_SAME if kind == 'same' else None]:
                    with tag('li', '', 'csv-row'):
                        tag('span', f'{each.number}行目', 'csv-number')
                        tag('strong', f'{each.name}({each.account})')
                        tag('span', ' '.join(each.told), 'box-mistake' if kind == 'refused' else '')
            if kind == 'same' and len(members) > _MOST_SAME:
                tag('p', f'ほか{len(members) - _MOST_SAME:,}人', 'hint')
