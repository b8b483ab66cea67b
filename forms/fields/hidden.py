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

    max_length: int = setting(2000, label='最大文字数')
