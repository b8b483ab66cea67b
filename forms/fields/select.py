"""What select_one and select_multiple have in common: choices, their look, and the detail of 「その他」."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms.choices import OTHER, ChoiceList
from forms.field import Field, FormulaText, SettingProblem, Value, setting
from forms.fields.text import Text
from forms.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Select(Field):
    """Stores values of choices; people type and read labels. Retired choices are read and kept, never newly chosen."""

    choices: ChoiceList = setting(
        ChoiceList(), label='選択肢', help='[午前, 午後] の一覧、{分類: [選択肢]} の組、CSVの名前のどれか。'
    )
    choice_filter: FormulaText | None = setting(
        None, label='選択肢の条件', help='この式が成り立つ選択肢だけが選べます。式にはCSVの列とほかの項目が使えます。'
    )
    other: bool = setting(
        False, label='その他の内容', help='「その他」を選ぶと、内容を書く欄が出ます。内容は別の列に記録されます。'
    )

    def companions(self) -> Sequence[Field]:
        if not self.other:
            return ()
        asked = self.other_chosen()
        return (
            Text(
                name=f'{self.name}_{OTHER}', label=f'{self.title}({OTHER}の内容)', relevant=asked, required=asked,
                privacy=self.privacy, retired=self.retired,
            ),
        )  # fmt: skip

    def other_chosen(self) -> FormulaText:
        """The formula that holds when 「その他」 is chosen."""
        return FormulaText(f'{self.name} = "{OTHER}"')

    def browser(self) -> Mapping[str, Value]:
        return {'choices': [choice.for_browser() for choice in self.choices], 'other': self.other}

    def setting_problems(self) -> Iterable[SettingProblem]:
        if not self.choices:
            yield SettingProblem('choices', '選択肢がありません。', '選択肢を書くか、type: text にしてください。')
        elif all(choice.retired for choice in self.choices):
            advice = '使える選択肢を足すか、項目を使用終了にしてください。'
            yield SettingProblem('choices', '選択肢がすべて使用終了です。', advice)
        if self.other and self.choices and self.choices.get(OTHER) is None:
            text = f'other: true ですが、選択肢に「{OTHER}」がありません。'
            yield SettingProblem('other', text, f'選択肢に「{OTHER}」を足すか、other を消してください。')
        yield from self.choices.problems('choices')

    def refusal_of(self, value: Value) -> Message | None:
        """Why this value cannot be chosen anew, or None."""
        choice = self.choices.get(value)
        if choice is None:
            return self.message('not_a_choice', value=value)
        return self.message('retired_choice', value=choice.title) if choice.retired else None
