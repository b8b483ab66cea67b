"""A number with figures after the decimal point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from forms.field import SettingProblem, field_type, setting
from forms.fields.number import Number

MOST_DIGITS = 6


@field_type('decimal', title='小数')
@dataclass(frozen=True, slots=True, kw_only=True)
class DecimalNumber(Number):
    TAKES: ClassVar[str] = '小数のある数。全角の数字とコンマも読みます。'
    EXAMPLE: ClassVar[str] = '{name: 面積, type: decimal, digits: 2, min: 0, unit: ㎡}'

    digits: int = setting(2, label='小数点の下のけた数', help='1から6まで。これより細かい数は受け付けません。')

    @property
    def decimal_places(self) -> int:
        return self.digits

    def setting_problems(self) -> Iterable[SettingProblem]:
        if not 1 <= self.digits <= MOST_DIGITS:
            text = f'小数点の下のけた数は1から{MOST_DIGITS}までです(いまは{self.digits})。'
            yield SettingProblem('digits', text, 'けた数を直すか、小数がいらないなら type: integer にしてください。')
        yield from Number.setting_problems(self)
