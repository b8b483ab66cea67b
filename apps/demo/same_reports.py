"""Sample requests that are about what somebody else told before: some merged already, some to be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from tinydb import where

from apps.demo import words
from apps.demo.staff import DEMO_ACCOUNTS
from apps.operations.submit import Sample

if TYPE_CHECKING:
    from apps.context import AppContext

_OPEN = ('受付', '現地確認', '対応中')
_OWN = frozenset(each.account for each in DEMO_ACCOUNTS)
_WITHIN = timedelta(days=30)
_STATUS = '状態'

Pairs = list[tuple[int, int]]
"""(place of the repeat, place of what it repeats), counted from 0 among the requests of the year."""


class Repeats:
    """Passes samples on in their order; every other one that is still open tells of an earlier one, in other words."""

    def __init__(self, chance: Random, today: date) -> None:
        self._chance = chance
        self._today = today
        self.pairs: Pairs = []
        self.first_day = ''

    def among(self, samples: Iterator[Sample]) -> Iterator[Sample]:
        earlier: list[Sample] = []
        for place, each in enumerate(samples):
            self.first_day = self.first_day or str(each.raw['受付日'])
            told = self._told(place, each, earlier)
            earlier.append(told)
            yield told

    def _told(self, place: int, sample: Sample, earlier: list[Sample]) -> Sample:
        if (sample.ruled or {}).get(_STATUS) not in _OPEN or sample.raw.get('担当者') in _OWN:
            return sample
        if self._chance.random() < 1 / 2 and (first := self._before(sample, earlier)) is not None:
            self.pairs.append((place, first))
            return replace(sample, raw={**sample.raw, **self._again(earlier[first].raw)})
        return self._planned_or_reopened(sample)

    def _before(self, sample: Sample, earlier: list[Sample]) -> int | None:
        """One of the last month that is no repeat itself."""
        repeats = {place for place, _ in self.pairs}
        near = [
            place
            for place, each in enumerate(earlier)
            if sample.at - each.at < _WITHIN and place not in repeats and (each.ruled or {}).get(_STATUS) in _OPEN
        ]
        return self._chance.choice(near) if near else None

    def _again(self, first: Any) -> dict[str, Any]:
        kind = first['種別']
        told: dict[str, Any] = {name: first[name] for name in ('種別', '種別_その他', '場所') if name in first}
        others = [each for each in words.ROAD[kind] if each != first['内容']]
        told['内容'] = self._chance.choice(others)
        if place := first.get('位置'):
            shifted = {name: round(place[name] + self._chance.uniform(-4e-4, 4e-4), 5) for name in ('lat', 'lon')}
            told['位置'] = {**place, **shifted}
        return told

    def _planned_or_reopened(self, sample: Sample) -> Sample:
        """A tenth of what is open waits for its planned day, a few were thought to be done."""
        drawn = self._chance.random()
        if drawn < 0.1:
            planned = self._today + timedelta(days=self._chance.randrange(-3, 40))
            raw = {**sample.raw, '予定日': max(planned.isoformat(), str(sample.raw['受付日']))}
            return replace(sample, raw=raw, ruled={_STATUS: '予定'})
        if drawn < 0.14:
            again = min(sample.at.date() + timedelta(days=20), self._today)
            return replace(sample, ruled={_STATUS: '再開', '再開日': again.isoformat()})
        return sample


async def merge(context: AppContext, app: str, repeats: Repeats, request_id: str) -> None:
    """Two of three repeats have been found by somebody. request_id: before the number of each."""
    query, order = where('受付日') >= repeats.first_day, [('受付番号', False)]
    ids = [each.doc_id for each in context.store.find(app, query, sort=order, limit=None, fields=()).docs]
    by = DEMO_ACCOUNTS[0].person
    for number, (repeat, first) in enumerate(repeats.pairs):
        if number % 3 != 2:
            await context.same_reports.merge(app, ids[repeat], ids[first], by=by, request_id=f'{request_id}-{number}')
