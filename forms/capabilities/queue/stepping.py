"""What can be done with a ticket, and the steps it adds; judged on the newest steps, inside the transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.capabilities.queue.tickets import (
    ABSENT,
    ACTIVE,
    CALLED,
    HELD,
    SERVING,
    WAITING,
    Step,
    Ticket,
    standing_steps,
    tickets,
)
from forms.capability import Moment


@dataclass(frozen=True, slots=True)
class Move:
    """Something that can be done with a ticket. label: Japanese; from_: statuses; steps: what is added to the visit."""

    label: str
    from_: tuple[str, ...]
    steps: tuple[str, ...]
    main: bool = False
    confirm: str = ''


MOVES: Mapping[str, Move] = {
    'call': Move('呼び出す', (WAITING, ABSENT, HELD), ('called',), main=True),
    'recall': Move('もう一度呼ぶ', (CALLED,), ('recalled',)),
    'arrive': Move('対応を始める', (CALLED, WAITING, HELD), ('arrived',), main=True),
    'finish': Move('終える', (SERVING, CALLED), ('finished',), main=True),
    'absent': Move('不在にする', (CALLED,), ('absent',)),
    'hold': Move('保留にする', (WAITING, CALLED, SERVING), ('held',)),
    'resume': Move('列に戻す', (HELD, ABSENT), ('resumed',)),
    'transfer': Move('ほかの課へ回す', (WAITING, CALLED, SERVING, HELD), ('transferred',)),
    'cancel': Move('取り消す', (WAITING, CALLED, ABSENT, HELD), ('cancelled',), confirm='この受付を取り消しますか。'),
}
_TAKES_COUNTER = frozenset(('call', 'arrive', 'transfer'))


Refusal = tuple[str, Mapping[str, object]]
"""(code, words) of a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Arguments of a move. section: where a transfer goes. calls: how often a person is called before being absent."""

    counter: str = ''
    section: str = ''
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Stepped:
    """steps: all steps of the visit, new ones last. refusal: why nothing was added, or None."""

    steps: tuple[Step, ...]
    refusal: Refusal | None = None


def steps_for(move: str, steps: Sequence[Step], ticket: str, moment: Moment, given: Given) -> Stepped:
    """The steps of a visit after a move with one of its tickets."""
    found = {each.name: each for each in tickets(steps)}
    if ticket not in found:
        return Stepped(tuple(steps), ('no_such_ticket', {'ticket': ticket}))
    standing = found.pop(ticket)
    if refusal := _refusal(move, standing, tuple(found.values()), given):
        return Stepped(tuple(steps), refusal)
    words = MOVES[move].steps
    if move == 'finish' and standing.status == CALLED:
        # Who finishes without saying «started» has served since now at the latest; the sums of service time need it.
        words = ('arrived', *words)
    added = list(steps)
    for word in words:
        step: dict[str, object] = {'n': len(added) + 1, 'step': word, 'ticket': ticket}
        step.update({'counter': given.counter} if given.counter and move in _TAKES_COUNTER else {})
        step.update({'section': given.section} if given.section and move == 'transfer' else {})
        added.append({**step, 'at': moment.now.isoformat(), 'by': moment.account})
    return Stepped(tuple(added))


def issued(steps: Sequence[Step], ticket: str, section: str, number: int, moment: Moment) -> tuple[Step, ...]:
    """The steps of a visit after it was given one more ticket."""
    step = {'n': len(steps) + 1, 'step': 'issued', 'ticket': ticket, 'section': section, 'number': number}
    return (*steps, {**step, 'at': moment.now.isoformat(), 'by': moment.account})


def taken_back(steps: Sequence[Step], moment: Moment, ticket: str = '') -> Stepped:
    """The steps after the last one (of this ticket or of the visit) was undone. An issue is cancelled, never undone."""
    last = next((each for each in reversed(standing_steps(steps)) if not ticket or each['ticket'] == ticket), None)
    if last is None or last['step'] == 'issued':
        return Stepped(tuple(steps), ('nothing_to_undo', {}))
    undone = {'n': len(steps) + 1, 'step': 'undone', 'of': last['n'], 'ticket': last['ticket']}
    after = (*steps, {**undone, 'at': moment.now.isoformat(), 'by': moment.account})
    active = [each.name for each in tickets(after) if each.status in ACTIVE]
    if len(active) > 1:
        return Stepped(tuple(steps), ('ticket_elsewhere', {'ticket': last['ticket'], 'other': active[0]}))
    return Stepped(after)


def _refusal(move: str, ticket: Ticket, others: Sequence[Ticket], given: Given) -> Refusal | None:
    words = {'ticket': ticket.name, 'action': MOVES[move].label, 'status': ticket.status, 'counter': ticket.counter}
    if ticket.status not in MOVES[move].from_:
        taken = ticket.status in ACTIVE and move in ('call', 'arrive')
        return 'ticket_taken' if taken else 'ticket_passed', words
    match move:
        case 'call' | 'arrive':
            return _call_refusal(move, words, others, given)
        case 'absent' if ticket.calls < given.calls:
            return 'called_too_little', {**words, 'calls': given.calls, 'done': ticket.calls}
        case 'transfer':
            return _transfer_refusal(words, ticket, others, given)
    return None


def _call_refusal(
    move: str, words: Mapping[str, object], others: Sequence[Ticket], given: Given
) -> Refusal | None:
    active = next((each for each in others if each.status in ACTIVE), None)
    if active:
        return 'ticket_elsewhere', {**words, 'other': active.name}
    return ('no_counter', words) if move == 'call' and not given.counter else None


def _transfer_refusal(
    words: Mapping[str, object], ticket: Ticket, others: Sequence[Ticket], given: Given
) -> Refusal | None:
    words = {**words, 'section': given.section}
    if not given.section and not given.counter:
        return 'no_transfer_target', words
    if given.section == ticket.section and not given.counter:
        return 'same_section', words
    waits = any(each.section == given.section and each.status in (WAITING, HELD) for each in others)
    return ('waits_there', words) if waits else None


def next_ticket(
    visits: Sequence[tuple[str, Sequence[Step]]], section: str, counter: str = ''
) -> tuple[str, Ticket] | None:
    """(id of the visit, its ticket) to be called next in this section, or None when nobody waits.

    visits: of the day. The longest waiting first; who is at another counter is passed over and keeps the place; who was
    sent to one counter is called only there.
    """
    waiting = [
        (ticket.place, visit, ticket)
        for visit, steps in visits
        for ticket in tickets(steps)
        if ticket.section == section and ticket.status == WAITING and not ticket.resting
        if ticket.only_at in ('', counter)
    ]
    if not waiting:
        return None
    _, visit, ticket = min(waiting, key=lambda each: each[:2])
    return visit, ticket


