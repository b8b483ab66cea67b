"""How often something may be asked for."""

from __future__ import annotations

import pytest

from apps.rate_limits import Rate, RateLimits, TooMany


class Hands:
    """The hands of a clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_who_asks_too_often_waits_and_nobody_else_does() -> None:
    hands = Hands()
    limits = RateLimits({'send': Rate(2, 6)}, hands)
    assert [limits.take('send', 'a') for _ in range(3)] == [True, True, False]
    assert limits.take('send', 'b')
    with pytest.raises(TooMany) as told:
        limits.check('send', 'a')
    assert told.value.seconds == 10 and '10秒' in told.value.detail
    hands.seconds = 9.9
    assert not limits.take('send', 'a')
    hands.seconds = 10.1
    assert limits.take('send', 'a') and not limits.take('send', 'a')


def test_asking_while_refused_does_not_make_the_wait_longer() -> None:
    hands = Hands()
    limits = RateLimits({'send': Rate(1, 1)}, hands)
    limits.take('send', 'a')
    for second in range(60):
        hands.seconds = second
        assert not limits.take('send', 'a')
    hands.seconds = 60.1
    assert limits.take('send', 'a')


def test_many_strangers_do_not_fill_the_memory() -> None:
    limits = RateLimits({'page': Rate(1, 1)}, lambda: 0.0)
    for number in range(20_005):
        limits.take('page', str(number))
    assert limits.take('page', '0'), 'the first was forgotten and begins anew'
    assert not limits.take('page', '20004')
