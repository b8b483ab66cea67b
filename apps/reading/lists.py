"""One page of a view: filtered, searched, sorted and counted by the store; only the rows shown are read as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tinydb.queries import QueryInstance

from apps.filters import query_of
from apps.operations.world import World
from apps.reading.narrowing import query_for
from apps.reading.shown import MARKS, Row, row
from forms.capability import Moment
from forms.definition import AppDefinition
from forms.evaluation import Evaluation
from forms.japanese.search_key import search_key
from forms.view import View
from storage import Doc, Store
from storage.record import ARRIVAL

LARGEST_PAGE = 200
_PIECE = 1_000


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows shown, how many records there are in all, and the cursor of the next page (None on the last)."""

    rows: tuple[Row, ...]
    total: int
    after: str | None
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks of a view. sort: a column, descending with a leading '-'; '' for the view's own order."""

    text: str = ''
    filters: Mapping[str, str] | None = None
    sort: str = ''
    limit: int = 50
    offset: int = 0
    after: str | None = None


def page(store: Store, definition: AppDefinition, view: View, wanted: Wanted, moment: Moment, world: World) -> ListPage:
    """Raises ValueError for a filter, order or cursor that cannot be understood."""
    query = condition(definition, view, wanted.filters or {}, moment)
    words = search_words(wanted.text)
    found = store.find(
        definition.name,
        query,
        text=words,
        sort=order(definition, view, wanted.sort),
        limit=max(1, min(wanted.limit, LARGEST_PAGE)),
        offset=max(0, wanted.offset),
        after=wanted.after,
    )
    columns = view.columns or tuple(definition.fields)[:8]
    rows = tuple(row(definition, each, columns, world) for each in found.docs)
    return ListPage(rows, store.count(definition.name, query, text=words), found.after, columns)


def every(
    store: Store, definition: AppDefinition, view: View, wanted: Wanted, moment: Moment
) -> Iterator[Doc]:
    """All records that `page` would show, without a limit; keyset pages, so that writers are never kept waiting."""
    query = condition(definition, view, wanted.filters or {}, moment)
    words, sort = search_words(wanted.text), order(definition, view, wanted.sort)
    after: str | None = None
    while True:
        found = store.find(definition.name, query, text=words, sort=sort, limit=_PIECE, after=after)
        yield from found.docs
        if found.after is None:
            return
        after = found.after


def condition(
    definition: AppDefinition, view: View, filters: Mapping[str, str], moment: Moment
) -> QueryInstance | None:
    """The view's own condition and the chosen filters as one query; None for every record."""
    chosen = query_for(definition, filters, moment.now.date())
    path = next((f'views.{at}' for at, each in enumerate(definition.views) if each is view), '')
    formula = definition.formula(path, 'filter')
    if formula is None:
        return chosen
    own = query_of(formula, Evaluation.at(definition, moment), path)
    return own if chosen is None else own & chosen


def search_words(text: str) -> str:
    """What was typed, word by word as the search text is kept."""
    return ' '.join(key for key in (search_key(word) for word in text.split()) if key)


def order(definition: AppDefinition, view: View, sort: str) -> Sequence[tuple[str, bool]]:
    """(field, descending) pairs: the asked column first, then the view's own order, then the newest first."""
    names = [sort, *view.sort] if sort else list(view.sort)
    pairs = [(name.removeprefix('-'), name.startswith('-')) for name in names]
    known = {**dict.fromkeys(definition.fields), **dict.fromkeys(MARKS)}
    if sort and pairs[0][0] not in known:
        raise ValueError(f'「{pairs[0][0]}」という項目では並べ替えられません。')
    unique = dict.fromkeys(name for name, _ in pairs if name in known)
    direction = dict(reversed(pairs))
    return [(name, direction[name]) for name in unique] or [(ARRIVAL, True)]
