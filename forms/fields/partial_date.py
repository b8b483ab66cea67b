"""A date as far as it is known: 昭和20年頃, 昭和20年3月, 昭和20年代; stored as EDTF (ISO 8601-2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.field import WIDTHS, Cell, Field, Parsed, Surroundings, Value, field_type, setting
from forms.fields.date import NOT_TYPED_AS_DATE
from forms.japanese.era import DateProblem, parse_partial, show_partial
from forms.raw import typed_text


@field_type('partial_date', title='一部が不明な日付')
@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate(Field):
    WIDGET: ClassVar[str] = 'partial_date'
    TAKES: ClassVar[str] = '分かるところまでの日付。昭和20年頃、昭和20年3月、昭和20年代のように書けます。'
    EXAMPLE: ClassVar[str] = '{name: 建築年, type: partial_date, hint: 分かるところまで。例 昭和55年頃}'

    width: str = setting('short', label='幅', choices=WIDTHS)

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        typed = typed_text(raw)
        if typed is None:
            return self.refused('not_a_date', reason=NOT_TYPED_AS_DATE)
        if not typed.strip():
            return Parsed()
        try:
            partial = parse_partial(typed)
        except DateProblem as problem:
            return self.refused('not_a_date', reason=problem)
        return Parsed(partial.edtf, note=partial.note)

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        try:
            return show_partial(value) if value else ''
        except DateProblem:  # an older definition stored plain text here
            return str(value)

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        """昭和20年頃 is found by 1945 too."""
        return f'{self.show(value, around)} {value}' if value else ''

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        """The EDTF text and the Japanese one: Excel knows no date without a day."""
        return ((self.name, lambda value: value), (f'{self.name}_和暦', lambda value: self.show(value) or None))
