"""The draw gives what deferred acceptance gives: an independent library, and our own with places set aside."""

import random

import pytest
from matching.games import HospitalResident

from forms.capabilities.lottery.drawing import draw
from forms.capabilities.lottery.methods import ticket_of
from forms.capabilities.lottery.placing import Entry, Rules

SESSIONS = 'ABCD'


def instance(number, priority=False):
    chance = random.Random(number)
    capacity = {each: chance.randint(1, 4) for each in SESSIONS[: chance.randint(1, 4)]}
    entries = [
        Entry(
            f'陶{each:03}', tuple(chance.sample(list(capacity), chance.randint(1, len(capacity)))),
            priority=priority and chance.random() < 0.5,
        )
        for each in range(chance.randint(1, 16))
    ]  # fmt: skip
    return chance, capacity, entries


def by_the_library(capacity, entries, seed):
    ranked = sorted(entries, key=lambda each: ticket_of(seed, each.id))
    wanted = {each: [entry.id for entry in ranked if each in entry.choices] for each in capacity}
    wanted = {each: ids for each, ids in wanted.items() if ids}
    wishes = {entry.id: list(entry.choices) for entry in entries}
    game = HospitalResident.create_from_dictionaries(wishes, wanted, {each: capacity[each] for each in wanted})
    return {
        resident.name: hospital.name
        for hospital, residents in game.solve(optimal='resident').items()
        for resident in residents
    }


def won(rules, entries, seed):
    return {each.id: each.session for each in draw(rules, entries, seed).drawn if each.outcome == '当選'}


def test_a_thousand_lotteries_equal_deferred_acceptance_of_the_library():
    for number in range(1000):
        _, capacity, entries = instance(number)
        found = won(Rules(capacity=capacity), entries, str(number))
        assert found == by_the_library(capacity, entries, str(number)), number


def accepted(applicants, capacity, aside, rank):
    """A session's claim: by ticket, but as many of priority as there are places set aside before everybody else."""
    by_ticket = sorted(applicants, key=lambda each: rank[each.id])
    first = [each for each in by_ticket if each.priority][:aside]
    others = [each for each in by_ticket if each not in first]
    return [*first, *others][:capacity]


@pytest.mark.parametrize('unfilled', ['open', 'keep'])
def test_nobody_has_a_just_complaint_about_places_set_aside(unfilled):
    """In 2,000 lotteries nobody is refused a session that would take them by its own rule (the result is stable)."""
    for number in range(2000):
        chance, capacity, entries = instance(number, priority=True)
        aside = {each: chance.randint(0, places) for each, places in capacity.items()}
        rules = Rules(capacity=capacity, set_aside=aside, unfilled=unfilled)
        got = won(rules, entries, str(number))
        rank = {each.id: ticket_of(str(number), each.id) for each in entries}
        for each in entries:
            own = each.choices.index(got[each.id]) if each.id in got else len(each.choices)
            for dearer in each.choices[:own]:
                there = [other for other in entries if got.get(other.id) == dearer]
                # Kept places are shut to everybody without priority, so they need room among the open ones.
                shut = [other for other in there if other.priority][: aside[dearer]] if unfilled == 'keep' else []
                if unfilled == 'keep' and not each.priority:
                    there = [other for other in there if other not in shut]
                    places, kept = capacity[dearer] - aside[dearer], 0
                else:
                    places, kept = capacity[dearer], aside[dearer]
                assert each not in accepted([*there, each], places, kept, rank), (number, each.id, dearer)
