"""From the rows of a table to raw values of records, each value knowing the cell it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.excel.tables import RECORD_ID
from apps.importing.book import Book, Cell, Sheet, Unusable, is_blank, shown
from apps.importing.mapping import Chosen
from apps.importing.targets import RECORD, Target
from forms.definition import AppDefinition, columns_of
from forms.field import Field, Value
from forms.japanese.width import DASHES
from forms.message import Message

_ROW = '行'
_DASHES = f'{DASHES} 　'
_WORDS = ('text', 'place', 'textarea', 'person_name', 'kana', 'address', 'email', 'url')
"""Types of fields in which a dash alone may be meant."""

Place = tuple[str, int, int | None]
"""Sheet, row and column, both from 0; no column: the row as a whole."""


@dataclass(slots=True)
class Row:
    """One record to be. raw: what is sent; a key that is missing stays as it is. record: id written in the file.

    keys: fields that tell records apart -> what is written for them. cells: field path -> (place of its cell, what
    stands there). wrong: what cannot be read from the file at all.
    """

    number: int
    raw: dict[str, Value] = field(default_factory=dict)
    record: str = ''
    keys: dict[str, str] = field(default_factory=dict)
    cells: dict[str, tuple[Place, str]] = field(default_factory=dict)
    wrong: list[Message] = field(default_factory=list)


class RowReader:
    """Reads the rows of one table as a mapping says.

    keys: targets that tell records apart. clears: blank cells make a field blank instead of leaving it.
    """

    def __init__(  # noqa: PLR0913 - what was chosen about a file
        self,
        definition: AppDefinition,
        targets: Mapping[str, Target],
        chosen: Chosen,
        sheet: Sheet,
        *,
        keys: Sequence[str] = (),
        clears: bool = False,
    ) -> None:
        self._definition = definition
        self._sheet = sheet.name
        self._clears = clears
        self._record = next((at for at, key in chosen.items() if key == RECORD), None)
        self._keys = [(at, key) for at, key in chosen.items() if key in keys and key != RECORD]
        parts: dict[str, list[tuple[int, str]]] = {}
        for at, key in chosen.items():
            if not targets[key].closed or targets[key].judged:
                parts.setdefault(targets[key].field, []).append((at, targets[key].part))
        self._judged = {each.field for each in targets.values() if each.judged}
        self._fields = [(definition.fields[name], found) for name, found in parts.items()]

    def read(self, number: int, cells: Sequence[Cell]) -> Row:
        row = Row(number)
        if self._record is not None:
            row.record = row.keys[RECORD] = shown(cells[self._record]).strip()
            row.cells[RECORD] = (self._sheet, number, self._record), row.record
        for at, key in self._keys:
            row.keys[key] = shown(cells[at]).strip()
            row.cells[key] = (self._sheet, number, at), row.keys[key]
        for each, parts in self._fields:
            self._read_field(row, each, parts, cells)
        return row

    def _read_field(self, row: Row, each: Field, parts: Sequence[tuple[int, str]], cells: Sequence[Cell]) -> None:
        if len(parts) == 1 and not isinstance(cells[parts[0][0]], Unusable):
            self._read_cell(row, each, parts[0], cells[parts[0][0]])
            return
        given = [(at, part, None if _means_nothing(each, cells[at]) else cells[at]) for at, part in parts]
        told = next(((at, cell) for at, _, cell in given if cell is not None), (parts[0][0], None))
        row.cells[each.name] = (self._sheet, row.number, told[0]), shown(told[1])
        for at, _, cell in given:
            if isinstance(cell, Unusable):
                row.cells[each.name] = (self._sheet, row.number, at), cell.shown
                row.wrong.append(each.message('unusable_cell', value=cell.shown, advice=cell.advice))
                return
        if all(cell is None for _, _, cell in given):
            if self._clears and each.name not in self._judged:
                row.raw[each.name] = None
            return
        row.raw[each.name] = _value(each, {part: cell for _, part, cell in given})

    def _read_cell(self, row: Row, each: Field, part: tuple[int, str], cell: Cell) -> None:
        """The only cell of a field, which holds a value or nothing."""
        if _means_nothing(each, cell):
            row.cells[each.name] = (self._sheet, row.number, part[0]), ''
            if self._clears and each.name not in self._judged:
                row.raw[each.name] = None
            return
        row.cells[each.name] = (self._sheet, row.number, part[0]), shown(cell)
        row.raw[each.name] = _value(each, {part[1]: cell}) if part[1] else cell


def _means_nothing(each: Field, cell: Cell) -> bool:
    """A dash alone is blank, but where words are written."""
    return is_blank(cell) or (isinstance(cell, str) and each.TYPE not in _WORDS and not cell.strip(_DASHES))


def _value(each: Field, given: Mapping[str, Cell]) -> Value:
    """What the field is to read from its cells, by part."""
    if each.TYPE == 'location' and given.keys() - {''}:
        return {'place': given.get(''), 'lat': given.get('lat'), 'lon': given.get('lon')}
    if each.TYPE == 'select_multiple' and given.keys() - {''}:
        whole = [given['']] if given.get('') is not None else []
        return [*whole, *(part for part, cell in given.items() if part and _is_chosen(cell))]
    return given['id'] if given.get('id') is not None else given.get('')


def _is_chosen(cell: Cell) -> bool:
    return not (cell is None or cell is False or shown(cell).strip().casefold() in _NOT_CHOSEN)


_NOT_CHOSEN = frozenset(('', '0', '０', '×', '✕', '✗', 'false', 'no', '無', 'なし', 'いいえ', '☐', '□', '否'))


class DetailSheets:
    """The sheets 明細_… beside the main one, in the form that the data export writes: one line per row of a table."""

    def __init__(self, book: Book, definition: AppDefinition) -> None:
        self._lines: dict[str, dict[str, list[tuple[int, dict[str, Any]]]]] = {}
        self._sheets: dict[str, Sheet] = {}
        self._columns: dict[tuple[str, str], int] = {}
        for each in definition.fields.values():
            named = [sheet for sheet in book.sheets if columns_of(each) and sheet.name == _table_sheet(each)]
            if named and named[0].rows and not each.retired:
                self._read(each, named[0])

    def add_to(self, row: Row) -> None:
        """Put the rows of this record into its raw values; a record without any there has none."""
        for name, sheet in self._sheets.items():
            lines = self._lines[name].get(row.record, [])
            row.raw[name] = [line for _, line in lines]
            row.cells[name] = (sheet.name, lines[0][0] if lines else row.number, None), ''
            for place, (number, line) in enumerate(lines):
                for column, value in line.items():
                    at = self._columns.get((name, column))
                    row.cells[f'{name}[{place}].{column}'] = (sheet.name, number, at), shown(value)

    def _read(self, each: Field, sheet: Sheet) -> None:
        headers = [shown(cell) for cell in sheet.rows[0]]
        if RECORD_ID not in headers:
            return
        record, mark = headers.index(RECORD_ID), headers.index(_ROW) if _ROW in headers else None
        columns = [(headers.index(header), name, part) for header, name, part in _columns(each) if header in headers]
        self._sheets[each.name] = sheet
        self._columns.update({(each.name, name): at for at, name, part in columns})
        lines = self._lines.setdefault(each.name, {})
        for number, cells in enumerate(sheet.rows[1:], start=1):
            if all(map(is_blank, cells)):
                continue
            line = _line(each, columns, cells)
            if mark is not None and not is_blank(cells[mark]):
                line['_row'] = shown(cells[mark])
            lines.setdefault(shown(cells[record]).strip(), []).append((number, line))


def _table_sheet(each: Field) -> str:
    """As the data export names it: at most 31 characters, without the signs that Excel refuses."""
    return ''.join('_' if sign in '[]:*?/\\' else sign for sign in f'明細_{each.name}')[:31]


def _columns(each: Field) -> Iterable[tuple[str, str, str]]:
    """(header, column, part) of what can be taken in of a table's sheet."""
    for name, column in columns_of(each).items():
        if not column.INPUT or column.calculation or column.readonly is True:
            continue
        yield name, name, ''
        if column.TYPE in ('staff', 'lookup'):
            yield f'{name}_ID', name, 'id'
        elif column.TYPE == 'location':
            yield f'{name}_緯度', name, 'lat'
            yield f'{name}_経度', name, 'lon'
        elif column.TYPE == 'select_multiple':
            yield from ((column.column_of(choice), name, choice.value) for choice in column.choices)  # type: ignore[attr-defined]


def _line(each: Field, columns: Sequence[tuple[int, str, str]], cells: Sequence[Cell]) -> dict[str, Any]:
    given: dict[str, dict[str, Cell]] = {}
    for at, name, part in columns:
        blank = _means_nothing(columns_of(each)[name], cells[at])
        given.setdefault(name, {})[part] = None if blank else cells[at]
    return {
        name: _value(columns_of(each)[name], parts)
        for name, parts in given.items()
        if any(cell is not None for cell in parts.values())
    }
