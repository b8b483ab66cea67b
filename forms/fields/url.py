"""The address of a page: http or https only, so that a link in a list can never run a script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from forms.field import WIDTHS, Parsed, field_type, setting
from forms.fields.text import Text
from forms.japanese.width import fold

_ADDRESS = re.compile(r'https?://[^\s/?#@"<>\\]+(?:[/?#][^\s"<>\\]*)?', re.IGNORECASE)


@field_type('url', title='ウェブアドレス')
@dataclass(frozen=True, slots=True, kw_only=True)
class Url(Text):
    KEYBOARD: ClassVar[str] = 'url'
    TAKES: ClassVar[str] = 'http:// か https:// で始まるアドレス。'
    EXAMPLE: ClassVar[str] = '{name: 参考ページ, type: url}'

    max_length: int = setting(2000, label='最大文字数', help='これより長い入力は受け付けません。')
    width: str = setting('long', label='幅', choices=WIDTHS)

    def read(self, text: str) -> Parsed:
        plain = fold(text)
        return Parsed(plain) if _ADDRESS.fullmatch(plain) else self.refused('not_url')
