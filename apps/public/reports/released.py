"""The released records of an app as everybody may know them; what is not declared never leaves this file."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from apps.filters import query_of
from apps.live import RecordChanged
from apps.operations.from_citizens import FromCitizens
from apps.people import PUBLIC
from apps.transactions import told as without_marks
from forms.capabilities.duplicates import Duplicates
from forms.capabilities.duplicates.distance import Point, metres, point_of
from forms.capabilities.duplicates.likely import Reach
from forms.capabilities.duplicates.ties import ORIGINAL, Ties
from forms.capabilities.open311 import number_field
from forms.capabilities.public_reports import KEY, PublicReports
from forms.evaluation import Evaluation
from storage import Doc, where

if TYPE_CHECKING:
    from apps.context import AppContext
    from forms.definition import AppDefinition

_MOST_KEPT: Final = 8
_NEAR: Final = Reach(100, 60)
"""Where the app says nothing of duplicates itself."""
MOST_NEAR: Final = 5


@dataclass(frozen=True, slots=True)
class Spot:
    """One released record as it is filtered and put on a map. category, status: stored words."""

    id: str
    number: str
    category: str
    status: str
    date: str
    point: Point | None


class ReleasedReports:
    """Asked from any thread; the same question is answered from memory until a record of the app is written."""

    def __init__(self, context: AppContext, citizens: FromCitizens) -> None:
        self._context, self.citizens = context, citizens
        self._kept: OrderedDict[Hashable, tuple[Spot, ...]] = OrderedDict()
        self._changes: Counter[str] = Counter()
        self._lock = threading.Lock()
        context.live.subscribe(self._heard)

    def _heard(self, happening: object) -> None:
        if isinstance(happening, RecordChanged):
            self._changes[happening.app] += 1

    def spots(self, definition: AppDefinition, rules: PublicReports) -> tuple[Spot, ...]:
        """All of them, newest first. A follower is told by what it follows."""
        now, name = self._context.clock.now(), definition.name
        key = (name, definition.version, self._changes[name], now.replace(second=0, microsecond=0))
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        found = tuple(self._read(definition, rules, now))
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def told(self, definition: AppDefinition, rules: PublicReports, spot: Spot) -> dict[str, Any] | None:
        """What everybody may read of one; None when it is not released (any more)."""
        doc = self._context.store.get(definition.name, spot.id)
        if doc is None or not self._is_released(definition, rules, doc):
            return None
        values, world = without_marks(doc), self._context.reading.world(PUBLIC)
        fields = definition.fields
        lines = [
            {'label': fields[name].title, 'text': fields[name].show(values[name], world)}
            for name in rules.fields
            if name in fields and values.get(name) is not None
        ]
        return {
            'number': fields[number_field(definition)].show(spot.number),
            'category': fields[rules.category].show(values.get(rules.category)),
            'status': rules.status(definition, values),
            'date': fields[rules.date].show(values.get(rules.date), world) if values.get(rules.date) else '',
            'lines': lines,
            'reports': Ties.of(doc).reports or 1,
            'meToo': self.citizens.me_too(definition.name, spot.id),
        }

    def find(self, definition: AppDefinition, rules: PublicReports, number: str) -> Spot | None:
        """The released record of a number."""
        return next((each for each in self.spots(definition, rules) if each.number == number), None)

    def near(
        self, definition: AppDefinition, rules: PublicReports, point: Point, category: str
    ) -> Sequence[tuple[Spot, int]]:
        """Released ones that may be about the same thing, with their distance in metres, the nearest first."""
        duplicates = definition.capabilities.get('duplicates')
        reach = duplicates.reach(category) if isinstance(duplicates, Duplicates) else _NEAR
        since = (self._context.clock.now().date() - timedelta(days=reach.days)).isoformat()
        done = getattr(definition.capabilities.get('workflow'), 'done', frozenset())
        found = (
            (each, round(metres(point, each.point)))
            for each in self.spots(definition, rules)
            if each.point is not None
            and (not category or each.category == category)
            and (each.date >= since or each.status not in done)
        )
        return sorted((each for each in found if each[1] <= reach.metres), key=lambda each: each[1])[:MOST_NEAR]

    def _read(self, definition: AppDefinition, rules: PublicReports, now: datetime) -> Iterable[Spot]:
        moment = PUBLIC.moment(now)
        formula = definition.formula(KEY, 'released')
        workflow: Any = definition.capabilities.get('workflow')
        if formula is None:
            return
        query = query_of(formula, Evaluation.at(definition, moment), KEY, use='released') & ~where(ORIGINAL).exists()
        order = ((rules.date, True), (number_field(definition), True))
        for doc in self._context.store.find(definition.name, query, sort=order, limit=None).docs:
            if self._is_released(definition, rules, doc):
                yield Spot(
                    doc.doc_id,
                    str(doc.get(number_field(definition)) or ''),
                    str(doc.get(rules.category) or ''),
                    str(doc.get(workflow.field) or '') if workflow is not None else '',
                    str(doc.get(rules.date) or '')[:10],
                    point_of(doc.get(rules.location)) if rules.location else None,
                )

    def _is_released(self, definition: AppDefinition, rules: PublicReports, doc: Doc) -> bool:
        return stands_outside(definition, rules, doc, self._context.clock.now())


def stands_outside(definition: AppDefinition, rules: PublicReports, doc: Doc, now: datetime) -> bool:
    """Whether a record has a place of its own on the public list and map; a follower is told by what it follows."""
    return ORIGINAL not in doc and rules.is_released(definition, without_marks(doc), PUBLIC.moment(now))


def rules_of(definition: AppDefinition) -> PublicReports | None:
    """What the app makes public; None for nothing."""
    found = definition.capabilities.get(KEY)
    return found if isinstance(found, PublicReports) else None


def filtered(spots: Iterable[Spot], asked: Mapping[str, str]) -> list[Spot]:
    """asked: category and status, '' for all."""
    category, status = asked.get('category', ''), asked.get('status', '')
    return [each for each in spots if category in ('', each.category) and status in ('', each.status)]
