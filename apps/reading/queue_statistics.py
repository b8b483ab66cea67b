"""The statistics of a queue over some days, and one day step by step, for whoever may see its records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tinydb import where
from tinydb.queries import QueryInstance

from apps.outcome import Refused
from apps.queue_visits import stepped_on
from forms.capabilities.queue import Queue
from forms.capabilities.queue.replay import Replayed, log_of, replayed
from forms.capabilities.queue.statistics import Statistics, queue_statistics

if TYPE_CHECKING:
    from apps.operations.hall import Hall
    from apps.people import Person
    from forms.definition import AppDefinition
    from storage import Doc, Store


@dataclass(frozen=True, slots=True)
class QueueReport:
    """begin, end: first and last day that is counted."""

    definition: AppDefinition
    begin: date
    end: date
    statistics: Statistics

    @property
    def days(self) -> str:
        """2026年11月1日から2026年11月20日まで."""
        first, last = (f'{each.year}年{each.month}月{each.day}日' for each in (self.begin, self.end))
        return first if first == last else f'{first}から{last}まで'


@dataclass(frozen=True, slots=True)
class DayAgain:
    """Every step of one day in its order, with what stood after it."""

    definition: AppDefinition
    queue: Queue
    day: date
    steps: tuple[Replayed, ...]


class QueueReports:
    """Made anew whenever it is asked for: a month of a busy counter is read in well under a second."""

    def __init__(self, store: Store, hall: Hall) -> None:
        self._store = store
        self._hall = hall

    def of(self, app: str, begin: date, end: date, *, by: Person) -> QueueReport:
        """Everything that was received from `begin` to `end`. Raises Refused 'not_found' or 'forbidden'."""
        definition, queue = self._queue(app, by)
        received = where(queue.day or '_created_at')
        wanted = (received >= begin.isoformat()) & (received <= f'{end.isoformat()}T99')
        statistics = queue_statistics(queue, definition, self._visits(definition, wanted, by))
        return QueueReport(definition, begin, end, statistics)

    def again(self, app: str, day: date, *, by: Person) -> DayAgain:
        """One day from nothing but its log. Raises Refused 'not_found' or 'forbidden'."""
        definition, queue = self._queue(app, by)
        log = log_of(queue, self._visits(definition, stepped_on(queue, day), by))
        return DayAgain(definition, queue, day, tuple(replayed(log, day)))

    def _queue(self, app: str, by: Person) -> tuple[AppDefinition, Queue]:
        definition = self._hall.permitted(app, 'see', by)
        queue = definition.capabilities.get('queue')
        if not isinstance(queue, Queue):
            raise Refused('not_found', detail=f'「{definition.title}」には呼び出しがありません。')
        return definition, queue

    def _visits(self, definition: AppDefinition, wanted: QueryInstance, by: Person) -> Iterable[tuple[str, Doc]]:
        visible = self._hall.sight(definition, by).condition()
        query = wanted if visible is None else wanted & visible
        return ((each.doc_id, each) for each in self._store.find(definition.name, query, limit=None).docs)
