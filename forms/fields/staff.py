"""A member of staff: the account is stored, the name is shown and may be typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.field import Cell, Field, Parsed, Surroundings, Value, field_type
from forms.raw import one_line, typed_text


@field_type('staff', title='職員')
@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Field):
    WIDGET: ClassVar[str] = 'lookup'
    TAKES: ClassVar[str] = (
        '職員。名前か利用者IDで選びます。記録には利用者IDが残り、画面には名前が出ます。'
        'Excelには両方が出ます。'
    )
    EXAMPLE: ClassVar[str] = '{name: 担当者, type: staff, default: CurrentUser}'

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        typed = typed_text(raw)
        if typed is None:
            return self.refused('not_text')
        text = one_line(typed)
        if not text or around.staff_name(text) is not None:
            return Parsed(text or None)
        found = around.staff_named(text)
        if len(found) > 1:
            return self.refused('several_found', value=text[:30], count=len(found))
        return Parsed(found[0]) if found else self.refused('unknown_staff', value=text[:30])

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        name = around.staff_name(value) if around and value else None
        return name or str(value or '')

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        """The name for people, the account for machines: two people may share a name."""
        return (
            (self.name, lambda value: self.show(value, around) or None),
            (f'{self.name}_ID', lambda value: value),
        )
