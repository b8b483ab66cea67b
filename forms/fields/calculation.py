"""A result that nobody types: worked out at every change and stored at save, read and shown as its result type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from forms.field import (
    WIDTHS,
    Cell,
    Field,
    Parsed,
    SettingProblem,
    Surroundings,
    Value,
    field_type,
    field_types,
    setting,
)
from forms.formula.value_type import ValueType

RESULTS = ('integer', 'decimal', 'money', 'text', 'date', 'datetime', 'time', 'yes_no')
_NUMBERS = ('integer', 'decimal', 'money')


@field_type('calculation', title='計算')
@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation(Field):
    WIDGET: ClassVar[str] = 'calculation'
    INPUT: ClassVar[bool] = False
    TAKES: ClassVar[str] = '入力しません。ほかの項目が変わるたびに式を計算し、保存するときの結果が記録に残ります。'
    EXAMPLE: ClassVar[str] = '{name: 合計, type: calculation, result: money, calculation: 単価 * 数量}'

    result: str = setting('integer', label='結果の種類', help='数は、けたに合わせて四捨五入します。', choices=RESULTS)
    unit: str = setting(label='単位', help='結果が数のとき、後ろに出ます。')
    digits: int = setting(2, label='小数点の下のけた数', help='結果が小数のとき。')
    width: str = setting('short', label='幅', choices=WIDTHS)

    @property
    def result_field(self) -> Field:
        """The field that reads and shows the result."""
        settings: dict[str, Value] = {'name': self.name, 'label': self.label, 'privacy': self.privacy}
        if self.result in _NUMBERS and self.unit:
            settings['unit'] = self.unit
        if self.result == 'decimal':
            settings['digits'] = self.digits
        return field_types()[self.result](**settings)

    @property
    def value_type(self) -> ValueType:
        return self.result_field.value_type

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        """A result of the formula as it is stored."""
        is_figure = isinstance(raw, int | float | Decimal) and not isinstance(raw, bool)
        return self.result_field.parse(self._rounded(raw) if is_figure and self.result in _NUMBERS else raw, around)

    def _rounded(self, number: int | float | Decimal) -> Value:
        places = Decimal(1).scaleb(-self.digits if self.result == 'decimal' else 0)
        exact = Decimal(str(number)) if isinstance(number, float) else Decimal(number)
        return exact.quantize(places, ROUND_HALF_UP) if exact.is_finite() and exact.adjusted() < 16 else number

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        return self.result_field.show(value, around)

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        return self.result_field.search(value, around)

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        return self.result_field.cells(around, fiscal_start)

    def browser(self) -> Mapping[str, Value]:
        return {**self.result_field.browser(), 'result': self.result}

    def setting_problems(self) -> Sequence[SettingProblem]:
        if self.result in RESULTS:
            return tuple(self.result_field.setting_problems())
        text = f'結果の種類「{self.result}」はありません。'
        return (SettingProblem('result', text, f'{"、".join(RESULTS)} のどれかにしてください。'),)
