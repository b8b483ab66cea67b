"""Each rule of a lottery, on entries whose order in the draw is known."""

import itertools

import pytest
from random_draws import random_draw

from forms.capabilities.lottery.drawing import draw
from forms.capabilities.lottery.methods import ticket_of
from forms.capabilities.lottery.placing import Entry, Rules

SEED = 'きまり'


def line(*settings, seed=SEED):
    """Entries drawn in the order given: a dict of settings each."""
    ids = sorted((f'a{number}' for number in range(len(settings))), key=lambda each: ticket_of(seed, each))
    return [Entry(each, **{'choices': ('A',), **more}) for each, more in zip(ids, settings, strict=True)]


def outcomes(rules, entries):
    """'当選 A' and the like, in the order of `entries`."""
    found = {each.id: f'{each.outcome} {each.session}'.strip() for each in draw(rules, entries, SEED).drawn}
    return [found.get(each.id, '') for each in entries]


TOWN, OTHER = {'priority': True}, {'priority': False}


def test_the_first_tier_is_drawn_before_the_second():
    entries = line({'tier': 1}, {'tier': 0}, {'tier': 1}, {'tier': 0})
    result = draw(Rules(capacity={'A': 2}), entries, SEED)
    assert [each.id for each in result.drawn] == [entries[at].id for at in (1, 3, 0, 2)]
    assert outcomes(Rules(capacity={'A': 2}), entries) == ['補欠 A', '当選 A', '補欠 A', '当選 A']


def test_half_is_for_residents_and_the_rest_for_all():
    """Two of four places are set aside: the first two residents take them, and the rest goes by ticket."""
    entries = line(OTHER, OTHER, OTHER, TOWN, TOWN, TOWN)
    rules = Rules(capacity={'A': 4}, set_aside={'A': 2}, waiting_order='draw')
    assert outcomes(rules, entries) == ['当選 A', '当選 A', '補欠 A', '当選 A', '当選 A', '補欠 A']
    first_come = line(TOWN, TOWN, TOWN, TOWN, OTHER)
    assert outcomes(rules, first_come) == ['当選 A', '当選 A', '当選 A', '当選 A', '補欠 A']


def test_the_waiting_list_has_residents_first_or_is_as_drawn():
    entries = line(OTHER, TOWN, OTHER, TOWN)
    rules = Rules(capacity={'A': 2}, set_aside={'A': 1})
    waiting = {each.id: each.waiting for each in draw(rules, entries, SEED).drawn}
    assert [waiting[each.id] for each in entries] == [0, 0, 2, 1]
    as_drawn = Rules(capacity={'A': 2}, set_aside={'A': 1}, waiting_order='draw')
    waiting = {each.id: each.waiting for each in draw(as_drawn, entries, SEED).drawn}
    assert [waiting[each.id] for each in entries] == [0, 0, 1, 2]


def test_places_that_residents_leave_are_opened_or_kept():
    entries = line(OTHER, OTHER, OTHER, TOWN)
    assert outcomes(Rules(capacity={'A': 4}, set_aside={'A': 3}), entries) == ['当選 A'] * 4
    kept = Rules(capacity={'A': 4}, set_aside={'A': 3}, unfilled='keep')
    assert outcomes(kept, entries) == ['当選 A', '補欠 A', '補欠 A', '当選 A']
    assert draw(kept, entries, SEED).left == {'A': 2}


def test_a_place_that_is_opened_goes_to_the_earlier_ticket_by_their_wishes():
    """The first ticket gets its first choice, and not the second only because A was opened late."""
    entries = line({'choices': ('A', 'B')}, {'choices': ('B',)})
    assert outcomes(Rules(capacity={'A': 1, 'B': 1}, set_aside={'A': 1}), entries) == ['当選 A', '当選 B']


def test_nobody_waits_for_places_that_are_kept_from_them():
    entries = line({'size': 3})
    rules = Rules(capacity={'A': 4}, set_aside={'A': 2}, unfilled='keep')
    assert outcomes(rules, entries) == ['落選']


def test_a_group_of_residents_may_sit_on_both_kinds_of_places():
    entries = line({'size': 3, 'priority': True}, OTHER)
    assert outcomes(Rules(capacity={'A': 4}, set_aside={'A': 2}), entries) == ['当選 A', '当選 A']


def test_stop_for_others_leaves_the_places_set_aside_to_residents():
    entries = line({'size': 3}, OTHER, TOWN)
    rules = Rules(capacity={'A': 4}, set_aside={'A': 2}, unfilled='keep', policy='stop')
    assert outcomes(rules, entries)[1:] == ['補欠 A', '当選 A']


def test_a_person_wins_once_and_then_waits_for_nothing():
    entries = line({'person': 'p'}, {'person': 'p', 'choices': ('B',)}, {'person': 'q'}, {'choices': ('B',)})
    rules = Rules(capacity={'A': 1, 'B': 1})
    assert outcomes(rules, entries) == ['当選 A', '落選', '補欠 A', '当選 B']


def test_a_session_below_its_minimum_is_cancelled_and_its_winners_move_on():
    entries = line({'choices': ('A', 'B')}, {'choices': ('B',)}, {'choices': ('A',)}, {'choices': ('B',)})
    rules = Rules(capacity={'A': 5, 'B': 2}, minimum={'A': 3})
    assert outcomes(rules, entries) == ['当選 B', '当選 B', '中止', '補欠 B']
    result = draw(rules, entries, SEED)
    assert (result.cancelled, result.left) == (('A',), {'A': 0, 'B': 0})


def test_or_its_winners_lose():
    entries = line({'choices': ('A', 'B')}, {'choices': ('B',)}, {'choices': ('B', 'A')})
    rules = Rules(capacity={'A': 5, 'B': 1}, minimum={'A': 3}, under_minimum='lose')
    assert outcomes(rules, entries) == ['中止 A', '当選 B', '中止 A']


def test_the_emptiest_session_is_cancelled_first_and_may_fill_another():
    entries = line({'choices': ('A',)}, {'choices': ('A',)}, {'choices': ('B', 'A')})
    rules = Rules(capacity={'A': 5, 'B': 5}, minimum={'A': 3, 'B': 3})
    assert outcomes(rules, entries) == ['当選 A'] * 3
    assert draw(rules, entries, SEED).cancelled == ('B',)


def test_of_equally_empty_sessions_the_last_written_is_cancelled_first():
    entries = line({'choices': ('A', 'B')}, {'choices': ('B', 'A')})
    assert draw(Rules(capacity={'A': 5, 'B': 5}, minimum={'A': 2, 'B': 2}), entries, SEED).cancelled == ('B',)


def test_who_holds_more_tickets_wins_more_often():
    """Two tickets of three: twice as often as the other, within 5 sigma of 2,000 draws."""
    entries = [Entry('a', ('A',), tickets=2), Entry('b', ('A',))]
    wins = sum(draw(Rules(capacity={'A': 1}), entries, str(seed)).drawn[0].id == 'a' for seed in range(2000))
    assert abs(wins - 2000 * 2 / 3) < 5 * 21.1


def test_late_and_withdrawn_are_not_drawn():
    entries = line({'late': True}, {'withdrawn': True}, {})
    assert outcomes(Rules(capacity={'A': 3}), entries) == ['', '', '当選 A']


@pytest.mark.parametrize('number', range(300))
def test_what_holds_for_every_lottery(number):
    """Nobody sits where there is no place, nobody wins twice, the waiting list is ordered and short enough."""
    rules, entries, seed = random_draw(number)
    result = draw(rules, entries, seed)
    by_id = {each.id: each for each in entries}
    won = [each for each in result.drawn if each.outcome == '当選']
    for session, capacity in rules.capacity.items():
        persons = sum(by_id[each.id].size for each in won if each.session == session)
        waits = [each.waiting for each in result.drawn if each.outcome == '補欠' and each.session == session]
        assert sorted(waits) == list(range(1, len(waits) + 1))
        assert len(waits) <= (rules.waiting or {}).get(session, len(waits))
        if session in result.cancelled:
            assert (persons, waits) == (0, [])
        else:
            assert persons + result.left[session] == capacity
            assert persons >= rules.minimum.get(session, 0)
    persons = [by_id[each.id].person for each in won if by_id[each.id].person]
    assert len(persons) == len(set(persons))
    assert all(each.session in by_id[each.id].choices for each in won)
    assert {each.id for each in result.drawn} == {each.id for each in entries if not (each.late or each.withdrawn)}


@pytest.mark.parametrize('number', range(100))
def test_a_withdrawal_never_changes_the_order_of_the_others(number):
    rules, entries, seed = random_draw(number)
    before = [each.id for each in draw(rules, entries, seed).drawn]
    for gone in itertools.islice(before, 5):
        rest = [each for each in entries if each.id != gone]
        assert [each.id for each in draw(rules, rest, seed).drawn] == [each for each in before if each != gone]
