"""A summary as a sheet for supervisors: the same figures as on screen, as numbers, on one A4 page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from apps.excel.a4_sheet import as_a4_page
from apps.excel.effect_sheet import add_effect_sheet
from apps.reading.effects import Figure
from apps.reading.summary_table import SummaryTable

SHEET = '集計'
TOTAL, SHARE = '計', '構成比'
HEAD_ROW = 4
"""Where the table begins, counted from 0: title, condition and moment stand above it, as on paper."""

_NUMBER, _PERCENT = '#,##0;"△"#,##0;0', '0.0%'


def write_summary_workbook(  # noqa: PLR0913, PLR0917 - the table, and what stands around it
    path: Path,
    shown: SummaryTable,
    title: str,
    facts: Sequence[str],
    effect: Sequence[Figure] = (),
    effect_title: str = '',
) -> None:
    """Write the table to `path`. facts: lines above it (condition, when, by whom).

    effect: what the app saves, on a sheet of its own under that title; no sheet without.
    """
    with Workbook(str(path), {'strings_to_formulas': False, 'strings_to_urls': False}) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        look = _looks(workbook)
        sheet.write_string(0, 0, title, look['title'])
        for row, fact in enumerate(facts[: HEAD_ROW - 1], start=1):
            sheet.write_string(row, 0, fact)
        rows = lines(shown)
        for column, text in enumerate(rows[0]):
            sheet.write_string(HEAD_ROW, column, str(text), look['head'])
        for at, line in enumerate(rows[1:], start=HEAD_ROW + 1):
            is_total = line[0] in {TOTAL, SHARE}
            for column, value in enumerate(line):
                _write(sheet, at, column, value, _look_of(look, line, column, rows[0], is_total=is_total))
        _lay_out(sheet, len(rows), len(rows[0]))
        if effect:
            add_effect_sheet(workbook, effect, effect_title)


def lines(shown: SummaryTable) -> list[list[Any]]:
    """Head, rows, totals, shares; the cells as they stand on screen and in the sheet."""
    columns = shown.columns if shown.is_cross else ()
    head = [shown.title[0], *(label for _, label in columns), TOTAL if columns else shown.what]
    body = [
        [label, *(shown.cells.get((key, column), 0) for column, _ in columns), shown.row_totals.get(key, 0)]
        for key, label in shown.rows
    ]
    total = [TOTAL, *(shown.column_totals.get(column, 0) for column, _ in columns), shown.total]
    if not shown.shares:
        return [head, *body, total]
    with_shares = [[*line, shown.share(line[-1])] for line in (*body, total)]
    shares = [SHARE, *(shown.share(part) for part in total[1:]), None]
    return [[*head, SHARE], *with_shares, *([shares] if columns else [])]


def _write(sheet: Worksheet, row: int, column: int, value: Any, look: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, str(value), look)


def _look_of(look: dict[str, Any], line: list[Any], column: int, head: list[Any], *, is_total: bool) -> Any:
    if column == 0:
        return look['total_name' if is_total else 'name']
    if line[0] == SHARE or head[column] == SHARE:
        return look['percent']
    return look['total' if is_total or head[column] == TOTAL else 'number']


def _looks(workbook: Workbook) -> dict[str, Any]:
    edge = {'border': 1, 'valign': 'vcenter'}
    strong = {**edge, 'bold': True, 'bg_color': '#F2F2F2'}
    return {
        'title': workbook.add_format({'bold': True, 'font_size': 14}),
        'head': workbook.add_format({**strong, 'text_wrap': True, 'align': 'center'}),
        'name': workbook.add_format(edge),
        'number': workbook.add_format({**edge, 'num_format': _NUMBER}),
        'total': workbook.add_format({**strong, 'num_format': _NUMBER}),
        'total_name': workbook.add_format(strong),
        'percent': workbook.add_format({**edge, 'num_format': _PERCENT}),
    }


def _lay_out(sheet: Worksheet, rows: int, columns: int) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, columns - 1, 10)
    as_a4_page(sheet, HEAD_ROW)
    sheet.print_area(0, 0, HEAD_ROW + rows - 1, columns - 1)
