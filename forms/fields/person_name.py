"""The name of a person, stored exactly as typed: not even NFC, which would change letters of names."""

from __future__ import annotations

from dataclasses import dataclass

from forms.field import field_type, setting
from forms.fields.text import Text


@field_type('person_name', title='氏名')
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName(Text):
    max_length: int = setting(100, label='最大文字数')
