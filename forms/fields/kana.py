"""The reading of a name in full-width katakana, filled from the IME while the name is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from forms.field import Parsed, Value, field_type, setting
from forms.fields.person_name import first_letters
from forms.fields.text import Text
from forms.japanese.kana import clean_kana, is_kana
from forms.message import Message


@field_type('kana', title='フリガナ')
@dataclass(frozen=True, slots=True, kw_only=True)
class Kana(Text):
    WIDGET: ClassVar[str] = 'kana'
    TAKES: ClassVar[str] = '全角カタカナ。ひらがなや半角カナは、全角カタカナに直ります。'
    EXAMPLE: ClassVar[str] = '{name: フリガナ, type: kana, kana_of: 氏名, privacy: personal}'

    max_length: int = setting(100, label='最大文字数', help='これより長い入力は受け付けません。')
    kana_of: str = setting(label='元の項目', help='この項目に名前を入力すると、フリガナが自動で入ります。')

    def read(self, text: str) -> Parsed:
        return Parsed(clean_kana(text))

    def check(self, value: Value, old: Value = None) -> Iterable[Message]:
        wrong = ''.join(dict.fromkeys(letter for letter in value if not is_kana(letter) and not letter.isspace()))
        if wrong:
            yield self.message('not_kana', wrong=wrong[:10])
        yield from Text.check(self, value, old)

    def browser(self) -> Mapping[str, Value]:
        return {**Text.browser(self), 'kanaOf': self.kana_of}

    def masked(self, value: Value) -> str:
        return first_letters(str(value))
