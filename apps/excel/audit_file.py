"""The audit as a file: one line per entry, in Excel or CSV, with what was asked for beside it."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from apps.audit_trail import Entry
from apps.clock import TOKYO
from apps.excel.cell import Cells
from apps.excel.data_csv import plain_text
from apps.excel.data_workbook import MOST_ROWS

FORMATS = ('xlsx', 'csv')
HEADERS = ('番号', '日時', '利用者ID', '名前', '内容', 'アプリ', 'アプリの名前', 'レコードID', '詳細')


def write_audit_file(path: Path, entries: Iterable[Entry], facts: Sequence[tuple[str, Any]], format: str) -> int:
    """Write every entry, whole or not at all; returns how many. Raises ValueError when a sheet cannot hold them."""
    part = path.with_name(f'.{path.name}.part')
    try:
        count = (_write_csv if format == 'csv' else _write_workbook)(part, entries, facts)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _write_csv(path: Path, entries: Iterable[Entry], _: Sequence[tuple[str, Any]]) -> int:
    count = 0
    with path.open('w', encoding='utf-8-sig', newline='') as target:
        writer = csv.writer(target, quoting=csv.QUOTE_ALL)
        writer.writerow(HEADERS)
        for each in entries:
            count += 1
            writer.writerow('' if value is None else plain_text(value) for value in _row(each))
    return count


def _write_workbook(path: Path, entries: Iterable[Entry], facts: Sequence[tuple[str, Any]]) -> int:
    options = {'constant_memory': True, 'strings_to_formulas': False, 'strings_to_urls': False}
    count = 0
    with Workbook(str(path), options) as workbook:
        cells = Cells(workbook)
        sheet = workbook.add_worksheet('監査記録')
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, 8, 22)
        for column, header in enumerate(HEADERS):
            sheet.write_string(0, column, header, cells.format('header'))
        for count, each in enumerate(entries, start=1):
            if count > MOST_ROWS:
                raise ValueError(f'Excelのシートには{MOST_ROWS:,}行までです。期間を分けるか、CSVにしてください。')
            for column, value in enumerate(_row(each)):
                cells.write(sheet, count, column, value, HEADERS[column])
        origin = workbook.add_worksheet('出力情報')
        origin.set_column(0, 1, 30)
        for row, (name, value) in enumerate((('事項', '内容'), *facts, ('件数', count))):
            cells.write(origin, row, 0, name)
            cells.write(origin, row, 1, value)
    return count


def _row(entry: Entry) -> list[Any]:
    details = '; '.join(f'{name}: {text}' for name, text in entry.details)
    at = entry.at.astimezone(TOKYO).replace(tzinfo=None, microsecond=0)
    who = (entry.account, entry.name or None)
    where = (entry.app_title or None, entry.app or None, entry.record or None)
    return [entry.seq, at, *who, entry.what, *where, details or None]
