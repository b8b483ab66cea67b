"""A checklist: rows that the definition fixes (from a CSV), columns that people fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.choices import Choice, ChoiceList
from forms.field import Cell, Parsed, SettingProblem, Surroundings, Value, field_type, setting
from forms.fields.rows import ROW, Row, Rows, repeated, row_id, stored_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """Which earlier record's answers stand beside each row: the newest one with the same value of a field."""

    same: str = setting(label='同じ項目', help='この項目の値が同じレコードを探します(例 施設)。')
    latest: str = setting(label='新しさを決める項目', help='この日付がいちばん新しいレコードから見せます(例 点検日)。')


@field_type('checklist', title='点検表')
@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Rows):
    """Every row of the master is there from the start, also in a blank checklist, so that each can be required."""

    WIDGET: ClassVar[str] = 'checklist'
    TAKES: ClassVar[str] = '行が決まっている表。どの行にも同じ列を記入します。行は、CSVの1行が点検の1行です。'
    EXAMPLE: ClassVar[str] = (
        'name: 点検表\n'
        'type: checklist\n'
        'rows: inspection_items.csv\n'
        'row_columns: [種別, 部位]\n'
        'columns:\n'
        '  - {name: 結果, type: select_one, look: buttons, required: true, choices: [無, 有, 対象外]}\n'
        '  - {name: 不具合箇所, type: text, relevant: 結果 = "有", required: 結果 = "有"}\n'
    )

    rows: ChoiceList = setting(ChoiceList(), label='行', help='choices フォルダーのCSVの名前か、[外壁, 屋根] の一覧。')
    row_label: str = setting('項目', label='行の見出し', help='行の名前が並ぶ列の見出し。')
    row_columns: tuple[str, ...] = setting((), label='行に見せるCSVの列', help='例 [種別, 部位]')
    previous: Previous | None = setting(None, label='前回の結果', help='前回の答えを各行に見せます。')

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        rows = self.rows_of([] if raw in (None, '') else raw)
        ids = None if rows is None else [row_id(row.get(ROW)) for row in rows]
        if rows is None or ids is None or not all(ids):
            return self.refused('not_rows')
        wrong = [self.message('unknown_row', row=each) for each in ids if self.rows.get(each) is None]
        wrong += [self.message('row_twice', row=each) for each in repeated(each or '' for each in ids)]
        if wrong:
            return Parsed(messages=tuple(wrong))
        given = dict(zip(ids, rows, strict=True))
        masters = [row for row in self.rows if not row.retired or row.value in given]
        read = [self.read_row(given.get(row.value, {}), number, around) for number, row in enumerate(masters)]
        messages = tuple(refusal for row in read for refusal in row.messages)
        if messages:
            return Parsed(messages=messages)
        stored = [{ROW: row.value, **cells.value} for row, cells in zip(masters, read, strict=True)]
        return Parsed(stored or None, note=''.join(row.note for row in read))

    def with_master(self, row: Row) -> Row:
        """A stored row together with the columns of its master (部位, 種別), for what is made from the row."""
        master = self.rows.get(row.get(ROW))
        return {**master.columns, **row} if master else row

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        rows = stored_rows(value)
        filled = sum(bool(self.typed_cells(row)) for row in rows)
        return f'{len(rows)}行のうち{filled}行に記入' if rows else ''

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        """How many rows are filled in; the rows themselves have a sheet of their own."""
        return (
            (f'{self.name}_記入行数', lambda value: sum(bool(self.typed_cells(row)) for row in stored_rows(value))),
        )

    def row_cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        """The row's name and columns of the master first, then what was filled in."""
        label: Cell = (self.row_label, lambda row: self.rows.label(row.get(ROW)))
        master = tuple(self._master_cell(name) for name in self.row_columns)
        return (label, *master, *Rows.row_cells(self, around, fiscal_start))

    def _master_cell(self, name: str) -> Cell:
        return (name, lambda row: self.with_master(row).get(name))

    def browser(self) -> Mapping[str, Value]:
        return {
            'rows': [self._for_browser(row) for row in self.rows],
            'rowLabel': self.row_label,
            'rowColumns': list(self.row_columns),
            'previous': {'same': self.previous.same, 'latest': self.previous.latest} if self.previous else None,
        }

    def _for_browser(self, row: Choice) -> dict[str, Value]:
        shown = {name: row.columns.get(name, '') for name in self.row_columns}
        return {ROW: row.value, 'label': row.title, 'retired': row.retired, 'columns': shown}

    def setting_problems(self) -> Iterable[SettingProblem]:
        yield from Rows.setting_problems(self)
        if not self.rows:
            yield SettingProblem('rows', '点検表の行がありません。', 'rows: にCSVの名前か行の一覧を書いてください。')
        yield from self.rows.problems('rows')
        known = {name for row in self.rows for name in row.columns}
        for name in self.row_columns if self.rows else ():
            if name not in known:
                text = f'行の一覧に「{name}」という列がありません。'
                yield SettingProblem('row_columns', text, 'CSVに列を足すか、row_columns から消してください。')
