"""Over many seeds everybody wins as often as chance has it, and a large draw is the same on every machine."""

from hashlib import sha256
from math import sqrt

import pytest

from forms.capabilities.lottery.drawing import draw
from forms.capabilities.lottery.placing import Entry, Rules
from forms.capabilities.lottery.published import published_result

LARGE = '6b0d4da701c9f59ff110164b140cf8d0e14e24bf5e62d4183d1368ad8a58470d'
"""SHA-256 of the published result of the large draw, written down once: another machine must give the same."""


def wins_of(entries, rules, seeds):
    wins = dict.fromkeys((each.id for each in entries), 0)
    for seed in range(seeds):
        for each in draw(rules, entries, str(seed)).drawn:
            wins[each.id] += each.outcome == '当選'
    return wins


def within(wins, seeds, chance):
    """Five standard deviations of the binomial: by chance one in 1.7 million leaves them."""
    bound = 5 * sqrt(seeds * chance * (1 - chance))
    return {each: count for each, count in wins.items() if abs(count - seeds * chance) > bound} == {}


@pytest.mark.long
def test_everybody_wins_as_often_as_chance_has_it_over_20_000_seeds():
    entries = [Entry(f'陶{number:04}', ('A',)) for number in range(20)]
    assert within(wins_of(entries, Rules(capacity={'A': 5}), 20_000), 20_000, 5 / 20)


@pytest.mark.long
def test_among_residents_and_among_others_chances_are_equal_with_places_set_aside():
    """Four of eight places for the eight residents of twenty; the frequency of one class is its own mean."""
    entries = [Entry(f'陶{number:04}', ('A',), priority=number < 8) for number in range(20)]
    wins = wins_of(entries, Rules(capacity={'A': 8}, set_aside={'A': 4}), 20_000)
    residents = {each.id: wins[each.id] for each in entries if each.priority}
    others = {each.id: wins[each.id] for each in entries if not each.priority}
    for group in (residents, others):
        assert within(group, 20_000, sum(group.values()) / len(group) / 20_000)
    assert min(residents.values()) > max(others.values())


def large():
    """10,000 applications, 20 sessions, 3 choices, groups, places set aside, persons who applied twice."""
    sessions = [f'第{number}回' for number in range(1, 21)]
    rules = Rules(
        capacity=dict.fromkeys(sessions, 300), set_aside=dict.fromkeys(sessions, 150), minimum={sessions[0]: 299}
    )
    return rules, [one_of_many(f'陶{number:05}', sessions) for number in range(10_000)]


def one_of_many(number, sessions):
    """Settings out of a hash: those of `random` may differ from one Python to the next."""
    dice = sha256(number.encode()).digest()
    start, step = dice[0] % 20, 1 + dice[1] % 6
    return Entry(
        number,
        tuple(sessions[(start + step * choice) % 20] for choice in range(3)),
        size=1 + dice[2] % 4,
        priority=dice[3] < 80,
        tickets=1 + dice[4] % 2,
        person=f'p{int.from_bytes(dice[5:8], "big") % 8000}',
    )


def test_ten_thousand_applications_give_the_same_bytes_everywhere():
    rules, entries = large()
    text = published_result(entries, draw(rules, entries, '令和8年'))
    assert sha256(text.encode()).hexdigest() == LARGE
    backwards = entries[::-1]
    assert published_result(backwards, draw(rules, backwards, '令和8年')) == text
