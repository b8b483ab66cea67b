"""A place in words, on one line, found among the city's places while it is typed; stored as the text it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from forms.field import Value, field_type, setting
from forms.fields.text import Text


@field_type('place', title='場所(検索つき)')
@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInWords(Text):
    WIDGET: ClassVar[str] = 'place'
    TAKES: ClassVar[str] = (
        '1行の文字。入力中に、places フォルダーのCSVにある町名、交差点、橋、施設、電柱番号から候補が出ます。'
        '候補にない場所も、そのまま書けます。'
    )
    EXAMPLE: ClassVar[str] = '{name: 場所, type: place, location: 位置, required: true}'

    location: str = setting(label='位置の項目', help='候補を選ぶと、空いているこの項目に緯度と経度が入ります。')

    def browser(self) -> Mapping[str, Value]:
        return {**Text.browser(self), 'location': self.location}
