"""An address of any prefecture as free text; dashes between numbers are made equal for the search only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.field import WIDTHS, Surroundings, Value, field_type, setting
from forms.fields.text import Text
from forms.japanese.width import fold, fold_dashes


@field_type('address', title='住所')
@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Text):
    TAKES: ClassVar[str] = '住所。書き方は変えません。検索では、番地の横棒の種類や全角・半角を区別しません。'
    EXAMPLE: ClassVar[str] = '{name: 現住所, type: address, privacy: personal}'

    width: str = setting('long', label='幅', choices=WIDTHS)

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        """見本町１ー２ is found by 見本町1-2."""
        shown = self.show(value, around)
        plain = fold(fold_dashes(shown))
        return shown if plain == shown else f'{shown} {plain}'
