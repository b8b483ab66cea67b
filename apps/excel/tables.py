"""The tables of a data export, the same for Excel and CSV: headers and rows of plain values.

Follows the Digital Agency's machine-readability rules for tables (L1-02 to L3-09): one value per cell, unique headers
in the first row, numbers and dates as such, the detail of 「その他」 and each choice of several in a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from apps.operations.world import World
from apps.reading.narrowing import main_date
from apps.reading.shown import failed_texts
from forms.definition import AppDefinition, columns_of
from forms.field import Field, Masked, Value
from forms.japanese.fiscal import fiscal_year
from storage import Doc

DATA, FIELDS, CODES, ORIGIN = 'データ', '項目定義', 'コード表', '出力情報'
RECORD_ID = 'レコードID'
FISCAL_YEAR = '年度'


@dataclass(frozen=True, slots=True)
class Column:
    """header: unique in its table. look: 'number' or 'money' where the cells are quantities, '' elsewhere."""

    header: str
    look: str = ''


class Table(Protocol):
    """A table that is filled record by record."""

    name: str
    columns: Sequence[Column]

    def rows(self, record: Doc) -> Iterator[Sequence[Any]]: ...


def tables(definition: AppDefinition, world: World, *, long: bool = False) -> list[Table]:
    """The main table, and one in long form for each subtable and checklist.

    long: choices of several have a table of their own too, one line for each choice that was made (L3-09), instead of
    a column for each.
    """
    several = [each for each in definition.fields.values() if long and each.TYPE == 'select_multiple']
    rows = [each for each in definition.fields.values() if hasattr(each, 'row_cells') and not each.retired]
    return [
        MainTable(definition, world, without=frozenset(each.name for each in several)),
        *(RowTable(definition, each, world) for each in rows),
        *(ChoiceTable(each) for each in several),
    ]


class MainTable:
    """One row per record: its id, its fiscal year, then every field's columns."""

    name = DATA

    def __init__(self, definition: AppDefinition, world: World, *, without: frozenset[str] = frozenset()) -> None:
        self._definition = definition
        self._world = world
        self._day = main_date(definition)
        self._cells = [
            (name, header, read, at == 0)
            for name, field in definition.fields.items()
            if name not in without
            for at, (header, read) in enumerate(field.cells(world, definition.fiscal_start))
        ]
        year = [Column(FISCAL_YEAR)] if self._day else []
        self.columns = [
            Column(RECORD_ID),
            *year,
            *(
                Column(header, _look(definition.fields[name]) if first else '')
                for name, header, _, first in self._cells
            ),
        ]

    def rows(self, record: Doc) -> Iterator[Sequence[Any]]:
        year = [self._fiscal_year(record)] if self._day else []
        failed = failed_texts(self._definition, record, self._definition.fields, self._world)
        cells = (failed.get(name) or _cell(read, record.get(name), first) for name, _, read, first in self._cells)
        yield [record.doc_id, *year, *cells]

    def _fiscal_year(self, values: Mapping[str, Value]) -> int | None:
        day = values.get(self._day)
        if not isinstance(day, str) or isinstance(day, Masked):
            return None
        return fiscal_year(date.fromisoformat(day[:10]), self._definition.fiscal_start)


class RowTable:
    """The rows of a subtable or checklist in long form: record id, row id, then its columns."""

    def __init__(self, definition: AppDefinition, field: Any, world: World) -> None:
        self.name = f'明細_{field.name}'
        self._field = field.name
        self._cells = field.row_cells(world, definition.fiscal_start)
        looks = {name: _look(each) for name, each in columns_of(field).items()}
        self.columns = [
            Column(RECORD_ID),
            Column('行'),
            *(Column(header, looks.get(header, '')) for header, _ in self._cells),
        ]

    def rows(self, record: Doc) -> Iterator[Sequence[Any]]:
        held = record.get(self._field)
        for row in held if isinstance(held, list) else ():
            yield [record.doc_id, row.get('_row'), *(read(row) for _, read in self._cells)]


class ChoiceTable:
    """Choices of several in long form: one line for each that was made."""

    columns = (Column(RECORD_ID), Column('値'))

    def __init__(self, field: Field) -> None:
        self.name = f'選択_{field.name}'
        self._field = field.name

    def rows(self, record: Doc) -> Iterator[Sequence[Any]]:
        held = record.get(self._field)
        for value in held if isinstance(held, list) else ():
            yield [record.doc_id, value]


def _look(field: Field) -> str:
    if field.value_type.kind != 'number':
        return ''
    return 'money' if field.TYPE == 'money' else 'number'


def _cell(read: Any, value: Value, first: bool) -> Any:
    """A mask stands in the field's first column; nothing can be read out of it."""
    if isinstance(value, Masked):
        return str(value) if first else None
    return None if value is None else read(value)


# --- what is told beside the data

FIELD_HEADERS = ('項目名', '表示名', '種類', '単位', '必須', '個人情報の区分', '使用終了', '説明')
CODE_HEADERS = ('項目名', '値', '表示名', '分類', '使用終了')
ORIGIN_HEADERS = ('事項', '内容')


def field_rows(definition: AppDefinition) -> Iterator[Sequence[Any]]:
    """Every column of the data, described."""
    for path, field in _described(definition):
        yield [
            path,
            field.title,
            field.TITLE,
            getattr(field, 'unit', '') or None,
            _yes(field.required),
            {'personal': '個人情報', 'sensitive': '要配慮個人情報'}.get(field.privacy),
            _yes(field.retired),
            field.hint or None,
        ]


def code_rows(definition: AppDefinition) -> Iterator[Sequence[Any]]:
    """Every choice that a value can have."""
    for path, field in _described(definition):
        for choice in getattr(field, 'choices', ()) or getattr(field, 'rows', ()):
            label = choice.title if choice.title != choice.value else None
            yield [path, choice.value, label, choice.group or None, _yes(choice.retired)]


def _described(definition: AppDefinition) -> Iterable[tuple[str, Field]]:
    for name, field in definition.fields.items():
        yield name, field
        yield from ((f'{name}.{column}', each) for column, each in columns_of(field).items())


def _yes(setting: Any) -> str | None:
    if isinstance(setting, bool):
        return 'はい' if setting else None
    return f'条件: {setting}'
