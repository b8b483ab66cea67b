"""A passage of explanation inside a form; it holds no value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.field import WIDTHS, Cell, Field, Parsed, SettingProblem, Surroundings, Value, field_type, setting
from forms.formula.value_type import BLANK, ValueType


@field_type('note', title='説明文')
@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Field):
    WIDGET: ClassVar[str] = 'note'
    INPUT: ClassVar[bool] = False
    TAKES: ClassVar[str] = '入力しません。フォームの途中に説明を出します。'
    EXAMPLE: ClassVar[str] = '{name: ご案内, type: note, text: 本人確認の書類を見てから入力してください。}'

    text: str = setting(label='説明文', help='フォームの中に出す文。空行で段落が分かれます。')
    width: str = setting('full', label='幅', choices=WIDTHS)

    @property
    def value_type(self) -> ValueType:
        return BLANK

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        return Parsed() if raw in (None, '') else self.refused('not_typed')

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        return ()

    def browser(self) -> Mapping[str, Value]:
        return {'text': self.text}

    def setting_problems(self) -> Iterable[SettingProblem]:
        if not self.text:
            yield SettingProblem('text', '説明文がありません。', 'text: に文を書くか、項目を消してください。')
