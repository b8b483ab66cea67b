"""What makes a draw checkable: a secret committed to before, a list that is fixed, a re-draw that two people want."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from apps.clock import stamp
from apps.outcome import Refused
from apps.own_codes import SECRETS
from apps.transactions import told
from forms.capabilities.lottery import Lottery
from forms.capabilities.lottery.commitment import commitment_of
from forms.capabilities.lottery.published import list_hash
from forms.capabilities.lottery.same_person import Double, doubles
from forms.capabilities.period import Period
from forms.capabilities.period import told as moment_told
from forms.capability import Values
from forms.message import message
from storage import Tx
from storage.record import ANY

if TYPE_CHECKING:
    from apps.operations.save import Task
    from forms.definition import AppDefinition

DRAWS = '_draws'
"""`<app>`: commitment, hash of the fixed list, the draw that holds, a re-draw that is asked for. `<app>@<n>`: an
earlier draw as it was."""

MOST_DRAWS = 8
"""The first draw and seven re-draws. Each secret is the commitment of the next one (draft-thomson-elegy-vrs)."""


def lottery_of(definition: AppDefinition) -> Lottery:
    """The lottery of an app. Raises Refused 'not_found'."""
    lottery = definition.capabilities.get('lottery')
    if not isinstance(lottery, Lottery):
        raise Refused('not_found', detail=f'「{definition.title}」には抽選がありません。')
    return lottery


def begun(tx: Tx, app: str, at: str) -> Mapping[str, Any]:
    """The ceremony of an app, begun with a new secret where there is none yet."""
    kept = tx.get(DRAWS, app)
    if kept is not None:
        return kept
    base = secrets.token_hex(32)
    tx.put(SECRETS, {'base': base}, f'draw/{app}', ANY)
    return tx.put(DRAWS, {'commitment': commitment_of(secret_of(base, 1)), 'committed_at': at, 'draws': 0}, app)


def secret_of(base: str, number: int) -> str:
    """The secret of the draw with this number, from 1; its commitment is the secret of the draw before it."""
    text = base
    for _ in range(MOST_DRAWS - number):
        text = commitment_of(text)
    return text


def fix_list(task: Task) -> dict[str, Any]:
    """End the entering of applications: from now on the hash of the list binds the office. Returns hash and count.

    Raises Refused 'closed' while the period runs, when it was done before, and when nobody has applied.
    """
    definition, lottery = task.definition, lottery_of(task.definition)
    kept = begun(task.tx, definition.name, stamp(task.moment.now))
    if kept.get('list_hash'):
        raise Refused('closed', detail='申込みの一覧は、すでに確定しています。')
    period = definition.capabilities.get('period')
    if isinstance(period, Period) and period.closes and not period.is_closed(task.moment.now):
        early = message('', 'too_early_to_draw', label='', closes=moment_told(period.closes))
        raise Refused('closed', detail=early.text)
    records = {each.doc_id: told(each) for each in task.tx.find(definition.name, limit=None).docs}
    entries = [lottery.entry(definition, record_id, values) for record_id, values in records.items()]
    if not any(each.is_drawn for each in entries):
        raise Refused('closed', detail=message('', 'nobody_to_draw', label='').text)
    if waiting := undecided(definition, records, kept):
        detail = f'同じ方かもしれない申込みが{len(waiting)}組あります。先に、1組ずつ確かめて決めてください。'
        raise Refused('closed', detail=detail)
    count = sum(not each.late for each in entries)
    fixed = {'list_hash': list_hash(entries), 'list_count': count, 'listed_at': stamp(task.moment.now)}
    note(task, {**fixed, 'listed_by': task.by.account})
    return fixed


def undecided(
    definition: AppDefinition, records: Mapping[str, Values], kept: Mapping[str, Any] | None
) -> list[Double]:
    """Pairs that may be one person's and about which nobody has decided; what is withdrawn is in no pair.

    records: id -> values, in the order in which they came.
    """
    lottery, decided = lottery_of(definition), (kept or {}).get('different', {})
    open_ones = {record_id: values for record_id, values in records.items() if not values.get(lottery.withdrawn)}
    return [each for each in doubles(definition, open_ones) if each.key not in decided]


def are_different(task: Task, first: str, second: str) -> dict[str, Any]:
    """Somebody has made sure that these two applications are by different people."""
    kept = begun(task.tx, task.definition.name, stamp(task.moment.now))
    key = Double(first, second, ()).key
    decided = {**kept.get('different', {}), key: {'by': task.by.account, 'at': stamp(task.moment.now)}}
    note(task, {'different': decided})
    return {'decided': len(decided)}


def refuse_after_fixing(task: Task, new: Values) -> None:
    """Raise Refused when a save would change what the fixed list says. A withdrawal does not."""
    lottery = task.definition.capabilities.get('lottery')
    if not isinstance(lottery, Lottery):
        return
    kept = task.tx.get(DRAWS, task.definition.name)
    if kept is None or not kept.get('list_hash'):
        return
    entry = lottery.entry(task.definition, '', new)
    if task.old is None:
        if not entry.late:
            raise Refused('closed', [message('', 'list_closed', label='')])
        return
    before = lottery.entry(task.definition, '', task.before or {})
    if replace(before, withdrawn=False) != replace(entry, withdrawn=False):
        fields = task.definition.fields
        changed = [name for name in lottery.drawn_fields() if new.get(name) != (task.before or {}).get(name)]
        raise Refused('invalid', [message(each, 'list_fixed', label=fields[each].title) for each in changed])


def ask_redraw(task: Task, reason: str, source: str) -> dict[str, Any]:
    """Ask for another draw. source: the public value it will use, named now and known later."""
    kept = drawn(task)
    if not reason.strip() or not source.strip():
        raise Refused('invalid', detail='再抽選の理由と、使う公開の値の出どころを書いてください。')
    if kept['draws'] >= MOST_DRAWS:
        raise Refused('closed', detail=f'抽選は{MOST_DRAWS}回までです。')
    asked = {'reason': reason.strip(), 'source': source.strip(), 'by': task.by.account, 'at': stamp(task.moment.now)}
    note(task, {'redraw': asked})
    return asked


def approve_redraw(task: Task) -> dict[str, Any]:
    """Agree to the re-draw that somebody else has asked for."""
    asked = drawn(task).get('redraw')
    if not asked:
        raise Refused('closed', detail='再抽選は求められていません。')
    if asked['by'] == task.by.account:
        raise Refused('forbidden', detail='再抽選を求めた人とは別の人が承認してください。')
    approved = {**asked, 'approved_by': task.by.account, 'approved_at': stamp(task.moment.now)}
    note(task, {'redraw': approved})
    return approved


def give_up_redraw(task: Task) -> dict[str, Any]:
    """The re-draw is not wanted any more."""
    drawn(task)
    note(task, {'redraw': None})
    return {}


def drawn(task: Task) -> Mapping[str, Any]:
    """The ceremony after its draw. Raises Refused 'closed' before."""
    kept = task.tx.get(DRAWS, task.definition.name)
    if kept is None or not kept.get('seed'):
        raise Refused('closed', detail='まだ抽選していません。')
    return kept


def note(task: Task, changes: Mapping[str, Any]) -> None:
    """Write into the ceremony; None takes a part away."""
    kept = begun(task.tx, task.definition.name, stamp(task.moment.now))
    merged = {**told(dict(kept)), **changes}
    values = {name: value for name, value in merged.items() if value is not None}
    task.tx.put(DRAWS, values, task.definition.name, ANY)
