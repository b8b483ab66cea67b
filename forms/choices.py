"""Choices: the permitted answers of a field, written in the definition or in a CSV beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from forms.field import SettingProblem, setting
from forms.japanese.width import fold

OTHER = 'その他'
"""The value of the choice that asks for a detail when the field says `other: true`."""

COLORS = ('', 'gray', 'blue', 'green', 'yellow', 'orange', 'red', 'purple')

_YES = frozenset(('true', 'yes', 'はい', '1', '○'))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One permitted answer. columns: further columns of the CSV, by name, for `choice_filter` and checklists."""

    value: str = setting(label='値', help='記録に残る言葉。公開したら変えられません。')
    label: str = setting(label='表示名', help='画面に出る言葉。いつでも変えられます。')
    group: str = setting(label='分類', help='選択肢を分ける見出し。')
    color: str = setting('', label='色', help='一覧とボタンに付く色。', choices=COLORS)
    retired: bool = setting(False, label='使用終了', help='新しく選べなくなります。過去の記録では読めます。')
    columns: Mapping[str, str] = dataclass_field(default_factory=dict, hash=False)

    @property
    def title(self) -> str:
        """What people read: the label, else the value."""
        return self.label or self.value

    @property
    def spellings(self) -> tuple[str, str]:
        """Value and label without regard to width and case."""
        return _plain(self.value), _plain(self.title)

    def for_browser(self) -> dict[str, object]:
        """JSON for the entry form."""
        shown = {'value': self.value, 'label': self.title, 'group': self.group, 'color': self.color}
        return {**shown, 'retired': self.retired, 'columns': dict(self.columns)}


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """Choices in the order of the definition. file: name of the CSV they came from, or ''."""

    choices: tuple[Choice, ...] = ()
    file: str = ''

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.choices)

    def __len__(self) -> int:
        return len(self.choices)

    def get(self, value: object) -> Choice | None:
        """The choice of exactly this value."""
        return next((choice for choice in self.choices if choice.value == value), None)

    def find(self, text: str) -> Choice | None:
        """The choice that a typed text or an Excel cell means: by value, by label, by either in any width and case."""
        typed = text.strip()
        return (
            self.get(typed)
            or next((choice for choice in self.choices if choice.title == typed), None)
            or next((choice for choice in self.choices if _plain(typed) in choice.spellings), None)
        )

    def label(self, value: object) -> str:
        """What people read for a stored value, also when its choice is gone."""
        choice = self.get(value)
        return choice.title if choice else str(value)

    def problems(self, setting_name: str) -> Iterable[SettingProblem]:
        """Blank and repeated values, two living choices of one label, unknown colours."""
        values: set[str] = set()
        titles: set[str] = set()
        for choice in self.choices:
            if not choice.value:
                yield SettingProblem(setting_name, '値のない選択肢があります。', '選択肢の値(value)を書いてください。')
            elif choice.value in values:
                text = f'選択肢「{choice.value}」が2回あります。'
                yield SettingProblem(setting_name, text, 'どちらかを消すか、値を変えてください。')
            elif not choice.retired and choice.title in titles:
                text = f'表示名「{choice.title}」の選択肢が2つあります。'
                yield SettingProblem(setting_name, text, '区別できる表示名にするか、どちらかを使用終了にしてください。')
            if choice.color not in COLORS:
                text = f'選択肢「{choice.value}」の色「{choice.color}」は使えません。'
                yield SettingProblem(setting_name, text, f'{"、".join(filter(None, COLORS))} のどれかにしてください。')
            values.add(choice.value)
            titles.update(() if choice.retired else (choice.title,))


def listed(*values: str) -> ChoiceList:
    """Choices whose label is their value, for fields made by the program."""
    return ChoiceList(tuple(Choice(value=value) for value in values))


def from_rows(rows: Iterable[Mapping[str, str]], file: str = '') -> ChoiceList:
    """Rows of a CSV: value, label, group, color, retired and columns of its own; rows without any text are left out."""
    kept = (row for row in rows if any(str(cell or '').strip() for cell in row.values()))
    return ChoiceList(tuple(_choice(row) for row in kept), file)


def _choice(row: Mapping[str, str]) -> Choice:
    cells = {name.strip(): str(cell or '').strip() for name, cell in row.items()}
    own = {name: cells.pop(name, '') for name in ('value', 'label', 'group', 'color')}
    retired = cells.pop('retired', '').casefold() in _YES
    return Choice(**own, retired=retired, columns=cells)


def _plain(text: str) -> str:
    return fold(text).casefold()
