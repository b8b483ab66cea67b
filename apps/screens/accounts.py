"""The people who may sign in: administrators add, reset and disable accounts here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nicegui.events import GenericEventArguments

from apps.outcome import Refused
from apps.passwords import SHORTEST
from apps.people import ROLES, Person
from apps.screens.refusal import draw_not_allowed
from apps.tags import button, icon, tag

if TYPE_CHECKING:
    from apps.accounts import Account
    from apps.frame import Frame

_SEND_FORM = '(e) => { e.preventDefault(); emit(Object.fromEntries(new FormData(e.target))) }'


def draw(frame: Frame) -> None:
    """The list, and a form to add somebody."""
    if _administrator(frame) is None:
        draw_not_allowed(frame, '利用者を管理できるのは、システム管理者です。')
        return
    frame.title('利用者')
    _AccountsPage(frame).draw()


def _administrator(frame: Frame) -> Person | None:
    person = frame.person()
    return person if person is not None and 'administrator' in person.roles else None


class _AccountsPage:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.accounts = frame.context.accounts

    def draw(self) -> None:
        with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
            tag('h1', '利用者', 'page-title')
            tag('p', 'サインインできる人です。役割や所属を変えると、その人はサインインし直します。', 'page-lead')
        self._said = tag('div', '', 'account-said')
        with tag('details', '', 'card account-new'):
            with tag('summary', '', 'card-title'):
                icon('person_add')
                tag('span', '新しい利用者を加える')
            self._place_of_new = tag('div', '', 'card-body')
        self._new_form()
        self._list = tag('div', '', 'accounts')
        self._fill()

    def _new_form(self) -> None:
        self._place_of_new.clear()
        with self._place_of_new, tag('form', '', 'account-form') as form:
            _box('account', '利用者ID', '半角の英小文字と数字。あとから変えられません。')
            _box('name', '名前', '例 見本 太郎')
            _roles_and_sections(self._sections(), (), ())
            _box('password', 'はじめのパスワード', f'{SHORTEST}文字以上。本人に直接伝えてください。', kind='password')
            tag('button', '加える', 'button solid', type='submit')
        form.on('submit', self._add, js_handler=_SEND_FORM)

    def _fill(self) -> None:
        self._list.clear()
        with self._list:
            for each in self.accounts.all():
                self._account(each)

    def _account(self, account: Account) -> None:
        with tag('section', '', 'card account', aria_label=account.name):
            with tag('div', '', 'account-words'):
                tag('strong', account.name)
                tag('span', account.account, 'account-id')
                if account.disabled:
                    tag('span', '停止中', 'chip gray')
                roles = '・'.join(ROLES[each] for each in account.roles if each in ROLES)
                tag('div', ' / '.join(each for each in (roles, '・'.join(account.sections)) if each), 'tile-note')
            with tag('details', '', 'account-change'):
                tag('summary', '変更する', 'button outline')
                self._change_form(account)
                self._password_form(account)
                self._disable_button(account)

    def _change_form(self, account: Account) -> None:
        with tag('form', '', 'account-form') as form:
            _box('name', '名前', value=account.name, of=account.account)
            _roles_and_sections(self._sections(), account.roles, account.sections, of=account.account)
            tag('button', '変更を保存する', 'button solid', type='submit')
        form.on('submit', lambda event: self._change(account, event), js_handler=_SEND_FORM)

    def _password_form(self, account: Account) -> None:
        with tag('form', '', 'account-form') as form:
            _box('password', '新しいパスワード', f'{SHORTEST}文字以上。', kind='password', of=account.account)
            tag('button', 'パスワードを変える', 'button outline', type='submit')
        form.on('submit', lambda event: self._set_password(account, event), js_handler=_SEND_FORM)

    def _disable_button(self, account: Account) -> None:
        text = 'もう一度使えるようにする' if account.disabled else 'サインインできなくする'

        async def press() -> None:
            done = 'がまたサインインできるようにしました。' if account.disabled else 'はもうサインインできません。'
            await self._do(self._disable(account), f'{account.name}さん{done}')

        told = '' if account.disabled else 'いま開いている画面もすぐに閉じます。記録と変更履歴に出る名前は残ります。'
        with tag('div', '', 'account-switch'):
            if told:
                tag('p', told)
            button(text, press, 'button outline' if account.disabled else 'button danger')

    def _sections(self) -> list[str]:
        return self.frame.context.directory.sections()

    # ---- what the administrator does

    async def _add(self, event: GenericEventArguments) -> None:
        given = _given(event)
        by = _administrator(self.frame)
        if by is None:
            return
        adding = self.accounts.add(
            given.get('account', '').strip(),
            given.get('name', ''),
            given.get('password', ''),
            roles=_roles_in(given),
            sections=_sections_in(given),
            by=by,
        )
        if await self._do(adding, f'{given.get("name", "")}さんを加えました。'):
            self._new_form()

    async def _change(self, account: Account, event: GenericEventArguments) -> None:
        given = _given(event)
        by = _administrator(self.frame)
        if by is None:
            return
        if by.account == account.account and 'administrator' not in _roles_in(given):
            self._say('error', '自分の「システム管理者」の役割は外せません。ほかの管理者に頼んでください。')
            return
        changes = {'name': given.get('name', '').strip(), 'roles': _roles_in(given), 'sections': _sections_in(given)}
        if not changes['name']:
            self._say('error', '名前を入力してください。')
            return
        await self._do(self.accounts.change(account.account, changes, by=by), f'{changes["name"]}さんを変更しました。')

    async def _set_password(self, account: Account, event: GenericEventArguments) -> None:
        by = _administrator(self.frame)
        if by is not None:
            setting = self.accounts.set_password(account.account, _given(event).get('password', ''), by=by)
            await self._do(setting, f'{account.name}さんのパスワードを変えました。本人に直接伝えてください。')

    async def _disable(self, account: Account) -> None:
        by = _administrator(self.frame)
        if by is None:
            return
        if by.account == account.account:
            raise Refused('invalid', detail='自分の利用は止められません。ほかの管理者に頼んでください。')
        await self.accounts.change(account.account, {'disabled': not account.disabled}, by=by)

    async def _do(self, doing: Any, done: str) -> bool:
        try:
            await doing
        except Refused as refused:
            self._say('error', refused.detail)
            return False
        self._say('success', done)
        self._fill()
        return True

    def _say(self, kind: str, text: str) -> None:
        self._said.clear()
        with self._said, tag('div', '', f'notice {kind}', role='alert' if kind == 'error' else 'status'):
            icon('error' if kind == 'error' else 'check_circle')
            tag('div', text)


def _box(  # noqa: PLR0913 - the parts of one labelled box
    name: str, label: str, hint: str = '', *, kind: str = 'text', value: str = '', of: str = '', needed: bool = True
) -> None:
    place = f'{name}-{of or "new"}'
    with tag('div', '', 'account-box'):
        tag('label', label, 'toolbar-label', for_=place)
        if hint:
            tag('p', hint, 'hint', id=f'{place}-hint')
        box = tag('input', '', 'field-box', id=place, name=name, type=kind, required=needed, autocomplete='off')
        box.props['defaultValue'] = value  # not `value`: that would be written again over what is being typed
        if hint:
            box.props['aria-describedby'] = f'{place}-hint'


def _roles_and_sections(sections: list[str], roles: tuple[str, ...], chosen: tuple[str, ...], *, of: str = '') -> None:
    for legend, prefix, options, on in (
        ('役割', 'role.', list(ROLES.items()), roles),
        ('所属', 'section.', [(each, each) for each in sections], chosen),
    ):
        with tag('fieldset', '', 'account-choices'):
            tag('legend', legend, 'toolbar-label')
            for value, text in options:
                with tag('label', '', 'check'):
                    box = tag('input', type='checkbox', name=prefix + value, id=f'{prefix}{value}-{of or "new"}')
                    box.props['defaultChecked'] = value in on
                    tag('span', text)
    _box('new_section', '一覧にない所属', '新しい課があるときだけ入力します。例 会計課', of=of, needed=False)


def _given(event: GenericEventArguments) -> Mapping[str, str]:
    given = event.args if isinstance(event.args, dict) else {}
    return {str(name): value for name, value in given.items() if isinstance(value, str)}


def _roles_in(given: Mapping[str, str]) -> list[str]:
    return [each for each in ROLES if f'role.{each}' in given]


def _sections_in(given: Mapping[str, str]) -> list[str]:
    chosen = [name.removeprefix('section.') for name in given if name.startswith('section.')]
    return list(dict.fromkeys([*chosen, *filter(None, [given.get('new_section', '').strip()])]))
