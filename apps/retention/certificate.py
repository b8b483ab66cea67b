"""What proves that personal data was erased: which records, of whom nothing is told, by whom and when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from apps.directory import Directory
from apps.reading.shown import moment_text
from apps.retention.disposal import STATES, Disposal


def facts(one: Disposal, title: str, directory: Directory) -> Iterator[tuple[str, str]]:
    """(what, text) about a list, in the order in which it came about."""

    def name(account: str) -> str:
        return directory.staff_name(account) or {'system': '自動処理'}.get(account, account)

    yield 'アプリ', title
    yield '状態', STATES[one.state]
    yield '一覧の番号', one.id
    yield '一覧を作った人と日時', f'{name(one.made_by)} {moment_text(one.made_at)}'
    if one.decided_by:
        what = '取りやめた人と日時' if one.state == 'refused' else '承認した人と日時'
        yield what, f'{name(one.decided_by)} {moment_text(one.decided_at)}'
    if one.why:
        yield '理由', one.why
    if one.done_by:
        yield '消した人と日時', f'{name(one.done_by)} {moment_text(one.done_at)}'
    yield '消す項目', '、'.join(one.fields)
    yield '一覧の件数', f'{len(one.items):,}件'
    if one.held:
        yield '一覧から外した件数', f'{len(one.held):,}件'
    if one.next:
        yield '消した件数', f'{len(one.erased):,}件'
        yield '消した写真・添付ファイル', f'{one.files:,}個'
    if one.left:
        yield '一覧のあとで対象でなくなった件数', f'{len(one.left):,}件'


def certificate_csv(one: Disposal, title: str, directory: Directory) -> str:
    """The certificate as a table: facts, then every number."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator='\r\n')
    writer.writerow(['個人情報の消去証明', ''])
    writer.writerows(facts(one, title, directory))
    writer.writerow(['消したレコードの番号', '保存期間の最後の日'])
    writer.writerows((each.number, each.last) for each in one.erased)
    return text.getvalue()
