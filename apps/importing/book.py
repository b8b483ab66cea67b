"""A file as read: its sheets, and every cell as a value of Python or as what Excel could not calculate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from openpyxl.utils import get_column_letter

from apps.outcome import Refused


@dataclass(frozen=True, slots=True)
class Unusable:
    """A cell that holds no value: an error of Excel (#N/A), or a formula whose result was never stored."""

    shown: str
    advice: str


Cell = str | int | float | bool | date | datetime | time | Unusable | None

Merge = tuple[tuple[int, int], tuple[int, int]]
"""Upper left and lower right cell, (row, column) from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """rows: from cell A1 on, each as long as the widest. hidden: numbers of the hidden rows, from 0."""

    name: str
    rows: Sequence[Sequence[Cell]]
    hidden: frozenset[int] = frozenset()
    merges: Sequence[Merge] = ()

    def address(self, row: int, column: int | None) -> str:
        """Sheet1!C17 of row 16 and column 2; without a column the row alone: Sheet1!17行目."""
        place = f'{row + 1}行目' if column is None else f'{get_column_letter(column + 1)}{row + 1}'
        return f'{self.name}!{place}'


@dataclass(frozen=True, slots=True)
class Book:
    """name: of the file. how: what it was read as, in Japanese. remarks: what should be told about it as a whole."""

    name: str
    how: str
    sheets: Sequence[Sheet]
    remarks: Sequence[str] = field(default_factory=tuple)

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name. Raises Refused."""
        for each in self.sheets:
            if each.name == name:
                return each
        raise Refused('not_found', detail=f'シート「{name}」はこのファイルにありません。')


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: Cell) -> str:
    """A cell as it is told to people: 12.0 as 12, a day as 2024-01-23."""
    if cell is None or isinstance(cell, str):
        return cell or ''
    if isinstance(cell, Unusable):
        return cell.shown
    if isinstance(cell, bool):
        return 'TRUE' if cell else 'FALSE'
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(' ', 'minutes')
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
