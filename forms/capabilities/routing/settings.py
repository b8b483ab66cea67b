"""What is written below `routing`: an area file for one field, a rule for some fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass

from forms.field import FormulaText, setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A field and the file whose areas or lines give it its value."""

    fills: str = setting(MISSING, label='入れる項目', help='値が入る項目。')
    file: str = setting(MISSING, label='ファイル', help='areas フォルダーの GeoJSON。面でも線でも書けます。')
    property: str = setting(label='属性', help='値にする属性の名前。書かなければ、入れる項目と同じ名前です。')
    within: int = setting(
        0, label='距離', help='面や線からこの距離(メートル)までを、その場所とみます。道路の線では15くらいにします。'
    )

    def reason(self, metres: float) -> str:
        """Why this value: 「位置がこの範囲の中」, 「位置から8 m」."""
        return f'位置から{metres:.0f} m' if self.within else '位置がこの範囲の中'


@dataclass(frozen=True, slots=True, kw_only=True)
class FillRule:
    """Values for some fields, where the condition holds; without a condition always."""

    name: str = setting(label='規則の名前', help='入った値のわけとして、画面に出ます。')
    when: FormulaText | None = setting(None, label='条件', help='この式が成り立つとき。書かなければ、いつもです。')
    sets: Mapping[str, FormulaText] = setting(
        MISSING, label='入れる値', help="{項目: 式}。例 {担当課: '\"道路管理課\"'}"
    )
