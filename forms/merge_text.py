"""A text with fields to fill in: «{氏名} 様» becomes «見本 太郎 様». Two braces stand for one."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter


def merge_fields(text: str) -> tuple[str, ...]:
    """The names that the text asks for, each once. Raises ValueError for braces that are open or hold no name."""
    names = []
    for _, name, more, conversion in Formatter().parse(text):
        if name == '' or more or conversion:
            raise ValueError(text)
        if name:
            names.append(name)
    return tuple(dict.fromkeys(names))


def merged(text: str, words: Mapping[str, str]) -> str:
    """The text with the words filled in; a name without a word leaves nothing behind.

    What is filled in is never read again, so braces that somebody typed stay what they are.
    """
    return ''.join(before + words.get(name or '', '') for before, name, _, _ in Formatter().parse(text))
