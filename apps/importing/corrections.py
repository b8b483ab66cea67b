"""The file that a person gets back: the rows with a mistake, each mistake at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from apps.excel.marked_workbook import marked_workbook
from apps.importing.book import Cell, Unusable, shown
from apps.importing.draft import Draft, Problem


def corrections(draft: Draft) -> bytes:
    """An .xlsx with the rows of the main sheet that were refused, and all problems in the sheet 取込結果."""
    problems: Sequence[Problem] = [*(draft.report.problems if draft.report else ()), *draft.refused_later]
    main = draft.table.sheet
    layout = draft.table.layout
    marks: dict[tuple[int, int], str] = {}
    texts: dict[int, list[str]] = {}
    for each in problems:
        sheet, row, column = each.place
        number = row if sheet == main.name else _owner(draft, each)
        texts.setdefault(number, []).append(each.text if sheet == main.name else f'{each.address}: {each.text}')
        if sheet == main.name and column is not None:
            marks[row, column] = '\n'.join(filter(None, (marks.get((row, column)), each.text)))
    header = [[shown(cell) for cell in main.rows[number]] for number in range(layout.header, layout.first)]
    rows = [(number, [_written(cell) for cell in row]) for number, row in draft.table.rows if number in texts]
    told = [(each.address, each.shown, each.text) for each in problems]
    return marked_workbook(header, rows, told, marks, {number: ' '.join(each) for number, each in texts.items()})


def _owner(draft: Draft, problem: Problem) -> int:
    """The row of the main sheet to which a row of a 明細 sheet belongs."""
    rows = draft.report.rows.values() if draft.report else ()
    return next(
        (row.number for row in rows if any(place[:2] == problem.place[:2] for place, _ in row.cells.values())), -1
    )


def _written(cell: Cell) -> Any:
    """As it stands in the original; a day is a day, an error its name."""
    if isinstance(cell, Unusable):
        return cell.shown
    return cell.replace(tzinfo=None) if isinstance(cell, datetime) and cell.tzinfo else cell if isinstance(
        cell, str | int | float | bool | date
    ) else shown(cell)
