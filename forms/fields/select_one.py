"""One choice of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from forms.field import Parsed, Surroundings, Value, field_type, setting
from forms.fields.select import Select
from forms.message import Message
from forms.raw import one_line, typed_text

LOOKS = ('dropdown', 'buttons', 'radio')


@field_type('select_one', title='1つ選ぶ')
@dataclass(frozen=True, slots=True, kw_only=True)
class SelectOne(Select):
    WIDGET: ClassVar[str] = 'select_one'
    TAKES: ClassVar[str] = '選択肢から1つ。値でも表示名でも読みます。記録に残るのは値です。'
    EXAMPLE: ClassVar[str] = (
        'name: 危険度\n'
        'type: select_one\n'
        'look: buttons\n'
        'default: \'"通常"\'\n'
        'choices:\n'
        '  - {value: 緊急, label: 緊急(今日中), color: red}\n'
        '  - {value: 通常, color: blue}\n'
    )

    look: str = setting('dropdown', label='見た目', help='一覧から選ぶ、ボタン、ラジオボタン。', choices=LOOKS)

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        typed = typed_text(raw)
        if typed is None:
            return self.refused('not_a_list')
        text = one_line(typed)
        choice = self.choices.find(text)
        if choice is None:
            return self.refused('not_a_choice', value=text[:30]) if text else Parsed()
        return Parsed(choice.value)

    def check(self, value: Value, old: Value = None) -> Iterable[Message]:
        refusal = self.refusal_of(value)
        return () if refusal is None or value == old else (refusal,)

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        return '' if value is None else self.choices.label(value)

    def browser(self) -> Mapping[str, Value]:
        return {**Select.browser(self), 'look': self.look}
