"""Fields and choices of one definition file, read by the settings that their types declare."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from forms.choice_files import ChoiceFiles
from forms.choices import Choice, ChoiceList, from_rows
from forms.field import Field, field_types
from forms.problems import Place, Problem, instead, problem
from forms.setting import Setting
from forms.settings_reader import UNREADABLE, SettingsReader
from forms.yaml_text import Listed, Mapped, Node, Scalar


class FieldReader:
    """Reads fields, also those inside subtables. written: (path such as 移動履歴.移動日, its part of the file)."""

    def __init__(self, files: ChoiceFiles, problems: list[Problem]) -> None:
        self.files = files
        self.problems = problems
        self.written: list[tuple[str, Mapped]] = []
        self.inside: list[str] = []
        self.reader = SettingsReader(problems, {'field': self.field, 'choices': self.choices})

    def field(self, node: Node, setting: Setting) -> object:
        """A Field, or UNREADABLE."""
        if not isinstance(node, Mapped):
            self.reader.note('D110', node.place, key=setting.key)
            return UNREADABLE
        cls = self._type(node)
        name = _text(node, 'name')
        self.inside.append(unicodedata.normalize('NFKC', name))
        self.written.append(('.'.join(self.inside), node))
        if cls is None:
            columns = node.get('columns')
            for column in columns.items if isinstance(columns, Listed) else ():
                self.field(column, setting)
            self.inside.pop()
            return UNREADABLE
        read = self.reader.settings(cls, node, f'項目「{name}」' if name else cls.TITLE, also=('type',))
        self.inside.pop()
        return UNREADABLE if read is None else replace(read, name=unicodedata.normalize('NFKC', read.name))

    def _type(self, node: Mapped) -> type[Field] | None:
        written, types = node.get('type'), field_types()
        if written is None:
            self.reader.note('D103', node.place, key='type', where=f'項目「{_text(node, "name")}」')
        elif not isinstance(written, Scalar):
            self.reader.note('D111', written.place, key='type')
        elif written.text not in types:
            titles = {cls.TITLE: name for name, cls in types.items()}
            best = f'「{titles[written.text]}」' if written.text in titles else instead(written.text, types)
            self.reader.note('D201', written.place, value=written.text, instead=best)
        else:
            return types[written.text]
        return None

    def choices(self, node: Node, setting: Setting) -> object:
        """Choices written here ([a, b]), in groups ({課: [a, b]}), or in a CSV (file name)."""
        if isinstance(node, Scalar):
            return self._from_file(node, setting)
        seen: dict[str, Place] = {}
        if isinstance(node, Listed):
            return ChoiceList(tuple(self._listed(node, setting, seen)))
        found: list[Choice] = []
        for entry in node.entries:
            if isinstance(entry.value, Listed):
                found += [replace(each, group=entry.key.text) for each in self._listed(entry.value, setting, seen)]
            else:
                self.reader.note('D109', entry.value.place, key=entry.key.text, value='...')
        return ChoiceList(tuple(found))

    def _from_file(self, node: Scalar, setting: Setting) -> object:
        if not node.text:
            self.reader.note('D104', node.place, key=setting.key)
            return UNREADABLE
        if not node.text.lower().endswith('.csv'):
            self.reader.note('D109', node.place, key=setting.key, value=node.text)
            return UNREADABLE
        rows, problems = self.files.rows(node.text, node.place)
        self.problems += problems
        return from_rows(rows, node.text) if rows else UNREADABLE

    def _listed(self, node: Listed, setting: Setting, seen: dict[str, Place]) -> list[Choice]:
        read = [(item, self._choice(item, setting)) for item in node.items]
        kept = []
        for item, choice in read:
            if choice is None:
                continue
            if choice.value in seen:
                name = '.'.join(self.inside)
                self.problems.append(
                    problem('D302', item.place, also=seen[choice.value], value=choice.value, name=name)
                )
                continue
            seen[choice.value] = item.place
            kept.append(choice)
        return kept

    def _choice(self, node: Node, setting: Setting) -> Choice | None:
        if isinstance(node, Scalar) and node.text:
            return Choice(value=node.text)
        if isinstance(node, Mapped):
            if node.get('value') is None:
                self.reader.note('D103', node.place, key='value', where='選択肢')
                return None
            return self.reader.settings(Choice, node, '選択肢')
        self.reader.note('D104', node.place, key=setting.key)
        return None


def _text(node: Mapped, key: str) -> str:
    written = node.get(key)
    return written.text if isinstance(written, Scalar) else ''
