"""What subtables and checklists have in common: rows whose columns are fields, each row with an id that stays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.field import WIDTHS, Cell, Field, Parsed, SettingProblem, Surroundings, Value, setting
from forms.formula.value_type import ValueType, table

ROW, BY, AT = '_row', '_by', '_at'
"""Keys of a row that are no columns: its id, and in append-only tables who added it and when."""

Row = Mapping[str, Value]
_ROW_ID = re.compile(r'[^\s\x00-\x1f]{1,100}')


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Field):
    """A list of rows. Whether a row's values are acceptable is judged row by row by the submission, as for a record."""

    columns: tuple[Field, ...] = setting((), label='列', help='列も項目です。項目と同じ設定が書けます。')
    width: str = setting('full', label='幅', choices=WIDTHS)

    @property
    def value_type(self) -> ValueType:
        return table({name: column.value_type for name, column in self.all_columns.items()})

    @property
    def all_columns(self) -> Mapping[str, Field]:
        """Columns by name, the details of 「その他」 included."""
        return {each.name: each for column in self.columns for each in (column, *column.companions())}

    def typed_columns(self) -> Iterator[Field]:
        """Columns that take what people type; results are worked out anew."""
        return (column for column in self.all_columns.values() if column.INPUT and not column.calculation)

    def rows_of(self, raw: Value) -> Sequence[Row] | None:
        """The rows of a raw value, or None when it is no list of rows."""
        return raw if isinstance(raw, list) and all(isinstance(row, dict) for row in raw) else None

    def read_row(self, row: Row, number: int, around: Surroundings) -> Parsed:
        """The cells of one raw row; number: its place, from 0. Keys that begin with '_' are left to the caller."""
        unknown = [name for name in row if name not in self.all_columns and name not in (ROW, BY, AT)]
        if unknown:
            return Parsed(messages=tuple(self.message('unknown_column', column=name[:30]) for name in unknown))
        parsed = {column.name: column.parse(row.get(column.name), around) for column in self.typed_columns()}
        place = f'{self.name}[{number}]'
        return Parsed(
            {name: cell.value for name, cell in parsed.items() if cell.value is not None},
            tuple(refusal.inside(place) for cell in parsed.values() for refusal in cell.messages),
            ''.join(f'{number + 1}行目: {cell.note}' for cell in parsed.values() if cell.note),
        )

    def typed_cells(self, row: Row) -> dict[str, Value]:
        """What people typed in a stored row: neither blanks nor results nor marks."""
        return {
            column.name: row[column.name] for column in self.typed_columns() if row.get(column.name) is not None
        }

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        found = (
            column.search(row.get(name), around)
            for row in stored_rows(value)
            for name, column in self.all_columns.items()
        )
        return ' '.join(filter(None, found))

    def row_cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        """Columns of the sheet that has one line per row; each function takes a row."""

        def of_row(name: str, cell: Callable[[Value], Value]) -> Callable[[Value], Value]:
            return lambda row: cell(row.get(name))

        return tuple(
            (header, of_row(name, cell))
            for name, column in self.all_columns.items()
            for header, cell in column.cells(around, fiscal_start)
        )

    def setting_problems(self) -> Iterable[SettingProblem]:
        if not self.columns:
            yield SettingProblem('columns', '列がありません。', 'columns: に項目を書いてください。')


def stored_rows(value: Value) -> Sequence[Row]:
    """The rows of a stored value; none for blank and for what an older definition stored in another form."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def row_id(raw: Value) -> str | None:
    """A usable row id, '' when the row has none yet, None when it is no id."""
    if raw in (None, ''):
        return ''
    text = str(raw) if type(raw) in (str, int) and len(str(raw)) <= 100 else ''
    return text if _ROW_ID.fullmatch(text) else None


def number_rows(ids: Sequence[str]) -> list[str]:
    """('3', '', '') -> ['3', '4', '5']: rows that came without an id get the next numbers."""
    highest = max((int(each) for each in ids if each.isascii() and each.isdecimal()), default=0)
    free = iter(range(highest + 1, highest + 1 + len(ids)))
    return [each or str(next(free)) for each in ids]


def repeated(ids: Iterable[str]) -> list[str]:
    """Ids that stand there more than once."""
    return [each for each, count in Counter(ids).items() if count > 1]
