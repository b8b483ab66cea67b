"""A field that a capability keeps for itself in the record: a list that no form shows and nobody types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.field import Cell, Field, Parsed, Surroundings, Value, setting
from forms.formula.value_type import ANY, ValueType


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Field):
    """Readonly always; a client may send back what it was given. Neither searched nor exported: other fields say it."""

    TYPE: ClassVar[str] = 'hidden'
    TITLE: ClassVar[str] = '自動の記録'
    WIDGET: ClassVar[str] = 'hidden'

    readonly: bool = setting(True, label='変更不可')

    @property
    def value_type(self) -> ValueType:
        return ANY

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        return Parsed(raw) if isinstance(raw, list) else Parsed() if raw in (None, '') else self.refused('not_a_list')

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        return ''

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        return ()
