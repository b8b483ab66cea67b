"""10,000 applications, 20 sessions, 3 choices: our draw, plain and with every rule, beside a shuffle-and-assign."""

import argparse
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from bench.lottery.office import hold
from forms.capabilities.lottery.drawing import draw
from forms.capabilities.lottery.placing import Entry, Rules
from forms.capabilities.lottery.published import published_result

SESSIONS = [f'第{number}回' for number in range(1, 21)]
CAPACITY = dict.fromkeys(SESSIONS, 300)

PLAIN = Rules(capacity=CAPACITY)
ALL_RULES = Rules(
    capacity=CAPACITY,
    set_aside=dict.fromkeys(SESSIONS, 150),
    waiting=dict.fromkeys(SESSIONS, 50),
    minimum={each: 290 for each in SESSIONS[:5]},
)


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m bench.lottery', description=__doc__)
    parser.add_argument('--applications', type=int, default=10_000, help='how many are drawn')
    parser.add_argument('--rounds', type=int, default=5, help='the fastest of so many rounds counts')
    wanted = parser.parse_args()
    entries = applications(wanted.applications)
    single = [replace(each, size=1, tier=0, priority=False, tickets=1, person='') for each in entries]
    ways: dict[str, Callable[[], object]] = {
        'plain shuffle-and-assign': lambda: shuffle_and_assign(single, 'seed'),
        'our draw': lambda: draw(PLAIN, single, 'seed'),
        'our draw, every rule': lambda: draw(ALL_RULES, entries, 'seed'),
        'and published as CSV': lambda: published_result(entries, draw(ALL_RULES, entries, 'seed')),
        'our draw, RFC 3797': lambda: draw(replace(PLAIN, method='rfc3797'), single, 'seed'),
    }
    seconds = {name: fastest(way, wanted.rounds) for name, way in ways.items()}
    (spent, result), (_, other) = hold(wanted.applications), hold(wanted.applications, backwards=True)
    print_table({**seconds, 'held by an office': spent}, wanted.applications, same_bytes=result == other)


def applications(count: int) -> list[Entry]:
    chance = random.Random(1)
    return [
        Entry(
            f'陶{number:05}',
            tuple(chance.sample(SESSIONS, 3)),
            size=chance.choice([1, 2, 3, 4]),
            tier=chance.choice([0, 1]),
            priority=chance.random() < 0.3,
            tickets=chance.choice([1, 2, 3]),
            person=f'p{chance.randrange(8_000)}',
        )
        for number in range(count)
    ]


def shuffle_and_assign(entries: list[Entry], seed: str) -> Mapping[str, str]:
    """What is written when nobody has to check it: neither the same elsewhere nor explainable."""
    shuffled, left, won = list(entries), dict(CAPACITY), {}
    random.Random(seed).shuffle(shuffled)
    for each in shuffled:
        for session in each.choices:
            if left[session]:
                left[session] -= 1
                won[each.id] = session
                break
    return won


def fastest(way: Callable[[], object], rounds: int) -> float:
    """Seconds of the best of the rounds."""
    best = float('inf')
    for _ in range(rounds):
        start = time.perf_counter()
        way()
        best = min(best, time.perf_counter() - start)
    return best


def print_table(seconds: Mapping[str, float], applications: int, *, same_bytes: bool) -> None:
    plain = seconds['plain shuffle-and-assign']
    print(f'{"":28}{"milliseconds":>14}{"times plain":>14}')
    for name, spent in seconds.items():
        print(f'{name:28}{spent * 1000:14.1f}{spent / plain:13.1f}x')
    ratios = {f'{name} over plain': round(spent / plain, 2) for name, spent in seconds.items()}
    told = {'bench': 'lottery', 'applications': applications, **ratios, 'same bytes in any order': same_bytes}
    print(json.dumps(told, ensure_ascii=False))


if __name__ == '__main__':
    main()
