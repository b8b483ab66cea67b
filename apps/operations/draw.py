"""Holding a lottery: every application drawn in one transaction, with all that is needed to check it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from apps.clock import stamp
from apps.operations.ceremony import DRAWS, begun, lottery_of, note, secret_of
from apps.operations.save import Task, keep_ruled, save
from apps.outcome import Refused
from apps.own_codes import SECRETS
from apps.transactions import told
from forms.capabilities.lottery.commitment import seed_of
from forms.capabilities.lottery.published import list_hash, published_result
from forms.capabilities.notices import AT_ONCE, Notices
from forms.field import Value

if TYPE_CHECKING:
    from forms.capabilities.lottery import Lottery
    from forms.capability import Values
    from forms.definition import AppDefinition

REASON = '抽選'


@dataclass(frozen=True, slots=True)
class DrawHeld:
    """A draw that was held. outcomes: outcome -> how many applications."""

    app: str
    seed: str
    at: str
    count: int
    outcomes: Mapping[str, int]


def draw(task: Task, value: str) -> dict[str, Any]:
    """Draw all applications. value: the public value, exactly as it will be published.

    Raises Refused 'closed' while the list is not fixed, and when it was drawn before without an approved re-draw.
    """
    definition, lottery = task.definition, lottery_of(task.definition)
    kept = begun(task.tx, definition.name, stamp(task.moment.now))
    records = {each.doc_id: each for each in task.tx.find(definition.name, limit=None).docs}
    values = {record_id: _undrawn(lottery, told(each)) for record_id, each in records.items()}
    again = _may_draw(task, lottery, kept, values)
    secret = secret_of(task.tx.get(SECRETS, f'draw/{definition.name}')['base'], kept['draws'] + 1)  # type: ignore[index]
    seed = seed_of(secret, value)
    result, updates = lottery.drawn(definition, values, seed)
    fields = {name for each, update in updates.items() for name in update if update[name] != records[each].get(name)}
    store = _saved if read_elsewhere(definition, fields) else keep_ruled
    for record_id, update in updates.items():
        store(replace(task, old=records[record_id]), update)
    outcomes = dict(Counter(each.outcome for each in result.drawn))
    entries = [lottery.entry(definition, record_id, each) for record_id, each in values.items()]
    held = {'seed': seed, 'at': stamp(task.moment.now), 'outcomes': outcomes}
    note(
        task,
        {
            **held,
            **again,
            'secret': secret,
            'value': value,
            'by': task.by.account,
            'draws': kept['draws'] + 1,
            'redraw': None,
            'drawn': [asdict(each) for each in result.drawn],
            'left': dict(result.left),
            'result': published_result(entries, result),
        },
    )
    return {**held, 'app': definition.name, 'count': len(result.drawn)}


def _may_draw(
    task: Task, lottery: Lottery, kept: Mapping[str, Any], values: Mapping[str, Values]
) -> dict[str, Any]:
    """What a re-draw adds to the record of the draw; keeps the earlier one on file. Raises Refused 'closed'."""
    definition = task.definition
    if refusal := lottery.refusal_to_draw(definition, values, task.moment):
        raise Refused('closed', detail=refusal.text)
    if not kept.get('list_hash'):
        raise Refused('closed', detail='先に、申込みの一覧を確定してください。')
    entries = [lottery.entry(definition, record_id, each) for record_id, each in values.items()]
    if list_hash(entries) != kept['list_hash']:
        raise Refused('closed', detail='申込みの一覧が、確定したときと違います。管理者に知らせてください。')
    if not kept.get('seed'):
        return {}
    asked = kept.get('redraw')
    if not asked or not asked.get('approved_by'):
        raise Refused('closed', detail='抽選はすでに終わっています。もう一度抽選するには、別の人の承認が要ります。')
    task.tx.put(DRAWS, told(dict(kept)), f'{definition.name}@{kept["draws"]}')
    return {'because': asked}


def _undrawn(lottery: Lottery, values: Values) -> dict[str, Value]:
    """An application as it was before any draw."""
    results = lottery.result_fields()
    return {name: value for name, value in values.items() if name not in results}


def read_elsewhere(definition: AppDefinition, fields: Collection[str]) -> bool:
    """Whether anything of a record follows from these fields: a calculation, a condition, a record in another app."""
    if 'follow_up' in definition.capabilities or definition.on_change:
        return True
    if 'notify' in definition.capabilities:
        return True
    by_hand = {f'notices.{index}' for index in _sent_by_hand(definition)}
    asked = (
        formula
        for (path, _), formula in definition.formulas.items()
        if path not in by_hand and not path.startswith(('views.', 'permissions.'))
    )
    return any(not formula.reads.isdisjoint(fields) for formula in asked)


def _sent_by_hand(definition: AppDefinition) -> list[int]:
    notices = definition.capabilities.get('notices')
    texts = notices.texts if isinstance(notices, Notices) else ()
    return [index for index, each in enumerate(texts) if each.send != AT_ONCE]


def _saved(task: Task, update: Mapping[str, Value]) -> None:
    save(task, {}, ruled=update)
