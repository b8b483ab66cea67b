"""Whether something can be done with a ticket now, and the steps it adds; judged inside the transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.capabilities.queue.folding import standing_steps, tickets
from forms.capabilities.queue.moves import MOVES, TAKES_COUNTER
from forms.capabilities.queue.steps import Step
from forms.capabilities.queue.tickets import ACTIVE, CALLED, HELD, WAITING, Ticket
from forms.capability import Moment

Refusal = tuple[str, Mapping[str, object]]
"""(code, words) of a message."""

FOLLOWS_AN_EDIT = frozenset(('issued', 'classed'))
"""Steps that say what the reception says; they are changed there and not taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Arguments of a move. section: where a transfer goes. calls: how often a person is called before being absent.

    clerk: who does it, when several share a tablet. turn: what a call by the rule is (order.py); None: chosen by hand.
    run: the how manieth call by the rule it is in its section that day.
    to_end: a transfer gives up its place. ready: when something can be collected.
    """

    counter: str = ''
    section: str = ''
    calls: int = 0
    clerk: str = ''
    turn: str | None = None
    run: int = 0
    to_end: bool = False
    ready: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stepped:
    """steps: all steps of the visit, new ones last. refusal: why nothing was added, or None."""

    steps: tuple[Step, ...]
    refusal: Refusal | None = None


def added(steps: Sequence[Step], word: str, ticket: str, moment: Moment, **facts: Any) -> tuple[Step, ...]:
    """The steps of a visit and one more; facts without a value are left out."""
    step: dict[str, Any] = {'n': len(steps) + 1, 'step': word, 'ticket': ticket}
    step.update({name: value for name, value in facts.items() if value not in (None, '', False)})
    return (*steps, {**step, 'at': moment.now.isoformat(), 'by': moment.account})


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
    after = tuple(steps)
    for word in words:
        after = added(after, word, ticket, moment, **_facts(move, standing, given))
    return Stepped(after)


def _facts(move: str, ticket: Ticket, given: Given) -> Mapping[str, Any]:
    facts: dict[str, Any] = {'clerk': given.clerk}
    if move in TAKES_COUNTER:
        facts['counter'] = given.counter
    match move:
        case 'call':
            by_hand = given.turn is None and ticket.status == WAITING
            facts.update(section=ticket.section, chosen=by_hand, turn=given.turn, run=given.run or None)
        case 'transfer':
            facts.update(section=given.section, to_end=given.to_end)
        case 'collect':
            facts.update(ready=given.ready.isoformat() if given.ready else None)
    return facts


def taken_back(steps: Sequence[Step], moment: Moment, ticket: str = '', clerk: str = '') -> Stepped:
    """The steps after the last one (of this ticket or of the visit) was undone. An issue is cancelled, never undone."""
    done = [each for each in reversed(standing_steps(steps)) if not ticket or each['ticket'] == ticket]
    last = next((each for each in done if each['step'] not in FOLLOWS_AN_EDIT), None)
    if last is None:
        return Stepped(tuple(steps), ('nothing_to_undo', {}))
    after = added(steps, 'undone', last['ticket'], moment, of=last['n'], clerk=clerk)
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
