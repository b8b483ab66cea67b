"""Taking an action that a capability offers (complete, call, cancel), or taking the last one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from apps.operations.change import refuse_stale
from apps.operations.permitted import refuse_unpermitted, split
from apps.operations.same_report import after_action, refuse_follower
from apps.operations.save import Task, keep, with_refusals
from forms import acting, capability
from forms.capabilities.duplicates.ties import ORIGINAL
from forms.capability import Past
from forms.field import Value
from storage import Store
from storage.record import Change

ACTION = '操作: '
"""Before an action's name in the reason of a change, so that the history can tell actions from edits."""

UNDO = '操作の取り消し'

BULK = 'まとめて'
"""Before the reason of what was done to many records as one act."""

MOVED_ON = frozenset(('status_passed', 'ticket_taken', 'ticket_passed', 'nothing_to_answer'))
"""Refusals that tell where the record stands by now: more than that somebody else was quicker."""


def act(
    task: Task, action: str, given: Mapping[str, Value], if_rev: int | None, opened_at: datetime | None = None
) -> dict[str, Any]:
    """Take `action` on the record of `task`. given: raw values of the asked fields and the action's own arguments.

    opened_at: when the person opened the record.
    """
    task = replace(task, moment=replace(task.moment, opened_at=opened_at))
    refuse_unpermitted(task, 'act')
    refuse_follower(task)
    before = task.before or {}
    writable, sent = split(task, given)
    taken = acting.act(task.definition, action, writable, old=before, around=task.world, moment=task.moment)
    if not any(each.code in MOVED_ON for each in taken.messages):
        refuse_stale(task, {}, if_rev)
    return after_action(task, keep(task, with_refusals(task, taken, sent)))


def undo(task: Task, past: Sequence[Past], given: Mapping[str, Value], if_rev: int | None) -> dict[str, Any]:
    """Take back the last action as a step of its own, seen in the history."""
    refuse_unpermitted(task, 'act')
    refuse_follower(task)
    refuse_stale(task, {}, if_rev)
    before = task.before or {}
    taken = acting.take_back(task.definition, past, given, old=before, around=task.world, moment=task.moment)
    return keep(task, taken).answer()


def past_of(store: Store, app: str, record_id: str) -> list[Past]:
    """The record's history as capabilities read it, newest first."""
    return [_past(each) for each in reversed(store.history(app, record_id))]


def _past(change: Change) -> Past:
    before = {name: old for name, (old, _) in change.changed.items() if not name.startswith('_')}
    after = {name: new for name, (_, new) in change.changed.items() if not name.startswith('_')}
    return Past(change.at, change.actor, _action(change), before, after)


def _action(change: Change) -> str:
    """Being merged is no action that could be taken back, and being separated takes that step away again."""
    if ORIGINAL in change.changed and change.op == 'update':
        return '' if change.changed[ORIGINAL][1] else capability.UNDO
    return action_of(change.reason)


def action_of(reason: str) -> str:
    """The name of the action that the reason of a change tells, '' when it was none."""
    alone = reason.removeprefix(BULK)
    if alone == UNDO:
        return capability.UNDO
    return alone.removeprefix(ACTION) if alone.startswith(ACTION) else ''
