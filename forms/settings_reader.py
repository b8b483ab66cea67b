"""Nodes of a definition as dataclasses of settings: unknown keys refused, scalars converted as declared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from forms.problems import Place, Problem, instead, problem
from forms.setting import Setting, Shape, settings_of
from forms.yaml_text import Listed, Mapped, Node, Scalar, plain

UNREADABLE: Final = object()
"""Stands for a value that could not be read; its problem is noted already, and the setting keeps its default."""

_TOKYO = ZoneInfo('Asia/Tokyo')
_WHOLE = re.compile(r'[+-]?\d+', re.ASCII)
_NUMBER = re.compile(r'[+-]?(\d+\.?\d*|\.\d+)', re.ASCII)
_MOMENTS: dict[str, tuple[Callable[[str], Any], re.Pattern[str]]] = {
    'date': (date.fromisoformat, re.compile(r'\d{4}-\d\d-\d\d', re.ASCII)),
    'time': (time.fromisoformat, re.compile(r'\d\d:\d\d(:\d\d)?', re.ASCII)),
    'datetime': (
        lambda text: datetime.fromisoformat(text).replace(tzinfo=_TOKYO),
        re.compile(r'\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?', re.ASCII),
    ),
}

ELSEWHERE: Final = {
    'fields': 'sections',
    'questions': 'sections',
    'options': 'choices',
    'items': 'choices',
    'show_if': 'relevant',
    'visible': 'relevant',
    'depends_on': 'relevant',
    'required_if': 'required',
    'mandatory': 'required',
    'reqd': 'required',
    'read_only': 'readonly',
    'formula': 'calculation',
    'validation': 'constraint',
    'description': 'hint',
    'fieldname': 'name',
    'key': 'name',
    'id': 'name',
    'appearance': 'look',
    'states': 'statuses',
    'class': 'privacy',
}
"""Words of kintone, Power Apps, XLSForm and Frappe for what we call otherwise."""

Special = Callable[[Node, Setting], object]


class SettingsReader:
    """Reads one file. special: readers of the shapes that are more than a value (field, choices), by kind."""

    def __init__(self, problems: list[Problem], special: Mapping[str, Special]) -> None:
        self.problems = problems
        self.special = special

    def note(self, code: str, place: Place, **words: Any) -> None:
        self.problems.append(problem(code, place, **words))

    def settings(self, cls: type[Any], node: Node, where: str, *, also: Iterable[str] = ()) -> Any | None:
        """An instance of `cls`, or None (and the problem noted) when it is no mapping or a required key is missing.

        where: what is being read, for messages. also: permitted keys that are read elsewhere.
        """
        if not isinstance(node, Mapped):
            self.note('D110', node.place, key=where)
            return None
        values = self.values(cls, node, where, also=also)
        missing = [each for each in settings_of(cls).values() if each.required and each.name not in values]
        for each in missing:
            if node.get(each.key) is None:
                self.note('D103', node.place, key=each.key, where=where)
        return None if missing else cls(**values)

    def values(self, cls: type[Any], node: Mapped, where: str, *, also: Iterable[str] = ()) -> dict[str, Any]:
        """The written settings of `cls`, by name; unknown keys and unreadable values are noted and left out."""
        known, values = settings_of(cls), {}
        for entry in node.entries:
            key = entry.key.text
            if key in known:
                value = self.value(known[key].shape, entry.value, known[key])
                if value is not UNREADABLE:
                    values[known[key].name] = value
            elif key not in also:
                self._unknown(entry.key, where, node, [*also, *known], known)
        return values

    def listed(self, cls: type[Any], name: str, node: Node, key: str) -> Any | None:
        """An instance of `cls` whose whole YAML is the list for its setting `name`."""
        setting = next(each for each in settings_of(cls).values() if each.name == name)
        value = self.value(setting.shape, node, replace(setting, key=key))
        return None if value is UNREADABLE else cls(**{name: value})

    def _unknown(self, key: Scalar, where: str, node: Mapped, keys: list[str], known: Mapping[str, Setting]) -> None:
        """Notes an unknown key; a Japanese name of a setting and a word of other tools lead to ours."""
        unused = [each for each in keys if node.get(each) is None]
        meant = {each.label: each.key for each in known.values()} | ELSEWHERE
        ours = meant.get(key.text, '')
        self.note(
            'D102',
            key.place,
            key=key.text,
            where=where,
            instead=f'「{ours}」' if ours in unused else instead(key.text, unused),
        )

    def value(self, shape: Shape, node: Node, setting: Setting) -> object:
        """The node as a value of this shape, or UNREADABLE (then the problem is noted)."""
        if reader := self.special.get(shape.kind):
            return reader(node, setting)
        match shape.kind:
            case 'any':
                return plain(node)
            case 'list':
                return self._list(shape, node, setting)
            case 'pairs':
                return self._pairs(shape, node, setting)
            case 'settings':
                made = self.settings(shape.cls, node, setting.key) if shape.cls else None
                return UNREADABLE if made is None else made
            case _:
                return self._scalar(shape.kind, node, setting)

    def _list(self, shape: Shape, node: Node, setting: Setting) -> object:
        if isinstance(node, Scalar) and node.text and shape.of == Shape('text'):
            node = Listed(node.place, (node,))
        if not isinstance(node, Listed):
            typed = node.text if isinstance(node, Scalar) else '...'
            self.note('D109' if typed else 'D104', node.place, key=setting.key, value=typed)
            return UNREADABLE
        items = [(item, self.value(shape.of or Shape('text'), item, setting)) for item in node.items]
        read = [(item, value) for item, value in items if value is not UNREADABLE]
        names: dict[object, Place] = {}
        for item, value in read:
            name = value if isinstance(value, str) else getattr(value, 'name', None)
            if name and name in names and shape.of and shape.of.kind != 'field':
                self.problems.append(problem('D113', item.place, also=names[name], key=setting.key, value=name))
            names.setdefault(name, item.place)
        return tuple(value for _, value in read)

    def _pairs(self, shape: Shape, node: Node, setting: Setting) -> object:
        if not isinstance(node, Mapped):
            self.note('D110', node.place, key=setting.key)
            return UNREADABLE
        pairs = {entry.key.text: self.value(shape.of or Shape('text'), entry.value, setting) for entry in node.entries}
        return {key: value for key, value in pairs.items() if value is not UNREADABLE}

    def _scalar(self, kind: str, node: Node, setting: Setting) -> object:
        if not isinstance(node, Scalar):
            self.note('D111', node.place, key=setting.key)
            return UNREADABLE
        if not node.text and not (node.quoted and kind == 'text'):
            self.note('D104', node.place, key=setting.key)
            return UNREADABLE
        value, code = converted(kind, node.text)
        if code:
            self.note(code, node.place, key=setting.key, value=node.text)
        elif setting.words and str(value) not in setting.words:
            self.note('D108', node.place, key=setting.key, value=node.text, instead=instead(node.text, setting.words))
            return UNREADABLE
        return value


def converted(kind: str, text: str) -> tuple[object, str]:
    """A scalar's text as a value of the kind and '', or UNREADABLE and the code of the problem."""
    folded = unicodedata.normalize('NFKC', text).strip()
    match kind:
        case 'integer':
            return (int(folded), '') if _WHOLE.fullmatch(folded) else (UNREADABLE, 'D105')
        case 'number':
            return (
                (int(folded) if _WHOLE.fullmatch(folded) else float(folded), '')
                if _NUMBER.fullmatch(folded)
                else (UNREADABLE, 'D106')
            )
        case 'yes_no':
            return (folded == 'true', '') if folded in ('true', 'false') else (UNREADABLE, 'D107')
        case 'yes_no_or_formula' if folded in ('true', 'false'):
            return folded == 'true', ''
        case 'date' | 'time' | 'datetime':
            return _moment(kind, folded)
    return text, ''


def _moment(kind: str, text: str) -> tuple[object, str]:
    convert, pattern = _MOMENTS[kind]
    try:
        return (convert(text), '') if pattern.fullmatch(text) else (UNREADABLE, 'D112')
    except ValueError:
        return UNREADABLE, 'D112'
