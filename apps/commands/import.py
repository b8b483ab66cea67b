"""Take records of an Excel or CSV file into an app."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from apps.commands import add_places, settings_from

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.importing.draft import Draft
    from apps.people import Person

HELP = 'ExcelやCSVの記録をアプリに取り込みます(--take を付けるまでは確かめるだけです)。'
MOST_SHOWN = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('app', metavar='APP', help='アプリの名前(定義ファイルの名前から .yaml を取ったもの)。')
    parser.add_argument('files', type=Path, nargs='+', metavar='FILE', help='取り込むファイル(.xlsx .xls .ods .csv)。')
    parser.add_argument('--sheet', default='', help='シートの名前(なければ、見出しが合うシート)。')
    parser.add_argument('--key', action='append', default=[], help='記録を見分ける項目。_id はレコードID。')
    parser.add_argument('--clear-blanks', action='store_true', help='空のセルの項目を空にします。')
    parser.add_argument('--partly', action='store_true', help='誤りのある行を除いて取り込みます。')
    parser.add_argument('--take', action='store_true', help='確かめたあと、実際に取り込みます。')
    parser.add_argument('--by', metavar='ACCOUNT', help='だれの権限で取り込むか(書かなければ、権限を問いません)。')
    parser.add_argument('--corrections', type=Path, metavar='FILE.xlsx', help='誤りのある行を書き出すファイル。')
    add_places(parser)


def run(options: argparse.Namespace) -> int:
    settings = settings_from(options, 'data', 'definitions')
    if settings is None:
        return 2
    from apps.context import opened

    with opened(settings) as context:
        if context.catalogue.find(options.app) is None:
            names = '、'.join(each.name for each in context.catalogue.all())
            print(f'アプリ「{options.app}」はありません。使える名前: {names}', file=sys.stderr)
            return 2
        by = _person(context, options.by)
        if by is None:
            print(f'利用者ID「{options.by}」はないか、停止しています。', file=sys.stderr)
            return 2
        return max([asyncio.run(_one(context, options, file, by)) for file in options.files])


def _person(context: AppContext, account: str | None) -> Person | None:
    """By whose rights is taken in; None for an account that nobody may use."""
    from apps.people import SYSTEM

    if account is None:
        return SYSTEM
    found = context.accounts.get(account)
    return found.person if found is not None and not found.disabled else None


async def _one(context: AppContext, options: argparse.Namespace, file: Path, by: Person) -> int:
    """0: all is well; 1: something is wrong, and told on stderr."""
    from apps.importing.corrections import corrections
    from apps.outcome import Refused

    desk = context.imports
    try:
        draft = await desk.open(options.app, file.read_bytes(), file.name, by=by)
        if options.sheet:
            draft.choose_sheet(options.sheet)
        if options.key:
            draft.choose_keys(options.key)
        draft.choose_blanks(clears=options.clear_blanks)
        report = await desk.check(draft, by=by)
        _tell(draft)
        if report.problems and options.corrections:
            options.corrections.write_bytes(corrections(draft))
            print(f'誤りのある行を {options.corrections} に書き出しました。')
        if not options.take:
            return 1 if report.problems else 0
        made = await desk.take(draft, by=by, partly=options.partly)
    except OSError as error:
        print(f'{file} を読めません: {error.strerror}', file=sys.stderr)
        return 1
    except Refused as refused:
        print(f'{file.name}: {refused.detail}', file=sys.stderr)
        return 1
    print(f'{file.name}: {made.new}件を登録し、{made.changed}件を変更しました(取り込みの番号 {made.id})。')
    return 0


def _tell(draft: Draft) -> None:
    from apps.importing.judging import KINDS

    assert draft.report is not None
    counts = '、'.join(f'{KINDS[kind]} {count}件' for kind, count in draft.report.counts.items())
    print(f'{draft.book.name} {draft.table.sheet.name}: {counts}')
    notes = draft.report.notes
    if notes:
        print(f'  読み替えたことや注意が{len(notes)}件あります。')
    for verdict, note in notes[:MOST_SHOWN]:
        print(f'  {verdict.number + 1}行目: {note.path} {note.text}')
    for each in draft.report.problems[:MOST_SHOWN]:
        print(f'  {each.address} 「{each.shown}」 {each.text}', file=sys.stderr)
    if len(draft.report.problems) > MOST_SHOWN:
        print(f'  ほか{len(draft.report.problems) - MOST_SHOWN}件', file=sys.stderr)
