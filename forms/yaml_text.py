"""YAML text as nodes with places: every scalar stays the text that was typed (0120, 1:30, yes, no)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from forms.problems import At, Place, Problem, problem
from forms.yaml_mistakes import unreadable


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as text. raw: the piece of the file it came from, quotation marks and line ends included."""

    place: Place
    text: str
    quoted: bool = False
    raw: str = ''

    def place_of(self, offset: int) -> Place:
        """Where the character at `offset` of the text stands in the file; the scalar's start when that is unclear."""
        here = 0
        for char in self.text[:offset]:
            found = self.raw.find(char, here)
            if found < 0:
                return self.place
            here = found + 1
        if 0 <= offset < len(self.text) and (found := self.raw.find(self.text[offset], here)) >= 0:
            here = found
        before = self.raw[:here]
        lines = before.count('\n')
        column = len(before) - before.rfind('\n') if lines else self.place.column + len(before)
        return Place(self.place.file, self.place.line + lines, column)


@dataclass(frozen=True, slots=True)
class Listed:
    """A sequence: [a, b] or lines that begin with «- »."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapped:
    """Pairs «key: value» in the order of the file; keys are unique."""

    place: Place
    entries: tuple[Entry, ...]

    def get(self, key: str) -> Node | None:
        return next((entry.value for entry in self.entries if entry.key.text == key), None)

    def key_place(self, key: str) -> Place:
        return next((entry.key.place for entry in self.entries if entry.key.text == key), self.place)


Node = Scalar | Listed | Mapped
DEEPEST = 40


def read_yaml(text: str, file: str) -> tuple[Mapped | None, list[Problem]]:
    """The outermost mapping of one definition, or None, and everything wrong with the YAML itself."""
    root, problems = _read(text.removeprefix('\ufeff'), file)
    return root, list(problems)


@lru_cache(maxsize=64)
def _read(text: str, file: str) -> tuple[Mapped | None, tuple[Problem, ...]]:
    """A folder is read anew whenever one of its files changes; the others need not be taken apart again."""
    reader = _Reader(text, file)
    try:
        node = reader.document()
    except YAMLError as error:
        return None, (*reader.problems, unreadable(error, text, file))
    except TooDeep as error:
        return None, (problem('D016', error.place),)
    if node is None or (isinstance(node, Scalar) and not node.text):
        return None, (problem('D002', Place(file, 1)),)
    if not isinstance(node, Mapped):
        return None, (*reader.problems, problem('D003', node.place))
    return node, tuple(reader.problems)


def below(node: Node, step: str | int) -> Node | None:
    """What a key or a position leads to, or None."""
    if isinstance(node, Mapped):
        return node.get(str(step))
    if isinstance(node, Listed) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None


def node_at(node: Node, at: At) -> Node | None:
    """What the keys and positions lead to, or None."""
    found: Node | None = node
    for step in at:
        found = below(found, step) if found is not None else None
    return found


def place_at(node: Node, at: At) -> Place:
    """The place that the keys and positions lead to, or the nearest one on the way there."""
    place = node.place
    for step in at:
        found = below(node, step)
        if found is None:
            break
        place = node.key_place(str(step)) if isinstance(node, Mapped) and not isinstance(found, Scalar) else found.place
        node = found
    return place


def plain(node: Node) -> object:
    """The node as text, lists and dicts (for the content hash and for sample values)."""
    match node:
        case Scalar(text=text):
            return text
        case Listed(items=items):
            return [plain(item) for item in items]
        case Mapped(entries=entries):
            return {entry.key.text: plain(entry.value) for entry in entries}


class TooDeep(Exception):
    """Lists within lists beyond DEEPEST: nobody writes that by hand."""

    def __init__(self, place: Place) -> None:
        super().__init__(str(place))
        self.place = place


_SWALLOWED = re.compile(r'\n\s*- ')
"""A list line that YAML took for the continuation of the line above, because it is indented further."""


class _Reader:
    """Builds nodes from the parser's events and notes keys given twice on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.depth = 0
        self.events: Iterator[Event] = YAML(typ='safe', pure=True).parse(text)

    def document(self) -> Node | None:
        found: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self.problems.append(problem('D013', self.place(event)))
            elif isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent):
                node = self.node(event)
                found = found or node
        return found

    def node(self, event: Any) -> Node:
        place = self.place(event)
        if isinstance(event, AliasEvent):
            self.problems.append(problem('D010', place, mark='*'))
            return Scalar(place, '')
        if event.anchor:
            self.problems.append(problem('D010', place, mark='&'))
        if event.tag:
            self.problems.append(problem('D010', place, mark='!'))
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            return self.nested(event, place)
        raw = self.text[event.start_mark.index : event.end_mark.index]
        if event.style is None and _SWALLOWED.search(raw):
            self.problems.append(problem('D008', place))
        return Scalar(place, event.value, event.style in ('"', "'"), raw)

    def nested(self, event: Event, place: Place) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooDeep(place)
        node: Node = (
            Mapped(place, tuple(self.entries()))
            if isinstance(event, MappingStartEvent)
            else Listed(place, tuple(self.items()))
        )
        self.depth -= 1
        return node

    def items(self) -> Iterator[Node]:
        while not isinstance(event := next(self.events), SequenceEndEvent):
            yield self.node(event)

    def entries(self) -> Iterator[Entry]:
        seen: dict[str, Place] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key, value = self.node(event), self.node(next(self.events))
            if not isinstance(key, Scalar):
                self.problems.append(problem('D003', key.place))
            elif not key.quoted and ':' in key.text and isinstance(value, Scalar) and not value.raw:
                self.problems.append(problem('D017', key.place, key=key.text.partition(':')[0]))
            elif key.text in seen:
                self.problems.append(problem('D101', key.place, also=seen[key.text], key=key.text))
            else:
                seen[key.text] = key.place
                # The parser puts a value that is not there at the next thing it reads, lines below.
                is_there = not isinstance(value, Scalar) or value.raw
                yield Entry(key, value if is_there else Scalar(key.place, ''))

    def place(self, event: Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)
