"""An amount of money: 1,234円, below zero △1,234円 as in tables of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from forms.field import Surroundings, Value, field_type, setting
from forms.fields.number import Number
from forms.japanese.number import money_text


@field_type('money', title='金額')
@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Number):
    TAKES: ClassVar[str] = (
        '金額。コンマと「円」は、書いても書かなくても同じです。マイナスは △1,234円 と表示されます。'
    )
    EXAMPLE: ClassVar[str] = '{name: 費用, type: money, min: 0}'

    unit: str = setting('円', label='単位', help='円、千円など。記録される数は、この単位で数えた数です。')

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        return '' if value is None else money_text(Decimal(str(value)).normalize(), self.unit)
