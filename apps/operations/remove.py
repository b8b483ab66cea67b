"""Removing a record: its history, its number and the reason stay, and those that followed it go on."""

from __future__ import annotations

from typing import Any

from apps.operations.change import refuse_stale
from apps.operations.permitted import refuse_unpermitted
from apps.operations.same_report import TOUCHED, before_removal
from apps.operations.save import Task, release_claims
from apps.operations.world import title_of
from apps.outcome import Refused


def remove(task: Task, reason: str, if_rev: int | None) -> dict[str, Any]:
    """Take the record away. Raises Refused when no reason is given, Conflict when it was changed meanwhile."""
    assert task.old is not None
    refuse_unpermitted(task, 'remove')
    if not reason.strip():
        raise Refused('invalid', detail='削除する理由を入力してください。')
    refuse_stale(task, {}, if_rev)
    title = title_of(task.definition, task.old, task.world)
    release_claims(task)
    task.heard.gone(task.definition.name, task.old.doc_id)
    touched = before_removal(task)
    task.tx.delete(task.definition.name, task.old.doc_id, task.old.rev, reason.strip())
    return {'app': task.definition.name, 'id': task.old.doc_id, 'title': title, TOUCHED: touched}
