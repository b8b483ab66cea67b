"""A message: something wrong in a value that someone typed, and the catalogue of its texts."""

from __future__ import annotations

from dataclasses import dataclass, replace

TEXTS: dict[str, str] = {
    'required': '{label}を入力してください。',
    'forbidden': '{label}は、いまの内容では入力できません。空にしてください。',
    'constraint': '{label}の内容を確認してください。',
    'unique': '{label}「{value}」は、すでに登録されています。',
    'unknown_field': '「{label}」という項目は、このアプリにありません。',
    'readonly': '{label}は変更できません。',
    'not_a_choice': '{label}は、選択肢の中から選んでください。',
    'not_text': '{label}は文字で入力してください。',
    'not_a_list': '{label}の形が正しくありません。選び直してください。',
    'too_long': '{label}は{limit}文字以内で入力してください(いま{length}文字)。',
}
"""Code -> Japanese text. Placeholders are filled from the keyword arguments of `message`; `label` is always there."""


@dataclass(frozen=True, slots=True)
class Message:
    """One refusal or remark about one value.

    path: the field's name; inside a subtable ``移動履歴[2].移動先`` (rows count from 0).
    code: key in the catalogue `TEXTS`; the same on every way in.
    text: Japanese, names the field and the way out.
    """

    path: str
    code: str
    text: str

    def inside(self, prefix: str) -> Message:
        """The same message seen from the subtable row that holds the value."""
        return replace(self, path=f'{prefix}.{self.path}')


def message(path: str, code: str, *, label: str, **details: object) -> Message:
    """A message with its text taken from the catalogue.

    Raises KeyError for a code that is not in the catalogue (a mistake of ours, never of the person typing).
    """
    return Message(path, code, TEXTS[code].format(label=label, **details))
