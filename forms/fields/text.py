"""Text on one line, kept as typed; the ground of every type that is text at heart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from forms.field import Field, Parsed, SettingProblem, Surroundings, Value, field_type, setting
from forms.japanese.encoding import gaiji_warning
from forms.japanese.grapheme import length
from forms.japanese.my_number import find_my_numbers
from forms.message import Message
from forms.raw import one_line, typed_text

MY_NUMBER_NOTE = '12けたの番号があります。個人番号(マイナンバー)なら消してください。'


@field_type('text', title='1行の文字')
@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Field):
    """Text is never normalised: 髙 stays 髙, ㈱ stays ㈱. Lengths count letters as people see them."""

    KEYBOARD: ClassVar[str] = 'text'
    """Keyboard of a tablet: the `inputmode` of HTML."""
    AUTOCOMPLETE: ClassVar[str] = 'off'
    TAKES: ClassVar[str] = '1行の文字。前後の空白は取れます。字体(髙、﨑、㈱など)は、打ったとおりに残ります。'
    EXAMPLE: ClassVar[str] = '{name: 品名, type: text, required: true, max_length: 50}'

    min_length: int = setting(0, label='最小文字数', help='これより短い入力は受け付けません。')
    max_length: int = setting(200, label='最大文字数', help='これより長い入力は受け付けません。')

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        text = typed_text(raw)
        if text is None:
            return self.refused('not_text')
        kept = self.trimmed(text)
        return self.read(kept) if kept else Parsed()

    def trimmed(self, text: str) -> str:
        """Typed text as it can be stored."""
        return one_line(text)

    def read(self, text: str) -> Parsed:
        """Typed, non-blank text to the value; the step that types of a stricter form override."""
        return Parsed(text, note=remarks(text))

    def check(self, value: Value, old: Value = None) -> Iterable[Message]:
        letters = length(value)
        if letters > self.max_length:
            yield self.message('too_long', limit=self.max_length, length=letters)
        elif letters < self.min_length:
            yield self.message('too_short', limit=self.min_length, length=letters)

    def browser(self) -> Mapping[str, Value]:
        return {
            'minLength': self.min_length,
            'maxLength': self.max_length,
            'inputMode': self.KEYBOARD,
            'autocomplete': self.AUTOCOMPLETE,
        }

    def setting_problems(self) -> Iterable[SettingProblem]:
        if self.max_length < 1:
            yield SettingProblem('max_length', '最大文字数が1より小さくなっています。', '1以上の数にしてください。')
        elif self.min_length > self.max_length:
            yield SettingProblem(
                'min_length', '最小文字数が最大文字数より大きくなっています。', 'どちらかの数を直してください。'
            )


def remarks(text: str) -> str:
    """What a person should know about text that is accepted: private-use letters, a number that may be a My Number."""
    return gaiji_warning(text) + (MY_NUMBER_NOTE if find_my_numbers(text) else '')
