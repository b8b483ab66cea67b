"""The statistics of a queue as a workbook: one sheet per table, cell for cell what the screen shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from apps.excel.a4_sheet import as_a4_page
from forms.capabilities.queue.statistics_cells import (
    ACCURACY,
    NOTES,
    Cell,
    accuracy_head,
    accuracy_lines,
    head,
    lines,
)

if TYPE_CHECKING:
    from apps.reading.queue_statistics import QueueReport

HEAD_ROW = 3
"""Where a table begins, counted from 0: title, days and moment stand above it, as on paper."""


def write_queue_workbook(path: Path, report: QueueReport, facts: Sequence[str]) -> None:
    """Write the report to `path`. facts: lines above each table (when, by whom)."""
    with Workbook(str(path), {'strings_to_formulas': False, 'strings_to_urls': False}) as workbook:
        look = _looks(workbook)
        for table in report.statistics.tables:
            sheet = _sheet(workbook, look, table.title, report, facts)
            _write(sheet, look, head(table), lines(table), total=True)
            for row, note in enumerate(NOTES, start=HEAD_ROW + len(table.rows) + 3):
                sheet.write_string(row, 0, note)
        sheet = _sheet(workbook, look, ACCURACY, report, facts)
        _write(sheet, look, accuracy_head(), accuracy_lines(report.statistics.accuracy), total=False)
        sheet.set_column(0, 0, 42)


def _sheet(
    workbook: Workbook, look: dict[str, Any], title: str, report: QueueReport, facts: Sequence[str]
) -> Worksheet:
    sheet = workbook.add_worksheet(title)
    sheet.write_string(0, 0, f'{report.definition.title} {title}', look['title'])
    sheet.write_string(1, 0, report.days)
    sheet.write_string(2, 0, ' '.join(facts))
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 17, 9)
    as_a4_page(sheet, HEAD_ROW)
    return sheet


def _write(
    sheet: Worksheet, look: dict[str, Any], headings: Sequence[str], rows: Sequence[Sequence[Cell]], *, total: bool
) -> None:
    for column, text in enumerate(headings):
        sheet.write_string(HEAD_ROW, column, text, look['head'])
    for at, line in enumerate(rows, start=HEAD_ROW + 1):
        last = total and at == HEAD_ROW + len(rows)
        for column, value in enumerate(line):
            shape = look['total' if last else 'cell']
            if value is None:
                sheet.write_blank(at, column, None, shape)
            elif isinstance(value, str):
                sheet.write_string(at, column, value, shape)
            else:
                sheet.write_number(at, column, value, look['minutes' if isinstance(value, float) else 'cell'])


def _looks(workbook: Workbook) -> dict[str, Any]:
    edge = {'border': 1, 'valign': 'vcenter'}
    strong = {**edge, 'bold': True, 'bg_color': '#F2F2F2'}
    return {
        'title': workbook.add_format({'bold': True, 'font_size': 14}),
        'head': workbook.add_format({**strong, 'text_wrap': True, 'align': 'center'}),
        'cell': workbook.add_format(edge),
        'minutes': workbook.add_format({**edge, 'num_format': '0.0'}),
        'total': workbook.add_format(strong),
    }
