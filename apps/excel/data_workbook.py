"""The data export as a workbook: one table per sheet under its header, no merged cells, nothing but values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from apps.excel.cell import Cells
from apps.excel.tables import (
    CODE_HEADERS,
    CODES,
    FIELD_HEADERS,
    FIELDS,
    ORIGIN,
    ORIGIN_HEADERS,
    Column,
    Table,
    code_rows,
    field_rows,
)
from forms.definition import AppDefinition
from storage import Doc

MOST_ROWS = 1_048_575
_LONGEST_NAME = 31

Fact = tuple[str, Any]


def write_data_workbook(  # noqa: PLR0913, PLR0917 - what is written, and who hears of it
    path: Path,
    definition: AppDefinition,
    tables: Sequence[Table],
    records: Iterable[Doc],
    facts: Sequence[Fact],
    told: Callable[[int], None] = lambda _: None,
) -> int:
    """Write the workbook; returns how many records it holds. told: called with how many are written so far.

    Records are read once and rows are streamed, so memory does not grow with them.

    Raises ValueError when a sheet of Excel cannot hold that many rows: nothing is ever left out silently.
    """
    workbook = Workbook(str(path), {'constant_memory': True, 'strings_to_formulas': False, 'strings_to_urls': False})
    count = 0
    try:
        cells = Cells(workbook)
        names = _sheet_names([each.name for each in tables])
        sheets = [
            _Sheet(cells, workbook.add_worksheet(name), each.columns) for name, each in zip(names, tables, strict=True)
        ]
        for record in records:
            count += 1
            for table, sheet in zip(tables, sheets, strict=True):
                for row in table.rows(record):
                    sheet.write(row)
            told(count)
        _beside(cells, workbook, FIELDS, FIELD_HEADERS, field_rows(definition))
        _beside(cells, workbook, CODES, CODE_HEADERS, code_rows(definition))
        cut = (('長すぎて途中までの値', f'{sheet} {row}行目 {header}') for sheet, row, header in cells.cut)
        end = (('件数', count), ('文字コード', 'UTF-8'), ('日付', '西暦の値を和暦で表示'))
        _beside(cells, workbook, ORIGIN, ORIGIN_HEADERS, (*facts, *end, *cut))
    finally:
        workbook.close()
    return count


class _Sheet:
    """A table that grows row by row under its header."""

    def __init__(self, cells: Cells, sheet: Worksheet, columns: Sequence[Column]) -> None:
        self.cells = cells
        self.sheet = sheet
        self.columns = columns
        self.count = 0
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, min(40, max(10, len(column.header) * 2 + 2)))
            sheet.write_string(0, place, column.header, cells.format('header'))

    def write(self, values: Iterable[Any]) -> None:
        self.count += 1
        if self.count > MOST_ROWS:
            raise ValueError(f'Excelのシートには{MOST_ROWS:,}行までしか入りません。条件を付けて分けてください。')
        for place, value in enumerate(values):
            column = self.columns[place]
            self.cells.write(self.sheet, self.count, place, value, column.header, look=column.look)


def _beside(
    cells: Cells, workbook: Workbook, name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    sheet = _Sheet(cells, workbook.add_worksheet(name), [Column(each) for each in headers])
    for row in rows:
        sheet.write(row)


def _sheet_names(names: Iterable[str]) -> list[str]:
    """At most 31 characters each, without the signs that Excel refuses, none twice."""
    taken: dict[str, None] = {}
    for name in names:
        plain = ''.join('_' if sign in '[]:*?/\\' else sign for sign in name)[:_LONGEST_NAME]
        ends = (f'~{number}' for number in range(2, 1_000))
        found = plain if plain not in taken else next(
            short for end in ends if (short := plain[: _LONGEST_NAME - len(end)] + end) not in taken
        )
        taken[found] = None
    return list(taken)
