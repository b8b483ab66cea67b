"""Holding a lottery: every application drawn in one transaction, once, with all that is needed to check it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from apps.clock import stamp
from apps.operations.save import Task, save
from apps.outcome import Refused
from apps.transactions import told
from storage import Doc

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
    for record_id, update in updates.items():
        save(replace(task, old=records[record_id]), {}, ruled=update)
    outcomes = dict(Counter(each.outcome for each in result.drawn))
    held = {'app': definition.name, 'seed': seed, 'at': stamp(task.moment.now), 'outcomes': outcomes}
    kept = {**held, 'by': task.by.account, 'drawn': [asdict(each) for each in result.drawn], 'left': dict(result.left)}
    task.tx.put(DRAWS, kept, definition.name)
    return {**held, 'count': len(result.drawn)}


def held_draw(kept: Doc) -> DrawHeld:
    """A kept draw as screens tell it."""
    return DrawHeld(kept['app'], kept['seed'], kept['at'], len(kept['drawn']), kept['outcomes'])
