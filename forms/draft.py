"""One definition file as read, before it is checked against itself and the other apps."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from forms.area_files import AreaFiles
from forms.capability import Capability, capabilities
from forms.choice_files import ChoiceFiles
from forms.definition import AppDefinition, columns_of
from forms.field_reader import FieldReader
from forms.problems import At, Place, Problem, problem
from forms.setting import Setting, Shape
from forms.yaml_text import Mapped, Node, node_at, place_at, plain, read_yaml

_FILE_NAME = re.compile(r'[a-z][a-z0-9_]{0,62}', re.ASCII)


@dataclass(slots=True)
class Draft:
    """A file half way to a definition.

    definition: what could be read, faulty parts left out. root: the outermost mapping, None when the file is no YAML.
    written: every field in file order with its path, also those given twice; nodes: the first of each path.
    unread: keys of capabilities that could not be read as they are written, so that the fields they add are not known.
    lost: names of fields and columns that are written but could not be read. folder: of the definitions, in which the
    files lie that they name; None when it is not known.
    problems: what was wrong so far; the checks add theirs. warnings: what may be meant, and stops nothing.
    """

    definition: AppDefinition
    root: Mapped | None
    written: Sequence[tuple[str, Mapped]] = ()
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    nodes: Mapping[str, Mapped] = field(init=False)
    unread: frozenset[str] = frozenset()
    folder: Path | None = None
    lost: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.nodes = dict(reversed(self.written))
        known = {name for each in self.definition.fields.values() for name in (each.name, *columns_of(each))}
        self.lost = frozenset(path.rpartition('.')[2] for path in self.nodes) - known

    def may_hold(self, name: str) -> bool:
        """Whether a name that is no field is no mistake of its own: what should make the field could not be read."""
        return bool(self.unread) or name in self.lost

    def place(self, *at: str | int) -> Place:
        """The place these keys and positions lead to, from the outermost mapping on."""
        return place_at(self.root, at) if self.root else Place(self.definition.source, 1)

    def field_place(self, path: str, *at: str | int) -> Place:
        """The place of a field (移動履歴.移動日) or of one of its settings."""
        node = self.nodes.get(path) or self.nodes.get(path.split('.', maxsplit=1)[0])
        return place_at(node, at) if node else self.place('sections')

    def node(self, at: At) -> Node | None:
        """What is written there, or None."""
        return node_at(self.root, at) if self.root else None

    def note(self, code: str, place: Place, *, also: Place | None = None, **words: Any) -> None:
        self.problems.append(problem(code, place, also=also, **words))


def read_draft(text: str, name: str, file: str, choices_dir: Path | None) -> Draft:
    """Everything that one file says by itself; all its mistakes are in `problems`."""
    root, problems = read_yaml(text, file)
    if not _FILE_NAME.fullmatch(name):
        problems.append(problem('D014', Place(file, 1), name=name))
    if root is None:
        return Draft(AppDefinition(name=name, source=file), None, problems=problems)
    files = ChoiceFiles(choices_dir)
    fields = FieldReader(files, problems)
    app = fields.reader.values(AppDefinition, root, 'アプリ', also=capabilities())
    for key in ('title', 'sections'):
        if root.get(key) is None:
            problems.append(problem('D103', root.place, key=key, where='アプリ'))
    folder = choices_dir.parent if choices_dir else None
    areas = AreaFiles(folder)
    read, unread = _capabilities(root, fields, areas)
    definition = AppDefinition(
        name=name,
        capabilities=MappingProxyType(read),
        places=MappingProxyType({path: node.place for path, node in reversed(fields.written)}),
        version=_version(root, {**files.used, **areas.used}),
        source=file,
        **app,
    )
    return Draft(definition, root, fields.written, problems, unread=unread, folder=folder)


def _capabilities(
    root: Mapped, fields: FieldReader, areas: AreaFiles
) -> tuple[dict[str, Capability], frozenset[str]]:
    """What could be read of the capabilities, and the keys of those with a mistake."""
    found: dict[str, Capability] = {}
    unread: set[str] = set()
    for entry in root.entries:
        cls = capabilities().get(entry.key.text)
        if cls is None:
            continue
        before = len(fields.problems)
        if cls.LIST:
            made = fields.reader.listed(cls, cls.LIST, entry.value, entry.key.text)
        else:
            made = fields.reader.value(Shape('settings', cls=cls), entry.value, _setting(entry.key.text))
        if isinstance(made, Capability):
            found[entry.key.text] = made.with_files(areas)
        if len(fields.problems) > before:
            unread.add(entry.key.text)
    return found, frozenset(unread)


def _setting(key: str) -> Setting:
    return Setting(name=key, key=key, shape=Shape('any'), label=key, help='', words=(), required=False)


def _version(root: Mapped, files: Mapping[str, str]) -> str:
    """16 hexadecimal digits over the content: the written keys and values and the files they name, by their digests."""
    content = json.dumps([plain(root), sorted(files.items())], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
