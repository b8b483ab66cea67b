"""Finding the table in a sheet: where its header stands, which rows are records, which are totals and notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from apps.importing.book import Cell, Sheet, Unusable, is_blank, shown
from forms.japanese.search_key import search_key

SEARCHED = 40
"""Rows at the top of a sheet among which the header is looked for."""

SAMPLES = 3
_DITTO = frozenset(('〃', '″', '”', '"', '々', '同上', '同右', '仝'))
_TOTAL = re.compile(r'(?:合|総|小|累)?計(?:\(.*\))?')
_REMARK = re.compile(r'\s*(?:※|\*|注[)\d]|\(注|備考[::])')
_MARKS = re.compile(r'[※*]?\s*[(\[【]?(?:必須|任意)[)\]】]?|[※*]')


@dataclass(frozen=True, slots=True)
class Column:
    """at: its place in the sheet, from 0. header: its words, the levels of a merged header joined with ／.

    samples: its first values, as told to people. filled: how many of the records have something there.
    """

    at: int
    header: str
    samples: tuple[str, ...] = ()
    filled: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table is. header: number of the first header row, from 0; height: how many rows the header has.

    left_out: numbers of rows below it that are no records (totals, notes). skip_hidden: hidden rows are left out too.
    """

    header: int
    height: int = 1
    left_out: tuple[int, ...] = ()
    skip_hidden: bool = False

    @property
    def first(self) -> int:
        """The first row below the header."""
        return self.header + self.height


@dataclass(frozen=True, slots=True)
class Table:
    """The columns that have a header or values, and the records as (row number, cells of the whole row).

    totals: rows that look like a total or a note, whether they are left out or not. hidden: hidden rows in the table.
    repeated: how many cells said 〃 or 同上 and got the value above.
    """

    sheet: Sheet
    layout: Layout
    columns: Sequence[Column]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    totals: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    repeated: int = 0


def found_layout(sheet: Sheet, known: Collection[str]) -> Layout:
    """Where the header seems to be. known: folded names of the app's fields, the best hint of all."""
    best, best_score = 0, -1.0
    for number, row in enumerate(sheet.rows[:SEARCHED]):
        score = _header_score(sheet, number, row, known)
        if score > best_score:
            best, best_score = number, score
    header, height = _whole_header(sheet, best)
    return Layout(header, height, tuple(_totals(sheet, header + height)))


def read_table(sheet: Sheet, layout: Layout) -> Table:
    """The table at a place that was found or chosen."""
    rows = _spread(sheet, layout.first)
    repeated = _expand_repeats(rows)
    left_out = {*layout.left_out, *(sheet.hidden if layout.skip_hidden else ())}
    kept = [(number, row) for number, row in rows if number not in left_out and not all(map(is_blank, row))]
    hidden = tuple(number for number, row in rows if number in sheet.hidden and not all(map(is_blank, row)))
    columns = _columns(sheet, layout, [row for _, row in kept])
    return Table(sheet, layout, columns, kept, tuple(_totals(sheet, layout.first)), hidden, repeated)


def folded_header(text: str) -> str:
    """A header as it is compared: width, spaces, 「※必須」 and a unit in brackets do not matter."""
    plain = _MARKS.sub('', text)
    return search_key(re.sub(r'[((][^()()]*[))]\s*$', '', plain) or plain)


def _header_score(sheet: Sheet, number: int, row: Sequence[Cell], known: Collection[str]) -> float:
    words = [shown(cell) for cell in row if not is_blank(cell)]
    if not words:
        return -1
    matching = sum(folded_header(word) in known for word in words)
    textual = sum(isinstance(cell, str) and not _is_figure(cell) for cell in row if not is_blank(cell)) / len(words)
    different = len(set(words)) / len(words)
    widest = max((sum(not is_blank(cell) for cell in each) for each in sheet.rows[: SEARCHED * 2]), default=1)
    return matching * 10 + textual * different * len(words) / widest * 5 - number * 0.01


def _is_figure(text: str) -> bool:
    return bool(re.fullmatch(r'[\d0-9,.,/:年月日\-]+', text.strip()))


def _whole_header(sheet: Sheet, best: int) -> tuple[int, int]:
    """(first row, height): merges tell whether the level above or below belongs to the header."""
    for (top, left), (bottom, right) in sheet.merges:
        wide = top == bottom and right > left
        if (top == best and bottom == best + 1) or (top == best and wide and _names_below(sheet, best)):
            return best, 2
        if (top == best - 1 and bottom == best) or (top == best - 1 and wide and right - left < _width(sheet) / 2):
            return best - 1, 2
    return best, 1


def _names_below(sheet: Sheet, number: int) -> bool:
    """Whether the next row holds only words, as the second level of a header does."""
    if number + 1 >= len(sheet.rows):
        return False
    cells = [cell for cell in sheet.rows[number + 1] if not is_blank(cell)]
    return bool(cells) and all(isinstance(cell, str) and not _is_figure(cell) for cell in cells)


def _width(sheet: Sheet) -> int:
    return len(sheet.rows[0]) if sheet.rows else 0


def _totals(sheet: Sheet, first: int) -> Iterable[int]:
    """Rows at the bottom that say 計 or 合計 in front, or are a note below the table; read upwards until a record."""
    for number in range(len(sheet.rows) - 1, first - 1, -1):
        words = [shown(cell) for cell in sheet.rows[number] if not is_blank(cell)]
        if not words:
            continue
        plain = ''.join(search_key(words[0]).split())
        if not _TOTAL.fullmatch(plain) and not (len(words) == 1 and _REMARK.match(words[0])):
            return
        yield number


def _spread(sheet: Sheet, first: int) -> list[tuple[int, list[Cell]]]:
    """The rows below the header; a cell merged over several rows counts in each of them, as one sees it."""
    rows = [(number, list(row)) for number, row in enumerate(sheet.rows) if number >= first]
    for (top, left), (bottom, right) in sheet.merges:
        if top >= first and left == right:
            for number in range(top + 1, min(bottom + 1, len(sheet.rows))):
                rows[number - first][1][left] = sheet.rows[top][left]
    return rows


def _expand_repeats(rows: Sequence[tuple[int, list[Cell]]]) -> int:
    """〃 and 同上 become the value above them; how many did."""
    count = 0
    above: list[Cell] = []
    for _, row in rows:
        for at, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip() in _DITTO and at < len(above):
                row[at] = above[at]
                count += 1
        above = row
    return count


def _columns(sheet: Sheet, layout: Layout, rows: Sequence[Sequence[Cell]]) -> list[Column]:
    headers = _headers(sheet, layout)
    columns = []
    for at, header in enumerate(headers):
        filled = [row[at] for row in rows if at < len(row) and not is_blank(row[at])]
        if header or filled:
            columns.append(Column(at, header, tuple(shown(cell)[:40] for cell in filled[:SAMPLES]), len(filled)))
    return columns


def _headers(sheet: Sheet, layout: Layout) -> list[str]:
    """Of every column of the sheet, '' where there is none."""
    levels = [list(sheet.rows[number]) for number in range(layout.header, min(layout.first, len(sheet.rows)))]
    for (top, left), (bottom, right) in sheet.merges:
        for number in range(max(top, layout.header), min(bottom + 1, layout.first, len(sheet.rows))):
            for at in range(left, right + 1):
                levels[number - layout.header][at] = sheet.rows[top][left] if number == top else None
    return [_joined(level[at] for level in levels) for at in range(_width(sheet))]


def _joined(levels: Iterable[Cell]) -> str:
    words = (' '.join(shown(each).split()) for each in levels if not is_blank(each) and not isinstance(each, Unusable))
    return '／'.join(dict.fromkeys(words))
