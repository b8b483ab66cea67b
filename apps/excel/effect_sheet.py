"""The minutes of an app as a second sheet of its summary: the same figures as on screen, as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from apps.excel.a4_sheet import as_a4_page
from apps.reading.effects import HOW, UNMEASURED, Figure

SHEET = '効果'
HEAD = ('仕事', 'ことがら', '値', '単位', '説明')
_WIDTHS = (8, 22, 12, 8, 44)


def add_effect_sheet(workbook: Workbook, figures: Sequence[Figure], title: str) -> None:
    """title: of the app and the period."""
    sheet = workbook.add_worksheet(SHEET)
    head = workbook.add_format({'bold': True, 'bg_color': '#F2F2F2', 'border': 1})
    cell = workbook.add_format({'border': 1, 'text_wrap': True, 'valign': 'vcenter'})
    looks = [workbook.add_format({'border': 1, 'num_format': form}) for form in ('#,##0', '#,##0.0')]
    sheet.write_string(0, 0, title, workbook.add_format({'bold': True, 'font_size': 14}))
    for column, text in enumerate(HEAD):
        sheet.write_string(2, column, text, head)
        sheet.set_column(column, column, _WIDTHS[column])
    for row, each in enumerate(figures, start=3):
        for column, text in ((0, each.work), (1, each.name), (3, each.unit), (4, each.note)):
            sheet.write_string(row, column, text, cell)
        if each.value is None:
            sheet.write_string(row, 2, UNMEASURED, cell)
        else:
            sheet.write_number(row, 2, round(each.value, each.digits), looks[min(each.digits, 1)])
    sheet.merge_range(4 + len(figures), 0, 5 + len(figures), len(HEAD) - 1, HOW, cell)
    as_a4_page(sheet, 2)
