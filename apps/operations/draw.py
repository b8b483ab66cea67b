"""Holding a lottery: every application drawn in one transaction, once, with all that is needed to check it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from apps.clock import stamp
from apps.operations.save import Task, keep_ruled, save
from apps.outcome import Refused
from apps.transactions import told
from forms.field import Value
from storage import Doc

if TYPE_CHECKING:
    from forms.definition import AppDefinition

DRAWS = '_draws'
"""One document per app: seed, who, when, and every application's ticket, order and outcome, for publishing."""

REASON = '抽選'


@dataclass(frozen=True, slots=True)
class DrawHeld:
    """A draw that was held. outcomes: outcome -> how many applications."""

    app: str
    seed: str
    at: str
    count: int
    outcomes: Mapping[str, int]


def draw(task: Task, seed: str) -> dict[str, Any]:
    """Draw all applications. Raises Refused 'closed' when it is too early or was done before."""
    definition = task.definition
    lottery: Any = definition.capabilities.get('lottery')
    if lottery is None:
        raise Refused('not_found', detail=f'「{definition.title}」には抽選がありません。')
    records = {each.doc_id: each for each in task.tx.find(definition.name, limit=None).docs}
    values = {record_id: told(each) for record_id, each in records.items()}
    if refusal := lottery.refusal_to_draw(definition, values, task.moment):
        raise Refused('closed', detail=refusal.text)
    result, updates = lottery.drawn(definition, values, seed)
    fields = {name for update in updates.values() for name in update}
    store = _saved if read_elsewhere(definition, fields) else keep_ruled
    for record_id, update in updates.items():
        store(replace(task, old=records[record_id]), update)
    outcomes = dict(Counter(each.outcome for each in result.drawn))
    held = {'app': definition.name, 'seed': seed, 'at': stamp(task.moment.now), 'outcomes': outcomes}
    kept = {**held, 'by': task.by.account, 'drawn': [asdict(each) for each in result.drawn], 'left': dict(result.left)}
    task.tx.put(DRAWS, kept, definition.name)
    return {**held, 'count': len(result.drawn)}


def read_elsewhere(definition: AppDefinition, fields: Collection[str]) -> bool:
    """Whether anything of a record follows from these fields: a calculation, a condition, a record in another app."""
    if 'follow_up' in definition.capabilities or definition.on_change:
        return True
    asked = (formula for (path, _), formula in definition.formulas.items() if not path.startswith('views.'))
    return any(not formula.reads.isdisjoint(fields) for formula in asked)


def _saved(task: Task, update: Mapping[str, Value]) -> None:
    save(task, {}, ruled=update)


def held_draw(kept: Doc) -> DrawHeld:
    """A kept draw as screens tell it."""
    return DrawHeld(kept['app'], kept['seed'], kept['at'], len(kept['drawn']), kept['outcomes'])
