"""The rows of a file that cannot be taken in, as a workbook to be corrected: marked cells, and every problem listed."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from apps.excel.cell import Cells

TOLD = '取込結果'
WHERE, WRONG = '元の行', '誤り'
MOST_COMMENTS = 2_000
"""Comments make a workbook slow; the column beside says the same for every row."""

_HEADERS = ('番地', '書かれている値', '誤りと直し方')


def marked_workbook(
    header: Sequence[Sequence[Any]],
    rows: Sequence[tuple[int, Sequence[Any]]],
    problems: Sequence[tuple[str, str, str]],
    marks: Mapping[tuple[int, int], str],
    texts: Mapping[int, str],
) -> bytes:
    """An .xlsx of these rows under their header, so that it can be corrected and taken in again.

    rows: (number in the original, from 0; its cells). problems: (address, what stands there, text). marks: (row,
    column) of the original -> the problem at that cell; texts: row -> all its problems. Text never becomes a formula.
    """
    content = io.BytesIO()
    options = {'in_memory': True, 'strings_to_formulas': False, 'strings_to_urls': False}
    with Workbook(content, options) as workbook:
        cells = Cells(workbook)
        look = workbook.add_format(
            {'bg_color': '#FFD9D9', 'border': 1, 'border_color': '#CE0000', 'quote_prefix': True}
        )
        sheet = workbook.add_worksheet('直す行')
        told = workbook.add_worksheet(TOLD)
        _write_rows(cells, sheet, header, rows, _Marked(marks, texts, look))
        for column, width in enumerate((24, 30, 80)):
            told.set_column(column, column, width)
            told.write_string(0, column, _HEADERS[column], cells.format('header'))
        for number, problem in enumerate(problems, start=1):
            for column, text in enumerate(problem):
                cells.write(told, number, column, text)
        told.freeze_panes(1, 0)
    return content.getvalue()


class _Marked:
    def __init__(self, marks: Mapping[tuple[int, int], str], texts: Mapping[int, str], look: Format) -> None:
        self.marks = marks
        self.texts = texts
        self.look = look
        self.comments = 0


def _write_rows(
    cells: Cells,
    sheet: Worksheet,
    header: Sequence[Sequence[Any]],
    rows: Sequence[tuple[int, Sequence[Any]]],
    marked: _Marked,
) -> None:
    width = max((len(row) for row in header), default=0)
    for number, row in enumerate(header):
        for column, value in enumerate(row):
            cells.write(sheet, number, column, value)
    last = max(0, len(header) - 1)
    sheet.write_string(last, width, WRONG, cells.format('header'))
    sheet.write_string(last, width + 1, WHERE, cells.format('header'))
    sheet.set_column(width, width, 60)
    sheet.freeze_panes(len(header), 0)
    for place, (number, row) in enumerate(rows, start=len(header)):
        for column, value in enumerate(row):
            text = marked.marks.get((number, column))
            cells.write(sheet, place, column, value)
            if text is not None:
                _mark(sheet, (place, column), value, text, marked)
        cells.write(sheet, place, width, marked.texts.get(number, ''))
        sheet.write_number(place, width + 1, number + 1)


def _mark(sheet: Worksheet, at: tuple[int, int], value: Any, text: str, marked: _Marked) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(*at, value, marked.look)
    else:
        sheet.write_string(*at, '' if value is None else str(value), marked.look)
    if marked.comments < MOST_COMMENTS:
        sheet.write_comment(*at, text, {'x_scale': 2})
        marked.comments += 1
