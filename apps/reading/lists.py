"""One page of a view: filtered, searched, sorted and counted by the store; only the rows shown are read as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from apps.reading.seen import Seen
from apps.reading.shown import Row
from forms.definition import AppDefinition
from forms.japanese.search_key import search_key
from forms.view import View
from storage import Doc

LARGEST_PAGE = 200
_PIECE = 1_000

IN_LISTS = frozenset({'personal', 'sensitive'})
"""Privacy classes that are masked where many records stand together."""
ON_RECORD = frozenset({'sensitive'})
"""Privacy classes that are masked on a record's own page until somebody asks; in a list, after its switch."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows shown, how many records there are in all, and the cursor of the next page (None on the last)."""

    rows: tuple[Row, ...]
    total: int
    after: str | None
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks of a view. sort: columns with commas between, descending with a leading '-'; '' for its own.

    filters: see `Filters` in apps/reading.
    """

    text: str = ''
    filters: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    sort: str = ''
    limit: int = 50
    offset: int = 0
    after: str | None = None
    masks: frozenset[str] = IN_LISTS


def page(seen: Seen, wanted: Wanted) -> ListPage:
    """Raises ValueError (Japanese) for a filter, order or cursor that cannot be understood."""
    definition, words = seen.definition, search_words(wanted.text)
    query = seen.condition(words)
    total = seen.store.count(definition.name, query, text=words)
    found = seen.store.find(
        definition.name,
        query,
        text=words,
        sort=seen.order(wanted.sort),
        limit=max(1, min(wanted.limit, LARGEST_PAGE)),
        offset=max(0, wanted.offset),
        after=wanted.after,
    )
    columns = shown_columns(definition, seen.view)
    rows = tuple(seen.row(each, columns) for each in found.docs)
    return ListPage(rows, total, found.after, columns)


def every(seen: Seen, wanted: Wanted) -> Iterator[Doc]:
    """All records that `page` would show, without a limit; keyset pages, so that writers are never kept waiting."""
    words, sort = search_words(wanted.text), seen.order(wanted.sort)
    query = seen.condition(words)
    after: str | None = None
    while True:
        found = seen.store.find(seen.definition.name, query, text=words, sort=sort, limit=_PIECE, after=after)
        yield from (seen.sight.told(each) for each in found.docs)
        if found.after is None:
            return
        after = found.after


def shown_columns(definition: AppDefinition, view: View) -> tuple[str, ...]:
    """The columns of a list; the first fields when the view names none."""
    return view.columns or tuple(definition.fields)[:8]


def search_words(text: str) -> str:
    """What was typed, word by word as the search text is kept."""
    return ' '.join(key for key in (search_key(word) for word in text.split()) if key)
