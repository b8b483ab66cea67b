"""Text on several lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.field import WIDTHS, field_type, setting
from forms.fields.text import Text
from forms.raw import many_lines


@field_type('textarea', title='複数行の文字')
@dataclass(frozen=True, slots=True, kw_only=True)
class TextArea(Text):
    WIDGET: ClassVar[str] = 'textarea'
    TAKES: ClassVar[str] = '何行もの文字。改行も字体も、打ったとおりに残ります。'
    EXAMPLE: ClassVar[str] = '{name: 内容, type: textarea, hint: いつ、どこで、何が起きたか。}'

    max_length: int = setting(5000, label='最大文字数', help='これより長い入力は受け付けません。')
    width: str = setting('full', label='幅', choices=WIDTHS)

    def trimmed(self, text: str) -> str:
        return many_lines(text)
