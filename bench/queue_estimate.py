"""Estimates of waiting times beside what then happened: five simple estimators and ours, over the same seeded days.

One list, first come first served, 08:30 to 17:00; six clerks, four from 12:00 to 13:00; seven visits in ten are short,
three are long. The estimate is made when the number is given and knows only the past.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from forms.capabilities.queue.estimate import AtCounter, Experience, LineBefore, expected_wait
from forms.capabilities.queue.tickets import Expected

PER_HOUR = {8: 22, 9: 40, 10: 46, 11: 44, 12: 34, 13: 40, 14: 36, 15: 30, 16: 26}
OPENS, CLOSES = 8.5 * 60, 17.0 * 60
LUNCH = (12 * 60, 13 * 60)
CLERKS, CLERKS_AT_LUNCH = 6, 4
MIDNIGHT = datetime(2026, 4, 1)
SHORT, LONG = ('短い用件',), ('長い用件',)
ANYTHING = ('用件',)
FIRST_GUESS = 8.0


@dataclass(slots=True)
class Person:
    """Somebody who came. arrived, service, called: minutes since midnight, minutes, minutes since midnight."""

    arrived: float
    service: float
    is_long: bool
    called: float = -1.0
    told: dict[str, float] = field(default_factory=dict)
    ranges: dict[str, Expected] = field(default_factory=dict)

    @property
    def items(self) -> tuple[str, ...]:
        return LONG if self.is_long else SHORT


@dataclass(slots=True)
class Hall:
    """What can be seen at a moment: who waits, who is served, who is done."""

    now: float = 0.0
    waiting: deque[Person] = field(default_factory=deque)
    serving: list[Person] = field(default_factory=list)
    called: list[Person] = field(default_factory=list)
    done: list[tuple[float, Person]] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.serving) >= clerks_at(self.now)


def clerks_at(minute: float) -> int:
    return CLERKS_AT_LUNCH if LUNCH[0] <= minute < LUNCH[1] else CLERKS


def people_of(day: int) -> list[Person]:
    """The arrivals of a seeded day."""
    chance, found, minute = random.Random(day), [], OPENS
    while True:
        minute += chance.expovariate(1.0)
        if minute >= CLOSES:
            break
        if chance.random() < PER_HOUR[int(minute // 60)] / 60:
            found.append(minute)
    people = []
    for arrived in found:
        is_long = chance.random() >= 0.7
        service = max(2.0, chance.lognormvariate(2.6, 0.6)) if is_long else max(1.0, chance.lognormvariate(1.6, 0.7))
        people.append(Person(arrived, service, is_long))
    return people


def play(people: list[Person], ask: Callable[[Hall, Person], None], finished: Callable[[Person], None]) -> None:
    """One day from opening until everybody was served. ask: when a number is given, before the person lines up."""
    hall = Hall()
    happens: list[tuple[float, int, int]] = [(each.arrived, 1, index) for index, each in enumerate(people)]
    happens += [(float(minute), 2, -1) for minute in LUNCH]
    heapify(happens)
    while happens:
        hall.now, what, index = heappop(happens)
        if what == 0:
            person = people[index]
            hall.serving.remove(person)
            hall.done.append((hall.now, person))
            finished(person)
        elif what == 1:
            ask(hall, people[index])
            hall.waiting.append(people[index])
        while hall.waiting and not hall.is_full:
            person = hall.waiting.popleft()
            person.called = hall.now
            hall.serving.append(person)
            hall.called.append(person)
            heappush(happens, (hall.now + person.service, 0, people.index(person)))


# ---- the estimators


def average_so_far(hall: Hall) -> float:
    return statistics.fmean(each.called - each.arrived for each in hall.called) if hall.called else 0.0


def last_served(hall: Hall) -> float:
    return hall.called[-1].called - hall.called[-1].arrived if hall.called else 0.0


def head_of_line(hall: Hall) -> float:
    return hall.now - hall.waiting[0].arrived if hall.waiting else 0.0


def by_departures(hall: Hall) -> float:
    gone = sum(at > hall.now - 20 for at, _ in hall.done)
    rate = gone / min(20.0, max(hall.now - OPENS, 1.0))
    return (len(hall.waiting) + 1) / rate if rate and hall.is_full else 0.0


def by_mean_service(hall: Hall) -> float:
    mean = statistics.fmean(each.service for _, each in hall.done[-30:]) if hall.done else FIRST_GUESS
    return (len(hall.waiting) + 1) * mean / clerks_at(hall.now) if hall.is_full else 0.0


SIMPLE: Mapping[str, Callable[[Hall], float]] = {
    'average wait so far today': average_so_far,
    'wait of the last one called': last_served,
    'wait so far of the head of the line': head_of_line,
    'people ahead / departures of 20 minutes': by_departures,
    'people ahead x mean of 30 services / clerks': by_mean_service,
}


@dataclass(slots=True)
class Ours:
    """Our estimator with more or less knowledge. learned: over the days, as the records of an office are."""

    knows_items: bool
    knows_roster: bool
    learned: Experience = field(default_factory=lambda: Experience(FIRST_GUESS))

    def items(self, person: Person) -> tuple[str, ...]:
        return person.items if self.knows_items else ANYTHING

    def tell(self, hall: Hall) -> Expected:
        clerks = clerks_at(hall.now)

        def open_at(moment: datetime) -> int:
            return clerks_at((moment - MIDNIGHT).total_seconds() / 60) if self.knows_roster else clerks

        line = LineBefore(
            [self.items(each) for each in hall.waiting],
            [AtCounter(self.items(each), hall.now - each.called) for each in hall.serving],
            open_at,
        )
        return expected_wait(line, self.learned, MIDNIGHT + timedelta(minutes=hall.now))

    def learn(self, person: Person) -> None:
        self.learned.add(self.items(person), person.service)


def ours() -> Mapping[str, Ours]:
    return {
        'ours, without items and roster': Ours(knows_items=False, knows_roster=False),
        'ours, with the lunch roster': Ours(knows_items=False, knows_roster=True),
        'ours, with the ticked items': Ours(knows_items=True, knows_roster=False),
        'ours, with items and roster': Ours(knows_items=True, knows_roster=True),
    }


# ---- the comparison


@dataclass(slots=True)
class Score:
    errors: list[float] = field(default_factory=list)
    inside: int = 0
    widths: list[int] = field(default_factory=list)

    def told(self) -> dict[str, float]:
        """MAE, RMSE and bias in minutes; parts of 1."""
        count = len(self.errors)
        found = {
            'mae': statistics.fmean(map(abs, self.errors)),
            'rmse': statistics.fmean(each * each for each in self.errors) ** 0.5,
            'bias': statistics.fmean(self.errors),
            'within_5': sum(abs(each) <= 5 for each in self.errors) / count,
        }
        if self.widths:
            found.update(inside=self.inside / count, width=statistics.fmean(self.widths))
        return {name: round(value, 3) for name, value in found.items()}


def compare(days: int, first_seed: int = 0, *, cold: bool = False) -> dict[str, dict[str, float]]:
    """Scores by estimator. cold: ours begin every day without any record."""
    scores: dict[str, Score] = {name: Score() for name in (*SIMPLE, *ours())}
    learners = ours()
    for day in range(first_seed, first_seed + days):
        if cold:
            learners = ours()
        people = people_of(day)

        def ask(hall: Hall, person: Person, learners: Mapping[str, Ours] = learners) -> None:
            person.told = {name: estimate(hall) for name, estimate in SIMPLE.items()}
            person.ranges = {name: each.tell(hall) for name, each in learners.items()}

        def finished(person: Person, learners: Mapping[str, Ours] = learners) -> None:
            for each in learners.values():
                each.learn(person)

        play(people, ask, finished)
        for person in people:
            _score(scores, person)
    return {name: score.told() for name, score in scores.items()}


def _score(scores: Mapping[str, Score], person: Person) -> None:
    actual = person.called - person.arrived
    for name, minutes in person.told.items():
        scores[name].errors.append(minutes - actual)
    for name, told in person.ranges.items():
        score = scores[name]
        score.errors.append(told.minutes - actual)
        score.inside += told.low <= actual <= told.high
        score.widths.append(told.high - told.low)


def lines(scores: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield f'{"estimator":<46}{"MAE":>7}{"RMSE":>8}{"bias":>7}{"±5 min":>8}{"in range":>10}{"width":>7}'
    for name, each in scores.items():
        ranged = f'{each["inside"]:>10.1%}{each["width"]:>7.1f}' if 'inside' in each else ''
        yield f'{name:<46}{each["mae"]:>7.2f}{each["rmse"]:>8.2f}{each["bias"]:>+7.1f}{each["within_5"]:>8.1%}{ranged}'


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m bench.queue_estimate', description=__doc__)
    parser.add_argument('--days', type=int, default=200, help='seeded days to play')
    parser.add_argument('--cold', action='store_true', help='begin every day without records, as on the first day')
    options = parser.parse_args()
    scores = compare(options.days, cold=options.cold)
    print(*lines(scores), sep='\n')
    print(json.dumps({'days': options.days, 'cold': options.cold, 'scores': scores}))


if __name__ == '__main__':
    main()
