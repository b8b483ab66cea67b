"""Changing a record: only over what the person had seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps.operations.permitted import refuse_unpermitted
from apps.operations.save import Task, save
from apps.outcome import Clash, Refused
from apps.transactions import clash, told
from forms.evaluation import context_of
from forms.field import Value
from forms.submission import clean
from storage.errors import Conflict


def change(task: Task, raw: Mapping[str, Value], if_rev: int) -> dict[str, Any]:
    """Save `raw` over the record at revision `if_rev`. Raises Conflict (both sides told) or Refused."""
    refuse_unpermitted(task, 'change')
    refuse_stale(task, raw, if_rev)
    return save(task, raw).answer()


def refuse_stale(task: Task, raw: Mapping[str, Value], if_rev: int | None) -> None:
    """Raise Conflict when the record is no longer at `if_rev` (None: whatever it is at).

    What the person wanted is told as far as it can be read.
    """
    assert task.old is not None
    if if_rev is None or if_rev == task.old.rev:
        return
    cleaned = clean(
        task.definition,
        raw,
        old=task.before,
        around=task.world,
        context=context_of(task.definition, task.moment, task.before),
        moment=task.moment,
    )
    unread = {each.path.split('[')[0] for each in cleaned.messages}
    wanted = {name: raw[name] if name in unread else cleaned.values.get(name) for name in raw}
    blank = [name for name, value in wanted.items() if value is None]
    present = {name: value for name, value in wanted.items() if value is not None}
    try:
        task.tx.patch(task.definition.name, task.old.doc_id, told(present), if_rev, remove=blank)
    except Conflict as conflict:
        raise Refused('conflict', current=_seen(task, clash(conflict))) from conflict


def _seen(task: Task, both: Clash | None) -> Clash | None:
    """Both sides as far as this person may read the record."""
    if both is None or task.old is None:
        return both
    readable = task.world.sight(task.definition).readable(task.old)
    withheld = {name for name in task.old if name not in readable}
    return replace(
        both,
        values={name: value for name, value in both.values.items() if name not in withheld},
        fields={name: each for name, each in both.fields.items() if name not in withheld},
    )
