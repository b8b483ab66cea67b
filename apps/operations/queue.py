"""What happens at a counter beyond one visit: the next call, people without a number, the end of the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from apps.operations import act
from apps.operations.save import Task, keep_ruled, save
from apps.outcome import Refused
from apps.queue_visits import of_day, open_of_day
from apps.transactions import told
from forms.capabilities.queue import ENDED, Queue
from forms.capabilities.queue.closing import steps_at_closing
from forms.capabilities.queue.order import OVERTAKES
from forms.field import Value
from storage import Doc

CALL, START = 'call', 'arrive'
NEXT, WALK_UP, CLOSING = f'{act.ACTION}{CALL}', '整理券なしで対応', '閉庁の処理'
CLOSED = 'closed_earlier'
"""In the answer of a step: how many visits of earlier days it closed on its way."""
DAYS = '_queue_days'
"""Per queue the day that is being worked on; what is open from earlier days is closed before its first step."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where and by whom: a counter of a section, and the clerk when several share a tablet."""

    section: str
    counter: str
    clerk: str = ''


def queue_of(task: Task) -> Queue:
    """Raises Refused 'not_found' in an app without a queue."""
    queue = task.definition.capabilities.get('queue')
    if not isinstance(queue, Queue):
        raise Refused('not_found', detail=f'「{task.definition.title}」には呼び出しがありません。')
    return queue


def call_next(task: Task, desk: Desk) -> dict[str, Any]:
    """Call whom the rule says to this counter. Raises Refused 'closed' when nobody waits."""
    return after_closing_earlier(task, lambda: _call_next(task, queue_of(task), desk))


def _call_next(task: Task, queue: Queue, desk: Desk) -> dict[str, Any]:
    now = task.moment.now
    visits = _visits(task, open_of_day(queue, now.date()))
    found = queue.next_visit(visits.items(), desk.section, desk.counter, task.moment, overtaken=0)
    if found is not None and found.turn == OVERTAKES:
        # Only now it matters who was called before: that takes the log of the whole day.
        visits = _visits(task, of_day(queue, now.date()))
        found = queue.next_visit(visits.items(), desk.section, desk.counter, task.moment)
    if found is None:
        raise Refused('closed', detail=f'{desk.section}で待っている人はいません。')
    called = replace(task, old=visits[found.visit])
    run = task.tx.number(f'{task.definition.name}/queue|calls|{desk.section}|{now.date().isoformat()}', 1)
    given = {'ticket': found.ticket.name, 'counter': desk.counter, 'clerk': desk.clerk, 'by_rule': found, 'run': run}
    return act.act(called, CALL, given, None)


def _visits(task: Task, wanted: QueryInstance) -> dict[str, Doc]:
    return {each.doc_id: each for each in task.tx.find(task.definition.name, wanted, limit=None).docs}


def walk_up(task: Task, raw: Mapping[str, Value], desk: Desk) -> dict[str, Any]:
    """Somebody at the counter without a number: received, numbered and being served in one go."""
    return after_closing_earlier(task, lambda: _walk_up(task, queue_of(task), raw, desk))


def _walk_up(task: Task, queue: Queue, raw: Mapping[str, Value], desk: Desk) -> dict[str, Any]:
    done = save(task, raw)
    ticket = next((each for each in queue.tickets_of(told(done.doc)) if each.section == desk.section), None)
    if ticket is None:
        raise Refused('invalid', detail=f'{desk.section}の用件を選んでください。')
    given = {'ticket': ticket.name, 'counter': desk.counter, 'clerk': desk.clerk}
    return act.act(replace(task, old=done.doc), START, given, None)


def close_day(task: Task) -> int:
    """Close what is open of today and before, by the declared rule. Returns how many visits were changed."""
    queue = queue_of(task)
    open_ones = ~(where(queue.standing) == ENDED)
    return _close(task, queue, open_ones)


def after_closing_earlier(task: Task, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Close the days before, once a day, so that nobody of yesterday is in today's lists unnoticed; then `do`."""
    closed = _close_earlier(task)
    answer = do()
    return {**answer, CLOSED: closed} if closed else answer


def _close_earlier(task: Task) -> int:
    queue = task.definition.capabilities.get('queue')
    if not isinstance(queue, Queue):
        return 0
    today = task.moment.now.date().isoformat()
    known = task.tx.get(DAYS, task.definition.name)
    if known is not None and known['day'] >= today:
        return 0
    received = where(queue.day or '_created_at')
    since = received >= known['day'] if known is not None else received.exists()
    closed = _close(task, queue, (received < today) & since & ~(where(queue.standing) == ENDED))
    task.tx.put(DAYS, {'day': today}, task.definition.name, known.rev if known is not None else None)
    return closed


def _close(task: Task, queue: Queue, wanted: QueryInstance) -> int:
    count = 0
    for doc in task.tx.find(task.definition.name, wanted, limit=None).docs:
        before = tuple(doc.get(queue.steps) or ())
        after = steps_at_closing(queue, before, task.moment)
        if after != before:
            keep_ruled(replace(task, old=doc), {queue.steps: list(after), **queue.told(after)})
            count += 1
    return count
