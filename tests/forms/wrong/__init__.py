"""Wrong definitions, each with the problem it must give; one file per group of codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HEAD = ('title: 見本', 'sections:', '  - title: 内容', '    fields:')


@dataclass(frozen=True)
class Wrong:
    """A definition and the problem it must give: its code, its line, a piece of its text and a piece of its advice.

    files: CSV files of choices beside it. areas: GeoJSON files. places: CSV files of places. sheets: Excel files.
    others: further apps, name -> YAML. name: of the file, no suffix.
    """

    code: str
    line: int
    text: str | bytes
    says: str
    advises: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    areas: Mapping[str, bytes] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, bytes] = field(default_factory=dict)
    sheets: Mapping[str, bytes] = field(default_factory=dict)
    name: str = 'sample'


def app_with(*lines: str, then: str = '') -> str:
    """A definition with one section: the first line given is line 5 of the file. then: what follows the fields."""
    return '\n'.join((*HEAD, *(f'      {line}' for line in lines), then, ''))
