"""A telephone number: the hyphens people type are kept, its digits find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.field import Parsed, Surroundings, Value, field_type, setting
from forms.fields.text import Text
from forms.japanese.phone import PhoneProblem, clean


@field_type('phone', title='電話番号')
@dataclass(frozen=True, slots=True, kw_only=True)
class Phone(Text):
    KEYBOARD: ClassVar[str] = 'tel'

    max_length: int = setting(40, label='最大文字数')

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
