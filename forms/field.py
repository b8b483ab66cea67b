"""A field: one question of a form with its rules, and the register of field types."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, NewType, Protocol, TypeVar

from forms.formula.value_type import TEXT, ValueType
from forms.message import Message, message
from forms.raw import one_line, typed_text

Value = Any
"""What a record stores for a field: JSON only (None, bool, int, float, str, list, dict). None means blank."""

Cell = tuple[str, Callable[[Value], Value]]

FormulaText = NewType('FormulaText', str)
"""Source of a formula as written in the YAML; compiled by the loader, found through `AppDefinition.formula`."""

PRIVACY = ('', 'personal', 'sensitive')
WIDTHS = ('short', 'medium', 'long', 'full')


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of a raw value.

    value: the JSON value to store (None when blank or refused).
    messages: refusals; empty means accepted.
    note: what was converted and the person should know, e.g. 「平成35年を令和5年と読みました」.
    """

    value: Value = None
    messages: tuple[Message, ...] = ()
    note: str = ''


class Surroundings(Protocol):
    """What a field may ask about the world while it reads or shows a value; given by the operation, never fetched."""

    @property
    def today(self) -> date: ...

    def record(self, app: str, record_id: str) -> Mapping[str, Value] | None:
        """Values of a record of another app, or None when it does not exist or may not be seen."""

    def record_title(self, app: str, record_id: str) -> str | None:
        """What people call that record (the fields of `record_title`), or None as for `record`."""

    def records_titled(self, app: str, title: str) -> Sequence[str]:
        """Ids of the records of that title; an Excel sheet holds titles, not ids."""

    def staff_name(self, account: str) -> str | None:
        """Name of an account, also of one that is closed; None when there never was one."""

    def staff_named(self, name: str) -> Sequence[str]:
        """Accounts of the open accounts with that name, spaces apart."""

    def section_name(self, section: str) -> str | None:
        """The section's name as in the directory, found by name or id; None when there is none."""

    def file(self, digest: str) -> Mapping[str, Value] | None:
        """{'blob', 'name', 'type', 'size'} of an uploaded file, or None when it was never received."""


class Masked(str):
    """Stands in a record in place of a value that this person may not read; shown as it is, never formatted."""

    __slots__ = ()


class SettingProblem(NamedTuple):
    """A setting that cannot be right whatever the rest of the definition says; the loader adds file and line.

    setting: the YAML key to point at. text, advice: Japanese, what is wrong and the way out.
    """

    setting: str
    text: str
    advice: str = ''


def setting(default: Any = '', *, label: str, help: str = '', choices: Sequence[str] = ()) -> Any:
    """A YAML key of a field type or capability: default, Japanese name, one-line explanation, permitted words.

    The dataclass annotation tells the loader how to read it (str, int, bool, FormulaText, tuple[str, ...]).
    """
    told = {'label': label, 'help': help, 'choices': tuple(choices)}
    if default.__class__.__hash__ is None:  # an empty mapping, which dataclasses do not take as a plain default
        return dataclass_field(default_factory=lambda: default, metadata=told)
    return dataclass_field(default=default, metadata=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. A field type overrides only the step it changes: parse -> check -> show.

    Raw values arrive from every way in (browser JSON, Excel cell text, API) and leave `parse` as JSON values.
    """

    TYPE: ClassVar[str] = ''
    TITLE: ClassVar[str] = ''
    """Japanese name of the field type, as leaders see it."""
    TAKES: ClassVar[str] = ''
    """For the manual, in Japanese: what may be typed, and what becomes of it."""
    EXAMPLE: ClassVar[str] = ''
    """For the manual: a field of this type in YAML, as a leader would write it."""
    WIDGET: ClassVar[str] = 'text'
    """File name (stem) of the look in apps/form/widgets."""
    INPUT: ClassVar[bool] = True
    """False for what nobody types (note, calculation)."""

    name: str = setting(label='項目名', help='レコードやExcelで使う名前。公開したら変えられません。')
    label: str = setting(label='表示名', help='画面に出る言葉。いつでも変えられます。書かなければ項目名が出ます。')
    hint: str = setting(label='説明', help='入力欄の上にいつも見える説明文。')
    easy_label: str = setting(label='表示名(やさしい日本語)', help='市民のフォームで、やさしい日本語のときに出る言葉。')
    easy_hint: str = setting(label='説明(やさしい日本語)', help='やさしい日本語のときに出る説明文。')
    required: bool | FormulaText = setting(
        False, label='必須', help='true なら必ず入力。式を書くと、その式が成り立つときだけ必須です。'
    )
    forbidden: bool | FormulaText = setting(
        False, label='入力禁止', help='true のとき、または式が成り立つときは、空でないと保存できません。'
    )
    relevant: FormulaText | None = setting(
        None, label='表示条件', help='この式が成り立つときだけ出します。出ていない項目の値は記録しません。'
    )
    readonly: bool | FormulaText = setting(
        False, label='変更不可', help='true のとき、または式が成り立つときは、入力しても変えられません。'
    )
    default: FormulaText | None = setting(
        None, label='初期値', help='新しく開いたときの値を式で書きます。文字は \'"電話"\'、今日なら Today()。'
    )
    calculation: FormulaText | None = setting(
        None, label='計算式', help='この式の結果がいつも入ります。手では変えられません。'
    )
    constraint: FormulaText | None = setting(
        None, label='入力条件', help='この式が成り立たない値は受け付けません。空のときは調べません。'
    )
    constraint_message: str = setting(label='入力条件の説明', help='入力条件に合わないときに、入力した人が読む文。')
    unique: bool = setting(
        False, label='重複禁止', help='同じ値の記録を2つ作れません。全角と半角、旧字と新字は同じとみなします。'
    )
    privacy: str = setting(
        '',
        label='個人情報の区分',
        help='personal は個人情報、sensitive はとくに配慮のいる情報。公開する一覧には出せません。',
        choices=PRIVACY,
    )
    width: str = setting('medium', label='幅', help='広い画面での入力欄の長さ。', choices=WIDTHS)
    retired: bool = setting(False, label='使用終了', help='新しい入力には出ません。過去の値は残ります。')

    @property
    def title(self) -> str:
        """What people read: the label, else the name."""
        return self.label or self.name

    @property
    def value_type(self) -> ValueType:
        """The type that formulas see."""
        return TEXT

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        """Raw input to the value to store; blank gives None. Refusals come back as messages, never as exceptions."""
        text = typed_text(raw)
        return self.refused('not_text') if text is None else Parsed(one_line(text) or None)

    def check(self, value: Value, old: Value = None) -> Iterable[Message]:
        """Refusals of a parsed, non-blank value by this field's own settings (length, range, choices).

        old: the value stored before; what was allowed then (a retired choice) may stay, and what may only grow must
        not shrink.
        """
        return ()

    def erased(self, old: Value) -> Iterable[Message]:
        """Refusals when a stored value would become blank: what may only grow must not vanish at one stroke."""
        return ()

    def signed(self, value: Value, old: Value, *, account: str, now: str) -> Value:
        """The value with its marks of who and when (rows of an append-only subtable); now: ISO time with its zone."""
        return value

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        """The value as a person reads it in lists, mails and on paper; blank gives ''.

        around: gives the names behind ids (staff, lookup); without it the id itself is shown.
        """
        return '' if value is None else str(value)

    def masked(self, value: Value) -> str:
        """What is shown in place of a value that is not to be read; it tells no more than that there is one."""
        return '○○○'

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        """Text under which the value is found; the caller folds it with `search_key`."""
        return self.show(value, around)

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        """Columns of the data export: (header, value -> str, number, bool, date, datetime, time or None).

        Headers are made of names, which never change, so that the sheet has the same columns every year.
        fiscal_start: month in which the app's fiscal year begins.
        """
        return ((self.name, lambda value: value),)

    def companions(self) -> Sequence[Field]:
        """Further fields that this one brings along (the detail of 「その他」), stored under their own names."""
        return ()

    def browser(self) -> Mapping[str, Value]:
        """What the entry form needs beyond the common keys (choices, unit, columns ...); JSON only."""
        return {}

    def setting_problems(self) -> Iterable[SettingProblem]:
        """What is wrong with the settings of this one field, without looking at the rest of the definition."""
        return ()

    def message(self, code: str, **details: object) -> Message:
        """A message about this field, with the text of the catalogue."""
        return message(self.name, code, label=self.title, **details)

    def refused(self, code: str, **details: object) -> Parsed:
        """A raw value that cannot be read."""
        return Parsed(messages=(self.message(code, **details),))


FieldClass = TypeVar('FieldClass', bound=type[Field])
_TYPES: dict[str, type[Field]] = {}


def field_type(name: str, *, title: str) -> Callable[[FieldClass], FieldClass]:
    """Register a field type under its YAML word. Raises ValueError when the word is taken."""

    def register(cls: FieldClass) -> FieldClass:
        if name in _TYPES:
            raise ValueError(f'field type {name!r} is registered twice')
        cls.TYPE, cls.TITLE = name, title
        _TYPES[name] = cls
        return cls

    return register


@cache
def field_types() -> Mapping[str, type[Field]]:
    """All field types by their YAML word, found by scanning forms/fields once."""
    package = importlib.import_module('forms.fields')
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f'forms.fields.{module.name}')
    return MappingProxyType(_TYPES)
