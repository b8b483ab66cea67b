"""Who is offered a place that has become free: the next on the waiting list, never in another order, never too late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from forms.capabilities.lottery.placing import Policy

Answer = Literal['', 'accepted', 'declined', 'cancelled']

REASONS: Final = {
    'started': '催しが始まったあとは、繰り上げません。',
    'no_place': '空いた席がありません。',
    'nobody_waits': '補欠の方がいません。',
    'all_asked': '補欠の方の全員に、すでにお知らせしました。',
    'does_not_fit': '待っている組の人数が、空いた席より多くなっています。',
}
"""Why nobody is offered a place now."""

PASSED: Final = {
    'cancelled': '取り消した方です。',
    'declined': '繰上げを断った方です。',
    'lapsed': '期限までに返事がありませんでした。',
    'offered': '返事を待っています。',
    'accepted': 'すでに参加が決まっています。',
    'same_person': '同じ方の別の申込みで、参加が決まっています。',
    'does_not_fit': '組の人数が、空いた席より多くなっています。',
}
"""Why somebody on the waiting list is not offered a place now."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One on the waiting list of a session. place: on it, from 1. expires: of the offer made to them, if there was one.

    answer: '' while there is none; cancelled: took the application back, before or after an offer.
    has_place: the same person takes part through another application.
    """

    id: str
    place: int
    size: int = 1
    expires: datetime | None = None
    answer: Answer = ''
    has_place: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """A place to be offered: they have until `expires` to take it."""

    id: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Promotion:
    """offers: to be made now, in the order of the list. passed: (id, key of PASSED) of those who were passed over.

    reason: key of REASONS when nobody is offered a place, else ''. lapsed: ids whose offer has run out.
    """

    offers: tuple[Offered, ...]
    passed: tuple[tuple[str, str], ...]
    reason: str
    lapsed: tuple[str, ...]


def promote(  # noqa: PLR0913 - a promotion depends on each of these
    line: Iterable[Waiting],
    *,
    free: int,
    now: datetime,
    starts: datetime | None,
    hours: int,
    policy: Policy = 'skip',
) -> Promotion:
    """The next offers for `free` places, those held by an offer that still runs not yet taken off.

    An offer runs for `hours`, and never beyond the start of the event. Nobody is asked twice.
    """
    waiting = sorted(line, key=lambda each: each.place)
    state = {each.id: _state(each, now) for each in waiting}
    lapsed = tuple(each.id for each in waiting if state[each.id] == 'lapsed')
    room = free - sum(each.size for each in waiting if state[each.id] == 'offered')
    if starts is not None and now >= starts:
        return Promotion((), (), 'started', lapsed)
    if room <= 0:
        return Promotion((), (), 'no_place' if waiting else 'nobody_waits', lapsed)
    until = now + timedelta(hours=hours)
    expires = until if starts is None else min(until, starts)
    offers, passed = _next(waiting, state, room, policy)
    reason = '' if offers else _reason(waiting, passed)
    return Promotion(tuple(Offered(each, expires) for each in offers), tuple(passed), reason, lapsed)


def _next(
    waiting: Sequence[Waiting], state: dict[str, str], room: int, policy: Policy
) -> tuple[list[str], list[tuple[str, str]]]:
    offers, passed = [], []
    for each in waiting:
        if not room:
            break
        if state[each.id]:
            passed.append((each.id, state[each.id]))
        elif each.size > room:
            passed.append((each.id, 'does_not_fit'))
            if policy == 'stop':
                break
        else:
            offers.append(each.id)
            room -= each.size
    return offers, passed


def _state(each: Waiting, now: datetime) -> str:
    """Key of PASSED, or '' for somebody who may be offered a place."""
    if each.answer:
        return each.answer
    if each.has_place:
        return 'same_person'
    if each.expires is None:
        return ''
    return 'lapsed' if now >= each.expires else 'offered'


def _reason(waiting: Sequence[Waiting], passed: Sequence[tuple[str, str]]) -> str:
    if not waiting:
        return 'nobody_waits'
    return 'does_not_fit' if any(why == 'does_not_fit' for _, why in passed) else 'all_asked'
