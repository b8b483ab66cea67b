"""A table of figures for supervisors, on one A4 page: the same cells as on screen, numbers as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter import Workbook

from apps.excel.a4_sheet import as_a4_page

Figure = str | int | float | None


def write_figures_workbook(
    path: Path, lines: Sequence[Sequence[Figure]], title: str, facts: Sequence[str], sheet_name: str = '集計'
) -> None:
    """Write `lines` (the head first, the totals last) to `path`. facts: lines above the table (when, by whom)."""
    with Workbook(str(path), {'strings_to_formulas': False, 'strings_to_urls': False}) as workbook:
        sheet = workbook.add_worksheet(sheet_name)
        edge = {'border': 1, 'valign': 'vcenter'}
        strong = {**edge, 'bold': True, 'bg_color': '#F2F2F2'}
        head = workbook.add_format({**strong, 'text_wrap': True, 'align': 'center'})
        sheet.write_string(0, 0, title, workbook.add_format({'bold': True, 'font_size': 14}))
        for row, fact in enumerate(facts, start=1):
            sheet.write_string(row, 0, fact)
        top = len(facts) + 2
        looks = {
            (kind, is_last): workbook.add_format({**(strong if is_last else edge), 'num_format': shown})
            for kind, shown in ((str, '@'), (int, '#,##0;"△"#,##0;0'), (float, '#,##0.00;"△"#,##0.00;0.00'))
            for is_last in (False, True)
        }
        for column, text in enumerate(lines[0]):
            sheet.write_string(top, column, str(text), head)
        for at, line in enumerate(lines[1:], start=1):
            for column, value in enumerate(line):
                kind = float if isinstance(value, float) else int if isinstance(value, int) else str
                look = looks[kind, at == len(lines) - 1]
                if value is None:
                    sheet.write_blank(top + at, column, None, look)
                elif isinstance(value, str):
                    sheet.write_string(top + at, column, value, look)
                else:
                    sheet.write_number(top + at, column, value, look)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, len(lines[0]) - 1, 9)
        as_a4_page(sheet, top)
