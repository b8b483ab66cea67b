"""How every sheet for supervisors is printed: A4 across, as wide as the page, with its head on each page."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

_A4 = 9
FOOTER = '&L&F&C&P / &N&R&D &T'
"""File, page of pages, and when it was printed."""


def as_a4_page(sheet: Worksheet, head_row: int) -> None:
    """head_row: of the table, counted from 0; it stays in sight on screen and is repeated on paper."""
    sheet.freeze_panes(head_row + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head_row)
    sheet.set_footer(FOOTER)
