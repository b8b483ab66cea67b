"""Which records are printed: those that were ticked, or all that a view shows with its search and filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from apps.outcome import Refused
from apps.people import Person
from apps.reading import IN_LISTS, ON_RECORD, Wanted, view_of
from apps.screens.list.asked import Asked, conditions, defaults
from apps.sheets.printing import MOST_RECORDS
from forms.definition import AppDefinition
from forms.view import View
from storage import Doc

if TYPE_CHECKING:
    from apps.context import AppContext

_LESS = '条件を付けて、分けてください。'
MOST_ROWS = 5_000
"""About 150 pages; nobody reads more, and nothing is cut without a word."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """wanted: what the view is asked for. picked: ids, () for all. words: the conditions as people read them."""

    context: AppContext
    definition: AppDefinition
    view: View
    wanted: Wanted
    picked: tuple[str, ...]
    words: tuple[str, ...]
    by: Person

    @classmethod
    def asked(
        cls, context: AppContext, definition: AppDefinition, query: Mapping[str, str], *, by: Person
    ) -> Chosen:
        """From an address: records, view, q, sort, filter.x as the list has them; reveal shows personal data."""
        view = view_of(definition, query.get('view', ''))
        narrowings = context.reading.narrowings(definition.name, view.name, by=by)
        today = context.clock.now().date()
        usual = defaults(narrowings, today, definition.fiscal_start, has_condition=view.filter is not None)
        asked = Asked.read(query)
        masks = ON_RECORD if 'reveal' in query else IN_LISTS
        wanted = replace(asked.wanted(narrowings, usual), masks=masks)
        picked = tuple(dict.fromkeys(each for each in query.get('records', '').split(',') if each))
        return cls(context, definition, view, wanted, picked, tuple(conditions(asked, narrowings, usual)), by)

    @property
    def narrowed(self) -> int:
        """How many filters, for the audit."""
        return len(self.wanted.filters)

    def docs(self, most: int) -> list[Doc]:
        """Every record, in the order of the view. Raises Refused when there are more than `most`."""
        found: list[Doc] = []
        picked = frozenset(self.picked)
        for each in self._every():
            if not picked or each.doc_id in picked:
                found.append(each)
            if len(found) > most:
                raise Refused('invalid', detail=f'一度に印刷できるのは{most:,}件までです。{_LESS}')
        return found

    def _every(self) -> Iterator[Doc]:
        try:
            yield from self.context.reading.every(self.definition.name, self.view.name, self.wanted, by=self.by)
        except ValueError as error:
            raise Refused('invalid', detail=str(error)) from error

    def ids(self) -> list[str]:
        """Of the records of which each gets its own sheet; ticked ones in the order they were ticked."""
        ids = list(self.picked) or [each.doc_id for each in self.docs(MOST_RECORDS)]
        if len(ids) > MOST_RECORDS:
            raise Refused('invalid', detail=f'一度に印刷できるのは{MOST_RECORDS}件までです。{_LESS}')
        if not ids:
            raise Refused('not_found', detail='この条件では、印刷する記録がありません。')
        return ids
