"""One person's route of today: the records that belong to it, as lines in the order in which one goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from apps.filters import query_of
from apps.outcome import Refused
from apps.reading.seen import Seen, statuses
from apps.reading.shown import Row
from apps.route_days import RouteDay
from forms.capabilities.duplicates.distance import Point, point_of
from forms.capabilities.route import KEY, MOST, Route, Stop
from forms.evaluation import Evaluation
from storage import Doc


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A stop as it is shown. point: None where only words say where it is."""

    row: Row
    point: Point | None


@dataclass(frozen=True, slots=True)
class DayRoute:
    """lines: in order. metres: of the way as the crow flies. left_over: records beyond the MOST of one day."""

    rules: Route
    lines: Sequence[RouteLine]
    metres: float
    left_over: int = 0

    @property
    def ids(self) -> list[str]:
        return [each.row.id for each in self.lines]


def route_of(seen: Seen) -> Route:
    """Raises Refused 'not_found' for an app without routes, and for whom the places are hidden from."""
    found = seen.sight.definition.capabilities.get(KEY)
    if not isinstance(found, Route) or found.location not in seen.definition.fields:
        raise Refused('not_found', detail='このアプリには、道順がありません。')
    return found


def day_route(seen: Seen, day: RouteDay) -> DayRoute:
    """Those that the definition's condition picks, and those chosen by hand, as far as this person may see them."""
    rules = route_of(seen)
    docs = {each.doc_id: each for each in _picked(seen, rules)}
    for record in day.added:
        found = seen.store.get(seen.definition.name, record)
        if found is not None and seen.sight.sees(found):
            docs[record] = found
    for record in day.left_out:
        docs.pop(record, None)
    kept = dict(list(docs.items())[:MOST])
    stops = {each.id: each for each in (_stop(seen, rules, doc) for doc in kept.values())}
    order = day.ordered(rules.arranged(list(stops.values())))
    names = tuple(name for name in rules.shows if name in seen.definition.fields)
    lines = [RouteLine(seen.row(kept[each], names), stops[each].point) for each in order]
    return DayRoute(rules, lines, rules.metres([stops[each] for each in order]), len(docs) - len(kept))


def _picked(seen: Seen, rules: Route) -> Sequence[Doc]:
    whole = seen.sight.definition
    formula = whole.formula(KEY, 'filter')
    if formula is None:
        return ()
    evaluation = Evaluation.at(whole, seen.moment)
    parts = (query_of(formula, evaluation, KEY, statuses(whole)), seen.sight.condition())
    return seen.store.find(whole.name, reduce(and_, [each for each in parts if each is not None]), limit=None).docs


def _stop(seen: Seen, rules: Route, doc: Doc) -> Stop:
    readable: Any = seen.sight.readable(doc)
    return Stop(doc.doc_id, point_of(readable.get(rules.location)), str(readable.get(rules.place) or ''))
