"""Random lotteries with every rule in them, from plain numbers, so that the same number gives the same lottery."""

from __future__ import annotations

from random import Random

from forms.capabilities.lottery.placing import Entry, Rules

SESSIONS = ('午前', '午後', '夜', '"翌日", 朝')
"""One name needs the quotation marks of CSV."""


def random_draw(number: int) -> tuple[Rules, list[Entry], str]:
    """(rules, entries in no order, seed)."""
    chance = Random(number)
    capacity = {each: chance.randint(2, 9) for each in SESSIONS[: chance.randint(1, 4)]}
    aside = {each: chance.randint(0, places) for each, places in capacity.items()} if chance.random() < 0.7 else {}
    rules = Rules(
        capacity=capacity,
        waiting={each: chance.randint(0, 4) for each in capacity if chance.random() < 0.5},
        policy=chance.choice(['skip', 'stop']),
        set_aside=aside,
        unfilled=chance.choice(['open', 'keep']),
        waiting_order=chance.choice(['priority', 'draw']),
        minimum={each: chance.randint(1, places) for each, places in capacity.items() if chance.random() < 0.4},
        under_minimum=chance.choice(['move', 'lose']),
    )
    return rules, [random_entry(chance, each, list(capacity)) for each in range(chance.randint(1, 40))], str(number)


def random_entry(chance: Random, number: int, sessions: list[str]) -> Entry:
    return Entry(
        f'陶{number:04}',
        tuple(chance.sample(sessions, chance.randint(1, len(sessions)))),
        size=chance.choice([1, 1, 1, 2, 3, 4]),
        withdrawn=chance.random() < 0.1,
        late=chance.random() < 0.05,
        tier=chance.choice([0, 0, 1]),
        priority=chance.random() < 0.5,
        tickets=chance.choice([1, 1, 2, 5]),
        person=chance.choice(['', '', f'p{chance.randint(1, 6)}']),
    )
