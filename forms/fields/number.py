"""What integers, decimals and amounts of money have in common: reading typed figures, a unit, a range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from forms.field import WIDTHS, Field, Parsed, SettingProblem, Surroundings, Value, setting
from forms.formula.value_type import NUMBER, ValueType
from forms.japanese.number import NumberProblem, ParsedNumber, parse_number
from forms.message import Message
from forms.raw import LARGEST_NUMBER, typed_text

# An Excel sheet says 12件 in a column that has no unit of its own.
COUNTERS = ('件', '人', '名', '個', '回', '本', '枚', '台', '世帯', '箇所', 'か所', '円')
NOT_TYPED_AS_NUMBER = '1234 のように数字で入力してください。'


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Field):
    """A number as JSON keeps it. Full width, commas, △ and the unit itself are read; a dash alone is blank."""

    WIDGET: ClassVar[str] = 'number'

    unit: str = setting(label='単位', help='数字の後ろに出ます。入力のときは書いても書かなくてもかまいません。')
    min: float | None = setting(None, label='最小値', help='これより小さい数は受け付けません。')
    max: float | None = setting(None, label='最大値', help='これより大きい数は受け付けません。')
    width: str = setting('short', label='幅', choices=WIDTHS)

    @property
    def value_type(self) -> ValueType:
        return NUMBER

    @property
    def decimal_places(self) -> int:
        """Figures permitted after the decimal point."""
        return 0

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        typed = typed_text(raw)
        if typed is None:
            return self.refused('not_a_number', reason=NOT_TYPED_AS_NUMBER)
        try:
            number = parse_number(typed, (self.unit,) if self.unit else COUNTERS)
        except NumberProblem as problem:
            return self.refused('not_a_number', reason=problem)
        return self._stored(number)

    def _stored(self, number: ParsedNumber) -> Parsed:
        value = number.value
        if value is None:
            return Parsed()
        if abs(value) > LARGEST_NUMBER:
            return self.refused('too_large_number')
        if value != round(value, self.decimal_places):
            places = self.decimal_places
            return self.refused('too_many_digits', digits=places) if places else self.refused('not_whole')
        return Parsed(json_number(value), note=number.note)

    def check(self, value: Value, old: Value = None) -> Iterable[Message]:
        if self.min is not None and value < self.min:
            yield self.message('too_small', limit=self.show(self.min))
        if self.max is not None and value > self.max:
            yield self.message('too_large', limit=self.show(self.max))

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        return '' if value is None else f'{figures(value)}{self.unit}'

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        """1,234 is found by 1234 too."""
        shown = self.show(value, around)
        return f'{shown} {shown.replace(",", "")}' if ',' in shown else shown

    def browser(self) -> Mapping[str, Value]:
        return {
            'unit': self.unit,
            'digits': self.decimal_places,
            'min': None if self.min is None else json_number(Decimal(str(self.min))),
            'max': None if self.max is None else json_number(Decimal(str(self.max))),
        }

    def setting_problems(self) -> Iterable[SettingProblem]:
        if self.min is not None and self.max is not None and self.min > self.max:
            yield SettingProblem('min', '最小値が最大値より大きくなっています。', 'どちらかの数を直してください。')


def json_number(value: Decimal) -> int | float:
    """Decimal('2.50') -> 2.5, Decimal('2.0') -> 2: whole numbers stay whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def figures(value: int | float) -> str:
    """1234.5 -> '1,234.5', never with an exponent."""
    return format(Decimal(str(value)).normalize() if value % 1 else Decimal(int(value)), ',f')
