"""Personal data whose time is over, without a server: what is over, making and approving lists, erasing."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apps.commands import add_places, settings_from

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person

HELP = '保存期間が過ぎた個人情報を調べ、一覧を作り、承認し、消します。'

DEEDS = {'list': '見る', 'propose': '一覧を作る', 'approve': '承認する', 'run': '消す'}
NEEDS = {'propose': 'アプリの名前', 'approve': '一覧の番号', 'run': '一覧の番号'}


def arguments(parser: argparse.ArgumentParser) -> None:
    add_places(parser)
    told = 'list(調べる)、propose(一覧を作る)、approve(承認する)、run(消す)。'
    parser.add_argument('deed', choices=DEEDS, metavar='DEED', help=told)
    parser.add_argument('name', nargs='?', default='', metavar='NAME', help='propose はアプリ、ほかは一覧の番号。')
    parser.add_argument('--by', default='', metavar='ACCOUNT', help='だれがするか(list のほかは必ず書きます)。')
    parser.add_argument('-o', '--output', type=Path, metavar='FILE', help='消去証明を書くCSV(run のとき)。')


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options, 'data', 'definitions')
    if settings is None:
        return 2
    if options.deed in NEEDS and not (options.name and options.by):
        print(f'{NEEDS[options.deed]}と --by を書いてください。', file=sys.stderr)
        return 2
    from apps.context import opened
    from apps.outcome import Refused
    from apps.people import SYSTEM

    with opened(settings) as context:
        account = context.accounts.get(options.by) if options.by else None
        if options.by and (account is None or account.disabled):
            print(f'「{options.by}」という、使われている利用者はいません。', file=sys.stderr)
            return 2
        try:
            _do(context, options, account.person if account is not None else SYSTEM)
        except Refused as refused:
            print(refused.detail, file=sys.stderr)
            return 1
    return 0


def _do(context: AppContext, options: argparse.Namespace, by: Person) -> None:
    desk: Any = context.retention
    match options.deed:
        case 'propose':
            made = asyncio.run(desk.propose(options.name, by=by))
            print(f'一覧 {made.id} を作りました({len(made.items)}件)。別の人が承認してください。')
        case 'approve':
            asyncio.run(desk.approve(options.name, by=by))
            print(f'一覧 {options.name} を承認しました。')
        case 'run':
            done = asyncio.run(desk.run(options.name, by=by))
            print(f'{len(done.erased)}件の個人情報を消しました。')
            if options.output:
                from apps.retention.certificate import certificate_csv

                text = certificate_csv(done, context.catalogue.get(done.app).title, context.directory)
                options.output.write_bytes(text.encode('utf-8-sig'))
        case _:
            _list(context, by)


def _list(context: AppContext, by: Person) -> None:
    from apps.retention.disposal import STATES

    for definition in context.catalogue.all():
        if context.retention.may(definition.name, by):
            over = len(context.retention.due(definition.name, by))
            print(f'{definition.name} {definition.title}: 保存期間が過ぎたレコード {over}件')
            for each in context.retention.lists(definition.name, by):
                print(f'  {each.id} {each.made_at[:10]} {len(each.wanted)}件 {STATES[each.state]}')
