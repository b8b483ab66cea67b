"""Holding a lottery: every application drawn in one transaction, once, with all that is needed to check it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from apps.clock import stamp
from apps.operations.hall import Hall
from apps.outcome import Refused
from apps.operations.save import save
from apps.transactions import told
from apps.people import Person
from storage import Doc, Tx

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


def draw(hall: Hall, tx: Tx, definition: AppDefinition, by: Person, seed: str) -> dict[str, Any]:
    """Draw all applications. Raises Refused 'closed' when it is too early or was done before."""
    lottery: Any = definition.capabilities.get('lottery')
    if lottery is None:
        raise Refused('not_found', detail=f'「{definition.title}」には抽選がありません。')
    records = {each.doc_id: each for each in tx.find(definition.name, limit=None).docs}
    first = hall.task(tx, definition, by)
    if refusal := lottery.refusal_to_draw(definition, {key: told(each) for key, each in records.items()}, first.moment):
        raise Refused('closed', detail=refusal.text)
    result, updates = lottery.drawn(definition, {key: told(each) for key, each in records.items()}, seed)
    for record_id, values in updates.items():
        save(replace(first, old=records[record_id]), {}, ruled=values)
    outcomes = dict(Counter(each.outcome for each in result.drawn))
    held = {'app': definition.name, 'seed': seed, 'at': stamp(first.moment.now), 'outcomes': outcomes}
    kept = {**held, 'by': by.account, 'drawn': [asdict(each) for each in result.drawn], 'left': dict(result.left)}
    tx.put(DRAWS, kept, definition.name)
    return {**held, 'count': len(result.drawn)}


def held_draw(kept: Doc) -> DrawHeld:
    """A kept draw as screens tell it."""
    return DrawHeld(kept['app'], kept['seed'], kept['at'], len(kept['drawn']), kept['outcomes'])
