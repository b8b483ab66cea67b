"""What somebody is looking at: a view of an app, narrowed by filters, at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_
from typing import Any

from tinydb.queries import QueryInstance

from apps.filters import query_of
from apps.formula_failures import Heard, Place
from apps.operations.save import search_text
from apps.operations.world import World
from apps.reading.narrowing import query_for
from apps.reading.shown import MARKS, Row, row
from apps.sight import Sight
from forms.capability import Moment, Values
from forms.definition import AppDefinition
from forms.evaluation import Evaluation, FormulaFailure
from forms.view import View
from storage import Doc, Store
from storage.record import ARRIVAL


@dataclass(frozen=True, slots=True)
class Seen:
    """filters: see `Filters` in apps/reading. definition, view: as this person may know of them."""

    store: Store
    definition: AppDefinition
    view: View
    moment: Moment
    world: World
    sight: Sight
    filters: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    def condition(self, words: str = '') -> QueryInstance | None:
        """The view's condition, the filters and what this person may see as one query; None for every record.

        words: what is searched for. Who may not read every field finds a record by what they may read of it only.
        Raises ValueError (Japanese).
        """
        chosen = query_for(self._askable(), self.filters, self.world)
        parts = (self._own(), chosen, self.sight.condition(), self._found_by(words))
        known = [each for each in parts if each is not None]
        return reduce(and_, known) if known else None

    def row(self, doc: Doc, columns: Iterable[str] | None = None) -> Row:
        """A record of the view as one line. columns: those of the view when left out."""
        return row(self.definition, doc, self.view.columns if columns is None else columns, self.world)

    def _own(self) -> QueryInstance | None:
        """The condition of the view, which reads the whole record."""
        path, whole = self._path(), self.sight.definition
        formula = whole.formula(path, 'filter')
        if formula is None:
            return None
        return query_of(formula, Evaluation.at(whole, self.moment), path, statuses(whole))

    def _askable(self) -> AppDefinition:
        """The definition with the fields by which this person may narrow and sort: those they may read everywhere."""
        veiled = self.sight.veiled
        return replace(self.definition, withheld=self.definition.withheld | veiled) if veiled else self.definition

    def _found_by(self, words: str) -> QueryInstance | None:
        """By what is readable: the text by which the store searches holds every field of a record."""
        if not words or not self.sight.veiled:
            return None
        wanted = words.split()

        def found(values: Values) -> bool:
            text = search_text(self.definition, self.sight.readable(values), self.world)
            return all(word in text for word in wanted)

        return QueryInstance(found, ('readable', self.sight.person.account, words))

    def order(self, sort: str = '') -> Sequence[tuple[str, bool]]:
        """(field, descending) pairs: the asked columns first, then the view's own order, then the newest first."""
        asked = sort.split(',') if sort else []
        pairs = [(name.removeprefix('-'), name.startswith('-')) for name in (*asked, *self.view.sort)]
        known = {**dict.fromkeys(self._askable().fields), **dict.fromkeys(MARKS)}
        if unknown := [name for name, _ in pairs[: len(asked)] if name not in known]:
            raise ValueError(f'「{unknown[0]}」という項目では並べ替えられません。')
        direction = dict(reversed(pairs))
        unique = dict.fromkeys(name for name, _ in pairs if name in known)
        return [(name, direction[name]) for name in unique] or [(ARRIVAL, True)]

    def failures(self, records: Iterable[tuple[str, Values]]) -> dict[Place, list[FormulaFailure]]:
        """On which of these records (id and values) the view's condition fails; asked only after it has failed.

        A record on which it fails is shown, so that it is not lost.
        """
        heard: Any = self.moment.failed
        if heard is None or not heard.pending:
            return {}
        found = Heard()
        evaluation, path = Evaluation.at(self.sight.definition, replace(self.moment, failed=found)), self._path()
        for record_id, values in records:
            evaluation.holds(path, 'filter', values)
            found.of(self.definition.name, record_id)
        return found.by_record

    def _path(self) -> str:
        names = [each.name for each in self.sight.definition.views]
        return f'views.{names.index(self.view.name)}' if self.view.name in names else ''


def statuses(definition: AppDefinition) -> Mapping[str, Sequence[str]]:
    """The status field with every status there is: each record of a workflow has one of them, always."""
    workflow: Any = definition.capabilities.get('workflow')
    return {workflow.field: [each.name for each in workflow.statuses]} if workflow is not None else {}
