"""The statistics of a queue over some days, for whoever may see its records; screen and workbook read one report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tinydb import where

from apps.outcome import Refused
from forms.capabilities.queue import Queue
from forms.capabilities.queue.statistics import Statistics, queue_statistics

if TYPE_CHECKING:
    from apps.operations.hall import Hall
    from apps.people import Person
    from forms.definition import AppDefinition
    from storage import Store


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


class QueueReports:
    """Made anew whenever it is asked for: a month of a busy counter is read in well under a second."""

    def __init__(self, store: Store, hall: Hall) -> None:
        self._store = store
        self._hall = hall

    def of(self, app: str, begin: date, end: date, *, by: Person) -> QueueReport:
        """Everything that was received from `begin` to `end`. Raises Refused 'not_found' or 'forbidden'."""
        definition = self._hall.permitted(app, 'see', by)
        queue = definition.capabilities.get('queue')
        if not isinstance(queue, Queue):
            raise Refused('not_found', detail=f'「{definition.title}」には呼び出しがありません。')
        received = where(queue.day or '_created_at')
        wanted = (received >= begin.isoformat()) & (received <= f'{end.isoformat()}T99')
        visible = self._hall.sight(definition, by).condition()
        query = wanted if visible is None else wanted & visible
        visits = ((each.doc_id, each) for each in self._store.find(app, query, limit=None).docs)
        return QueueReport(definition, begin, end, queue_statistics(queue, definition, visits))
