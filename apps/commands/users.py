"""Accounts from the command line: list, add, take in a file, new password, disable; API tokens."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from apps.commands import add_places, settings_from

if TYPE_CHECKING:
    from apps.context import AppContext

HELP = '利用者の一覧、登録、CSVの取り込み、新しいパスワード、停止と再開、APIトークン、閲覧の許可。'


def arguments(parser: argparse.ArgumentParser) -> None:
    add_places(parser)
    deeds = ['list', 'add', 'import', 'reset', 'disable', 'enable', 'token', 'grant']
    told = '一覧、登録、CSVの取り込み、新しいパスワード、停止、再開、APIトークンの発行、閲覧の許可。'
    parser.add_argument('what', choices=deeds, help=told)
    parser.add_argument('account', nargs='?', help='利用者ID(半角の英小文字と数字)。importでは、CSVファイル。')
    parser.add_argument('--name', help='名前。トークンでは、何に使うか。')
    told = 'staff、leader、supervisor、administrator、contractor。'
    parser.add_argument('--role', action='append', metavar='ROLE', help=told)
    parser.add_argument('--section', action='append', metavar='NAME', help='所属。何回でも書けます。')
    scopes = 'トークンでできること: write、act、export、files。何回でも書けます。読むことは、いつもできます。'
    parser.add_argument('--scope', action='append', metavar='SCOPE', help=scopes)
    told = 'トークンを使えるアプリ。書かなければ、すべて。grantでは、見せるアプリ。'
    parser.add_argument('--app', action='append', metavar='APP', help=told)
    told = 'トークンの有効期間(日)。365まで。書かなければ90。grantでは、7まで。書かなければ1。'
    parser.add_argument('--days', type=int, metavar='N', help=told)
    parser.add_argument('--reason', default='', help='grantの理由。必ず書きます。監査に残ります。')
    parser.add_argument('--ask', action='store_true', help='パスワードを自分で決めます(書かなければ作って表示します)。')


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options, 'data', 'definitions')
    if settings is None:
        return 2
    if options.what != 'list' and not options.account:
        missing = 'CSVファイル' if options.what == 'import' else '利用者ID'
        print(f'{missing}を書いてください。', file=sys.stderr)
        return 2
    from apps.context import opened
    from apps.outcome import Refused

    with opened(settings) as context:
        try:
            return asyncio.run(_do(options, context))
        except Refused as refused:
            print(refused.detail, file=sys.stderr)
            return 1


async def _do(options: argparse.Namespace, context: AppContext) -> int:
    from apps.people import SYSTEM

    if options.what == 'list':
        _list(context)
    elif options.what == 'import':
        return await _import(Path(options.account), context)
    elif options.what == 'add':
        password, temporary = _password(options), not options.ask
        parts = {'roles': options.role or ['staff'], 'sections': options.section or [], 'temporary': temporary}
        await context.accounts.add(options.account, options.name or options.account, password, **parts, by=SYSTEM)
        print(f'登録しました: {options.account}')
    elif options.what == 'reset':
        temporary = not options.ask
        await context.accounts.set_password(options.account, _password(options), by=SYSTEM, temporary=temporary)
        print(f'パスワードを変えました: {options.account}')
    elif options.what == 'token':
        await _token(options, context)
    elif options.what == 'grant':
        await _grant(options, context)
    else:
        disabled = options.what == 'disable'
        await context.accounts.change(options.account, {'disabled': disabled}, by=SYSTEM)
        print(f'{"停止" if disabled else "再開"}しました: {options.account}')
    return 0


def _list(context: AppContext) -> None:
    from apps.people import ROLES

    for each in context.accounts.all():
        roles = '、'.join(ROLES[role] for role in each.roles)
        state = ' (停止中)' if each.disabled else ''
        print(f'{each.account}\t{each.name}\t{roles}\t{"、".join(each.sections)}{state}')


async def _token(options: argparse.Namespace, context: AppContext) -> None:
    from apps.people import SYSTEM

    name, scopes, apps = options.name or 'コマンドで発行', options.scope or (), options.app or ()
    text, made = await context.tokens.make(options.account, name, scopes, apps=apps, days=options.days or 90, by=SYSTEM)
    print(f'APIトークン(いま1回だけ表示します): {text}')
    print(f'{made.expires:%Y-%m-%d} まで使えます。できること: {"、".join(made.scopes)}')


async def _import(file: Path, context: AppContext) -> int:
    """All rows or none; what is refused is told with the number of its row."""
    from apps.accounts_csv import Unreadable, compared
    from apps.people import SYSTEM

    try:
        rows = compared(file.read_bytes(), {each.account: each for each in context.accounts.all()})
    except (OSError, Unreadable) as error:
        print(f'{file}: {error}', file=sys.stderr)
        return 1
    refused = [each for each in rows if each.kind == 'refused']
    for each in refused:
        print(f'{each.number}行目 {each.account}: {" ".join(each.told)}', file=sys.stderr)
    if refused:
        print('断られた行があるので、だれも取り込みませんでした。', file=sys.stderr)
        return 1
    new, changed = ({each.account: each.wanted for each in rows if each.kind == kind} for kind in ('new', 'changed'))
    await context.accounts.take_in(new, changed, by=SYSTEM)
    print(f'新しい人{len(new)}人、変わった人{len(changed)}人を取り込みました。')
    return 0


async def _grant(options: argparse.Namespace, context: AppContext) -> None:
    """Lend apps to an account to look at. Raises Refused."""
    from apps.outcome import Refused
    from apps.people import SYSTEM

    definitions = [(name, context.catalogue.find(name)) for name in options.app or ()]
    if not definitions:
        raise Refused('invalid', detail='見せるアプリを --app で書いてください。')
    for name, definition in definitions:
        if definition is None:
            raise Refused('not_found', detail=f'「{name}」というアプリはありません。')
        made = await context.grants.give(definition, options.account, options.days or 1, options.reason, by=SYSTEM)
        print(f'{made.account} に「{definition.title}」を見せます。{made.until:%Y-%m-%d %H:%M} まで。')


def _password(options: argparse.Namespace) -> str:
    """The one that is asked for, or a temporary one, which its person changes at the first sign-in."""
    from apps.passwords import temporary_password

    if options.ask:
        return getpass.getpass('パスワード: ')
    made = temporary_password()
    print(f'パスワード: {made}')
    print('仮のパスワードです。はじめのサインインで、本人が変えます。')
    return made
