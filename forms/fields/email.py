"""A mail address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from forms.field import Parsed, field_type, setting
from forms.fields.text import Text
from forms.japanese.width import every_dash_to_hyphen, fold

# As HTML's <input type=email> (WHATWG), with a dot in the domain; two dots in a row pass, as in old mobile addresses.
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r'[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+'
)


@field_type('email', title='メールアドレス')
@dataclass(frozen=True, slots=True, kw_only=True)
class Email(Text):
    KEYBOARD: ClassVar[str] = 'email'
    TAKES: ClassVar[str] = 'メールアドレス。全角の英数字は半角に直ります。'
    EXAMPLE: ClassVar[str] = '{name: メールアドレス, type: email, privacy: personal}'

    max_length: int = setting(254, label='最大文字数', help='これより長い入力は受け付けません。')

    def read(self, text: str) -> Parsed:
        plain = every_dash_to_hyphen(fold(text)).replace(' ', '')
        return Parsed(plain) if _ADDRESS.fullmatch(plain) else self.refused('not_email')
