"""A postal code, stored as 920-0962; it may fill an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from forms.field import WIDTHS, Parsed, Surroundings, Value, field_type, setting
from forms.fields.text import Text
from forms.japanese.postal import PostalProblem, clean


@field_type('postal_code', title='郵便番号')
@dataclass(frozen=True, slots=True, kw_only=True)
class PostalCode(Text):
    WIDGET: ClassVar[str] = 'postal_code'
    KEYBOARD: ClassVar[str] = 'numeric'
    TAKES: ClassVar[str] = '7けたの郵便番号。全角でもハイフンなしでも、920-0962 の形に直ります。'
    EXAMPLE: ClassVar[str] = '{name: 郵便番号, type: postal_code, fills: 住所}'

    max_length: int = setting(8, label='最大文字数', help='これより長い入力は受け付けません。')
    width: str = setting('short', label='幅', choices=WIDTHS)
    fills: str = setting(label='住所を入れる項目', help='郵便番号の住所が分かれば、空のこの項目に町名まで入れます。')

    def read(self, text: str) -> Parsed:
        try:
            return Parsed(clean(text))
        except PostalProblem as problem:
            return self.refused('not_postal_code', reason=problem)

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        """920-0962 is found by 9200962 too."""
        shown = self.show(value, around)
        return f'{shown} {shown.replace("-", "")}' if shown else ''

    def browser(self) -> Mapping[str, Value]:
        return {**Text.browser(self), 'fills': self.fills}
