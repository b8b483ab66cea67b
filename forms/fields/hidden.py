"""A value that is kept with the record but never shown in the form (where it came from, a code of another system)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.field import field_type, setting
from forms.fields.text import Text


@field_type('hidden', title='隠し項目')
@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden(Text):
    WIDGET: ClassVar[str] = 'hidden'
    TAKES: ClassVar[str] = '画面に出さずに残す文字。APIか、初期値の式で入ります。'
    EXAMPLE: ClassVar[str] = '{name: 旧システム番号, type: hidden}'

    max_length: int = setting(2000, label='最大文字数', help='これより長い入力は受け付けません。')
