"""What somebody is looking at: a view of an app, narrowed by filters, at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tinydb.queries import QueryInstance

from apps.filters import query_of
from apps.formula_failures import Heard, Place
from apps.operations.world import World
from apps.reading.narrowing import query_for
from apps.reading.shown import MARKS
from forms.capability import Moment, Values
from forms.definition import AppDefinition
from forms.evaluation import Evaluation, FormulaFailure
from forms.view import View
from storage import Store
from storage.record import ARRIVAL


@dataclass(frozen=True, slots=True)
class Seen:
    """filters: see `Filters` in apps/reading."""

    store: Store
    definition: AppDefinition
    view: View
    moment: Moment
    world: World
    filters: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    def condition(self) -> QueryInstance | None:
        """The view's condition and the filters as one query; None for every record. Raises ValueError (Japanese)."""
        chosen = query_for(self.definition, self.filters, self.world)
        path = self._path()
        formula = self.definition.formula(path, 'filter')
        if formula is None:
            return chosen
        own = query_of(formula, Evaluation.at(self.definition, self.moment), path, statuses(self.definition))
        return own if chosen is None else own & chosen

    def order(self, sort: str = '') -> Sequence[tuple[str, bool]]:
        """(field, descending) pairs: the asked columns first, then the view's own order, then the newest first."""
        asked = sort.split(',') if sort else []
        pairs = [(name.removeprefix('-'), name.startswith('-')) for name in (*asked, *self.view.sort)]
        known = {**dict.fromkeys(self.definition.fields), **dict.fromkeys(MARKS)}
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
        evaluation, path = Evaluation.at(self.definition, replace(self.moment, failed=found)), self._path()
        for record_id, values in records:
            evaluation.holds(path, 'filter', values)
            found.of(self.definition.name, record_id)
        return found.by_record

    def _path(self) -> str:
        return f'views.{self.definition.views.index(self.view)}' if self.view in self.definition.views else ''


def statuses(definition: AppDefinition) -> Mapping[str, Sequence[str]]:
    """The status field with every status there is: each record of a workflow has one of them, always."""
    workflow: Any = definition.capabilities.get('workflow')
    return {workflow.field: [each.name for each in workflow.statuses]} if workflow is not None else {}
