"""Small workbooks and CSV files as offices write them, made in the test that reads them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Dress = Callable[[Worksheet], object]


def workbook(rows: Sequence[Sequence[Any]], *, title: str = 'Sheet1', dress: Dress | None = None) -> bytes:
    """An .xlsx with these rows from A1 on. dress: what else is done to the sheet (merges, formats, hidden rows)."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str) and cell.value.startswith('='):
                cell.data_type = 's'
    if dress is not None:
        dress(sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The same workbook with one of its parts rewritten."""
    old, new = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(new, 'w', zipfile.ZIP_DEFLATED) as packed:
        for each in old.namelist():
            part = old.read(each)
            packed.writestr(each, change(part.decode()).encode() if each == name else part)
    return new.getvalue()


def with_format(content: bytes, number: int) -> bytes:
    """The one cell style that is not plain gets a built-in number format of Japanese Excel."""
    pattern = re.compile(r'(<xf numFmtId=")164(")')
    return with_part(content, 'xl/styles.xml', lambda xml: pattern.sub(rf'\g<1>{number}\2', xml))
