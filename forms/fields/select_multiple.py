"""Several choices at once; each becomes a column of its own in the data export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.choices import OTHER, Choice
from forms.field import Cell, FormulaText, Parsed, SettingProblem, Surroundings, Value, field_type, setting
from forms.fields.select import Select
from forms.formula.value_type import CHOICES, ValueType
from forms.message import Message
from forms.raw import one_line, typed_text

LOOKS = ('checkboxes', 'buttons', 'dropdown')
_BETWEEN_CHOICES = re.compile(r'[、，,;；/／\n]')


@field_type('select_multiple', title='いくつか選ぶ')
@dataclass(frozen=True, slots=True, kw_only=True)
class SelectMultiple(Select):
    """Stored in the order of the choices, so that the same answer is the same value."""

    WIDGET: ClassVar[str] = 'select_multiple'
    TAKES: ClassVar[str] = (
        '選択肢からいくつでも。一覧では「、」でつないで見せ、Excelでは選択肢ごとに1列(選んだら1)になります。'
    )
    EXAMPLE: ClassVar[str] = (
        'name: 希望する支援\n'
        'type: select_multiple\n'
        'other: true\n'
        'choices:\n'
        '  住まい: [緊急修理, 応急修理]\n'
        '  暮らし: [支援金, 生活必需品, その他]\n'
    )

    look: str = setting('checkboxes', label='見た目', help='チェックボックス、ボタン、一覧から選ぶ。', choices=LOOKS)
    min_chosen: int = setting(0, label='選ぶ数の下限', help='これより少ないと受け付けません。0は下限なし。')
    max_chosen: int = setting(0, label='選ぶ数の上限', help='0は上限なし。')

    @property
    def value_type(self) -> ValueType:
        return CHOICES

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        typed = self._typed(raw)
        if typed is None:
            return self.refused('not_a_list')
        found = {text: self.choices.find(text) for text in typed if text}
        unknown = [text for text, choice in found.items() if choice is None]
        if unknown:
            return Parsed(messages=tuple(self.message('not_a_choice', value=text[:30]) for text in unknown))
        chosen = {choice.value for choice in found.values() if choice}
        return Parsed([choice.value for choice in self.choices if choice.value in chosen] or None)

    def _typed(self, raw: Value) -> list[str] | None:
        """Every single answer of a list or of a typed text such as 緊急修理、支援金; None for what is neither."""
        if isinstance(raw, list):
            texts = [typed_text(each) for each in raw]
            return None if None in texts else [one_line(text) for text in texts if text]
        typed = typed_text(raw)
        if typed is None:
            return None
        whole = one_line(typed)
        return [whole] if self.choices.find(whole) else [one_line(part) for part in _BETWEEN_CHOICES.split(typed)]

    def check(self, value: Value, old: Value = None) -> Iterable[Message]:
        for each in value:
            if each not in (old or ()) and (refusal := self.refusal_of(each)):
                yield refusal
        if len(value) < self.min_chosen:
            yield self.message('too_few_chosen', limit=self.min_chosen, count=len(value))
        if self.max_chosen and len(value) > self.max_chosen:
            yield self.message('too_many_chosen', limit=self.max_chosen, count=len(value))

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        return '、'.join(self.choices.label(each) for each in as_list(value))

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        """One column per choice: 1 chosen, 0 not chosen, blank when the question was not answered."""

        def column(chosen: str) -> Callable[[Value], Value]:
            return lambda value: None if value is None else int(chosen in as_list(value))

        return tuple((self.column_of(choice), column(choice.value)) for choice in self.choices)

    def column_of(self, choice: Choice) -> str:
        """Header of a choice's column. The detail of 「その他」 has 希望する支援_その他 as its own name already."""
        header = f'{self.name}_{choice.value}'
        return f'{header}_選択' if self.other and choice.value == OTHER else header

    def other_chosen(self) -> FormulaText:
        return FormulaText(f'"{OTHER}" in {self.name}')

    def browser(self) -> Mapping[str, Value]:
        limits = {'minChosen': self.min_chosen, 'maxChosen': self.max_chosen}
        return {**Select.browser(self), 'look': self.look, **limits}

    def setting_problems(self) -> Iterable[SettingProblem]:
        yield from Select.setting_problems(self)
        if self.max_chosen and self.min_chosen > self.max_chosen:
            yield SettingProblem('min_chosen', '選ぶ数の下限が上限より大きいです。', 'どちらかの数を直してください。')
        elif self.choices and self.min_chosen > len(self.choices):
            yield SettingProblem('min_chosen', '選ぶ数の下限が選択肢の数より大きいです。', '下限を小さくしてください。')


def as_list(value: Value) -> Sequence[Value]:
    """A stored list; the single value of a field that used to be select_one counts as a list of one."""
    if value is None:
        return ()
    return value if isinstance(value, list) else [value]
