"""Promotion: the next on the list, in time, once, and a reason whenever nobody is asked."""

from datetime import datetime, timedelta, timezone

import pytest

from forms.capabilities.lottery.promotion import PASSED, REASONS, Waiting, promote

NOW = datetime(2026, 12, 16, 9, tzinfo=timezone(timedelta(hours=9)))
STARTS = NOW + timedelta(days=4)
SOON, GONE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)


def asked(line, free=1, now=NOW, **more):
    return promote(line, free=free, now=now, **{'starts': STARTS, 'hours': 72, **more})


def ids(promotion):
    return [each.id for each in promotion.offers]


def test_the_next_in_line_is_asked_and_has_three_days():
    found = asked([Waiting('b', 2), Waiting('a', 1), Waiting('c', 3)])
    assert ids(found) == ['a']
    assert found.offers[0].expires == NOW + timedelta(hours=72)
    assert (found.passed, found.reason, found.lapsed) == ((), '', ())


def test_an_offer_never_runs_beyond_the_start():
    assert asked([Waiting('a', 1)], now=STARTS - timedelta(hours=5)).offers[0].expires == STARTS


def test_several_places_several_offers_in_the_order_of_the_list():
    assert ids(asked([Waiting('c', 3), Waiting('a', 1), Waiting('b', 2)], free=2)) == ['a', 'b']


def test_a_place_held_by_an_offer_that_runs_is_not_free():
    found = asked([Waiting('a', 1, expires=SOON), Waiting('b', 2)], free=1)
    assert (ids(found), found.reason) == ([], 'no_place')
    assert ids(asked([Waiting('a', 1, expires=SOON), Waiting('b', 2)], free=2)) == ['b']


def test_an_offer_that_ran_out_lapses_and_goes_to_the_next_never_back():
    line = [Waiting('a', 1, expires=GONE), Waiting('b', 2)]
    found = asked(line)
    assert (found.lapsed, ids(found), found.passed) == (('a',), ['b'], (('a', 'lapsed'),))
    again = asked([line[0], Waiting('b', 2, answer='accepted')])
    assert (ids(again), again.reason) == ([], 'all_asked')


def test_at_its_second_an_offer_has_run_out():
    assert asked([Waiting('a', 1, expires=NOW)]).lapsed == ('a',)


@pytest.mark.parametrize('answer', ['cancelled', 'declined', 'accepted'])
def test_who_has_answered_is_never_asked_again(answer):
    found = asked([Waiting('a', 1, answer=answer), Waiting('b', 2)])
    assert (ids(found), found.passed) == (['b'], (('a', answer),))


def test_who_takes_part_already_is_passed_over():
    assert asked([Waiting('a', 1, has_place=True), Waiting('b', 2)]).passed == (('a', 'same_person'),)


def test_nobody_is_asked_after_the_start():
    for moment in (STARTS, STARTS + timedelta(hours=1)):
        found = asked([Waiting('a', 1)], now=moment)
        assert (ids(found), found.reason) == ([], 'started')
    assert ids(asked([Waiting('a', 1)], now=STARTS - timedelta(seconds=1))) == ['a']
    assert ids(asked([Waiting('a', 1)], now=STARTS, starts=None)) == ['a']


def test_a_group_that_does_not_fit_is_skipped_or_stops():
    line = [Waiting('a', 1, size=3), Waiting('b', 2, size=2)]
    assert ids(asked(line, free=2)) == ['b']
    stopped = asked(line, free=2, policy='stop')
    assert (ids(stopped), stopped.reason) == ([], 'does_not_fit')
    assert asked(line[:1], free=2).reason == 'does_not_fit'
    assert ids(asked(line, free=3)) == ['a']


@pytest.mark.parametrize(
    ('line', 'free', 'reason'),
    [
        ([], 1, 'nobody_waits'),
        ([Waiting('a', 1)], 0, 'no_place'),
        ([Waiting('a', 1, answer='declined')], 1, 'all_asked'),
    ],
)
def test_there_is_a_reason_whenever_nobody_is_asked(line, free, reason):
    found = asked(line, free=free)
    assert (ids(found), found.reason) == ([], reason)
    assert REASONS[found.reason].endswith('。')
    assert all(PASSED[why].endswith('。') for _, why in found.passed)


def test_a_whole_line_is_asked_once_each_in_order_as_time_goes_on():
    """Nobody answers: every three days the next, until the event starts."""
    line = {name: Waiting(name, place) for place, name in enumerate('abcd', 1)}
    order, now, starts = [], NOW, NOW + timedelta(days=8)
    while (found := promote(line.values(), free=1, now=now, starts=starts, hours=72)).reason != 'started':
        for each in found.offers:
            order.append(each.id)
            line[each.id] = Waiting(each.id, line[each.id].place, expires=each.expires)
        now += timedelta(hours=24)
    assert order == ['a', 'b', 'c']
