"""What can be done with a ticket, and the steps it adds; judged on the newest steps, inside the transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.capabilities.queue.tickets import (
    ABSENT,
    ACTIVE,
    CALLED,
    HELD,
    SERVED,
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
_TAKES_COUNTER = frozenset(('call', 'arrive'))


@dataclass(frozen=True, slots=True)
class Stepped:
    """steps: all steps of the visit, the new ones last. refusal: (code, words) of the reason why not, or None."""

    steps: tuple[Step, ...]
    refusal: tuple[str, Mapping[str, object]] | None = None


def steps_for(  # noqa: PLR0913 - a step says what, to whom, where, when
    move: str, steps: Sequence[Step], ticket: str, moment: Moment, *, counter: str = '', section: str = '', calls: int = 0
) -> Stepped:
    """The steps of a visit after a move.

    section: where a transfer goes (the same section with a counter: to that counter). calls: how often a person is called
    before being absent.
    """
    found = {each.name: each for each in tickets(steps)}
    standing = found.get(ticket)
    if standing is None:
        return Stepped(tuple(steps), ('no_such_ticket', {'ticket': ticket}))
    refusal = _refusal(move, standing, tuple(found.values()), counter=counter, section=section, calls=calls)
    if refusal:
        return Stepped(tuple(steps), refusal)
    words = MOVES[move].steps
    if move == 'finish' and standing.status == CALLED:
        # Who finishes without saying «started» has served since now at the latest; the sums of service time need it.
        words = ('arrived', *words)
    added = list(steps)
    for word in words:
        step: dict[str, object] = {'n': len(added) + 1, 'step': word, 'ticket': ticket}
        step.update({'counter': counter} if counter and move in (*_TAKES_COUNTER, 'transfer') else {})
        step.update({'section': section} if word == 'transferred' and section else {})
        added.append({**step, 'at': moment.now.isoformat(), 'by': moment.account})
    return Stepped(tuple(added))


def issued(steps: Sequence[Step], ticket: str, section: str, number: int, moment: Moment) -> tuple[Step, ...]:
    """The steps of a visit after it was given one more ticket."""
    step = {'n': len(steps) + 1, 'step': 'issued', 'ticket': ticket, 'section': section, 'number': number}
    return (*steps, {**step, 'at': moment.now.isoformat(), 'by': moment.account})


def taken_back(steps: Sequence[Step], moment: Moment, ticket: str = '') -> Stepped:
    """The steps after the last one (of this ticket, or of the visit) was undone; an issue is never undone, but cancelled."""
    last = next((each for each in reversed(standing_steps(steps)) if not ticket or each['ticket'] == ticket), None)
    if last is None or last['step'] == 'issued':
        return Stepped(tuple(steps), ('nothing_to_undo', {}))
    undone = {'n': len(steps) + 1, 'step': 'undone', 'of': last['n'], 'ticket': last['ticket']}
    after = (*steps, {**undone, 'at': moment.now.isoformat(), 'by': moment.account})
    active = [each.name for each in tickets(after) if each.status in ACTIVE]
    if len(active) > 1:
        return Stepped(tuple(steps), ('ticket_elsewhere', {'ticket': last['ticket'], 'other': active[0]}))
    return Stepped(after)


def _refusal(
    move: str, ticket: Ticket, visit: Sequence[Ticket], *, counter: str, section: str, calls: int
) -> tuple[str, Mapping[str, object]] | None:
    words: dict[str, object] = {'ticket': ticket.name, 'action': MOVES[move].label, 'status': ticket.status}
    if ticket.status in ACTIVE and move in ('call', 'arrive') and ticket.status not in MOVES[move].from_:
        return 'ticket_taken', {**words, 'counter': ticket.counter}
    if ticket.status not in MOVES[move].from_:
        return 'ticket_passed', words
    others = [each for each in visit if each.name != ticket.name]
    active = next((each for each in others if each.status in ACTIVE), None)
    if active and move in ('call', 'arrive'):
        return 'ticket_elsewhere', {**words, 'other': active.name}
    if move == 'call' and not counter:
        return 'no_counter', words
    if move == 'absent' and ticket.calls < calls:
        return 'called_too_little', {**words, 'calls': calls, 'done': ticket.calls}
    if move == 'transfer':
        return _transfer_refusal(words, ticket, others, counter, section)
    return None


def _transfer_refusal(
    words: Mapping[str, object], ticket: Ticket, others: Sequence[Ticket], counter: str, section: str
) -> tuple[str, Mapping[str, object]] | None:
    if not section and not counter:
        return 'no_transfer_target', words
    if section == ticket.section and not counter:
        return 'same_section', {**words, 'section': section}
    if any(each.section == section and each.status in (WAITING, HELD) for each in others):
        return 'waits_there', {**words, 'section': section}
    return None


def next_ticket(visits: Sequence[tuple[str, Sequence[Step]]], section: str, counter: str = '') -> tuple[str, Ticket] | None:
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
    return min(waiting, key=lambda each: (each[0], each[1]))[1:] if waiting else None


