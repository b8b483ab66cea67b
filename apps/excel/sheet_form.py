"""Fills an Excel file that staff keep themselves: every `{{項目}}` becomes the value of a record, as text or number."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment

from apps.excel.cell import LONGEST
from forms.sheet_form import GAP

Told = Mapping[str, str | int | float]
"""Name in braces -> what stands there; a number stays one where nothing stands beside it."""


def fill_sheet_form(template: Path, told: Told, filled: Path) -> None:
    """Names that are not told become blank. Formulas of the file stay; what people typed never becomes one.

    Raises OSError where the file is not there. Pictures and shapes are kept as far as openpyxl keeps them.
    """
    book = load_workbook(template)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and isinstance(cell.value, str) and cell.data_type == 's':
                    _fill(cell, cell.value, told)
    book.save(filled)


def _fill(cell: Cell, text: str, told: Told) -> None:
    if not GAP.search(text):
        return
    alone = GAP.fullmatch(text.strip())
    value = told.get(alone[1], '') if alone else ''
    if not isinstance(value, str):
        cell.value = value
        return
    words = ILLEGAL_CHARACTERS_RE.sub('', GAP.sub(lambda gap: str(told.get(gap[1], '')), text))[:LONGEST]
    cell.value = words or None
    if words.startswith('='):
        cell.data_type = 's'
        cell.quotePrefix = True
    if '\n' in words:
        cell.alignment = _wrapped(cell.alignment)


def _wrapped(alignment: Alignment) -> Alignment:
    return Alignment(
        horizontal=alignment.horizontal,
        vertical=alignment.vertical or 'top',
        indent=alignment.indent,
        wrap_text=True,
    )
