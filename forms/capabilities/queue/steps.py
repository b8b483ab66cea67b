"""Every step by the word under which it stands in the log, and what it does to a ticket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from forms.capabilities.queue.settings import ORDINARY
from forms.capabilities.queue.tickets import (
    ABSENT,
    CALLED,
    CANCELLED,
    COLLECT,
    HELD,
    SERVED,
    SERVING,
    WAITING,
    Expected,
    Ticket,
)
from forms.field import Value

Step = Mapping[str, Value]
"""One thing that happened: n (1, 2 ... in the visit), step (a word of `STEPS`), ticket (住-12), at (ISO time), by
(account), clerk (account, when several share a tablet). Steps are only ever added; undone: of, the n taken back."""

Apply = Callable[[Ticket, Step, datetime], Ticket]


def issued_ticket(step: Step, now: datetime) -> Ticket:
    """The ticket as its first step makes it."""
    told = step.get('expected')
    return Ticket(
        step['ticket'],
        step['section'],
        step['number'],
        now,
        origin=step['section'],
        lined_at=_moment(step.get('since')),
        rank=step.get('rank', ORDINARY),
        reason=step.get('reason', ''),
        window_rank=step.get('window_rank', ORDINARY),
        from_=_moment(step.get('from')),
        until=_moment(step.get('until')),
        items=tuple(step.get('items', ())),
        expected=Expected(*told) if told else None,
    )


def _called(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(
        ticket,
        status=CALLED,
        counter=step.get('counter') or ticket.counter,
        calls=ticket.calls + 1,
        chosen=ticket.chosen or bool(step.get('chosen')),
        called_at=ticket.called_at or now,
        waited=_waited(ticket),
        ended_at=None,
    )


def _arrived(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(
        ticket,
        status=SERVING,
        counter=step.get('counter') or ticket.counter,
        arrived_at=ticket.arrived_at or now,
        waited=_waited(ticket),
        ended_at=None,
    )


def _waited(ticket: Ticket) -> float:
    return ticket.seconds.get(WAITING, 0.0) if ticket.waited is None else ticket.waited


def _finished(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(ticket, status=SERVED, ended_at=now)


def _absent(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(ticket, status=ABSENT, ended_at=now)


def _cancelled(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(ticket, status=CANCELLED, ended_at=now)


def _held(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(ticket, status=HELD, counter='', calls=0, ended_at=None)


def _resumed(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(ticket, status=WAITING, counter='', calls=0, ended_at=None)


def _transferred(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(
        ticket,
        status=WAITING,
        section=step.get('section') or ticket.section,
        only_at=step.get('counter', ''),
        counter='',
        calls=0,
        lined_at=now if step.get('to_end') else ticket.lined_at,
        ended_at=None,
    )


def _collecting(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(ticket, status=COLLECT, ready_at=_moment(step.get('ready')), counter='', calls=0, ended_at=None)


def _classed(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(
        ticket,
        rank=step.get('rank', ORDINARY),
        reason=step.get('reason', ''),
        window_rank=step.get('window_rank', ORDINARY),
        from_=_moment(step.get('from')),
        until=_moment(step.get('until')),
    )


def _closed(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(ticket, status=step['as'], ended_at=now, certain=False)


def _carried(ticket: Ticket, step: Step, now: datetime) -> Ticket:
    return replace(ticket, carried=True, counter='', calls=0, certain=False)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


STEPS: Mapping[str, tuple[str, Apply]] = {
    'issued': ('発券', lambda ticket, step, now: ticket),
    'called': ('呼出', _called),
    'recalled': ('再呼出', _called),
    'arrived': ('対応開始', _arrived),
    'finished': ('終了', _finished),
    'absent': ('不在', _absent),
    'held': ('保留', _held),
    'resumed': ('列に戻す', _resumed),
    'transferred': ('回す', _transferred),
    'collecting': ('後で受取り', _collecting),
    'classed': ('区分の変更', _classed),
    'cancelled': ('取消', _cancelled),
    'closed': ('閉庁', _closed),
    'carried': ('繰越', _carried),
    'undone': ('元に戻す', lambda ticket, step, now: ticket),
}
"""Word in the log -> (Japanese, what it does). What a step says besides who and when:

issued: section, number, items; since (place of an earlier arrival), rank, reason, window_rank, from, until, expected
(minutes, low, high). called: section, counter, turn and run (order.py), or chosen. transferred: section or counter,
to_end. collecting: ready. classed: rank, reason, window_rank, from, until. cancelled: because. closed: as (the status).
"""
