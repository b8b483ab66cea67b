"""One value into one cell: its own type, never a live formula, nothing lost without being told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""Characters that one Excel cell can hold."""

FIRST_YEAR = 1901
"""Excel counts its days from 1900, and that year wrongly."""

_STARTS_FORMULA = ('=', '+', '-', '@', '\t', '\r')
_UNWRITABLE = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]')


@dataclass(slots=True)
class Cells:
    """Writes values into cells of one workbook. `cut` lists what did not fit: (sheet, row, column header)."""

    workbook: Workbook
    cut: list[tuple[str, int, str]] = field(default_factory=list)
    _formats: dict[str, Format] = field(default_factory=dict)

    def write(  # noqa: PLR0913 - where, what, and how it is to look
        self, sheet: Worksheet, row: int, column: int, value: Any, header: str = '', *, look: str = ''
    ) -> None:
        """Put str, number, bool, date, datetime or time at (row, column), both from 0; None leaves the cell empty.

        look: 'number' or 'money' for a quantity, shown with △ when it is negative. Days that Excel does not know are
        written as ISO text.
        """
        if value is None or value == '':
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.format(look) if look else None)
        elif isinstance(value, date) and value.year < FIRST_YEAR:
            sheet.write_string(row, column, value.isoformat())
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value.replace(tzinfo=None), self.format('datetime'))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.format('date'))
        elif isinstance(value, time):
            sheet.write_datetime(row, column, value, self.format('time'))
        else:
            self._text(sheet, row, column, str(value), header)

    def _text(self, sheet: Worksheet, row: int, column: int, value: str, header: str) -> None:
        clean = _UNWRITABLE.sub('', value)
        if len(clean) > LONGEST:
            self.cut.append((sheet.get_name(), row + 1, header))
            clean = clean[:LONGEST]
        if clean.startswith(_STARTS_FORMULA):
            sheet.write_string(row, column, clean, self.format('quoted'))
        else:
            sheet.write_string(row, column, clean)

    def format(self, name: str) -> Format:
        """A cell format by what it is for: date, datetime, time, quoted (text that looks like a formula), header."""
        if name not in self._formats:
            self._formats[name] = self.workbook.add_format(FORMATS[name])
        return self._formats[name]


FORMATS: dict[str, dict[str, Any]] = {
    'date': {'num_format': '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@'},
    'datetime': {'num_format': 'yyyy-mm-dd hh:mm:ss'},
    'time': {'num_format': 'hh:mm'},
    'number': {'num_format': 'General;"△"General'},
    'money': {'num_format': '#,##0;"△"#,##0'},
    'quoted': {'quote_prefix': True},
    'header': {'bold': True, 'bottom': 1, 'text_wrap': True, 'valign': 'top'},
}
