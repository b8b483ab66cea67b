"""The data export: one table per sheet, one value per cell, with its definitions, codes and origin beside it.

Follows the Digital Agency's machine-readability rules for statistical tables (L1-02 to L3-09): no merged cells, a
header in row 1, numbers as numbers, dates as dates, every column described, the detail of 「その他」 in its own column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from apps.excel.cell import Cells
from apps.operations.world import World
from apps.reading.narrowing import main_date
from apps.reading.shown import failed_texts
from forms.definition import AppDefinition, columns_of
from forms.field import Field, Surroundings, Value
from forms.japanese.fiscal import fiscal_year
from storage import Doc

DATA, FIELDS, CODES, ORIGIN = 'データ', '項目定義', 'コード表', '出力情報'
RECORD_ID = 'レコードID'
MOST_ROWS = 1_048_575

@dataclass(frozen=True, slots=True)
class Origin:
    """What 出力情報 tells: (name, value) pairs about who, when, why and which records."""

    facts: Sequence[tuple[str, Any]]


def write_data_workbook(
    path: Path, definition: AppDefinition, records: Iterable[Doc], origin: Origin, world: World
) -> int:
    """Write the workbook; returns how many records it holds.

    Records are read once and rows are streamed, so memory does not grow with them.

    Raises ValueError when a sheet of Excel cannot hold that many rows: nothing is ever left out silently.
    """
    workbook = Workbook(str(path), {'constant_memory': True, 'strings_to_formulas': False, 'strings_to_urls': False})
    try:
        cells = Cells(workbook)
        tables = [field for field in definition.fields.values() if hasattr(field, 'row_cells') and not field.retired]
        main = _MainSheet(cells, workbook.add_worksheet(DATA), definition, world)
        rows = [
            _RowSheet(cells, workbook.add_worksheet(sheet_name(field)), definition, field, world)
            for field in tables
        ]
        for record in records:
            main.add(record)
            for sheet in rows:
                sheet.add(record.doc_id, record)
        _write_fields(cells, workbook.add_worksheet(FIELDS), definition)
        _write_codes(cells, workbook.add_worksheet(CODES), definition)
        _write_origin(cells, workbook.add_worksheet(ORIGIN), origin, main.count)
    finally:
        workbook.close()
    return main.count


class _Sheet:
    """A table that grows row by row under its header."""

    def __init__(self, cells: Cells, sheet: Worksheet, headers: Sequence[str]) -> None:
        self.cells = cells
        self.sheet = sheet
        self.headers = headers
        self.count = 0
        sheet.freeze_panes(1, 0)
        for column, header in enumerate(headers):
            sheet.set_column(column, column, min(40, max(10, len(header) * 2 + 2)))
            sheet.write_string(0, column, header, cells.format('header'))

    def write(self, values: Iterable[Any]) -> None:
        self.count += 1
        if self.count > MOST_ROWS:
            raise ValueError(f'Excelのシートには{MOST_ROWS:,}行までしか入りません。条件を付けて分けてください。')
        for column, value in enumerate(values):
            self.cells.write(self.sheet, self.count, column, value, self.headers[column])


class _MainSheet:
    """One row per record: its id, its fiscal year, then every field's columns."""

    def __init__(self, cells: Cells, sheet: Worksheet, definition: AppDefinition, world: World) -> None:
        self.definition = definition
        self.world = world
        self.day = main_date(definition)
        self.start = definition.fiscal_start
        self.columns = [
            (name, header, read)
            for name, field in definition.fields.items()
            for header, read in field.cells(world, definition.fiscal_start)
        ]
        year = ['年度'] if self.day else []
        self.sheet = _Sheet(cells, sheet, [RECORD_ID, *year, *(header for _, header, _ in self.columns)])

    @property
    def count(self) -> int:
        return self.sheet.count

    def add(self, record: Doc) -> None:
        year = [self._fiscal_year(record)] if self.day else []
        failed = failed_texts(self.definition, record, self.definition.fields, self.world)
        cells = (failed.get(name) or _cell(read, record.get(name)) for name, _, read in self.columns)
        self.sheet.write([record.doc_id, *year, *cells])

    def _fiscal_year(self, values: Mapping[str, Value]) -> int | None:
        day = values.get(self.day)
        return fiscal_year(date.fromisoformat(day[:10]), self.start) if isinstance(day, str) else None


class _RowSheet:
    """The rows of a subtable or checklist in long form: record id, row id, then its columns."""

    def __init__(
        self, cells: Cells, sheet: Worksheet, definition: AppDefinition, field: Any, around: Surroundings
    ) -> None:
        self.name = field.name
        self.columns = field.row_cells(around, definition.fiscal_start)
        self.sheet = _Sheet(cells, sheet, [RECORD_ID, '行', *(header for header, _ in self.columns)])

    def add(self, record_id: str, values: Mapping[str, Value]) -> None:
        for row in values.get(self.name) or ():
            self.sheet.write([record_id, row.get('_row'), *(read(row) for _, read in self.columns)])


def _cell(read: Any, value: Value) -> Any:
    return None if value is None else read(value)


def sheet_name(field: Field) -> str:
    """At most 31 characters, without the signs that Excel refuses."""
    plain = ''.join('_' if sign in '[]:*?/\\' else sign for sign in field.name)
    return f'明細_{plain}'[:31]


def _write_fields(cells: Cells, sheet: Worksheet, definition: AppDefinition) -> None:
    table = _Sheet(cells, sheet, ['項目名', '表示名', '種類', '単位', '必須', '個人情報の区分', '使用終了', '説明'])
    for path, field in _described(definition):
        table.write(
            [
                path,
                field.title,
                field.TITLE,
                getattr(field, 'unit', '') or None,
                _yes(field.required),
                {'personal': '個人情報', 'sensitive': '要配慮個人情報'}.get(field.privacy),
                _yes(field.retired),
                field.hint or None,
            ]
        )


def _described(definition: AppDefinition) -> Iterable[tuple[str, Field]]:
    for name, field in definition.fields.items():
        yield name, field
        yield from ((f'{name}.{column}', each) for column, each in columns_of(field).items())


def _yes(setting: Any) -> str | None:
    if isinstance(setting, bool):
        return 'はい' if setting else None
    return f'条件: {setting}'


def _write_codes(cells: Cells, sheet: Worksheet, definition: AppDefinition) -> None:
    table = _Sheet(cells, sheet, ['項目名', '値', '表示名', '分類', '使用終了'])
    for path, field in _described(definition):
        for choice in getattr(field, 'choices', ()) or getattr(field, 'rows', ()):
            label = choice.title if choice.title != choice.value else None
            table.write([path, choice.value, label, choice.group or None, _yes(choice.retired)])


def _write_origin(cells: Cells, sheet: Worksheet, origin: Origin, count: int) -> None:
    table = _Sheet(cells, sheet, ['事項', '内容'])
    for name, value in (*origin.facts, ('件数', count), ('文字コード', 'UTF-8'), ('日付', '西暦の値を和暦で表示')):
        table.write([name, value])
    for sheet_name, row, header in cells.cut:
        table.write(['長すぎて途中までの値', f'{sheet_name} {row}行目 {header}'])
