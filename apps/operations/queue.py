"""Calling the next person of a queue: found and called in one transaction, so that two counters never call the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tinydb import where

from apps.operations import act
from apps.operations.save import Task
from apps.outcome import Refused

CALL = 'call'


def call_next(task: Task, section: str, counter: str) -> dict[str, Any]:
    """Call who has waited longest in `section` to `counter`. Raises Refused 'closed' when nobody waits."""
    definition = task.definition
    queue: Any = definition.capabilities.get('queue')
    if queue is None:
        raise Refused('not_found', detail=f'「{definition.title}」には呼び出しがありません。')
    of_today = where(queue.day) == task.moment.now.date().isoformat() if queue.day else None
    visits = {each.doc_id: each for each in task.tx.find(definition.name, of_today, limit=None).docs}
    found = queue.next_visit(visits.items(), section, counter, task.moment)
    if found is None:
        raise Refused('closed', detail=f'{section}で待っている人はいません。')
    record_id, ticket = found
    called = replace(task, old=visits[record_id])
    return act.act(called, CALL, {'ticket': ticket.name, 'counter': counter}, None)
