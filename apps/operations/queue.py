"""Calling the next person of a queue: found and called in one transaction, so that two counters never call the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinydb import where

from apps.operations import act
from apps.operations.hall import Hall, existing
from apps.outcome import Refused
from apps.people import Person
from storage import Tx

if TYPE_CHECKING:
    from forms.definition import AppDefinition

CALL = 'call'


def call_next(
    hall: Hall, tx: Tx, definition: AppDefinition, section: str, counter: str, by: Person
) -> dict[str, Any]:
    """Call who has waited longest in `section` to `counter`. Raises Refused 'closed' when nobody waits."""
    queue: Any = definition.capabilities.get('queue')
    if queue is None:
        raise Refused('not_found', detail=f'「{definition.title}」には呼び出しがありません。')
    today = hall.clock.now().date().isoformat()
    of_today = where(queue.day) == today if queue.day else None
    visits = tx.find(definition.name, of_today, limit=None).docs
    moment = hall.task(tx, definition, by).moment
    found = queue.next_visit([(each.doc_id, each) for each in visits], section, counter, moment)
    if found is None:
        raise Refused('closed', detail=f'{section}で待っている人はいません。')
    record_id, ticket = found
    task = hall.task(tx, definition, by, old=existing(tx, definition, record_id))
    return act.act(task, CALL, {'ticket': ticket.name, 'counter': counter}, None)
