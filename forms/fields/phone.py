"""A telephone number: the hyphens people type are kept, its digits find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.field import Parsed, Surroundings, Value, field_type, setting
from forms.fields.text import Text
from forms.japanese.phone import PhoneProblem, clean

LAST = 4
"""Digits that a masked number still shows."""


@field_type('phone', title='電話番号')
@dataclass(frozen=True, slots=True, kw_only=True)
class Phone(Text):
    KEYBOARD: ClassVar[str] = 'tel'
    TAKES: ClassVar[str] = (
        '市外局番からの電話番号。ハイフンは打ったとおりに残り、なければ入ります。内線も書けます。'
        '検索は番号だけでできます。'
    )
    EXAMPLE: ClassVar[str] = '{name: 連絡先, type: phone, privacy: personal}'

    max_length: int = setting(40, label='最大文字数', help='これより長い入力は受け付けません。')

    def read(self, text: str) -> Parsed:
        try:
            phone = clean(text)
        except PhoneProblem as problem:
            return self.refused('not_phone', reason=problem)
        return Parsed(phone.display, note=phone.note)

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        """076-220-2111 is found by 0762202111 too."""
        shown = self.show(value, around)
        return f'{shown} {shown.replace("-", "")}' if shown else ''

    def masked(self, value: Value) -> str:
        """090-0000-0001 -> ***-****-0001: the last four digits, by which people ask back."""
        text = str(value)
        kept = max(0, len(text) - LAST)
        return ''.join('*' if sign.isdigit() else sign for sign in text[:kept]) + text[kept:]
