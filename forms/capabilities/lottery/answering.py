"""After the draw: who says that they come, who does not, who has let the time pass, and who moves up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from forms.capabilities.lottery.drawing import WAITING, WON
from forms.capabilities.lottery.promotion import Answer, Promotion, Waiting, promote
from forms.capability import Offer, Performed, Values
from forms.field import Value
from forms.message import Message, message

if TYPE_CHECKING:
    from forms.capabilities.lottery import Lottery
    from forms.capabilities.lottery.settings import Session
    from forms.definition import AppDefinition

ASKED, COMES, DECLINED, LAPSED, TAKEN_BACK = '返事待ち', '参加', '辞退', '期限切れ', '取消し'
ANSWERS: Final = (ASKED, COMES, DECLINED, LAPSED, TAKEN_BACK)
"""What the field of answers holds. 取消し: somebody on the waiting list does not want to be asked any more."""

ACCEPT, WITHDRAW, ATTEND = 'accept', 'withdraw', 'attend'
DEEDS: Final = {ACCEPT: '参加の返事', WITHDRAW: '取下げ・辞退', ATTEND: '来場の受付'}

_TOLD: Mapping[str, Answer] = {COMES: 'accepted', DECLINED: 'declined', LAPSED: '', TAKEN_BACK: 'cancelled'}


@dataclass(frozen=True, slots=True)
class Settled:
    """What follows from the answers at a moment. updates: record id -> values. promotions: session -> what happened.

    free: session -> places that nobody holds and nobody is offered.
    """

    updates: Mapping[str, Values]
    promotions: Mapping[str, Promotion]
    free: Mapping[str, int]


def first_answer(lottery: Lottery, outcome: str) -> dict[str, Value]:
    """What the draw writes into the field of answers: winners are asked when there is a day to answer by."""
    after = (lottery.answer, lottery.answer_by, lottery.promoted, lottery.attended)
    nothing: dict[str, Value] = dict.fromkeys(after)
    if outcome != WON:
        return nothing
    if lottery.confirm_by is None:
        return {**nothing, lottery.answer: COMES}
    return {**nothing, lottery.answer: ASKED, lottery.answer_by: lottery.confirm_by.isoformat()}


def offers(lottery: Lottery, values: Values, now: datetime) -> list[Offer]:
    """What an applicant, or staff for them, can do now."""
    outcome, answer = values.get(lottery.result), values.get(lottery.answer)
    if values.get(lottery.withdrawn):
        return []
    if not outcome:
        return [Offer(name=WITHDRAW, label='取り下げる', confirm='この申込みを取り下げますか。')]
    found = []
    if answer == COMES and not values.get(lottery.attended):
        found.append(Offer(name=ATTEND, label='来場を受け付ける', main=True))
    if answer == ASKED:
        found.append(Offer(name=ACCEPT, label='参加する', closed=_too_late(lottery, values, now), main=True))
    if answer in {ASKED, COMES} and not values.get(lottery.attended):
        closed = _started(lottery, values, now)
        question = '辞退しますか。あとから参加に戻すことはできません。'
        found.append(Offer(name=WITHDRAW, label='辞退する', confirm=question, closed=closed))
    elif outcome == WAITING and not answer:
        question = '補欠を取り消しますか。空きが出ても、知らせは来なくなります。'
        found.append(Offer(name=WITHDRAW, label='補欠を取り消す', confirm=question))
    return found


def perform(lottery: Lottery, definition: AppDefinition, action: str, values: Values, now: datetime) -> Performed:
    """Take one of the offers; the place that becomes free is given to the next by `settled`."""
    offer = next((each for each in offers(lottery, values, now) if each.name == action), None)
    if offer is None:
        return Performed(messages=(_nothing_to_answer(lottery),))
    if offer.closed:
        late = message(lottery.answer, 'too_late_to_answer', label=lottery.answer, why=offer.closed)
        return Performed(messages=(late,))
    if not values.get(lottery.result):
        return Performed({lottery.withdrawn: True})
    if action == ACCEPT:
        return Performed({lottery.answer: COMES})
    if action == ATTEND:
        return Performed({lottery.attended: now.isoformat(timespec='seconds')})
    is_asked = values.get(lottery.answer) in {ASKED, COMES}
    return Performed({lottery.answer: DECLINED if is_asked else TAKEN_BACK})


def settled(lottery: Lottery, definition: AppDefinition, records: Mapping[str, Values], now: datetime) -> Settled:
    """Everything that follows at `now`: offers that ran out, places that are free, and who is offered them.

    Nobody is asked twice, nobody is passed over without a reason, and nothing is offered once the event has begun.
    """
    updates: dict[str, Values] = {}
    promotions: dict[str, Promotion] = {}
    free: dict[str, int] = {}
    entries = {each: lottery.entry(definition, each, values) for each, values in records.items()}
    coming = {
        entries[each].person
        for each, values in records.items()
        if entries[each].person and values.get(lottery.answer) in {ASKED, COMES}
    }
    for session in lottery.sessions:
        own = {each: values for each, values in records.items() if values.get(lottery.placed_in) == session.name}
        lapsed = [each for each, values in own.items() if _has_lapsed(lottery, values, now)]
        updates.update({each: {lottery.answer: LAPSED} for each in lapsed})
        holding = [each for each, values in own.items() if each not in lapsed and _has_place(lottery, values)]
        taken = sum(entries[each].size for each in holding)
        left = session.capacity - taken
        line = [
            _waiting(lottery, each, values, entries[each].size, coming, entries[each].person, lapsed)
            for each, values in own.items()
            if values.get(lottery.result) == WAITING
        ]
        promotion = _promoted(lottery, session, line, left, now)
        promotions[session.name] = promotion
        asked = {each.id for each in promotion.offers} | {
            each for each, values in own.items() if values.get(lottery.promoted) and _is_asked(lottery, values)
        }
        free[session.name] = left - sum(entries[each].size for each in asked if each not in lapsed)
        for each in promotion.offers:
            until = each.expires.isoformat()
            updates[each.id] = {lottery.answer: ASKED, lottery.answer_by: until, lottery.promoted: True}
    return Settled(updates, promotions, free)


def _promoted(lottery: Lottery, session: Session, line: list[Waiting], free: int, now: datetime) -> Promotion:
    return promote(
        line, free=free, now=now, starts=session.starts, hours=lottery.offer_hours, policy=lottery.group_policy
    )


def _waiting(  # noqa: PLR0913, PLR0917 - one line of the waiting list
    lottery: Lottery, record_id: str, values: Values, size: int, coming: set[str], person: str, lapsed: list[str]
) -> Waiting:
    answer = values.get(lottery.answer)
    asked = bool(values.get(lottery.promoted))
    return Waiting(
        id=record_id,
        place=int(values.get(lottery.place) or 0),
        size=size,
        expires=_until(lottery, values) if asked else None,
        answer='' if record_id in lapsed else _TOLD.get(str(answer), ''),
        has_place=not asked and person in coming,
    )


def _has_place(lottery: Lottery, values: Values) -> bool:
    """A place that is taken: by a winner or by somebody who moved up and has said yes.

    An offer that still runs is taken off by `promote` itself.
    """
    answer = values.get(lottery.answer)
    if values.get(lottery.result) == WON:
        return answer in {ASKED, COMES}
    return answer == COMES


def _is_asked(lottery: Lottery, values: Values) -> bool:
    return values.get(lottery.answer) == ASKED


def _has_lapsed(lottery: Lottery, values: Values, now: datetime) -> bool:
    until = _until(lottery, values)
    return values.get(lottery.answer) == ASKED and until is not None and now >= until


def _until(lottery: Lottery, values: Values) -> datetime | None:
    written = values.get(lottery.answer_by)
    return datetime.fromisoformat(written) if isinstance(written, str) else None


def _too_late(lottery: Lottery, values: Values, now: datetime) -> str:
    return '返事の期限を過ぎています。' if _has_lapsed(lottery, values, now) else _started(lottery, values, now)


def _started(lottery: Lottery, values: Values, now: datetime) -> str:
    session = next((each for each in lottery.sessions if each.name == values.get(lottery.placed_in)), None)
    began = session is not None and session.starts is not None and now >= session.starts
    return '催しが始まっています。' if began else ''


def _nothing_to_answer(lottery: Lottery) -> Message:
    return message(lottery.answer, 'nothing_to_answer', label=lottery.answer)
