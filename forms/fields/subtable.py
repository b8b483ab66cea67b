"""Rows inside a record, which people add; an append-only subtable never loses or changes one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.field import Cell, Parsed, SettingProblem, Surroundings, Value, field_type, setting
from forms.fields.date import stored_day
from forms.fields.datetime import clock_in_japan
from forms.fields.rows import AT, BY, ROW, Row, Rows, number_rows, repeated, row_id, stored_rows
from forms.fields.staff import Staff
from forms.japanese.era import format_date
from forms.message import Message

_PLACE = re.compile(r'\{([^{}:]+)(?::([^{}]+))?\}')
_ROWS_SHOWN = 3


@field_type('subtable', title='明細')
@dataclass(frozen=True, slots=True, kw_only=True)
class Subtable(Rows):
    WIDGET: ClassVar[str] = 'subtable'
    TAKES: ClassVar[str] = (
        '1件の記録の中の、行のある表。行は入力する人が足します。Excelでは、行ごとのシートが別にできます。'
    )
    EXAMPLE: ClassVar[str] = (
        'name: 移動履歴\n'
        'type: subtable\n'
        'append_only: true\n'
        "export_text: '{移動日:M/D} {移動先}'\n"
        'columns:\n'
        '  - {name: 移動日, type: date, required: true, default: Today()}\n'
        '  - {name: 移動先, type: text, required: true}\n'
    )

    append_only: bool = setting(False, label='追記だけ', help='登録した行は変えられません。足した人と日時が残ります。')
    min_rows: int = setting(0, label='行数の下限', help='これより少ないと受け付けません。')
    max_rows: int = setting(200, label='行数の上限', help='これより多いと受け付けません。')
    export_text: str = setting(label='1行の書き方', help='例 {移動日:M/D} {移動元}→{移動先}。一覧とExcelに出ます。')
    join: str = setting('、', label='行と行の間', help='1行の書き方で書いた行をつなぐ文字。')

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        rows = self.rows_of([] if raw in (None, '') else raw)
        ids = None if rows is None else [row_id(row.get(ROW)) for row in rows]
        if rows is None or ids is None or None in ids:
            return self.refused('not_rows')
        given = [each for each in ids if each]
        if twice := repeated(given):
            return Parsed(messages=tuple(self.message('row_twice', row=each) for each in twice))
        read = [self.read_row(row, number, around) for number, row in enumerate(rows)]
        while read and not given_cells(read[-1]) and not self._marks(rows[len(read) - 1]):
            read.pop()  # the empty line that waits at the end for the next row
        return self._stored(rows, read, number_rows([each or '' for each in ids[: len(read)]]))

    def _stored(self, rows: Sequence[Row], read: Sequence[Parsed], ids: Sequence[str]) -> Parsed:
        messages = tuple(refusal for row in read for refusal in row.messages)
        if messages:
            return Parsed(messages=messages)
        marks = [{ROW: each, **self._marks(row)} for each, row in zip(ids, rows, strict=False)]
        stored = [{**mark, **row.value} for mark, row in zip(marks, read, strict=True)]
        return Parsed(stored or None, note=''.join(row.note for row in read))

    def _marks(self, row: Row) -> Row:
        return {key: row[key] for key in (BY, AT) if self.append_only and isinstance(row.get(key), str)}

    def check(self, value: Value, old: Value = None) -> Iterable[Message]:
        if len(value) < self.min_rows:
            yield self.message('too_few_rows', limit=self.min_rows, count=len(value))
        if len(value) > self.max_rows and len(value) > len(stored_rows(old)):
            yield self.message('too_many_rows', limit=self.max_rows, count=len(value))
        if self.append_only:
            yield from self._lost(value, stored_rows(old))

    def erased(self, old: Value) -> Iterable[Message]:
        return self._lost((), stored_rows(old)) if self.append_only else ()

    def _lost(self, rows: Sequence[Row], old: Sequence[Row]) -> Iterable[Message]:
        now = {row[ROW]: row for row in rows}
        for number, before in enumerate(old, start=1):
            after = now.get(before.get(ROW))
            if after is None:
                yield self.message('row_removed', number=number)
            elif self.typed_cells(after) != self.typed_cells(before):
                yield self.message('row_changed', number=number)

    def signed(self, value: Value, old: Value, *, account: str, now: str) -> Value:
        """New rows get the account and the moment; rows that were there keep theirs, whatever came in."""
        if not self.append_only:
            return value
        marks = {row.get(ROW): {key: row[key] for key in (BY, AT) if key in row} for row in stored_rows(old)}
        return [{**row, **marks.get(row[ROW], {BY: account, AT: now})} for row in stored_rows(value)]

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        rows = stored_rows(value)
        if self.export_text:
            return self.join.join(self._written(row, around) for row in rows)
        shown = [' '.join(self._texts(row, around)) for row in rows[:_ROWS_SHOWN]]
        more = [f'ほか{len(rows) - _ROWS_SHOWN}行'] if len(rows) > _ROWS_SHOWN else []
        return self.join.join([*filter(None, shown), *more])

    def _written(self, row: Row, around: Surroundings | None) -> str:
        """{移動日:M/D} {移動元}→{移動先} filled in; the format of a date has the letters of Excel's."""

        def filled(place: re.Match[str]) -> str:
            name, pattern = place[1], place[2]
            day = stored_day(row.get(name)) if pattern else None
            column = self.all_columns.get(name)
            return format_date(day, pattern) if day else column.show(row.get(name), around) if column else place[0]

        return _PLACE.sub(filled, self.export_text)

    def _texts(self, row: Row, around: Surroundings | None) -> list[str]:
        texts = (column.show(row.get(name), around) for name, column in self.all_columns.items())
        return [text for text in texts if text]

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        """How many rows, and their text when there is a way to write it; the rows have a sheet of their own."""
        count: Cell = (f'{self.name}_行数', lambda value: len(stored_rows(value)))
        text: Cell = (self.name, lambda value: self.show(value, around) or None)
        return (text, count) if self.export_text else (count,)

    def row_cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        added_by: Cell = ('追加した人', lambda row: Staff(name=BY).show(row.get(BY), around) or None)
        added_at: Cell = ('追加した日時', lambda row: clock_in_japan(row.get(AT)))
        return (*Rows.row_cells(self, around, fiscal_start), *((added_by, added_at) if self.append_only else ()))

    def browser(self) -> Mapping[str, Value]:
        return {'appendOnly': self.append_only, 'minRows': self.min_rows, 'maxRows': self.max_rows}

    def setting_problems(self) -> Iterable[SettingProblem]:
        yield from Rows.setting_problems(self)
        if not 1 <= self.max_rows or self.min_rows > self.max_rows:
            yield SettingProblem('max_rows', '行数の上限が、下限か1より小さいです。', 'どちらかの数を直してください。')
        for place in _PLACE.finditer(self.export_text):
            if place[1] not in self.all_columns:
                text = f'1行の書き方の {place[0]} に当たる列がありません。'
                yield SettingProblem('export_text', text, f'{"、".join(self.all_columns)} のどれかにしてください。')


def given_cells(row: Parsed) -> bool:
    """Whether anything was typed in a row, readable or not."""
    return bool(row.value or row.messages)
