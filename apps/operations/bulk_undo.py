"""Taking a bulk act back as one: the values from before where only values were changed, the step back of an action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from apps.operations import act
from apps.operations.bulk_outcome import BulkOutcome, Refusal, refusal_of
from apps.operations.hall import existing
from apps.operations.save import Task, save
from apps.operations.world import title_of
from apps.outcome import Refused
from apps.transactions import refusals
from forms.capability import Past
from storage.record import Change

CHANGED_SINCE = 'そのあとに変更されたため、元に戻していません。'


def undone(task: Task, lines: Sequence[Change], past: Mapping[str, Sequence[Past]]) -> BulkOutcome:
    """Each record of `lines` as it was before, in the transaction of `task`. past: by record, for an action."""
    last = {each.id: each for each in lines}
    found = [_one(task, line, past.get(line.id)) for line in last.values()]
    refused = tuple(each for each in found if each is not None)
    return BulkOutcome(len(found) - len(refused), 0, refused)


def _one(task: Task, line: Change, past: Sequence[Past] | None) -> Refusal | None:
    title = line.id
    try:
        with refusals(), task.tx.savepoint():
            old = existing(task.tx, task.definition, line.id)
            title = title_of(task.definition, old, task.world) or line.id
            if old.rev != line.rev:
                raise Refused('invalid', detail=CHANGED_SINCE)
            own = replace(task, old=old)
            if past is None:
                before = {name: value for name, (value, _) in line.changed.items() if not name.startswith('_')}
                save(own, {}, ruled=before)
            else:
                act.undo(own, past, {}, old.rev)
    except Refused as refused:
        return refusal_of(line.id, title, refused)
    return None
