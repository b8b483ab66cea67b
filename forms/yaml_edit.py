"""One setting of a definition written anew; every comment, space and order around it stays as it was."""

from __future__ import annotations

import json

from forms.problems import At, Place
from forms.yaml_text import Listed, Mapped, Node, Scalar, below, node_at, read_yaml


def with_setting(text: str, at: At, value: str) -> str:
    """The text with the setting at these keys and positions set to `value`; a key that is not there yet is added.

    value: as a person would write it: a text, a formula, true. Quotation marks are put around it where YAML needs them.
    Raises ValueError when the text is no readable definition, KeyError when nothing is at `at[:-1]` or it is no scalar.
    """
    for written in (value, "'" + value.replace("'", "''") + "'", json.dumps(value, ensure_ascii=False)):
        changed = _replaced(text, at, written)
        if _reads_back(text, changed, at, value):
            return changed
    raise ValueError(f'{value!r} cannot be written in YAML')


def _replaced(text: str, at: At, written: str) -> str:
    *above, key = at
    parent = node_at(_root(text), tuple(above))
    if parent is None:
        raise KeyError(at)
    there = below(parent, key)
    if isinstance(there, Scalar) and there.raw:
        start = _offset(text, there.place)
        return text[:start] + written + text[start + len(there.raw.rstrip()) :]
    if there is not None and not isinstance(there, Scalar):
        raise KeyError(at)
    if isinstance(there, Scalar) and isinstance(parent, Mapped):  # «label:» with nothing behind it
        end = _offset(text, parent.key_place(str(key))) + len(str(key)) + 1
        return f'{text[:end]} {written}{text[end:]}'
    if not isinstance(parent, Mapped):
        raise KeyError(at)
    return _added(text, parent, f'{key}: {written}')


def _added(text: str, parent: Mapped, entry: str) -> str:
    """The entry behind the first one that is a plain value (a field's name, most often)."""
    first = next((each for each in parent.entries if isinstance(each.value, Scalar) and each.value.raw), None)
    if first is None or not isinstance(first.value, Scalar):
        raise KeyError(entry)
    end = _offset(text, first.value.place) + len(first.value.raw.rstrip())
    if text[_offset(text, parent.place)] == '{':
        return f'{text[:end]}, {entry}{text[end:]}'
    line_end = text.find('\n', end)
    line_end = len(text) if line_end < 0 else line_end
    return f'{text[:line_end]}\n{" " * (first.key.place.column - 1)}{entry}{text[line_end:]}'


def _reads_back(before: str, after: str, at: At, value: str) -> bool:
    """Whether the change says just what was meant: the value reads as given, and nothing else has moved."""
    root, problems = read_yaml(after, '')
    if root is None or problems:
        return False
    there = node_at(root, at)
    return isinstance(there, Scalar) and there.text == value and _count(root) - _count(_root(before)) in (0, 1)


def _root(text: str) -> Mapped:
    root, _ = read_yaml(text, '')
    if root is None:
        raise ValueError('not a readable definition')
    return root


def _count(node: Node) -> int:
    """Values in the node."""
    if isinstance(node, Scalar):
        return 1
    return sum(map(_count, node.items if isinstance(node, Listed) else [each.value for each in node.entries]))


def _offset(text: str, place: Place) -> int:
    lines = text.split('\n')
    return sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
