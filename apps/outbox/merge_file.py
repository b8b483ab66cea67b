"""The notices of a batch as a table that a word processor prints from: one row per recipient, never a live formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from xlsxwriter import Workbook

from apps.excel.cell import Cells
from apps.outbox.notice import Notice

HEADERS = ('郵便番号', '住所', 'あて名', 'メールアドレス', '件名', '本文')
_STARTS_FORMULA = ('=', '+', '-', '@', '\t', '\r')


def write_workbook(path: Path, notices: Iterable[Notice]) -> None:
    """One sheet, a header in row 1."""
    workbook = Workbook(str(path), {'strings_to_formulas': False, 'strings_to_urls': False})
    cells, sheet = Cells(workbook), workbook.add_worksheet('差込')
    sheet.freeze_panes(1, 0)
    for column, header in enumerate(HEADERS):
        sheet.write_string(0, column, header, cells.format('header'))
        sheet.set_column(column, column, 24)
    for row, each in enumerate(notices, start=1):
        for column, value in enumerate(_cells(each)):
            cells.write(sheet, row, column, value, HEADERS[column])
    workbook.close()


def csv_text(notices: Iterable[Notice]) -> str:
    """UTF-8 with a mark, as Excel reads it; text that looks like a formula gets a ' before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator='\r\n')
    writer.writerow(HEADERS)
    for each in notices:
        writer.writerow([f"'{value}" if value.startswith(_STARTS_FORMULA) else value for value in _cells(each)])
    return '\ufeff' + out.getvalue()


def _cells(one: Notice) -> tuple[str, ...]:
    return one.postal, one.address, one.addressee, one.to, one.subject, one.body
