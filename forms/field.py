"""A field: one question of a form with its rules, and the register of field types."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any, ClassVar, NewType, Protocol, TypeVar

from forms.formula import ValueType
from forms.message import Message

Value = Any
"""What a record stores for a field: JSON only (None, bool, int, float, str, list, dict). None means blank."""

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
    """What a field may ask about the world while it reads a value; given by the operation, never fetched."""

    @property
    def today(self) -> date: ...

    def record(self, app: str, record_id: str) -> Mapping[str, Value] | None:
        """Values of a record of another app, or None when it does not exist or may not be seen."""

    def staff_name(self, account: str) -> str | None: ...

    def section_name(self, section: str) -> str | None: ...

    def file(self, digest: str) -> Mapping[str, Value] | None:
        """{'blob', 'name', 'type', 'size'} of an uploaded file, or None when it was never received."""


def setting(default: Any = '', *, label: str, help: str = '', choices: Sequence[str] = ()) -> Any:
    """A YAML key of a field type or capability: its default, its Japanese name and one-line explanation, its permitted words.

    The dataclass annotation tells the loader how to read the scalar (str, int, float, bool, FormulaText, tuple[str, ...] ...).
    """
    return dataclass_field(default=default, metadata={'label': label, 'help': help, 'choices': tuple(choices)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. A field type overrides only the step it changes: parse -> check -> show.

    Raw values arrive from every way in (browser JSON, Excel cell text, API) and leave `parse` as JSON values.
    """

    TYPE: ClassVar[str] = ''
    TITLE: ClassVar[str] = ''
    """Japanese name of the field type, as leaders see it."""
    WIDGET: ClassVar[str] = 'text'
    """File name (stem) of the look in apps/form/widgets."""
    INPUT: ClassVar[bool] = True
    """False for what nobody types (note, calculation)."""

    name: str = setting(label='項目名', help='レコードやExcelで使う名前。公開したら変えられません。')
    label: str = setting(label='表示名')
    hint: str = setting(label='説明', help='入力欄の上にいつも見える説明文。')
    required: bool | FormulaText = setting(False, label='必須')
    forbidden: bool | FormulaText = setting(False, label='入力禁止')
    relevant: FormulaText | None = setting(None, label='表示条件')
    readonly: bool | FormulaText = setting(False, label='変更不可')
    default: FormulaText | None = setting(None, label='初期値')
    calculation: FormulaText | None = setting(None, label='計算式')
    constraint: FormulaText | None = setting(None, label='入力条件')
    constraint_message: str = setting(label='入力条件の説明')
    unique: bool = setting(False, label='重複禁止')
    privacy: str = setting('', label='個人情報の区分', choices=PRIVACY)
    width: str = setting('medium', label='幅', choices=WIDTHS)
    retired: bool = setting(False, label='使用終了', help='新しい入力には出ません。過去の値は残ります。')

    @property
    def title(self) -> str:
        """What people read: the label, else the name."""
        return self.label or self.name

    @property
    def value_type(self) -> ValueType:
        """The type that formulas see."""
        return ValueType.TEXT

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        """Raw input to the value to store; blank gives None. Refusals come back as messages, never as exceptions."""
        text = '' if raw is None else str(raw).strip()
        return Parsed(text or None)

    def check(self, value: Value) -> Iterable[Message]:
        """Refusals of a parsed, non-blank value by this field's own settings (length, range, choices)."""
        return ()

    def show(self, value: Value) -> str:
        """The value as a person reads it in lists, mails and on paper; blank gives ''."""
        return '' if value is None else str(value)

    def search(self, value: Value) -> str:
        """Text under which the value is found; the caller folds it with `search_key`."""
        return self.show(value)

    def cells(self) -> Sequence[tuple[str, Callable[[Value], Value]]]:
        """Columns of the data export: (header, value -> cell value: str, number, bool, date, datetime or None)."""
        return ((self.name, lambda value: value),)

    def companions(self) -> Sequence[Field]:
        """Further fields that this one brings along (the detail of 「その他」), stored under their own names."""
        return ()

    def browser(self) -> Mapping[str, Value]:
        """What the entry form needs beyond the common keys (choices, unit, columns ...); JSON only."""
        return {}


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


def field_types() -> Mapping[str, type[Field]]:
    """All field types, found by scanning forms/fields once."""
    if not _TYPES:
        package = importlib.import_module('forms.fields')
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f'forms.fields.{module.name}')
    return _TYPES
