"""The name of a person, stored exactly as typed: not even NFC, which would change letters of names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.field import Value, field_type, setting
from forms.fields.text import Text


@field_type('person_name', title='氏名')
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName(Text):
    TAKES: ClassVar[str] = (
        '人の名前。字体を一切変えません(髙橋は髙橋のまま)。検索では、旧字と新字のどちらでも見つかります。'
    )
    EXAMPLE: ClassVar[str] = '{name: 申請者, type: person_name, required: true, privacy: personal}'

    max_length: int = setting(100, label='最大文字数', help='これより長い入力は受け付けません。')

    def masked(self, value: Value) -> str:
        """見本 太郎 -> 見＊ 太＊: people at the counter still tell their own case."""
        return first_letters(str(value))


def first_letters(name: str) -> str:
    """The first letter of each part of a name; how many follow is not told."""
    return ' '.join(f'{part[0]}＊' for part in name.split())
