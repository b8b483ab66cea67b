"""Yes or no; blank means that nobody has answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.field import WIDTHS, Cell, Field, Parsed, SettingProblem, Surroundings, Value, field_type, setting
from forms.formula.value_type import BOOLEAN, ValueType
from forms.japanese.width import fold
from forms.raw import typed_text

_YES = frozenset('はい 有 あり 有り ○ 〇 ◯ ◎ ● ✓ ✔ ☑ レ 可 要 済 1 true yes y on'.split())
_NO = frozenset('いいえ 無 なし 無し × ✕ ✗ ☐ □ 否 不可 不要 未 0 false no n off'.split())


@field_type('yes_no', title='はい・いいえ')
@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Field):
    WIDGET: ClassVar[str] = 'yes_no'
    TAKES: ClassVar[str] = (
        'はいか、いいえ。有と無、○と×、済と未も読みます。'
        '空のままなら「まだ答えていない」で、「いいえ」とは別です。'
    )
    EXAMPLE: ClassVar[str] = '{name: 保険, type: yes_no, yes_label: 加入, no_label: 未加入}'

    yes_label: str = setting('はい', label='「はい」の表示', help='例 有、済、加入')
    no_label: str = setting('いいえ', label='「いいえ」の表示', help='例 無、未、未加入')
    width: str = setting('short', label='幅', choices=WIDTHS)

    @property
    def value_type(self) -> ValueType:
        return BOOLEAN

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        if isinstance(raw, bool):
            return Parsed(raw)
        typed = typed_text(raw)
        word = fold(typed).strip().casefold() if typed is not None else None
        if word == '':
            return Parsed()
        own = {fold(self.yes_label).casefold(): True, fold(self.no_label).casefold(): False}
        if word in own or word in _YES or word in _NO:
            return Parsed(own.get(word, word in _YES))
        return self.refused('not_yes_no', yes=self.yes_label, no=self.no_label)

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        return '' if value is None else self.yes_label if value else self.no_label

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        return ((self.name, lambda value: None if value is None else self.show(value)),)

    def browser(self) -> Mapping[str, Value]:
        return {'yesLabel': self.yes_label, 'noLabel': self.no_label}

    def setting_problems(self) -> Iterable[SettingProblem]:
        if fold(self.yes_label).strip().casefold() == fold(self.no_label).strip().casefold():
            yield SettingProblem('no_label', '「はい」と「いいえ」の表示が同じです。', 'ちがう言葉にしてください。')
