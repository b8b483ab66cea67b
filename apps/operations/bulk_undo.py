"""Taking a bulk act back as one: the values from before where only values were changed, the step back of an action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from apps.operations import act
from apps.operations.bulk_outcome import BulkOutcome, Making, Refusal, refusal_of
from apps.operations.permitted import refuse_unpermitted
from apps.operations.save import Task, save
from apps.outcome import Refused
from apps.transactions import refusals
from forms.capabilities.duplicates.ties import ORIGINAL
from forms.capabilities.follow_up import MADE
from forms.capability import Past
from storage.record import Change

LED_ON = 'ここから別の記録ができているため、元に戻していません。'
CHANGED_SINCE = 'そのあとに変更されたため、元に戻していません。'


def undone(making: Making, lines: Sequence[Change], past: Mapping[str, Sequence[Past]]) -> BulkOutcome:
    """Each record of `lines` as it was before, in one transaction. past: by record, for an action.

    Those that only went on to another original, because theirs was withdrawn, stay with it.
    """
    whole: dict[str, Change] = {}
    for each in lines:
        whole[each.id] = _after(whole[each.id], each) if each.id in whole else each
    acted_on = [each for each in whole.values() if ORIGINAL not in each.changed]
    found = [_one(making, line, past.get(line.id)) for line in acted_on]
    refused = tuple(each for each in found if each is not None)
    return BulkOutcome(len(found) - len(refused), 0, refused)


def _after(first: Change, second: Change) -> Change:
    """Both as one: an original that is withdrawn is changed once more when it has handed its followers over."""
    later = {name: (first.changed.get(name, pair)[0], pair[1]) for name, pair in second.changed.items()}
    return replace(second, changed={**first.changed, **later})


def _moved(task: Task, line: Change) -> bool:
    """Whether the action went on to another status; otherwise the step before it is none of this act's."""
    workflow: Any = task.definition.capabilities.get('workflow')
    return workflow is None or workflow.field in line.changed


def _one(making: Making, line: Change, past: Sequence[Past] | None) -> Refusal | None:
    task: Task | None = None
    try:
        with refusals(), making.tx.savepoint():
            task = making.task_on(line.id)
            refuse_unpermitted(task, 'change' if past is None else 'act')
            if task.old is not None and task.old.rev != line.rev:
                raise Refused('invalid', detail=CHANGED_SINCE)
            if MADE in line.changed:
                raise Refused('invalid', detail=LED_ON)
            if past is None or not _moved(task, line):
                before = {name: value for name, (value, _) in line.changed.items() if not name.startswith('_')}
                save(task, {}, ruled=before)
            else:
                act.undo(task, past, {}, line.rev)
    except Refused as refused:
        return refusal_of(line.id, task, refused)
    return None
