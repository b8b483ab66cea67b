"""The list of everybody who may sign in, with search and filters, and the ways to the other pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui
from nicegui.events import GenericEventArguments

from apps.account import Account
from apps.addresses import (
    ACCOUNTS,
    ACCOUNTS_CSV,
    ACCOUNTS_FILE,
    NEW_ACCOUNT,
    SHARED_DEVICES,
    TRANSFERS,
    UNUSED_ACCOUNTS,
    account_address,
    prefix_of,
    query_of,
)
from apps.people import ROLES
from apps.reading.shown import moment_text
from apps.screens.accounts.boxes import SEND_FORM, given
from apps.screens.accounts.place import enter, roles_text, state_of
from apps.tags import icon, link, tag
from forms.japanese.search_key import search_key

if TYPE_CHECKING:
    from apps.frame import Frame

_MOST = 200
STATES = {'active': '利用中', 'temporary': '仮パスワード', 'no_password': 'パスワードなし', 'disabled': '停止中'}


def draw(frame: Frame) -> None:
    if (
        enter(
            frame, '利用者', 'サインインできる人です。役割や所属の変更は、その人の次の操作から効きます。', inside=False
        )
        is None
    ):
        return
    _ways(frame)
    asked = query_of(frame.path)
    _filters(frame, asked)
    _people(frame, _found(frame, asked))


def _ways(frame: Frame) -> None:
    with tag('nav', '', 'account-ways', aria_label='利用者の管理'):
        for icon_name, text, address, look in (
            ('person_add', '新しい利用者', NEW_ACCOUNT, 'solid'),
            ('upload_file', 'CSVで取り込む', ACCOUNTS_FILE, 'outline'),
            ('event_repeat', '異動の予定', TRANSFERS, 'outline'),
            ('person_off', '使われていない利用者', UNUSED_ACCOUNTS, 'outline'),
            ('tablet', '共用の端末', SHARED_DEVICES, 'outline'),
        ):
            with link('', address, f'button {look}'):
                icon(icon_name)
                tag('span', text)
        with tag('a', '', 'button outline', href=prefix_of(frame.client.request) + ACCOUNTS_CSV, download=True):
            icon('download')
            tag('span', 'CSVを書き出す')


def _filters(frame: Frame, asked: Mapping[str, str]) -> None:
    sections = frame.context.directory.sections()
    choices = (
        ('section', '所属', [(each, each) for each in sections]),
        ('role', '役割', list(ROLES.items())),
        ('state', '状態', list(STATES.items())),
    )
    with tag('form', '', 'toolbar account-filters', role='search') as form:
        with tag('div', '', 'search-box'):
            tag('label', '利用者ID・氏名で探す', 'toolbar-label', for_='account-q')
            box = tag('input', '', 'field-box', id='account-q', name='q', type='search', autocomplete='off')
            box.props['defaultValue'] = asked.get('q', '')
        for name, label, options in choices:
            with tag('div'):
                tag('label', label, 'toolbar-label', for_=f'account-{name}')
                with tag('select', '', 'field-box', id=f'account-{name}', name=name):
                    for value, text in [('', 'すべて'), *options]:
                        tag('option', text, value=value, selected=asked.get(name, '') == value)
        tag('button', '絞り込む', 'button outline', type='submit')

    def narrow(event: GenericEventArguments) -> None:
        wanted = {name: text.strip() for name, text in given(event).items() if text.strip()}
        ui.navigate.to(ACCOUNTS + (f'?{urlencode(wanted)}' if wanted else ''))

    form.on('submit', narrow, js_handler=SEND_FORM)


def _found(frame: Frame, asked: Mapping[str, str]) -> list[Account]:
    words = search_key(asked.get('q', '')).split()
    accounts = frame.context.accounts

    def meant(each: Account) -> bool:
        key = search_key(f'{each.account} {each.name}')
        return (
            all(word in key or word in key.replace(' ', '') for word in words)
            and asked.get('section', '') in {'', *each.sections}
            and asked.get('role', '') in {'', *each.roles}
            and STATES.get(asked.get('state', ''), '') in {'', state_of(each, accounts.has_password(each.account))[0]}
        )

    return [each for each in accounts.all() if meant(each)]


def _people(frame: Frame, people: list[Account]) -> None:
    tag('p', f'{len(people):,}人', 'pager-words', role='status')
    if not people:
        tag('p', 'この条件に合う利用者はいません。', 'empty')
        return
    with tag('div', '', 'records-frame'), tag('table', '', 'records'):
        with tag('thead'), tag('tr'):
            for heading in ('氏名', '利用者ID', '役割', '所属', '状態', '最後のサインイン'):
                with tag('th', scope='col'):
                    tag('span', heading, 'plain-head')
        with tag('tbody'):
            for each in people[:_MOST]:
                _row(frame, each)
    if len(people) > _MOST:
        tag('p', f'はじめの{_MOST}人です。残りの{len(people) - _MOST:,}人は、絞り込むと見られます。', 'pager-words')


def _row(frame: Frame, account: Account) -> None:
    context = frame.context
    state, colour = state_of(account, context.accounts.has_password(account.account))
    last = context.sign_ins.last(account.account)
    with tag('tr'):
        with tag('td', '', 'key'):
            link(account.name, account_address(account.account))
        tag('td', account.account, data_label='利用者ID')
        tag('td', roles_text(account.roles), data_label='役割')
        tag('td', '・'.join(account.sections), data_label='所属')
        with tag('td', data_label='状態'):
            tag('span', state, f'chip {colour}')
        tag('td', moment_text(last[0].at) if last else 'まだありません', data_label='最後')
