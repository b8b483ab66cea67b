"""Why a record was found: where a searched word stands that no column of the list shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apps.operations.world import World, readable
from apps.reading.lists import search_words
from apps.reading.shown import Row
from forms.definition import AppDefinition
from forms.field import Masked
from forms.japanese.search_key import search_key

LONGEST = 40
"""Characters of a value that are shown; a longer one is cut around the word."""


def found_in(definition: AppDefinition, row: Row, columns: Sequence[str], words: str, world: World) -> str:
    """'氏名 見本 花子' for the words that none of the columns holds, '' when the columns tell it all."""
    seen = [search_key(row.cells.get(name, '')) for name in columns]
    hidden = [word for word in search_words(words).split() if not any(word in each for each in seen)]
    return '、'.join(dict.fromkeys(filter(None, (_place_of(definition, row, columns, word, world) for word in hidden))))


def _place_of(definition: AppDefinition, row: Row, columns: Sequence[str], word: str, world: World) -> str:
    """A reading leads to the name it belongs to: that is what people look for."""
    for name, field in definition.fields.items():
        value = row.values.get(name)
        if value is None or isinstance(value, Masked) or field.privacy == 'sensitive':
            continue
        if word not in search_key(field.search(value, world)):
            continue
        name_itself = getattr(field, 'kana_of', '')
        if name_itself and row.values.get(name_itself) is not None:
            return '' if name_itself in columns else _told(definition, name_itself, row, word, world)
        return _told(definition, name, row, word, world)
    return ''


def _told(definition: AppDefinition, name: str, row: Row, word: str, world: World) -> str:
    field = definition.fields[name]
    return f'{field.title} {_cut(readable(field, row.values[name], world), word)}'


def _cut(text: str, word: str) -> str:
    """The part of a long text in which the word stands."""
    if len(text) <= LONGEST:
        return text
    at = max(0, _first(text, word) - LONGEST // 4)
    part = text[at : at + LONGEST]
    return f'{"…" if at else ""}{part}{"…" if at + LONGEST < len(text) else ""}'


def _first(text: str, word: str) -> int:
    """Where the word begins in the text as it is shown, whose characters differ in number from those of its key."""
    starts: Iterable[int] = (at for at in range(len(text)) if search_key(text[at:]).startswith(word))
    return next(iter(starts), 0)
